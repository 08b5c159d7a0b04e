"""An oracle that shares nothing with what it checks: it walks day by day and minute by minute.

It takes a plain function that says whether a day is worked, so a test can hand
it another calendar and see the two disagree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone

CHINA = timezone(timedelta(hours=8))
DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
SITTINGS = ((time(8, 30), time(12)), (time(14), time(17, 30)))
CLOSE = time(17, 30)

IsWorked = Callable[[date], bool]


@dataclass(frozen=True)
class Stop:
    """A procedure: began, ended (None while it runs), planned working days."""

    begins: datetime
    ends: datetime | None
    planned: int


def due(
    start: datetime,
    amount: int,
    unit: str,
    is_worked: IsWorked,
    *,
    stops: Iterable[Stop] = (),
    more: int = 0,
) -> datetime:
    """When `amount` of `unit`, plus `more` of the same, is over."""
    if unit == "working_hour":
        return _after_minutes(start, (amount + more) * 60, list(stops), is_worked)
    day = start.astimezone(CHINA).date()
    paused = _paused_days(stops, is_worked)
    if unit == "at_once":
        if start.astimezone(CHINA).time() >= CLOSE:
            day += DAY
        return _close(_roll(day, paused, is_worked))
    left = amount + more
    if unit == "month":
        left = (_month_later(day, amount + more) - day).days
    while left:
        day += DAY
        if day not in paused and (unit != "working_day" or is_worked(day)):
            left -= 1
    return _close(_roll(day, paused, is_worked))


def _roll(day: date, paused: set[date], is_worked: IsWorked) -> date:
    while day in paused or not is_worked(day):
        day += DAY
    return day


def _paused_days(stops: Iterable[Stop], is_worked: IsWorked) -> set[date]:
    found = set()
    for stop in stops:
        begin = stop.begins.astimezone(CHINA)
        day = begin.date() + (DAY if begin.time() >= CLOSE else timedelta())
        left = stop.planned
        while (stop.ends is None and left) or (stop.ends and day <= stop.ends.astimezone(CHINA).date()):
            found.add(day)
            left -= is_worked(day)
            day += DAY
    return found


def _after_minutes(start: datetime, left: int, stops: list[Stop], is_worked: IsWorked) -> datetime:
    """Whole minutes only: the tests give it nothing finer."""
    day = start.astimezone(CHINA).date()
    ended = [(stop.begins, stop.ends or _planned_end(stop, is_worked)) for stop in stops]
    while True:
        for minute in _open_minutes(day) if is_worked(day) else ():
            if minute >= start and not any(begin <= minute < end for begin, end in ended):
                left -= 1
                if not left:
                    return minute + MINUTE
        day += DAY


def _open_minutes(day: date) -> Iterator[datetime]:
    for opens, closes in SITTINGS:
        minute = datetime.combine(day, opens, CHINA)
        while minute.time() < closes:
            yield minute
            minute += MINUTE


def _planned_end(stop: Stop, is_worked: IsWorked) -> datetime:
    days = _paused_days([stop], is_worked)
    return _close(max(days)) if days else stop.begins


def is_open(at: datetime, is_worked: IsWorked) -> bool:
    """Whether the office is open during the minute that begins at `at`."""
    local = at.astimezone(CHINA)
    return is_worked(local.date()) and any(a <= local.time() < b for a, b in SITTINGS)


def _close(day: date) -> datetime:
    return datetime.combine(day, CLOSE, CHINA)


def _month_later(day: date, months: int) -> date:
    first = day.replace(day=1)
    for _ in range(months):
        first = (first + 31 * DAY).replace(day=1)
    last = (first + 31 * DAY).replace(day=1) - DAY
    return min(first + (day.day - 1) * DAY, last)
