"""The steps from a start to a due moment: what was counted, what was not, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import groupby
from typing import Final

from huiyin.rules.vocabulary import Unit
from huiyin.rules.workdays import Calendar

PAUSED_REASON: Final = "paused"
AWAITED_REASON: Final = "awaited"

_MINUTE: Final = 60_000_000


class StepKind(StrEnum):
    """What a stretch of days is to the limit."""

    DEFERRED = "deferred"
    DAY_ZERO = "day_zero"
    COUNTED = "counted"
    SKIPPED = "skipped"
    PAUSED = "paused"
    EXTENDED = "extended"
    ROLLED = "rolled"
    EVENT = "event"
    CAPPED = "capped"
    PROVISIONAL = "provisional"


@dataclass(frozen=True, slots=True)
class Step:
    """One stretch, both ends included.

    `days` is in the unit of the limit it serves (`unit`): working days counted
    or excluded, calendar days likewise; days off skipped are plain days.
    `minutes`, `begins` and `ends` are for limits in hours. `reason` is why days
    were skipped or the end moved: 'weekend', a holiday's key, 'paused'.
    An EXTENDED step says by how much (`days` of `unit`) and when it was approved;
    a DEFERRED one from when to when the receipt was moved; an EVENT step when the
    event takes place, or 'awaited' as its reason; a CAPPED one when the clock ends
    although more of its limit is left.
    """

    kind: StepKind
    first: date
    last: date
    days: int = 0
    minutes: int = 0
    reason: str = ""
    unit: Unit | None = None
    begins: datetime | None = None
    ends: datetime | None = None


def broken_up(course: Iterable[Step], calendar: Calendar) -> Iterator[Step]:
    """The course with each counted stretch parted at the days off inside it.

    Days (or minutes) of the counted steps add up to the limit with its
    extensions, exactly.
    """
    passed = 0
    for step in course:
        if step.kind is not StepKind.COUNTED:
            yield step
        elif step.unit is Unit.WORKING_HOUR and step.begins is not None and step.ends is not None:
            yield from _office_runs(step, step.begins, step.ends, passed, calendar)
            passed += calendar.office_time(step.ends) - calendar.office_time(step.begins)
        elif step.unit is Unit.WORKING_DAY:
            yield from _runs(step, calendar, lambda run: replace(run, days=_length(run)))
        else:
            yield step


def _office_runs(
    step: Step, begins: datetime, ends: datetime, passed: int, calendar: Calendar
) -> Iterator[Step]:
    """Runs of a stretch counted in office time; minutes are rounded so that sums stay exact."""
    origin = calendar.office_time(begins) - passed

    def minutes_until(at: datetime) -> int:
        return (calendar.office_time(at) - origin) // _MINUTE

    def timed(run: Step) -> Step:
        first = max(begins, calendar.opening(run.first))
        last = min(ends, calendar.closing(run.last))
        minutes = minutes_until(last) - minutes_until(first)
        return replace(run, begins=first, ends=last, minutes=minutes)

    for run in _runs(step, calendar, timed):
        if run.kind is StepKind.SKIPPED or run.minutes:
            yield run


def _runs(step: Step, calendar: Calendar, counted: Callable[[Step], Step]) -> Iterator[Step]:
    days = (step.first + timedelta(days=n) for n in range(_length(step)))
    for reason, group in groupby(days, key=lambda day: _off_reason(day, calendar)):
        inside = list(group)
        run = Step(StepKind.COUNTED, inside[0], inside[-1], unit=step.unit)
        if reason:
            yield replace(run, kind=StepKind.SKIPPED, days=len(inside), reason=reason)
        else:
            yield counted(run)


def _off_reason(day: date, calendar: Calendar) -> str:
    return "" if calendar.is_workday(day) else calendar.why(day)


def _length(step: Step) -> int:
    return (step.last - step.first).days + 1
