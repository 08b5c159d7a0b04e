"""What is read on paper: the content in words of one language, the same for every form it is drawn in."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from huiyin.documents.contents import Content, Receipt, content_type
from huiyin.documents.serialise import from_json
from huiyin.rules.errors import HuiyinError, Invalid, msg
from huiyin.rules.vocabulary import Limit, Unit
from huiyin.rules.workdays import SHANGHAI

_SHORT: Final = {"zh-hans": "zh", "en": "en"}
_SHORT_HASH: Final = 16
_MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_LIMITS: Final = {
    Unit.AT_ONCE: ("即时办理", "at once", "at once"),
    Unit.WORKING_HOUR: ("{n}个工作小时", "{n} working hour", "{n} working hours"),
    Unit.WORKING_DAY: ("{n}个工作日", "{n} working day", "{n} working days"),
    Unit.CALENDAR_DAY: ("{n}日", "{n} calendar day", "{n} calendar days"),
    Unit.MONTH: ("{n}个月", "{n} month", "{n} months"),
    Unit.YEAR: ("{n}年", "{n} year", "{n} years"),
    Unit.CLOCK_HOUR: ("{n}小时（不分昼夜）", "{n} clock hour", "{n} clock hours"),
    Unit.BEFORE_EVENT: ("活动举行前", "before the event", "before the event"),
}
# Control characters and the marks that reverse the direction of text could make a page
# read differently from what is stored; they are shown as what they are: not characters.
_MISLEADING: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]"
)


def whole(kind: str, content: Content | Mapping[str, Any]) -> Content:
    """Return the content of that kind; raises `Invalid` for one that is incomplete or of another kind."""
    if not isinstance(content, Content):
        return from_json(kind, content)
    if content.kind != content_type(kind).kind:
        raise Invalid({"kind": msg("文书种类与内容不符")}, code="document_kind_mismatch")
    return content


def short(language: str) -> str:
    """Return the templates' name of a language; they know two."""
    try:
        return _SHORT[language]
    except KeyError as error:
        raise HuiyinError(
            msg("文书没有“%(language)s”这种语言"), code="unknown_language", params={"language": language}
        ) from error


def view(value: Any, language: str) -> Any:
    """Return what a template sees: moments and limits in words, text without characters that mislead."""
    if isinstance(value, datetime):
        return _moment(value.astimezone(SHANGHAI), language)
    if isinstance(value, Limit):
        return _limit(value, language)
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, str):
        return _MISLEADING.sub("\N{REPLACEMENT CHARACTER}", value.replace("\r\n", "\n"))
    if isinstance(value, tuple):
        return [view(one, language) for one in value]
    if dataclasses.is_dataclass(value):
        shown = {
            field.name: view(getattr(value, field.name), language) for field in dataclasses.fields(value)
        }
        return _shortened(shown) if isinstance(value, Receipt) else shown
    return value


def _shortened(receipt: dict[str, Any]) -> dict[str, Any]:
    """The first characters of the event's digest, in fours, so that a person can compare them."""
    start = receipt["event_hash"][:_SHORT_HASH]
    return {**receipt, "event_hash": " ".join(start[place : place + 4] for place in range(0, len(start), 4))}


def _moment(at: datetime, language: str) -> dict[str, str]:
    """A day and a moment as the office writes them."""
    if language == "en":
        date = f"{at.day} {_MONTHS[at.month - 1]} {at.year}"
        return {"date": date, "time": f"{at:%H:%M}", "moment": f"{date}, {at:%H:%M}"}
    date = f"{at.year}年{at.month}月{at.day}日"
    return {"date": date, "time": f"{at:%H:%M}", "moment": f"{date} {at:%H:%M}"}


def _limit(limit: Limit, language: str) -> str:
    chinese, one, many = _LIMITS[limit.unit]
    english = one if limit.amount == 1 else many
    return (english if language == "en" else chinese).format(n=limit.amount)
