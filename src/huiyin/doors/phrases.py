"""Codes, moments, limits and refusals in the words of the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from django.utils.translation import get_language, gettext, gettext_lazy, ngettext, ngettext_lazy

from huiyin.matters import event_labels, labels
from huiyin.matters.rating_labels import MISSED, POINTS
from huiyin.rules.errors import HuiyinError, Invalid
from huiyin.rules.vocabulary import Light, Limit, Unit
from huiyin.rules.workdays import SHANGHAI, load_calendar

if TYPE_CHECKING:
    from huiyin.organisation.models import Tenant
    from huiyin.rules.rulebook import Rulebook

_LIMITS: Final = {
    Unit.AT_ONCE: gettext_lazy("即时"),
    Unit.BEFORE_EVENT: gettext_lazy("活动举行前"),
    Unit.CLOCK_HOUR: ngettext_lazy("%(amount)s小时（不分昼夜）", "%(amount)s小时（不分昼夜）", "amount"),
    Unit.WORKING_HOUR: ngettext_lazy("%(amount)s个工作小时", "%(amount)s个工作小时", "amount"),
    Unit.WORKING_DAY: ngettext_lazy("%(amount)s个工作日", "%(amount)s个工作日", "amount"),
    Unit.CALENDAR_DAY: ngettext_lazy("%(amount)s日", "%(amount)s日", "amount"),
    Unit.MONTH: ngettext_lazy("%(amount)s个月", "%(amount)s个月", "amount"),
    Unit.YEAR: ngettext_lazy("%(amount)s年", "%(amount)s年", "amount"),
}
_CODES: Final = {"stage": labels.STAGES, "event": event_labels.ACTS, "level": labels.RANKS}
_MINUTES_AN_HOUR: Final = 60
_MICROSECONDS_A_MINUTE: Final = 60_000_000


@dataclass(frozen=True, slots=True)
class Refusal:
    """A refusal as it is shown: what is wrong, what to do, and the clause it rests on."""

    message: str
    remedy: str
    clause: str
    code: str


def language() -> str:
    """Return "en" for a reader of English, else "zh": the names rulebooks use."""
    return "en" if (get_language() or "").startswith("en") else "zh"


def paper_language() -> str:
    """Return the reader's language as papers are drawn in it: "en" or "zh-hans"."""
    return "en" if language() == "en" else "zh-hans"


def office_name(office: Tenant) -> str:
    """Return the office's name in the reader's language; in Chinese where it has no other."""
    return (office.name_en if language() == "en" else "") or office.name


def refusal(error: HuiyinError) -> Refusal:
    """Put a refusal into the reader's language."""
    return Refusal(
        message=_filled(error.msgid, error.params),
        remedy=_filled(error.remedy, error.params),
        clause=error.clause,
        code=error.code,
    )


def field_errors(error: HuiyinError) -> dict[str, str]:
    """Return the sentence for each field that cannot be used; empty for any other refusal."""
    if not isinstance(error, Invalid):
        return {}
    return {name: _filled(text, error.params) for name, text in error.fields.items()}


def label(words: Mapping[str, str], code: str) -> str:
    """Return the words for a code, or the code itself where there are none."""
    return gettext(words[code]) if code in words else str(code)


def clause_text(book: Rulebook, clause_id: str) -> str:
    """Return what a clause says, or "" when this office's rulebook does not have it."""
    if not clause_id or not book.has(clause_id):
        return ""
    clause = book.clause(clause_id)
    return clause.en if language() == "en" else clause.zh


def limit(found: Limit | None) -> str:
    """Return a limit as "5 working days"; "" for none."""
    return str(_LIMITS[found.unit] % {"amount": found.amount}) if found else ""


def limit_of(amount: int, unit: str) -> str:
    """Return a limit that comes as amount and unit."""
    return limit(Limit(amount, Unit(unit))) if unit else ""


def moment(at: datetime | None) -> str:
    """Return a moment in the office's zone to the minute; "" for none."""
    return at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M") if at else ""


def day(on: date | None) -> str:
    """Return a day; of a moment, the day in the office's zone."""
    if isinstance(on, datetime):
        on = on.astimezone(SHANGHAI).date()
    return on.isoformat() if on else ""


def remaining(minutes: int, light: str = "") -> str:
    """Return working minutes as "2 working days 3 hours left" or "over by 4 hours".

    A red light with no minute of office time gone since tells what became late
    after hours: 刚超期, not 剩0分钟.
    """
    if not minutes and light == Light.RED:
        return gettext("刚超期")
    length = duration(abs(minutes))
    if minutes < 0:
        return gettext("已超%(length)s") % {"length": length}
    return gettext("剩%(length)s") % {"length": length}


def duration(minutes: int) -> str:
    """Return office time in working days (of office hours) and hours, or in minutes below an hour."""
    office_day = load_calendar().day_length // _MICROSECONDS_A_MINUTE
    days, rest = divmod(minutes, office_day)
    hours, left = divmod(rest, _MINUTES_AN_HOUR)
    parts = []
    if days:
        parts.append(limit(Limit(days, Unit.WORKING_DAY)))
    if hours:
        parts.append(ngettext("%(count)s小时", "%(count)s小时", hours) % {"count": hours})
    if not parts:
        parts.append(ngettext("%(count)s分钟", "%(count)s分钟", left) % {"count": left})
    return " ".join(parts) if language() == "en" else "".join(parts)


def _filled(msgid: str, params: Mapping[str, object]) -> str:
    text = gettext(msgid) if msgid else ""
    return text % {name: _worded(name, value) for name, value in params.items()} if params else text


def _worded(name: str, value: object) -> object:
    """Rooms name stages and events by their codes; people read their words."""
    return label(_CODES[name], str(value)) if name in _CODES else value


def missed(codes: Iterable[str]) -> list[str]:
    """Say, for each point of a rating, that it was not kept."""
    return [gettext(MISSED.get(code, code)) % {"what": gettext(POINTS.get(code, code))} for code in codes]
