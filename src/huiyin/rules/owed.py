"""What is owed on a matter, and the docket that holds it together with where the matter stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from huiyin.rules import clocks
from huiyin.rules import events as e
from huiyin.rules.lifecycle import State
from huiyin.rules.vocabulary import Finding, Outcome


@dataclass(frozen=True, slots=True)
class Owed:
    """One obligation of the matter: who bears it, by which clause, on which clock.

    `key` is unique within the matter: the duty's name and a running number.
    `due` and `yellow` are always what the clock's facts give, never typed.
    """

    key: str
    what: str
    clause: str
    bearer: str
    clock: clocks.Clock
    due: datetime
    yellow: datetime
    provisional: bool
    paused: bool = False
    ended_at: datetime | None = None
    outcome: Outcome | None = None
    overdue_noted: bool = False

    @property
    def is_open(self) -> bool:
        """Whether it is still owed."""
        return self.ended_at is None


@dataclass(frozen=True, slots=True)
class Docket:
    """A matter's state and all its obligations, in the order they arose."""

    state: State
    owed: tuple[Owed, ...] = ()


@dataclass(frozen=True, slots=True)
class Followed:
    """What came of an event: every event to record in order, the new docket, the findings."""

    events: tuple[e.Event, ...]
    docket: Docket
    findings: tuple[Finding, ...]
