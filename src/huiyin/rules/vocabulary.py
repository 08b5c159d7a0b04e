"""The small frozen words that every rule speaks in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

JSONValue: TypeAlias = bool | int | float | str | list["JSONValue"] | dict[str, "JSONValue"] | None


class Unit(StrEnum):
    """How a limit is counted. The unit belongs to each rule, never to the office.

    Clock hours run day and night. `BEFORE_EVENT` ends when something announced
    takes place (a meeting); when that is, the clock is told as a fact.
    """

    AT_ONCE = "at_once"
    WORKING_HOUR = "working_hour"
    WORKING_DAY = "working_day"
    CALENDAR_DAY = "calendar_day"
    MONTH = "month"
    YEAR = "year"
    CLOCK_HOUR = "clock_hour"
    BEFORE_EVENT = "before_event"

    @property
    def takes_amount(self) -> bool:
        """Whether a limit in this unit says how many."""
        return self not in {Unit.AT_ONCE, Unit.BEFORE_EVENT}


@dataclass(frozen=True, slots=True)
class Limit:
    """An amount of a unit; `Limit(0, Unit.AT_ONCE)` is 'before the sitting ends'.

    At once and before an event take the amount 0.
    """

    amount: int
    unit: Unit

    def __post_init__(self) -> None:
        """Refuse amounts that no rule can mean."""
        if not self.unit.takes_amount:
            if self.amount != 0:
                raise ValueError(f"{self.unit.replace('_', ' ')} takes no amount")
        elif self.amount < 1:
            raise ValueError(f"a limit in {self.unit} needs an amount of at least 1")


class Light(StrEnum):
    """The state of a clock as people read it; never shown by colour alone."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"
    BLUE = "blue"
    GREY = "grey"


class Outcome(StrEnum):
    """How a duty ended: on an earlier day, on the last day, after the limit, or set aside."""

    EARLY = "early"
    ON_TIME = "on_time"
    LATE = "late"
    WAIVED = "waived"


@dataclass(frozen=True, slots=True)
class Duty:
    """A new obligation: somebody must do `what` within `limit` counted from `start`.

    One that is owed `once` is not begun anew while another of its name is open.
    """

    what: str
    clause: str
    bearer: str
    start: datetime
    limit: Limit
    once: bool = False


@dataclass(frozen=True, slots=True)
class Discharge:
    """The open obligations named `what` end at `at`; `waived` when nothing was owed any more.

    With a `key` only that one of them does.
    """

    what: str
    at: datetime
    waived: bool = False
    key: str = ""


@dataclass(frozen=True, slots=True)
class Reopen:
    """The latest obligation named `what` is owed again, on the same clock: it was not done after all.

    With `ended_at`, only where it ended at that moment.
    """

    what: str
    bearer: str
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Relimit:
    """The open obligation named `what` is set aside for one with another limit, counted from where it began.

    Nothing changes where the limit is the same, or nothing of that name is open.
    """

    what: str
    limit: Limit
    at: datetime


@dataclass(frozen=True, slots=True)
class Transfer:
    """Every open obligation that `giver` bears passes to a new bearer with its clock unchanged.

    What a leader owes, to sign a form, stays theirs when the matter changes hands, and so do the duties
    in `keeps`, which are the giver's by another title. Without a `giver` all pass; with `only` those of
    that name alone.
    """

    bearer: str
    giver: str = ""
    keeps: tuple[str, ...] = ()
    only: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule was breached: against whom (a person id, or '' for the office), and when.

    `measure` is what somebody proposed for it and `gravity` how grave they find it, in words of the clause.
    """

    what: str
    clause: str
    at: datetime
    against: str
    measure: str = ""
    gravity: str = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """Something a register should hold and does not: by which clause, and of what ("" for the whole)."""

    what: str
    clause: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class PauseClock:
    """The open obligations named `what` stand still from `at` for a named procedure."""

    what: str
    procedure: str
    at: datetime
    planned_days: int


@dataclass(frozen=True, slots=True)
class ResumeClock:
    """The paused obligations named `what` run again from `at`."""

    what: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ExtendClock:
    """The open obligations named `what` get `limit` more after their limit."""

    what: str
    limit: Limit
    at: datetime
    reason_digest: str


@dataclass(frozen=True, slots=True)
class ScheduleEvent:
    """The open obligations named `what` wait for an event; at `at` it is set for `event_at`."""

    what: str
    event_at: datetime
    at: datetime


Consequence: TypeAlias = (
    Duty
    | Discharge
    | Reopen
    | Relimit
    | Transfer
    | Finding
    | PauseClock
    | ResumeClock
    | ExtendClock
    | ScheduleEvent
)
