"""What can happen to a matter: one small frozen type per happening.

An event holds no personal data. People who work here are named by their id;
applicants, and everything anybody typed, appear only as digests (`*_digest`),
so that erasing the text leaves the chain of events whole.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from huiyin.rules.vocabulary import JSONValue, Limit
from huiyin.rules.workdays import SHANGHAI


class MatterKind(StrEnum):
    """What somebody wants: an answer, or a decision on an application."""

    ENQUIRY = "enquiry"
    APPLICATION = "application"


class Channel(StrEnum):
    """How it reached the office."""

    COUNTER = "counter"
    PHONE = "phone"
    LETTER = "letter"
    ONLINE = "online"


class Urgency(StrEnum):
    """How pressing; the rulebook maps each level to a limit inside its printed range."""

    URGENT = "urgent"
    NORMAL = "normal"
    LOW = "low"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened at `at` by `actor`, possibly acting for an absent colleague."""

    kind: ClassVar[str] = ""
    at: datetime
    actor: str
    acting_for: str = ""

    @property
    def on(self) -> date:
        """The office's day of the event: the one that decides which clause applied."""
        return self.at.astimezone(SHANGHAI).date()

    @property
    def principal(self) -> str:
        """The person whose duty was done: the absent colleague where there is one."""
        return self.acting_for or self.actor

    def body(self) -> dict[str, JSONValue]:
        """The event's own facts as JSON-ready values, without when and who."""
        own = (f.name for f in fields(self) if f.name not in {"at", "actor", "acting_for"})
        return {name: _plain(getattr(self, name)) for name in own}


def _plain(value: object) -> JSONValue:
    """Turn the few types events hold into what JSON can carry."""
    if isinstance(value, Limit):
        return {"amount": value.amount, "unit": value.unit.value}
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, tuple):
        return [str(one) for one in value]
    if value is None or isinstance(value, str | int):
        return value
    raise TypeError(f"an event cannot hold {value!r}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered(Event):
    """Somebody asked; whoever was asked first has custody from this moment."""

    kind: ClassVar[str] = "matter.registered"
    matter_kind: MatterKind
    number: str
    channel: Channel
    custodian: str
    urgency: Urgency = Urgency.NORMAL
    item: str = ""
    item_version: int = 0
    instant: bool = False
    statutory: Limit | None = None
    committed: Limit | None = None
    answer_at_once: bool = False
    request_digest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverOffered(Event):
    """The custodian asks a colleague to take over; custody does not move yet."""

    kind: ClassVar[str] = "custody.offered"
    to: str
    reason_digest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverAccepted(Event):
    """The colleague takes over; custody moves at this moment."""

    kind: ClassVar[str] = "custody.accepted"


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverBounced(Event):
    """The colleague declines with a reason; custody never moved."""

    kind: ClassVar[str] = "custody.bounced"
    reason_digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverWithdrawn(Event):
    """The custodian takes the offer back before anybody accepted it."""

    kind: ClassVar[str] = "custody.offer_withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class CustodyAssigned(Event):
    """The custodian has gone; who is over the work names another. Custody moves at this moment."""

    kind: ClassVar[str] = "custody.assigned"
    to: str
    reason_digest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MaterialsChecked(Event):
    """The papers were compared with the item's list."""

    kind: ClassVar[str] = "materials.checked"
    present: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeIssued(Event):
    """The applicant was told what is missing. There should be one of these, and complete."""

    kind: ClassVar[str] = "notice.issued"
    number: str
    ordinal: int
    form: str
    missing: int
    document_digest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplementReceived(Event):
    """Everything the notice named has arrived; the file is whole from this day."""

    kind: ClassVar[str] = "supplement.received"


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationAccepted(Event):
    """The application is taken on; its deciding clock starts."""

    kind: ClassVar[str] = "application.accepted"
    document_digest: str = ""


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
    """The leader named by the rulebook grants more time; `level` is that leader's rank."""

    kind: ClassVar[str] = "extension.approved"
    limit: Limit
    level: str
    reason_digest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionRefused(Event):
    """The leader does not grant more time."""

    kind: ClassVar[str] = "extension.refused"
    reason_digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionTold(Event):
    """The applicant has been told of the extension and why."""

    kind: ClassVar[str] = "extension.told"
    how: str
    number: str
    document_digest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalProposed(Event):
    """The handler means to refuse: the filing form is begun, and its clock."""

    kind: ClassVar[str] = "refusal.proposed"
    grounds_digest: str
    basis_digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalFiled(Event):
    """The filing form is with the leader; `fell_back` when that leader stands in for another."""

    kind: ClassVar[str] = "refusal.filed"
    to: str
    level: str
    fell_back: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalApproved(Event):
    """A leader signs the filing form at one level; `final` at the last the rulebook names."""

    kind: ClassVar[str] = "refusal.approved"
    level: str
    final: bool
    opinion_digest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalOverturned(Event):
    """The leader finds the refusal wrong; the application returns to handling."""

    kind: ClassVar[str] = "refusal.overturned"
    reason_digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Granted(Event):
    """The application is granted."""

    kind: ClassVar[str] = "decision.granted"
    document_digest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused(Event):
    """The application is refused in writing, on an approved filing."""

    kind: ClassVar[str] = "decision.refused"
    number: str
    document_digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered(Event):
    """The enquiry has its answer."""

    kind: ClassVar[str] = "enquiry.answered"
    reply_digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered(Event):
    """The decision reached the applicant."""

    kind: ClassVar[str] = "decision.delivered"
    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rated(Event):
    """The person served says how it was, from 1 to 5, once."""

    kind: ClassVar[str] = "matter.rated"
    score: int
    comment_digest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawn(Event):
    """The applicant takes the matter back."""

    kind: ClassVar[str] = "matter.withdrawn"
    reason_digest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed(Event):
    """The matter has its outcome and its reply, and ends."""

    kind: ClassVar[str] = "matter.closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRecorded(Event):
    """A step of the work was noted; it changes neither custody nor any clock."""

    kind: ClassVar[str] = "step.recorded"
    step_digest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeReissued(Event):
    """A new query code was handed out; the old one no longer opens the matter."""

    kind: ClassVar[str] = "code.reissued"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseInvoked(Event):
    """Somebody over the work points out that `clause` was not kept, and by whom; it stops no clock."""

    kind: ClassVar[str] = "clause.invoked"
    clause: str
    against: str
    facts_digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitPassed(Event):
    """A limit ran out with the duty undone; `at` is the due moment itself."""

    kind: ClassVar[str] = "limit.passed"
    what: str
    clause: str
    bearer: str


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
