"""One walk from a start to a due moment over a calendar, keeping each stretch as a step."""

from __future__ import annotations

import calendar as months
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Final

from huiyin.rules.counting import Counting
from huiyin.rules.facts import Clock, Extended, Scheduled
from huiyin.rules.pauses import day_spans, moment_spans, office_spans, pauses
from huiyin.rules.steps import AWAITED_REASON, PAUSED_REASON, Step, StepKind
from huiyin.rules.vocabulary import Limit, Unit
from huiyin.rules.workdays import LAST_DAY, SHANGHAI, BeyondCalendar, Calendar

DAY_UNITS: Final = frozenset({Unit.WORKING_DAY, Unit.CALENDAR_DAY, Unit.MONTH, Unit.YEAR})
NOT_YET_KNOWN: Final = datetime(LAST_DAY.year, LAST_DAY.month, LAST_DAY.day, 23, 59, tzinfo=SHANGHAI)
"""Stands for the due moment of a limit that waits for an event nobody has scheduled."""

_MONTHS: Final = {Unit.MONTH: 1, Unit.YEAR: 12}
_DAY: Final = timedelta(days=1)
_A_MINUTE: Final = timedelta(minutes=1)
_MINUTE: Final = 60_000_000


class Course:
    """One walk over the calendar; its steps are not yet parted at days off."""

    def __init__(self, clock: Clock, calendar: Calendar, counting: Counting) -> None:
        """Stand at the start; `run` walks."""
        self.clock = clock
        self.calendar = calendar
        self.counting = counting
        self.pauses = pauses(clock.facts)
        self.spans = day_spans(self.pauses, calendar)
        self.steps: list[Step] = []
        self.at = clock.start.astimezone(SHANGHAI)  # where the count stands
        self.day = self.at.date()  # its day, before it is moved off a day off
        self.rolls = False  # whether the end, as it stands, moves off a day off
        self.is_timed = False  # whether the last stretch was counted from moment to moment
        self.awaits_event = False  # whether the event it waits for is not scheduled yet
        self.month_zero: tuple[date, int] | None = None

    def run(self) -> datetime:
        """The due moment."""
        self._receive()
        if self.clock.limit.unit in DAY_UNITS:
            self.steps.append(Step(StepKind.DAY_ZERO, self.day, self.day))
        self._advance(self.clock.limit)
        if self.awaits_event:
            return self.at
        for fact in self.clock.facts:
            if isinstance(fact, Extended):
                self._extend(fact)
        self._close()
        return self.at

    def limits(self) -> Iterator[Limit]:
        """The limit and every extension of it."""
        yield self.clock.limit
        yield from (f.limit for f in self.clock.facts if isinstance(f, Extended))

    def hangs_on_the_calendar(self) -> bool:
        """Whether another calendar could give another due moment."""
        return (
            any(limit.unit not in {Unit.CLOCK_HOUR, Unit.BEFORE_EVENT} for limit in self.limits())
            or any(pause.ends is None for pause in self.pauses)
            or any(step.kind is StepKind.DEFERRED for step in self.steps)
        )

    def _receive(self) -> None:
        """Where the office counts so, move a start after hours to the next opening."""
        if not self.counting.late_receipt_waits or self.clock.limit.unit is Unit.BEFORE_EVENT:
            return
        opening = self.calendar.received(self.at)
        if opening != self.at:
            day = opening.date()
            self.steps.append(Step(StepKind.DEFERRED, self.day, day, begins=self.at, ends=opening))
            self.at, self.day = opening, day

    def _extend(self, fact: Extended) -> None:
        amount, unit = fact.limit.amount, fact.limit.unit
        if not unit.takes_amount:
            return  # adds nothing
        approved = fact.approved_at.astimezone(SHANGHAI).date()
        self.steps.append(Step(StepKind.EXTENDED, approved, approved, days=amount, unit=unit))
        self._advance(fact.limit)

    def _advance(self, limit: Limit) -> None:
        if limit.unit not in _MONTHS:
            self.month_zero = None
        self.is_timed = limit.unit in {Unit.WORKING_HOUR, Unit.CLOCK_HOUR, Unit.BEFORE_EVENT}
        match limit.unit:
            case Unit.WORKING_DAY | Unit.CALENDAR_DAY:
                self._count(limit.amount, limit.unit)
            case Unit.MONTH | Unit.YEAR:
                self._count(self._days_of_months(limit.amount * _MONTHS[limit.unit]), limit.unit)
            case Unit.WORKING_HOUR:
                self._close()
                self._count_hours(limit.amount * 60 * _MINUTE)
            case Unit.CLOCK_HOUR:
                self._close()
                self._count_clock(timedelta(hours=limit.amount))
            case Unit.AT_ONCE:
                self._same_day()
            case Unit.BEFORE_EVENT:
                self._until_event()

    def _until_event(self) -> None:
        """Go to the event, wherever it is; to the end of the timeline while nobody knows."""
        told = [fact for fact in self.clock.facts if isinstance(fact, Scheduled)]
        if not told:
            self.awaits_event = True
            self.steps.append(Step(StepKind.EVENT, self.day, self.day, reason=AWAITED_REASON))
            self.at = NOT_YET_KNOWN
            return
        latest = max(fact.at for fact in told)
        event = [fact for fact in told if fact.at == latest][-1].event_at.astimezone(SHANGHAI)
        self.at, self.day = event, event.date()
        self.steps.append(Step(StepKind.EVENT, self.day, self.day, begins=event, ends=event))

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
        self.rolls = not working and self.counting.end_rolls
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

    def _count_clock(self, amount: timedelta) -> None:
        """Go forward that much time of the wall clock, day and night, that is not paused."""
        here, left, passed = self.at, amount, timedelta()
        for first, last in moment_spans(self.pauses, self.calendar):
            if last <= here:
                continue
            free = max(timedelta(), first - here)
            if left <= free:
                break
            if free:
                self._clock_step(StepKind.COUNTED, here, first, passed)
            self._clock_step(StepKind.PAUSED, max(first, here), last, timedelta())
            left -= free
            passed += free
            here = last
        end = _within(here, left)
        self._clock_step(StepKind.COUNTED, here, end, passed)
        self.at, self.day, self.rolls = end, end.date(), False

    def _clock_step(self, kind: StepKind, begins: datetime, ends: datetime, passed: timedelta) -> None:
        """One stretch; its minutes are rounded so that sums stay exact."""
        minutes = (passed + (ends - begins)) // _A_MINUTE - passed // _A_MINUTE
        self.steps.append(
            Step(
                kind,
                begins.date(),
                ends.date(),
                minutes=minutes,
                unit=Unit.CLOCK_HOUR,
                begins=begins,
                ends=ends,
            )
        )

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


def _within(at: datetime, amount: timedelta) -> datetime:
    """`at` plus real time: the wall clock of the eighties, which jumped in spring, is not trusted."""
    if amount.days > (LAST_DAY - at.date()).days:
        raise BeyondCalendar
    return (at.astimezone(UTC) + amount).astimezone(SHANGHAI)


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
