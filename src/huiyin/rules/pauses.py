"""When a clock stood still: as whole days, as office time, and as stretches of the wall clock."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, TypeVar

from huiyin.rules.facts import Fact, Paused, Resumed
from huiyin.rules.workdays import SHANGHAI, Calendar

T = TypeVar("T", int, date, datetime)

_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Pause:
    """One procedure: when it began, when it ended (None while it runs), its planned length."""

    begins: datetime
    ends: datetime | None
    planned_days: int


def pauses(facts: Iterable[Fact]) -> tuple[Pause, ...]:
    """The pauses, each ended by the first `Resumed` that is left for it.

    Facts are taken in the order of their moments, beginnings first. While two procedures overlap,
    the clock runs again only when both have ended; a `Resumed` with nothing
    to end changes nothing.
    """
    moving = [fact for fact in facts if isinstance(fact, Paused | Resumed)]
    running: list[Paused] = []
    found: list[Pause] = []
    for fact in sorted(moving, key=lambda fact: (fact.at, isinstance(fact, Resumed))):
        if isinstance(fact, Resumed):
            if running:
                begun = running.pop(0)
                found.append(Pause(begun.at, fact.at, begun.planned_days))
        else:
            running.append(fact)
    found += [Pause(begun.at, None, begun.planned_days) for begun in running]
    return tuple(found)


def day_spans(found: Iterable[Pause], calendar: Calendar) -> tuple[tuple[date, date], ...]:
    """Days that do not count, as merged spans with both ends included.

    From the day a procedure begins to the day it ends, both excluded, at
    whatever hour: the day of an event is not counted, and the day after is the
    first that is. Only a procedure begun at or after close of business begins
    on the next day, because that day's time was already used (a limit that ran
    out at close of business cannot be saved in the evening). A running
    procedure is taken to end on its last planned working day.
    """
    spans = [_days(pause, calendar) for pause in found]
    return tuple(_merged(span for span in spans if span[0] <= span[1]))


def office_spans(found: Iterable[Pause], calendar: Calendar) -> tuple[tuple[int, int], ...]:
    """Office time that does not count, exact to the microsecond, as merged spans."""
    spans = [_office_time(pause, calendar) for pause in found]
    return tuple(_merged(span for span in spans if span[0] < span[1]))


def moment_spans(found: Iterable[Pause], calendar: Calendar) -> tuple[tuple[datetime, datetime], ...]:
    """What does not count of a limit in clock hours, as merged spans in Shanghai time."""
    spans = [(pause.begins.astimezone(SHANGHAI), _end(pause, calendar)) for pause in found]
    return tuple(_merged(span for span in spans if span[0] < span[1]))


def as_office_time(spans: Iterable[tuple[date, date]], calendar: Calendar) -> tuple[tuple[int, int], ...]:
    """The office time of whole excluded days."""
    return tuple(
        (calendar.office_time(midnight(first)), calendar.office_time(midnight(last + _DAY)))
        for first, last in spans
    )


def midnight(day: date) -> datetime:
    """The beginning of a day in the office's zone."""
    return datetime(day.year, day.month, day.day, tzinfo=SHANGHAI)


def _days(pause: Pause, calendar: Calendar) -> tuple[date, date]:
    first = pause.begins.astimezone(SHANGHAI).date()
    if pause.begins >= calendar.closing(first):
        first += _DAY
    if pause.ends is None:
        return first, _planned_end(first, pause.planned_days, calendar)
    return first, pause.ends.astimezone(SHANGHAI).date()


def _office_time(pause: Pause, calendar: Calendar) -> tuple[int, int]:
    return calendar.office_time(pause.begins), calendar.office_time(_end(pause, calendar))


def _end(pause: Pause, calendar: Calendar) -> datetime:
    """When it ended; while it runs, close of business of its last planned working day."""
    if pause.ends is not None:
        return pause.ends.astimezone(SHANGHAI)
    first, last = _days(pause, calendar)
    return calendar.closing(last) if first <= last else pause.begins.astimezone(SHANGHAI)


def _planned_end(first: date, planned_days: int, calendar: Calendar) -> date:
    return calendar.add_workdays(first - _DAY, planned_days)


def _merged(spans: Iterable[tuple[T, T]]) -> list[tuple[T, T]]:
    merged: list[tuple[T, T]] = []
    for first, last in sorted(spans):
        if merged and first <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], last))
        else:
            merged.append((first, last))
    return merged
