"""What may happen to a matter next, as one readable table per kind.

`advance` is the only way from one state to the next. Whatever writes a
matter, a person at the desk or an import of ten years of history, passes
through it, so a state that the table does not reach cannot be stored.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Final, TypeAlias

from huiyin.rules import events as e
from huiyin.rules.errors import Unlawful, msg
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
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"


DECIDED: Final = frozenset({Stage.GRANTED, Stage.REFUSED, Stage.DELIVERED})
UNDECIDED: Final = frozenset(Stage) - DECIDED - {Stage.OPEN, Stage.ANSWERED, Stage.WITHDRAWN, Stage.CLOSED}
UNCLOSED: Final = frozenset(Stage) - {Stage.CLOSED}
REFUSING: Final = frozenset({Stage.REFUSAL_PROPOSED, Stage.REFUSAL_FILED, Stage.REFUSAL_APPROVED})


@dataclass(frozen=True, slots=True)
class State:
    """Everything about a matter that rules may depend on; nothing about persons served."""

    kind: e.MatterKind
    stage: Stage
    channel: e.Channel
    urgency: e.Urgency
    custodian: str
    first_responder: str
    received_at: datetime
    item: str = ""
    instant: bool = False
    statutory: Limit | None = None
    committed: Limit | None = None
    offered_to: str = ""
    notices: int = 0
    accepted_at: datetime | None = None
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
    rating: int = 0

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to answer for it."""
        return self.stage is not Stage.CLOSED

    @property
    def refusal_approved(self) -> bool:
        """Whether the refusal filing has every approval that the rulebook names."""
        return self.stage is Stage.REFUSAL_APPROVED


Rule: TypeAlias = tuple[frozenset[Stage], Stage | None]


def _from(*stages: Stage) -> frozenset[Stage]:
    return frozenset(stages)


_ANYWHERE_OPEN: Final[dict[type[e.Event], Rule]] = {
    e.HandoverOffered: (UNCLOSED, None),
    e.HandoverAccepted: (UNCLOSED, None),
    e.HandoverBounced: (UNCLOSED, None),
    e.HandoverWithdrawn: (UNCLOSED, None),
    e.CustodyAssigned: (UNCLOSED, None),
    e.LimitPassed: (UNCLOSED, None),
    e.ClockRecomputed: (frozenset(Stage), None),
    e.StepRecorded: (UNCLOSED, None),
    e.CodeReissued: (frozenset(Stage), None),
    # What was not done right often shows only afterwards.
    e.ClauseInvoked: (frozenset(Stage), None),
}

TRANSITIONS: Final[dict[e.MatterKind, dict[type[e.Event], Rule]]] = {
    e.MatterKind.ENQUIRY: {
        **_ANYWHERE_OPEN,
        e.Answered: (_from(Stage.OPEN), Stage.ANSWERED),
        e.Withdrawn: (_from(Stage.OPEN), Stage.WITHDRAWN),
        e.Closed: (_from(Stage.ANSWERED, Stage.WITHDRAWN), Stage.CLOSED),
        e.Rated: (_from(Stage.ANSWERED, Stage.CLOSED), None),
    },
    e.MatterKind.APPLICATION: {
        **_ANYWHERE_OPEN,
        e.MaterialsChecked: (_from(Stage.RECEIVED, Stage.AWAITING_SUPPLEMENT), None),
        e.NoticeIssued: (_from(Stage.RECEIVED, Stage.IN_HAND), Stage.AWAITING_SUPPLEMENT),
        e.SupplementReceived: (_from(Stage.AWAITING_SUPPLEMENT), Stage.RECEIVED),
        e.ApplicationAccepted: (_from(Stage.RECEIVED), Stage.IN_HAND),
        e.SpecialProcedureStarted: (_from(Stage.IN_HAND), Stage.PAUSED),
        e.SpecialProcedureEnded: (_from(Stage.PAUSED), Stage.IN_HAND),
        e.ExtensionRequested: (_from(Stage.IN_HAND, Stage.PAUSED), None),
        e.ExtensionApproved: (_from(Stage.IN_HAND, Stage.PAUSED), None),
        e.ExtensionRefused: (_from(Stage.IN_HAND, Stage.PAUSED), None),
        e.ExtensionTold: (UNCLOSED, None),
        e.RefusalProposed: (_from(Stage.RECEIVED, Stage.IN_HAND), Stage.REFUSAL_PROPOSED),
        # From filed too: with the leader gone the form goes to another, on the same clock.
        e.RefusalFiled: (_from(Stage.REFUSAL_PROPOSED, Stage.REFUSAL_FILED), Stage.REFUSAL_FILED),
        e.RefusalApproved: (_from(Stage.REFUSAL_FILED), None),
        e.RefusalOverturned: (_from(Stage.REFUSAL_FILED), None),
        e.Granted: (_from(Stage.IN_HAND), Stage.GRANTED),
        e.Refused: (_from(Stage.REFUSAL_APPROVED), Stage.REFUSED),
        e.Delivered: (_from(Stage.GRANTED, Stage.REFUSED), Stage.DELIVERED),
        e.Withdrawn: (UNDECIDED, Stage.WITHDRAWN),
        e.Rated: (DECIDED | _from(Stage.CLOSED), None),
        e.Closed: (_from(Stage.DELIVERED, Stage.WITHDRAWN), Stage.CLOSED),
    },
}


def begin(event: e.Registered) -> State:
    """The state a matter is born in: the one who was asked has custody."""
    enquiry = event.matter_kind is e.MatterKind.ENQUIRY
    return State(
        kind=event.matter_kind,
        stage=Stage.OPEN if enquiry else Stage.RECEIVED,
        channel=event.channel,
        urgency=event.urgency,
        custodian=event.custodian,
        first_responder=event.custodian,
        received_at=event.at,
        item=event.item,
        instant=event.instant,
        statutory=event.statutory,
        committed=event.committed,
    )


def advance(state: State, event: e.Event) -> State:
    """The state after the event; raises Unlawful when the table or a guard forbids it."""
    allowed, target = TRANSITIONS[state.kind].get(type(event), (frozenset(), None))
    if state.stage not in allowed:
        raise Unlawful(
            msg("当前环节“%(stage)s”不能进行“%(event)s”"),
            code="not_now",
            params={"stage": state.stage.value, "event": event.kind},
            remedy=msg("请刷新页面，按列出的可办操作继续。"),
        )
    moved = replace(state, stage=target) if target else state
    step = _STEPS.get(type(event))
    return step(moved, event) if step else moved


def possible(state: State) -> tuple[type[e.Event], ...]:
    """The events the table allows next, in the table's order; guards may still object."""
    table = TRANSITIONS[state.kind]
    return tuple(kind for kind, (allowed, _) in table.items() if state.stage in allowed)


def _offered(state: State, event: e.HandoverOffered) -> State:
    if state.offered_to:
        raise Unlawful(
            msg("已有一次移交等待对方接收"),
            code="handover_pending",
            remedy=msg("请先等待接收、退回，或撤回原移交。"),
        )
    if event.to == state.custodian:
        raise Unlawful(msg("不能移交给现在的责任人"), code="handover_to_self")
    return replace(state, offered_to=event.to)


def _handover_ends(state: State, event: e.Event) -> State:
    _need_offer(state)
    if event.principal != state.offered_to:
        raise Unlawful(msg("这次移交不是给您的"), code="not_offered_to_you")
    return replace(state, offered_to="")


def _handover_accepted(state: State, event: e.HandoverAccepted) -> State:
    taken = _handover_ends(state, event)
    return replace(taken, custodian=state.offered_to)


def _handover_withdrawn(state: State, event: e.HandoverWithdrawn) -> State:
    _need_offer(state)
    if event.principal != state.custodian:
        raise Unlawful(msg("只有责任人能撤回移交"), code="not_custodian")
    return replace(state, offered_to="")


def _custody_assigned(state: State, event: e.CustodyAssigned) -> State:
    if event.to == state.custodian:
        raise Unlawful(msg("不能移交给现在的责任人"), code="handover_to_self")
    # An offer that nobody answered falls with the custodian who made it.
    return replace(state, custodian=event.to, offered_to="")


def _need_offer(state: State) -> None:
    if not state.offered_to:
        raise Unlawful(msg("没有等待接收的移交"), code="no_handover")


def _notice(state: State, event: e.NoticeIssued) -> State:
    # A second request must not cost the applicant time: the file stays where it was, and so
    # does every clock (p4.one-time-notice.4).
    if state.notices:
        return replace(state, notices=event.ordinal, stage=_stage_before_notice(state))
    if state.accepted_at is not None:
        return replace(state, notices=event.ordinal, stage=Stage.IN_HAND)
    return replace(state, notices=event.ordinal)


def _stage_before_notice(state: State) -> Stage:
    return Stage.IN_HAND if state.accepted_at is not None else Stage.RECEIVED


def _accepted(state: State, event: e.ApplicationAccepted) -> State:
    return replace(state, accepted_at=event.at)


def _extension_requested(state: State, event: e.ExtensionRequested) -> State:
    if state.extension_by:
        raise Unlawful(msg("已有一份延期申请等待审批"), code="extension_pending")
    return replace(state, extension_by=_hands(event), extension=event.limit)


def _extension_decided(state: State, event: e.ExtensionApproved | e.ExtensionRefused) -> State:
    if not state.extension_by:
        raise Unlawful(msg("没有等待审批的延期申请"), code="no_extension")
    if _same_hand(state.extension_by, event):
        raise Unlawful(msg("不能审批自己提出的延期"), code="own_request")
    if _same_hand((state.custodian,), event):
        raise Unlawful(msg("不能审批自己经办事项的延期"), code="own_matter")
    return replace(state, extension_by=(), extension=None)


def _extension_approved(state: State, event: e.ExtensionApproved) -> State:
    decided = _extension_decided(state, event)
    if event.limit != state.extension:
        raise Unlawful(msg("批准的期限与申请不一致"), code="extension_differs")
    return replace(decided, extension_untold=True, times_extended=state.times_extended + 1)


def _extension_told(state: State, event: e.ExtensionTold) -> State:
    del event
    if not state.extension_untold:
        raise Unlawful(msg("没有需要告知的延期"), code="nothing_to_tell")
    return replace(state, extension_untold=False)


def _hands(event: e.Event) -> tuple[str, ...]:
    """Everybody behind an act: who did it, and the absent colleague it was done for."""
    return (event.actor, event.acting_for) if event.acting_for else (event.actor,)


def _same_hand(asked_by: tuple[str, ...], event: e.Event) -> bool:
    return not set(asked_by).isdisjoint(_hands(event))


def _refusal_proposed(state: State, event: e.RefusalProposed) -> State:
    if state.extension_by:
        raise Unlawful(msg("延期申请尚待审批，不能提出否定"), code="extension_pending")
    before = Stage.IN_HAND if state.accepted_at is not None else Stage.RECEIVED
    return replace(state, refusal_by=_hands(event), refusal_from=before)


def _refusal_filed(state: State, event: e.RefusalFiled) -> State:
    # Whoever puts the form before a leader has a part in it, also as an earlier custodian.
    return replace(state, refusal_by=tuple(dict.fromkeys((*state.refusal_by, *_hands(event)))))


def _refusal_signed(state: State, event: e.RefusalApproved) -> State:
    _not_own_refusal(state, event)
    if event.actor in state.refusal_signers:
        raise Unlawful(msg("同一人不能审批两级"), code="same_signer")
    return replace(
        state,
        stage=Stage.REFUSAL_APPROVED if event.final else Stage.REFUSAL_FILED,
        refusal_levels=(*state.refusal_levels, event.level),
        refusal_signers=(*state.refusal_signers, event.actor),
    )


def _refusal_overturned(state: State, event: e.RefusalOverturned) -> State:
    _not_own_refusal(state, event)
    return replace(
        state,
        stage=state.refusal_from or Stage.IN_HAND,
        refusal_by=(),
        refusal_from=None,
        refusal_levels=(),
        refusal_signers=(),
    )


def _not_own_refusal(state: State, event: e.Event) -> None:
    if _same_hand(state.refusal_by, event):
        raise Unlawful(msg("不能审批自己提出的否定报备"), code="own_request")
    if _same_hand((state.custodian,), event):
        raise Unlawful(msg("不能审批自己经办事项的否定报备"), code="own_matter")


def _decided(state: State, event: e.Granted | e.Refused) -> State:
    if state.extension_by:
        raise Unlawful(msg("延期申请尚待审批，不能作出决定"), code="extension_pending")
    outcome = "granted" if isinstance(event, e.Granted) else "refused"
    if isinstance(event, e.Refused) and _same_hand(state.refusal_signers, event):
        raise Unlawful(
            msg("审批过否定报备的人不能自己作出不予办理决定"),
            code="own_signature",
            remedy=msg("请移交给经办人作出决定。"),
        )
    return replace(state, decided_at=event.at, outcome=outcome)


def _answered(state: State, event: e.Answered) -> State:
    return replace(state, decided_at=event.at, outcome="answered")


def _withdrawn(state: State, event: e.Withdrawn) -> State:
    return replace(
        state,
        decided_at=event.at,
        outcome="withdrawn",
        extension_by=(),
        extension=None,
        extension_untold=False,
    )


def _rated(state: State, event: e.Rated) -> State:
    if state.outcome == "withdrawn":
        raise Unlawful(msg("撤回的事项不评价"), code="not_rateable")
    if state.rating:
        raise Unlawful(msg("这件事已经评价过了"), code="already_rated")
    return replace(state, rating=event.score)


def _closed(state: State, event: e.Closed) -> State:
    if state.offered_to:
        raise Unlawful(msg("移交尚未接收，不能归结"), code="handover_pending")
    if state.extension_untold:
        raise Unlawful(
            msg("延期尚未告知当事人，不能归结"),
            code="extension_untold",
            clause="tell_extension",
        )
    return replace(state, closed_at=event.at)


_STEPS: Final[Mapping[type[e.Event], Callable[[State, Any], State]]] = {
    e.HandoverOffered: _offered,
    e.HandoverAccepted: _handover_accepted,
    e.HandoverBounced: _handover_ends,
    e.HandoverWithdrawn: _handover_withdrawn,
    e.CustodyAssigned: _custody_assigned,
    e.NoticeIssued: _notice,
    e.ApplicationAccepted: _accepted,
    e.ExtensionRequested: _extension_requested,
    e.ExtensionApproved: _extension_approved,
    e.ExtensionRefused: _extension_decided,
    e.ExtensionTold: _extension_told,
    e.RefusalProposed: _refusal_proposed,
    e.RefusalFiled: _refusal_filed,
    e.RefusalApproved: _refusal_signed,
    e.RefusalOverturned: _refusal_overturned,
    e.Granted: _decided,
    e.Refused: _decided,
    e.Answered: _answered,
    e.Withdrawn: _withdrawn,
    e.Rated: _rated,
    e.Closed: _closed,
}
