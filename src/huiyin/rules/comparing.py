"""Whether one limit is never longer than another, whatever day it begins on.

Ten working days are shorter than fifteen days in most weeks and longer over a
national holiday. So two limits in different units are compared where they can
differ: from every day of every year whose official schedule is known.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Final

from huiyin.rules.counting import Counting
from huiyin.rules.course import Course
from huiyin.rules.facts import Clock
from huiyin.rules.vocabulary import Limit, Unit
from huiyin.rules.workdays import SHANGHAI, Calendar, load_calendar

_YEARS: Final = 12
"""How many of the latest known years are looked through: every way the great holidays can fall."""

_IN_HOURS: Final = frozenset({Unit.WORKING_HOUR, Unit.CLOCK_HOUR})
_EARLY, _LATE = time(9), time(17)


@lru_cache(maxsize=1024)
def ends_later(one: Limit, other: Limit, *, strictly: bool = False) -> date | None:
    """A day from which the first limit ends later than the second; None where there is no such day.

    `strictly` also takes a working day from which both end at the same moment. Limits in the same unit
    compare by their amounts, on any day. Raises ValueError for one that waits for an event: when that
    takes place nobody can know.
    """
    if Unit.BEFORE_EVENT in {one.unit, other.unit}:
        raise ValueError("a limit that waits for an event cannot be compared")
    calendar = load_calendar()
    if one.unit is other.unit:
        worse = one.amount > other.amount or (strictly and one.amount == other.amount)
        return _first_day(calendar) if worse else None
    for start in _starts(calendar, hours=not _IN_HOURS.isdisjoint({one.unit, other.unit})):
        first, second = (Course(Clock(start, limit), calendar, Counting()).run() for limit in (one, other))
        if first > second or (strictly and first == second and calendar.is_workday(start.date())):
            return start.date()
    return None


def outlasts(one: Limit, other: Limit) -> bool:
    """Whether the first limit ends later than the second from some day on, or nobody can know."""
    return Unit.BEFORE_EVENT in {one.unit, other.unit} or ends_later(one, other) is not None


def _starts(calendar: Calendar, *, hours: bool) -> Iterator[datetime]:
    day, last = _first_day(calendar), date(calendar.last_official_year, 12, 31)
    while day <= last:
        yield datetime.combine(day, _EARLY, SHANGHAI)
        if hours:
            yield datetime.combine(day, _LATE, SHANGHAI)
        day += timedelta(days=1)


def _first_day(calendar: Calendar) -> date:
    return date(calendar.last_official_year - _YEARS + 1, 1, 1)
