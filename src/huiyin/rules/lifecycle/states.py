"""Where a matter stands, and everything about it that rules may depend on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final, TypeAlias

from huiyin.rules.events import Channel, MatterKind, Nature, Route, Urgency
from huiyin.rules.vocabulary import Limit


class Stage(StrEnum):
    """Where a matter stands."""

    OPEN = "open"
    ANSWERED = "answered"
    RECEIVED = "received"
    AWAITING_SUPPLEMENT = "awaiting_supplement"
    IN_HAND = "in_hand"
    PAUSED = "paused"
    REFUSAL_PROPOSED = "refusal_proposed"
    REFUSAL_FILED = "refusal_filed"
    REFUSAL_APPROVED = "refusal_approved"
    GRANTED = "granted"
    REFUSED = "refused"
    DELIVERED = "delivered"
    FINISHED = "finished"
    CONCLUDED = "concluded"
    WITHDRAWN = "withdrawn"
    TO_PRESENT = "to_present"
    WITH_MAIN_LEADER = "with_main_leader"
    TO_SEND = "to_send"
    SENT = "sent"
    TO_DRAFT = "to_draft"
    TO_CHECK = "to_check"
    TO_SIGN = "to_sign"
    TO_NUMBER = "to_number"
    TO_DISPATCH = "to_dispatch"
    TO_ARCHIVE = "to_archive"
    ARCHIVED = "archived"
    CLOSED = "closed"


DECIDED: Final = frozenset({Stage.GRANTED, Stage.REFUSED, Stage.DELIVERED})
UNDECIDED: Final = frozenset(
    {
        Stage.RECEIVED,
        Stage.AWAITING_SUPPLEMENT,
        Stage.IN_HAND,
        Stage.PAUSED,
        Stage.REFUSAL_PROPOSED,
        Stage.REFUSAL_FILED,
        Stage.REFUSAL_APPROVED,
    }
)
UNCLOSED: Final = frozenset(Stage) - {Stage.CLOSED}
REFUSABLE: Final = frozenset({Stage.RECEIVED, Stage.AWAITING_SUPPLEMENT, Stage.IN_HAND})
REFUSING: Final = frozenset({Stage.REFUSAL_PROPOSED, Stage.REFUSAL_FILED, Stage.REFUSAL_APPROVED})
FLAGGED: Final = "flagged"
REFERRED: Final = "referred"
FLAGGED_NO: Final = "flagged_no"
REFERRED_NO: Final = "asked_no"
INSTRUCTED: Final = "instructed"
CAN: Final = "can"
CANNOT: Final = "cannot"
TOLD: Final = "told"
TOLD_NO: Final = "told_no"
WORDS: Final = frozenset({INSTRUCTED, CAN, CANNOT})
"""How far it is with what a handler was not sure of; "" while nothing is.

What is flagged and referred once more after the applicant was told no ends in `_NO`: that it was told
is not forgotten by asking again.
"""
ASKED: Final = frozenset({REFERRED, REFERRED_NO})
UNANSWERED: Final = frozenset({FLAGGED, FLAGGED_NO}) | ASKED
HEARD_NO: Final = frozenset({TOLD_NO, FLAGGED_NO, REFERRED_NO})
CONCLUSIONS: Final = ("proven", "partly", "unfounded", "unclear")
"""What looking into a misconduct report may have shown."""
AFTERWARDS: Final = frozenset({Stage.REFUSED, Stage.DELIVERED, Stage.CLOSED})


@dataclass(frozen=True, slots=True)
class State:
    """Everything about a matter that rules may depend on; nothing about persons served."""

    kind: MatterKind
    stage: Stage
    channel: Channel
    urgency: Urgency
    custodian: str
    first_responder: str
    received_at: datetime
    item: str = ""
    instant: bool = False
    approval: bool = False
    statutory: Limit | None = None
    committed: Limit | None = None
    grade: str = ""
    allotted: Limit | None = None
    delay_explained: bool = False
    offered_to: str = ""
    notices: int = 0
    accepted_at: datetime | None = None
    deemed_at: datetime | None = None
    decided_at: datetime | None = None
    closed_at: datetime | None = None
    outcome: str = ""
    extension_by: tuple[str, ...] = ()
    extension: Limit | None = None
    extension_untold: bool = False
    times_extended: int = 0
    refusal_by: tuple[str, ...] = ()
    refusal_from: Stage | None = None
    refusal_levels: tuple[str, ...] = ()
    refusal_signers: tuple[str, ...] = ()
    refusal_importance: str = ""
    refusal_to: str = ""
    instruction_to: str = ""
    refusal_allowed: bool = False
    return_asked: bool = False
    returned: bool = False
    papers_out: bool = False
    rating: int = 0
    source: str = ""
    given: Limit | None = None
    given_for: datetime | None = None
    assigner: str = ""
    anonymous: bool = False
    accused: tuple[str, ...] = ()
    superior_answered_at: datetime | None = None
    leader_told_at: datetime | None = None
    finished_by: tuple[str, ...] = ()
    drafted_by: tuple[str, ...] = ()
    nature: Nature = Nature.BUSINESS
    important: bool = False
    route: Route | None = None
    papers_for: tuple[str, ...] = ()
    uncertain: str = ""

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to answer for it."""
        return self.stage is not Stage.CLOSED

    @property
    def deemed(self) -> bool:
        """Whether silence took it on, and nobody of the office did."""
        return self.deemed_at is not None

    @property
    def refusal_approved(self) -> bool:
        """Whether the refusal filing has every approval that the rulebook names."""
        return self.stage is Stage.REFUSAL_APPROVED


Move: TypeAlias = Callable[[State, Any], State]
"""What an event that the table allows changes besides the stage; raises Unlawful where a guard forbids it."""
