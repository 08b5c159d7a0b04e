"""What happens to the clocks of a matter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from huiyin.rules.events.base import Event
from huiyin.rules.vocabulary import Limit


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecialProcedureStarted(Event):
    """A hearing, inspection, test or the like stops the deciding clock; the applicant is told."""

    kind: ClassVar[str] = "clock.paused"
    procedure: str
    planned_days: int
    number: str
    basis_digest: str = ""
    document_digest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecialProcedureEnded(Event):
    """The special procedure is over; the deciding clock runs again."""

    kind: ClassVar[str] = "clock.resumed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionRequested(Event):
    """The handler asks for more time, before the limit, with a reason."""

    kind: ClassVar[str] = "extension.requested"
    limit: Limit
    reason_digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionApproved(Event):
    """The leader named by the rulebook grants more time; `level` is that leader's rank.

    `due_before` is when it was due without that: by then the person has to know, where a clause says so.
    """

    kind: ClassVar[str] = "extension.approved"
    limit: Limit
    level: str
    reason_digest: str = ""
    due_before: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionRefused(Event):
    """The leader does not grant more time."""

    kind: ClassVar[str] = "extension.refused"
    reason_digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionWithdrawn(Event):
    """Whoever handles it no longer asks for more time; the clock runs on as it was."""

    kind: ClassVar[str] = "extension.withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionTold(Event):
    """The applicant has been told of the extension and why."""

    kind: ClassVar[str] = "extension.told"
    how: str
    number: str
    document_digest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitPassed(Event):
    """A limit ran out with the duty undone; `at` is the due moment itself.

    `covered_by` stood in for an absent bearer then, where the rulebook has them answer for it
    (p2.post-substitution.3.d).
    """

    kind: ClassVar[str] = "limit.passed"
    what: str
    clause: str
    bearer: str
    covered_by: str = ""

    @property
    def against(self) -> str:
        """Who answers for it: whoever stood in, else the bearer."""
        return self.covered_by or self.bearer


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyUrged(Event):
    """Whoever is over the work urges the bearer of the duty `key` to get on with it."""

    kind: ClassVar[str] = "duty.urged"
    key: str
    what: str
    bearer: str
    words_digest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OverrunExplained(Event):
    """The handler tells the person served why a limit was overrun."""

    kind: ClassVar[str] = "overrun.explained"
    reason_digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockRecomputed(Event):
    """The calendar became version `calendar`; the duty `key` falls due or turns yellow otherwise than before.

    `earlier_than_told`: the person served knew a later day. `lifted`: a limit noted as passed has not passed.
    """

    kind: ClassVar[str] = "clock.recomputed"
    key: str
    clause: str
    due_before: datetime
    due: datetime
    provisional: bool
    calendar: str
    earlier_than_told: bool = False
    lifted: bool = False
