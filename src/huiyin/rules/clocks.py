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
  working-day limit, calendar days for calendar-day, month and year limits. A
  resume in the morning therefore counts from the next day on. From hours the
  pause takes out exactly the time between its two moments. Days in two pauses
  are taken out once. While a pause runs, the due moment is reckoned as if it
  ended on its last planned working day.
- An extension is counted on from where the limit before it ended, before that
  end is moved off a day off; hours are counted on from the end so moved.
- A clock that must end within another is capped: it ends at that moment if it
  has not ended before.
- Two of these are the office's to switch (`counting`): what comes in after close
  of business or on a day off may count as received at the next opening, and ends
  on a day off may stay.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Final

from huiyin.rules.counting import Counting
from huiyin.rules.course import DAY_UNITS, NOT_YET_KNOWN, Course
from huiyin.rules.facts import (
    Capped,
    Clock,
    Extended,
    Fact,
    Paused,
    Resumed,
    Scheduled,
    facts_from_json,
    facts_to_json,
)
from huiyin.rules.lights import Threshold, light, yellow_from
from huiyin.rules.steps import Step, StepKind, broken_up
from huiyin.rules.vocabulary import Outcome, Unit
from huiyin.rules.wording import paragraph
from huiyin.rules.workdays import SHANGHAI, Calendar

__all__ = [
    "NOT_YET_KNOWN",
    "Capped",
    "Clock",
    "Counting",
    "Extended",
    "Fact",
    "Paused",
    "Reckoning",
    "Resumed",
    "Scheduled",
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
    "stands_still",
    "workdays_taken",
]

_DAY: Final = timedelta(days=1)
_DEFAULT: Final = Counting()


@dataclass(frozen=True)
class Reckoning:
    """Where a clock stands: when it is due, since when it is yellow, and how that came about.

    `provisional` means that a day between start and due lies in a year whose
    schedule is not published; `paused` that a procedure still runs;
    `awaits_event` that the event the limit waits for is not scheduled, so that
    `due` is `NOT_YET_KNOWN`. Both moments are in Shanghai time. `steps` is
    worked out when first asked for.
    """

    due: datetime
    yellow_at: datetime
    provisional: bool
    paused: bool
    awaits_event: bool
    clock: Clock = field(repr=False)
    calendar: Calendar = field(repr=False, compare=False)
    course: tuple[Step, ...] = field(repr=False)

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """Every stretch from the start to the due moment; the counted ones add up to the limit."""
        return tuple(broken_up(self.course, self.calendar))


def reckon(
    clock: Clock, calendar: Calendar, *, threshold: Threshold, counting: Counting = _DEFAULT
) -> Reckoning:
    """When the clock is due. The same clock, calendar and counting always give the same answer.

    Raises BeyondCalendar when the count leaves the calendar's timeline.
    """
    course = Course(clock, calendar, counting)
    due = course.run()
    cap = _cap(clock, due)
    if cap is not None:
        due = cap
        course.steps = _up_to(course.steps, due, calendar)
    steps = list(course.steps)
    unpublished = _unpublished_from(course, due)
    if unpublished is not None:
        steps.append(Step(StepKind.PROVISIONAL, unpublished, due.date()))
    return Reckoning(
        due=due,
        yellow_at=yellow_from(course, due, threshold),
        provisional=unpublished is not None,
        paused=any(pause.ends is None for pause in course.pauses),
        awaits_event=course.awaits_event,
        clock=clock,
        calendar=calendar,
        course=tuple(steps),
    )


def outcome(due: datetime, ended_at: datetime) -> Outcome:
    """Late after the due moment; early on an earlier Shanghai day than the due day; else on time."""
    if ended_at > due:
        return Outcome.LATE
    if ended_at.astimezone(SHANGHAI).date() < due.astimezone(SHANGHAI).date():
        return Outcome.EARLY
    return Outcome.ON_TIME


def extendable(clock: Clock, calendar: Calendar, at: datetime, *, counting: Counting = _DEFAULT) -> bool:
    """Whether the limit still runs at `at`: nothing is extended once it is past due."""
    return at <= Course(clock, calendar, counting).run()


def stands_still(clock: Clock, at: datetime) -> bool:
    """Whether a pause of the clock ran at a moment: until that ends, no limit passes."""
    still = False
    for fact in clock.facts:
        if isinstance(fact, Paused | Resumed) and fact.at <= at:
            still = isinstance(fact, Paused)
    return still


def remaining_minutes(due: datetime, calendar: Calendar, at: datetime) -> int:
    """Minutes of office time left at `at`; negative by how many have passed since the due moment.

    It stays 0 from close of business of the last day until the office opens
    again; `light` is what tells late from not late.
    """
    return calendar.count_minutes(at, due)


def workdays_taken(clock: Clock, until: datetime, calendar: Calendar) -> int:
    """Working days from the start to `until`, its own day not counted, without those it stood still."""
    begun = [fact.at for fact in clock.facts if isinstance(fact, Paused)]
    over = [fact.at for fact in clock.facts if isinstance(fact, Resumed)]
    still = [(one, min(over[at], until)) for at, one in enumerate(begun) if at < len(over)]
    still += [(one, until) for one in begun[len(over) :]]
    return max(
        _workdays(calendar, clock.start, until)
        - sum(_workdays(calendar, *one) for one in still if one[0] < one[1]),
        0,
    )


def _workdays(calendar: Calendar, after: datetime, upto: datetime) -> int:
    return calendar.count_workdays(after.astimezone(SHANGHAI).date(), upto.astimezone(SHANGHAI).date())


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


def _cap(clock: Clock, due: datetime) -> datetime | None:
    """Where the clock is cut short, if it is; never before it began."""
    told = [fact.until for fact in clock.facts if isinstance(fact, Capped)]
    if not told or told[-1] >= due:
        return None
    return max(told[-1], clock.start).astimezone(SHANGHAI)


def _up_to(steps: list[Step], due: datetime, calendar: Calendar) -> list[Step]:
    """The steps until a clock is cut short, and that it is."""
    day = due.date()
    kept = [step for step in steps if step.first <= day]
    for place, step in enumerate(kept):
        if step.kind is StepKind.COUNTED and step.last > day:
            by_workdays = step.unit is Unit.WORKING_DAY
            days = (
                calendar.count_workdays(step.first - _DAY, day)
                if by_workdays
                else (day - step.first).days + 1
            )
            kept[place] = replace(step, last=day, days=days)
    return [*kept, Step(StepKind.CAPPED, day, day, ends=due)]


def _unpublished_from(course: Course, due: datetime) -> date | None:
    """The first day between start and due in a year whose schedule is not published."""
    if not course.hangs_on_the_calendar():
        return None
    first = course.clock.start.astimezone(SHANGHAI).date()
    if course.clock.limit.unit in DAY_UNITS and not course.counting.late_receipt_waits:
        first += _DAY
    for year in range(first.year, due.year + 1):
        if not course.calendar.is_official(year):
            return max(first, date(year, 1, 1))
    return None
