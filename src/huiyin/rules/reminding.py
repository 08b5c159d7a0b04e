"""When who is reminded of a duty: before its end, when it has passed, and up the line afterwards.

The figures stand in `house.reminders` and `house.escalation`, which an office may
change. Nothing is due while the office is closed, so every moment here is one
at which it is open.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

from huiyin.rules.rulebook import Rulebook
from huiyin.rules.workdays import SHANGHAI, Calendar

REMINDERS: Final = "reminders"
ESCALATION: Final = "escalation"

SOON: Final = "soon"
NEAR: Final = "near"
OVERDUE: Final = "overdue"
URGED: Final = "urged"
TO_BEARER: Final = (SOON, NEAR, OVERDUE)
LINE: Final = ("head", "leader_in_charge", "main_leader", "efficiency_office")
"""Up the management line, step by step."""

STAGES: Final = (*TO_BEARER, *LINE)
"""In the order in which a duty reaches them; a duty at stage 0 has reached none."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What an office's rulebook says on a day; `after` are the working days past the limit by level.

    A level that is left out of `after` hears nothing.
    """

    second_minutes: int
    most: int
    after: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Sitting:
    """One sitting of an office: from when until when it is open, and when that day's first one began."""

    day_began: datetime
    opens: datetime
    closes: datetime
    day_ends: datetime


def plan_of(book: Rulebook, on: date) -> Plan | None:
    """The plan of a rulebook; None where it wants no reminders."""
    if not book.has(REMINDERS):
        return None
    values = book.clause(REMINDERS).on(on)
    steps = book.clause(ESCALATION).on(on) if book.has(ESCALATION) else {}
    return Plan(
        second_minutes=int(values["second_minutes"]),
        most=int(values["most"]),
        after={level: int(steps[level]) for level in LINE if level in steps},
    )


def sitting(calendar: Calendar, at: datetime) -> Sitting | None:
    """The sitting at a moment; None while the office is closed."""
    local = at.astimezone(SHANGHAI)
    day = local.date()
    if not calendar.is_workday(day):
        return None
    for opens, closes in calendar.sessions(day):
        first, last = (datetime.combine(day, one, SHANGHAI) for one in (opens, closes))
        if first <= local < last:
            return Sitting(calendar.opening(day), first, last, calendar.closing(day))
    return None


def reached(plan: Plan, calendar: Calendar, at: datetime) -> dict[str, datetime]:
    """For every stage after the first: a duty has reached it at `at` if it is due before that moment.

    The first stage is reached when the light turns yellow.
    """
    found = {NEAR: calendar.add_minutes(at, plan.second_minutes), OVERDUE: at}
    for level, days in plan.after.items():
        found[level] = at if days == 0 else _days_before(calendar, at, days)
    return found


def stage_of(due: datetime, cutoffs: Mapping[str, datetime]) -> int:
    """The last stage that a duty past its yellow moment has reached, counted from 1.

    A level without a cutoff, or whose turn would come before that of one below, is passed with the next.
    """
    passed = [1 + place for place, one in enumerate(STAGES) if one in cutoffs and due < cutoffs[one]]
    return max(passed, default=1)


def same_working_day(calendar: Calendar, one: datetime, other: datetime) -> bool:
    """Whether two moments belong to one working day: what falls on a day off belongs to the next."""
    first, second = (calendar.next_workday(at.astimezone(SHANGHAI).date()) for at in (one, other))
    return first == second


def _days_before(calendar: Calendar, at: datetime, days: int) -> datetime:
    """The midnight before the last `days` working days, of which that of `at` is one."""
    today = at.astimezone(SHANGHAI).date()
    first = calendar.add_workdays(today, 1 - days) if days > 1 else today
    return datetime.combine(first, time(), SHANGHAI)
