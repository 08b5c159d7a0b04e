"""What a matter's events say of it, told without asking whether each step was lawful.

Whether a step may follow is decided when it is taken, by the rules of that day;
what is folded here must give the same row ever after.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from huiyin.rules import events as e
from huiyin.rules.lifecycle import BORN, TRANSITIONS, Stage
from huiyin.rules.recorded import EVENTS

Body = Mapping[str, Any]
SPEAKING: Final = frozenset(
    event.kind
    for event in (
        e.Registered,
        e.HandoverOffered,
        e.CustodyAssigned,
        e.NoticeIssued,
        e.DeemedAccepted,
        e.RefusalApproved,
        e.Concluded,
        e.DocumentSent,
    )
)
"""The events whose body the fold reads; of the others it is enough that they happened."""


@dataclass(slots=True)
class Told:
    """What a chain says of its matter, in the words of the row, and the last event that said it."""

    seq: int = 0
    number: str = ""
    kind: str = ""
    stage: str = ""
    outcome: str = ""
    first_responder: str = ""
    custodian: str = ""
    offered_to: str = ""
    accepted_at: datetime | None = None
    deemed_at: datetime | None = None
    decided_at: datetime | None = None
    closed_at: datetime | None = None
    refusal_approved_at: datetime | None = None
    notices: int = 0
    broken: list[str] = field(default_factory=list)

    def follow(self, seq: int, kind: str, at: datetime, body: Body) -> None:
        """Take one more event; raises KeyError, TypeError or ValueError for one that cannot be read."""
        self.seq = seq
        event = EVENTS[kind]
        if event is not e.Registered:
            _, target = TRANSITIONS[e.MatterKind(self.kind)].get(event, (frozenset(), None))
            self.stage = target or self.stage
        if event in _FOLDS:
            _FOLDS[event](self, at, body)

    @property
    def before(self) -> str:
        """The stage an application falls back to: in hand once it was accepted."""
        return Stage.IN_HAND if self.accepted_at else Stage.RECEIVED


def _registered(told: Told, _: datetime, body: Body) -> None:
    told.number = str(body["number"])
    told.kind = e.MatterKind(body["matter_kind"])
    told.custodian = told.first_responder = str(body["custodian"])
    told.stage = BORN[e.MatterKind(told.kind)]


def _offered(told: Told, _: datetime, body: Body) -> None:
    told.offered_to = str(body["to"])


def _handed_over(told: Told, *_: object) -> None:
    told.custodian, told.offered_to = told.offered_to, ""


def _assigned(told: Told, _: datetime, body: Body) -> None:
    told.custodian = str(body["to"])
    if told.stage != Stage.SENT:
        told.offered_to = ""


def _offer_ended(told: Told, *_: object) -> None:
    told.offered_to = ""


def _noticed(told: Told, _: datetime, body: Body) -> None:
    # Only the first notice of an application not yet accepted waits for its papers.
    if told.notices or told.accepted_at:
        told.stage = told.before
    told.notices = int(body["ordinal"])


def _accepted(told: Told, at: datetime, _: Body) -> None:
    told.accepted_at = at


def _supplemented(told: Told, *_: object) -> None:
    told.stage = told.before


def _deemed(told: Told, at: datetime, body: Body) -> None:
    told.accepted_at, told.deemed_at = datetime.fromisoformat(str(body["since"])), at
    if told.stage == Stage.RECEIVED:
        told.stage = Stage.IN_HAND


def _signed(told: Told, at: datetime, body: Body) -> None:
    told.stage = Stage.REFUSAL_APPROVED if body["final"] else Stage.REFUSAL_FILED
    if body["final"]:
        told.refusal_approved_at = at


def _overturned(told: Told, *_: object) -> None:
    told.stage = told.before


def _corrected(told: Told, *_: object) -> None:
    told.stage, told.outcome = told.before, ""
    told.decided_at = told.closed_at = told.refusal_approved_at = None


def _ended(outcome: str) -> Callable[[Told, datetime, Body], None]:
    def fold(told: Told, at: datetime, _: Body) -> None:
        told.decided_at, told.outcome = at, outcome

    return fold


def _answered(told: Told, at: datetime, body: Body) -> None:
    told.decided_at = told.decided_at or at
    told.outcome = told.outcome or str(body.get("ending") or "answered")


def _concluded(told: Told, at: datetime, body: Body) -> None:
    told.decided_at, told.outcome = at, str(body["outcome"])


def _sent_back(told: Told, *_: object) -> None:
    told.decided_at, told.outcome = None, ""


def _closed(told: Told, at: datetime, _: Body) -> None:
    told.closed_at = at


def _voided(told: Told, at: datetime, _: Body) -> None:
    _offer_ended(told, at, _)
    told.decided_at, told.outcome, told.closed_at = at, "voided", at


_FOLDS: Final[Mapping[type[e.Event], Callable[[Told, datetime, Body], None]]] = {
    e.Registered: _registered,
    e.HandoverOffered: _offered,
    e.HandoverAccepted: _handed_over,
    e.CustodyAssigned: _assigned,
    e.HandoverBounced: _offer_ended,
    e.HandoverWithdrawn: _offer_ended,
    e.NoticeIssued: _noticed,
    e.SupplementReceived: _supplemented,
    e.ApplicationAccepted: _accepted,
    e.DeemedAccepted: _deemed,
    e.RefusalApproved: _signed,
    e.RefusalOverturned: _overturned,
    e.RefusalCorrected: _corrected,
    e.Granted: _ended("granted"),
    e.Refused: _ended("refused"),
    e.Answered: _answered,
    e.Withdrawn: _ended("withdrawn"),
    e.Finished: _ended("done"),
    e.Concluded: _concluded,
    e.SentBack: _sent_back,
    e.SignedOff: _closed,
    e.DocumentSent: _offered,
    e.DocumentSignedFor: _handed_over,
    e.DocumentReturned: _offer_ended,
    e.DocumentCompleted: _ended("completed"),
    e.DocumentDispatched: _ended("dispatched"),
    e.DocumentVoided: _voided,
    e.Closed: _closed,
}
