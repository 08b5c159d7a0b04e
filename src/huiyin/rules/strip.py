"""A reckoning as months of days: what each day was to the limit, for a picture of 'why this day?'."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final

from huiyin.rules.clocks import Reckoning
from huiyin.rules.layout import SHIFTED
from huiyin.rules.local_days import LOCAL
from huiyin.rules.steps import Step, StepKind
from huiyin.rules.vocabulary import Unit
from huiyin.rules.workdays import SHANGHAI, Calendar

_DAY: Final = timedelta(days=1)
_MINUTE: Final = timedelta(minutes=1)
_A_WEEK: Final = 7


class Mark(StrEnum):
    """What a day was to the limit."""

    OUTSIDE = "outside"
    """before the start or after the due moment"""
    RECEIVED = "received"
    """something came in too late to begin on this day"""
    START = "start"
    """it began here, and the day neither counts nor is day zero (at once, before an event)"""
    ZERO = "zero"
    COUNTED = "counted"
    SKIPPED = "skipped"
    PAUSED = "paused"
    MOVED = "moved"
    """the end came to lie here, off a day off or a pause"""
    EVENT = "event"


@dataclass(frozen=True, slots=True)
class StripDay:
    """One day.

    `number` is its place among the counted days, `minutes` what was counted of
    it in hours; 0 where neither applies. `reason` is why it was skipped
    ('weekend' or a holiday's key), or for a counted day off worked by notice
    'shifted_workday' or a local key. `is_extra` days are those an extension
    added; `is_due` is the day on which the limit ends.
    """

    day: date
    mark: Mark
    number: int = 0
    minutes: int = 0
    reason: str = ""
    is_extra: bool = False
    is_due: bool = False


@dataclass(frozen=True, slots=True)
class Month:
    """The weeks of one month, from Monday, that the reckoning touches; None for days of other months."""

    year: int
    month: int
    weeks: tuple[tuple[StripDay | None, ...], ...]


def strip(reckoning: Reckoning) -> tuple[Month, ...]:
    """Every month from the start to the due day; while an event is awaited, that of the start only."""
    line = _Line(reckoning)
    found = line.days()
    months = []
    month = line.first.replace(day=1)
    while month <= line.last:
        following = (month + 31 * _DAY).replace(day=1)
        months.append(Month(month.year, month.month, tuple(_weeks(month, following, found))))
        month = following
    return tuple(months)


@dataclass
class _Line:
    reckoning: Reckoning
    found: dict[date, StripDay] = field(default_factory=dict)

    @property
    def first(self) -> date:
        return min(self.reckoning.clock.start.astimezone(SHANGHAI), self.reckoning.due).date()

    @property
    def last(self) -> date:
        start = self.reckoning.clock.start.astimezone(SHANGHAI).date()
        return start if self.reckoning.awaits_event else max(start, self.reckoning.due.date())

    def days(self) -> dict[date, StripDay]:
        number, is_extra = 0, False
        for step in self.reckoning.steps:
            is_extra = is_extra or step.kind is StepKind.EXTENDED
            if step.kind is StepKind.COUNTED:
                number = self._count(step, number, is_extra=is_extra)
            else:
                self._other(step)
        start = self.reckoning.clock.start.astimezone(SHANGHAI).date()
        self.found.setdefault(start, StripDay(start, Mark.START))
        if self.reckoning.clock.limit.unit is not Unit.BEFORE_EVENT:
            self._fill()
        due = self.reckoning.due.date()
        if due in self.found and not self.reckoning.awaits_event:
            self.found[due] = replace(self.found[due], is_due=True)
        return self.found

    def _count(self, step: Step, number: int, *, is_extra: bool) -> int:
        calendar = self.reckoning.calendar
        for day in _days(step):
            minutes = _minutes(step, day, calendar)
            if step.begins and not minutes:
                continue
            before = self.found.get(day)
            if before is not None and before.mark is Mark.COUNTED:
                self.found[day] = replace(before, minutes=before.minutes + minutes)
                continue
            number += 0 if step.begins else 1
            reason = _worked_by_notice(day, step, calendar)
            self.found[day] = StripDay(
                day, Mark.COUNTED, 0 if step.begins else number, minutes, reason, is_extra
            )
        return number

    def _other(self, step: Step) -> None:
        match step.kind:
            case StepKind.DAY_ZERO:
                self.found[step.first] = StripDay(step.first, Mark.ZERO)
            case StepKind.SKIPPED | StepKind.PAUSED:
                mark = Mark.SKIPPED if step.kind is StepKind.SKIPPED else Mark.PAUSED
                for day in _days(step):
                    self._put(StripDay(day, mark, reason=step.reason))
            case StepKind.DEFERRED:
                self._between(step, first=Mark.RECEIVED, last=Mark.START)
            case StepKind.ROLLED:
                self._between(step, first=Mark.START, last=Mark.MOVED)
            case StepKind.EVENT if step.begins:
                self.found[step.first] = StripDay(step.first, Mark.EVENT)
            case _:
                pass

    def _between(self, step: Step, *, first: Mark, last: Mark) -> None:
        """The days from one to another: off, or paused where the office works."""
        calendar = self.reckoning.calendar
        self._put(StripDay(step.first, first))
        for day in list(_days(step))[1:-1]:
            off = not calendar.is_workday(day)
            self._put(
                StripDay(day, Mark.SKIPPED if off else Mark.PAUSED, reason=calendar.why(day) if off else "")
            )
        self._put(StripDay(step.last, last))

    def _fill(self) -> None:
        """Days that no step names: off between two stretches of hours, or the next day of 'at once'."""
        calendar = self.reckoning.calendar
        for n in range((self.last - self.first).days + 1):
            day = self.first + n * _DAY
            if day not in self.found and not calendar.is_workday(day):
                self.found[day] = StripDay(day, Mark.SKIPPED, reason=calendar.why(day))
            elif self.reckoning.clock.limit.unit is Unit.AT_ONCE:
                self._put(StripDay(day, Mark.MOVED))

    def _put(self, one: StripDay) -> None:
        """What was said of a day first holds."""
        self.found.setdefault(one.day, one)


def _weeks(
    month: date, following: date, found: dict[date, StripDay]
) -> Iterator[tuple[StripDay | None, ...]]:
    monday = month - month.weekday() * _DAY
    while monday < following:
        days = [monday + n * _DAY for n in range(_A_WEEK)]
        week = tuple(
            found.get(day, StripDay(day, Mark.OUTSIDE)) if month <= day < following else None for day in days
        )
        if any(day is not None and day.mark is not Mark.OUTSIDE for day in week):
            yield week
        monday += _A_WEEK * _DAY


def _minutes(step: Step, day: date, calendar: Calendar) -> int:
    """What a stretch in hours counts of one day, in whole minutes."""
    if step.begins is None or step.ends is None:
        return 0
    first = max(step.begins, datetime.combine(day, time(), SHANGHAI))
    last = min(step.ends, datetime.combine(day + _DAY, time(), SHANGHAI))
    if step.unit is Unit.CLOCK_HOUR:
        return (last - first) // _MINUTE
    return calendar.count_minutes(first, last)


def _worked_by_notice(day: date, step: Step, calendar: Calendar) -> str:
    why = calendar.why(day)
    if step.unit in {Unit.WORKING_DAY, Unit.WORKING_HOUR} and (why == SHIFTED or why.startswith(LOCAL)):
        return why
    return ""


def _days(step: Step) -> Sequence[date]:
    return [step.first + n * _DAY for n in range((step.last - step.first).days + 1)]
