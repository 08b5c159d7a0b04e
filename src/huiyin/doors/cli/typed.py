"""What people type on the command line: days, moments and limits. Needs no database."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Final

from huiyin.doors.cli.speaking import gettext, listed
from huiyin.rules import cells
from huiyin.rules.cells import CellFault
from huiyin.rules.citing import numeral
from huiyin.rules.errors import HuiyinError, msg
from huiyin.rules.identifiers import narrow
from huiyin.rules.vocabulary import Limit, Unit
from huiyin.rules.workdays import SHANGHAI, load_calendar

_LIMIT: Final = re.compile(r"(\d{1,4})[ _-]*([a-z_ -]+?)s?")
_HOURS: Final = re.compile(r"(\d{1,4})[ _-]*(?:个?小时|hours?|h)")
_DAY_AND_NIGHT: Final = re.compile(r"小时\(不分昼夜\)$")
_NUMERAL: Final = re.compile(r"^[一二两三四五六七八九十百零]+")
_NUMERALS: Final = {numeral(number): str(number) for number in range(1, 1_000)} | {"两": "2"}
_WITHOUT_AMOUNT: Final = {
    "当场": Unit.AT_ONCE,
    "立即": Unit.AT_ONCE,
    "即时": Unit.AT_ONCE,
    "活动举行前": Unit.BEFORE_EVENT,
    **{unit.value: unit for unit in Unit if not unit.takes_amount},
}
_WAYS: Final = {
    Unit.AT_ONCE: "当场",
    Unit.WORKING_HOUR: "2个工作小时",
    Unit.WORKING_DAY: "5个工作日",
    Unit.CALENDAR_DAY: "15日",
    Unit.MONTH: "3个月",
    Unit.YEAR: "1年",
    Unit.CLOCK_HOUR: "24自然小时",
    Unit.BEFORE_EVENT: "活动举行前",
}


def day_of(text: str) -> date:
    """Read a day written as 2025-10-01; raises `HuiyinError` for what is none."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise HuiyinError(
            msg("“%(text)s”不是日期"),
            code="bad_day",
            params={"text": text[:60]},
            remedy=msg("请写成 2025-10-01。"),
        ) from error


def moment(text: str) -> datetime:
    """Read a moment: ISO 8601, in Beijing time unless it says otherwise; a bare day means its opening."""
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
            return load_calendar().opening(date.fromisoformat(text))
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise HuiyinError(
            msg("“%(text)s”不是时刻"),
            code="bad_moment",
            params={"text": text[:60]},
            remedy=msg("请写成 2026-02-13T10:00 或带时区的 ISO 8601。"),
        ) from error
    return at.astimezone(SHANGHAI) if at.tzinfo else at.replace(tzinfo=SHANGHAI)


def limit_of(text: str) -> Limit:
    """Read a limit in Chinese ("5个工作日", "十五日", "当场") or by its unit ("5 working_day", "at once").

    Plain hours are refused: a workbook means hours of the open office by them,
    a statute hours by the clock, and nothing here tells which.
    """
    plain = _NUMERAL.sub(lambda found: _NUMERALS.get(found[0], found[0]), narrow(text).strip().lower())
    alone = _WITHOUT_AMOUNT.get(re.sub(r"[ -]", "_", plain))
    if alone is not None:
        return Limit(0, alone)
    hours = _HOURS.fullmatch(plain)
    if hours:
        raise HuiyinError(
            msg("“%(text)s”没有写明是哪一种小时"),
            code="which_hours",
            params={"text": text[:60], "amount": hours[1]},
            remedy=msg(
                '只算上班时间的，请写 "%(amount)s个工作小时" 或 "%(amount)s working_hour"；'
                '不分昼夜连续计算的，请写 "%(amount)s自然小时" 或 "%(amount)s clock_hour"。'
            ),
        )
    found = _by_unit(plain) or _in_chinese(plain)
    if found is None:
        ways = (gettext("%(zh)s（%(unit)s）") % {"zh": zh, "unit": unit.value} for unit, zh in _WAYS.items())
        raise HuiyinError(
            msg("“%(text)s”不是时限"),
            code="bad_limit",
            params={"text": text[:60], "units": listed(ways)},
            remedy=msg('请写成 "5个工作日" 或 "5 working_day" 这样的数字加单位。可以写：%(units)s。'),
        )
    return found


def _by_unit(plain: str) -> Limit | None:
    found = _LIMIT.fullmatch(plain)
    unit = re.sub(r"[ -]", "_", found[2]) if found else ""
    if found is None or unit not in {one.value for one in Unit if one.takes_amount} or not int(found[1]):
        return None
    return Limit(int(found[1]), Unit(unit))


def _in_chinese(plain: str) -> Limit | None:
    """The words that the workbooks take, and those that the pages print."""
    try:
        return cells.limit(_DAY_AND_NIGHT.sub("自然小时", plain))
    except CellFault:
        return None
