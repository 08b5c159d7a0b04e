"""From a start and a limit to a due moment: counted, paused, extended, and explained.

How days are counted:

- The day of the event is not counted, worked or not. A working-day limit ends
  at close of business of its last working day.
- Calendar-day and month limits that end on a day off move on to the next
  working day; they end at close of business. A month ends on the same day of
  the later month, or on that month's last day.
- Working hours run from the moment itself, while the office is open.
- At once means before close of business of the day it began, or of the next
  working day if it began on a day off or at or after close of business.
- A pause takes out every day from the day it begins to the day it ends, both
  included, at whatever hour (`pauses.day_spans` says why): working days for a
  working-day limit, calendar days for calendar-day and month limits. A resume
  in the morning therefore counts from the next day on. For working hours the
  pause takes out exactly the time between its two moments. Days in two pauses
  are taken out once. While a pause runs, the due moment is reckoned as if it
  ended on its last planned working day.
- An extension is counted on from where the limit before it ended, before that
  end is moved off a day off.
"""

from __future__ import annotations

import calendar as months
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Final

from huiyin.rules.facts import (
    Clock,
    Extended,
    Fact,
    Paused,
    Resumed,
    facts_from_json,
    facts_to_json,
)
from huiyin.rules.pauses import as_office_time, day_spans, midnight, office_spans, pauses
from huiyin.rules.steps import PAUSED_REASON, Step, StepKind, broken_up
from huiyin.rules.vocabulary import Light, Limit, Outcome, Unit
from huiyin.rules.wording import paragraph
from huiyin.rules.workdays import LAST_DAY, SHANGHAI, BeyondCalendar, Calendar

__all__ = [
    "Clock",
    "Extended",
    "Fact",
    "Paused",
    "Reckoning",
    "Resumed",
    "Step",
    "StepKind",
    "Threshold",
    "explain",
    "extendable",
    "facts_from_json",
    "facts_to_json",
    "light",
    "outcome",
    "reckon",
    "remaining_minutes",
]

_DAY: Final = timedelta(days=1)
_MICROSECOND: Final = timedelta(microseconds=1)
_MINUTE: Final = 60_000_000
_OFFICE_UNITS: Final = frozenset({Unit.WORKING_DAY, Unit.WORKING_HOUR, Unit.AT_ONCE})


@dataclass(frozen=True, slots=True)
class Threshold:
    """When a light turns yellow: this many working days left, or this share of the limit."""

    min_working_days: int
    share: float


@dataclass(frozen=True)
class Reckoning:
    """Where a clock stands: when it is due, since when it is yellow, and how that came about.

    `provisional` means that a day between start and due lies in a year whose
    schedule is not published; `paused` that a procedure still runs. Both
    moments are in Shanghai time. `steps` is worked out when first asked for.
    """

    due: datetime
    yellow_at: datetime
    provisional: bool
    paused: bool
    clock: Clock = field(repr=False)
    calendar: Calendar = field(repr=False, compare=False)
    course: tuple[Step, ...] = field(repr=False)

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """Every stretch from the start to the due moment; the counted ones add up to the limit."""
        return tuple(broken_up(self.course, self.calendar))


def reckon(clock: Clock, calendar: Calendar, *, threshold: Threshold) -> Reckoning:
    """When the clock is due. The same clock and calendar always give the same answer.

    Raises BeyondCalendar when the count leaves the calendar's timeline.
    """
    course = _Course(clock, calendar)
    due = course.run()
    steps = list(course.steps)
    unpublished = _unpublished_from(clock, due, calendar)
    if unpublished is not None:
        steps.append(Step(StepKind.PROVISIONAL, unpublished, due.date()))
    return Reckoning(
        due=due,
        yellow_at=_yellow_at(course, due, threshold),
        provisional=unpublished is not None,
        paused=any(pause.ends is None for pause in course.pauses),
        clock=clock,
        calendar=calendar,
        course=tuple(steps),
    )


def light(*, due: datetime, yellow_at: datetime, paused: bool, ended: bool, at: datetime) -> Light:
    """Grey when ended, else blue when paused, else red, yellow or green by the moment."""
    if ended:
        return Light.GREY
    if paused:
        return Light.BLUE
    if at > due:
        return Light.RED
    return Light.YELLOW if at >= yellow_at else Light.GREEN


def outcome(due: datetime, ended_at: datetime) -> Outcome:
    """Late after the due moment; early on an earlier Shanghai day than the due day; else on time."""
    if ended_at > due:
        return Outcome.LATE
    if ended_at.astimezone(SHANGHAI).date() < due.astimezone(SHANGHAI).date():
        return Outcome.EARLY
    return Outcome.ON_TIME


def extendable(clock: Clock, calendar: Calendar, at: datetime) -> bool:
    """Whether the limit still runs at `at`: nothing is extended once it is past due."""
    return at <= _Course(clock, calendar).run()


def remaining_minutes(due: datetime, calendar: Calendar, at: datetime) -> int:
    """Minutes of office time left at `at`; negative by how many have passed since the due moment.

    It stays 0 from close of business of the last day until the office opens
    again; `light` is what tells late from not late.
    """
    return calendar.count_minutes(at, due)


def explain(reckoning: Reckoning, language: str) -> str:
    """Why this moment: one paragraph, in English for 'en…', else in Chinese."""
    return paragraph(
        clock=reckoning.clock,
        steps=reckoning.steps,
        due=reckoning.due,
        paused=reckoning.paused,
        calendar=reckoning.calendar,
        english=language.lower().startswith("en"),
    )


class _Course:
    """One walk over the calendar; keeps each stretch as a step, not yet parted at days off."""

    def __init__(self, clock: Clock, calendar: Calendar) -> None:
        self.clock = clock
        self.calendar = calendar
        self.pauses = pauses(clock.facts)
        self.spans = day_spans(self.pauses, calendar)
        self.steps: list[Step] = []
        self.at = clock.start.astimezone(SHANGHAI)  # where the count stands
        self.day = self.at.date()  # its day, before it is moved off a day off
        self.rolls = False  # whether the end, as it stands, moves off a day off
        self.month_zero: tuple[date, int] | None = None

    def run(self) -> datetime:
        """The due moment."""
        if self.clock.limit.unit in {Unit.WORKING_DAY, Unit.CALENDAR_DAY, Unit.MONTH}:
            self.steps.append(Step(StepKind.DAY_ZERO, self.day, self.day))
        self._advance(self.clock.limit)
        for fact in self.clock.facts:
            if isinstance(fact, Extended):
                self._extend(fact)
        self._close()
        return self.at

    def limits(self) -> Iterator[Limit]:
        """The limit and every extension of it."""
        yield self.clock.limit
        yield from (f.limit for f in self.clock.facts if isinstance(f, Extended))

    def _extend(self, fact: Extended) -> None:
        amount, unit = fact.limit.amount, fact.limit.unit
        if unit is Unit.AT_ONCE:
            return  # adds nothing
        approved = fact.approved_at.astimezone(SHANGHAI).date()
        self.steps.append(Step(StepKind.EXTENDED, approved, approved, days=amount, unit=unit))
        self._advance(fact.limit)

    def _advance(self, limit: Limit) -> None:
        if limit.unit is not Unit.MONTH:
            self.month_zero = None
        match limit.unit:
            case Unit.WORKING_DAY | Unit.CALENDAR_DAY:
                self._count(limit.amount, limit.unit)
            case Unit.MONTH:
                self._count(self._days_of_months(limit.amount), limit.unit)
            case Unit.WORKING_HOUR:
                self._close()
                self._count_hours(limit.amount * 60 * _MINUTE)
            case Unit.AT_ONCE:
                self._same_day()

    def _same_day(self) -> None:
        if self.at >= self.calendar.closing(self.day):
            self.day = _later(self.day, 1)
        self.rolls = True
        self.at = self.calendar.closing(self.day)

    def _days_of_months(self, amount: int) -> int:
        """Days from here to the end of `amount` months; months in a row count from the same day."""
        zero, before = self.month_zero or (self.day, 0)
        self.month_zero = (zero, before + amount)
        return (_months_later(zero, before + amount) - _months_later(zero, before)).days

    def _count(self, amount: int, unit: Unit) -> None:
        """Go forward `amount` days that are not paused."""
        working = unit is Unit.WORKING_DAY
        left = amount
        for first, last in self.spans:
            if last <= self.day:
                continue
            free = max(0, self._between(self.day, first - _DAY, working=working))
            if left <= free:
                break
            if self.day + _DAY < first:
                self._step(StepKind.COUNTED, self.day + _DAY, first - _DAY, free, unit)
            begin = max(first, self.day + _DAY)
            excluded = self._between(begin - _DAY, last, working=working)
            self._step(StepKind.PAUSED, begin, last, excluded, unit)
            left -= free
            self.day = last
        end = self.calendar.add_workdays(self.day, left) if working else _later(self.day, left)
        self._step(StepKind.COUNTED, self.day + _DAY, end, left, unit)
        self.day = end
        self.rolls = not working
        self.at = self.calendar.closing(end)

    def _step(self, kind: StepKind, first: date, last: date, days: int, unit: Unit) -> None:
        self.steps.append(Step(kind, first, last, days=days, unit=unit))

    def _between(self, after: date, upto: date, *, working: bool) -> int:
        return self.calendar.count_workdays(after, upto) if working else (upto - after).days

    def _count_hours(self, amount: int) -> None:
        """Go forward `amount` microseconds of office time that are not paused."""
        here, left = self.calendar.office_time(self.at), amount
        for first, last in office_spans(self.pauses, self.calendar):
            if last <= here:
                continue
            free = max(0, first - here)
            if left <= free:
                break
            if free:
                self._office_step(StepKind.COUNTED, here, first)
            self._office_step(StepKind.PAUSED, max(first, here), last)
            left -= free
            here = last
        self._office_step(StepKind.COUNTED, here, here + left)
        self.at = self.calendar.moment(here + left)
        self.day = self.at.date()
        self.rolls = False

    def _office_step(self, kind: StepKind, first: int, last: int) -> None:
        begins = self.calendar.moment(first, late=True)
        ends = self.calendar.moment(last)
        self.steps.append(
            Step(
                kind,
                begins.date(),
                ends.date(),
                minutes=(last - first) // _MINUTE,
                unit=Unit.WORKING_HOUR,
                begins=begins,
                ends=ends,
            )
        )

    def _close(self) -> None:
        """Move an end on a day off, or on a paused day, to the next day that is neither."""
        if not self.rolls:
            return
        day = self.calendar.next_workday(self.day)
        reason = "" if day == self.day else self.calendar.why(self.day)
        for first, last in self.spans:
            if first <= day <= last:
                day = self.calendar.next_workday(_later(last, 1))
                reason = reason or PAUSED_REASON
        if day != self.day:
            self.steps.append(Step(StepKind.ROLLED, self.day, day, reason=reason))
        self.day = day
        self.rolls = False
        self.at = self.calendar.closing(day)


def _yellow_at(course: _Course, due: datetime, threshold: Threshold) -> datetime:
    """The earliest moment with no more left than a threshold allows, never before the start.

    Limits in office units are measured in office time. Where calendar days or
    months take part, the share is one of calendar days and the minimum stays
    one of office time; whichever comes first counts.
    """
    calendar = course.calendar
    at_least = threshold.min_working_days * calendar.day_length
    limits = list(course.limits())
    if all(limit.unit in _OFFICE_UNITS for limit in limits):
        whole = sum(_office_length(limit, calendar) for limit in limits)
        yellow = _office_time_back(course, due, max(at_least, round(threshold.share * whole)))
    else:
        days = sum(
            (step.last - step.first).days + 1 for step in course.steps if step.kind is StepKind.COUNTED
        )
        share = round(threshold.share * (days * _DAY / _MICROSECOND)) * _MICROSECOND
        yellow = min(_office_time_back(course, due, at_least), _calendar_time_back(course, due, share))
    return max(course.clock.start.astimezone(SHANGHAI), min(yellow, due))


def _office_length(limit: Limit, calendar: Calendar) -> int:
    if limit.unit is Unit.WORKING_DAY:
        return limit.amount * calendar.day_length
    return limit.amount * 60 * _MINUTE


def _office_time_back(course: _Course, due: datetime, left: int) -> datetime:
    """The earliest moment with at most `left` of unpaused office time until `due`."""
    calendar = course.calendar
    here = calendar.office_time(due)
    spans = (
        office_spans(course.pauses, calendar)
        if course.steps and course.steps[-1].begins
        else as_office_time(course.spans, calendar)
    )
    for first, last in reversed(spans):
        if first >= here:
            continue
        if here - left > last:
            break
        left -= max(0, here - last)
        here = first
    return calendar.moment(here - left)


def _calendar_time_back(course: _Course, due: datetime, left: timedelta) -> datetime:
    """The earliest moment with at most `left` of unpaused calendar time until `due`."""
    here = due
    for first, last in reversed(course.spans):
        if midnight(first) >= here:
            continue
        if here - left > midnight(last + _DAY):
            break
        left -= max(timedelta(), here - midnight(last + _DAY))
        here = midnight(first)
    return here - left


def _unpublished_from(clock: Clock, due: datetime, calendar: Calendar) -> date | None:
    """The first day between start and due in a year whose schedule is not published."""
    first = clock.start.astimezone(SHANGHAI).date()
    if clock.limit.unit in {Unit.WORKING_DAY, Unit.CALENDAR_DAY, Unit.MONTH}:
        first += _DAY
    for year in range(first.year, due.year + 1):
        if not calendar.is_official(year):
            return max(first, date(year, 1, 1))
    return None


def _later(day: date, days: int) -> date:
    ordinal = day.toordinal() + days
    if ordinal > LAST_DAY.toordinal():
        raise BeyondCalendar
    return date.fromordinal(ordinal)


def _months_later(day: date, amount: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + amount, 12)
    if year > LAST_DAY.year:
        raise BeyondCalendar
    return date(year, month + 1, min(day.day, months.monthrange(year, month + 1)[1]))
