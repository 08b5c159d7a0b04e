"""Official documents: who has one, and who may not be who else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final, TypeAlias

from huiyin.rules import events as e
from huiyin.rules.errors import Unlawful, msg
from huiyin.rules.lifecycle.ending import no_extension_waits
from huiyin.rules.lifecycle.hands import hands, same_hand
from huiyin.rules.lifecycle.states import UNCLOSED, Move, Stage, State

VOIDED: Final = "voided"
"""The outcome of a document that should never have been entered."""

BEFORE_THE_HANDLER: Final = frozenset({Stage.TO_PRESENT, Stage.WITH_MAIN_LEADER, Stage.TO_SEND, Stage.SENT})
"""Where an incoming document is on its way to whoever handles it."""

UNSIGNED: Final = frozenset({Stage.TO_CHECK, Stage.TO_SIGN})
"""Where an outgoing document has a draft that nobody has signed."""

UNARCHIVED: Final = BEFORE_THE_HANDLER | {Stage.IN_HAND, Stage.TO_ARCHIVE}

UNSENT: Final = UNSIGNED | {Stage.TO_DRAFT, Stage.TO_NUMBER, Stage.TO_DISPATCH}
"""Where an outgoing document has not gone out."""

Rules: TypeAlias = Mapping[type[e.Event], tuple[frozenset[Stage], Stage | None]]


def _from(*stages: Stage) -> frozenset[Stage]:
    return frozenset(stages)


def _more_time(stages: frozenset[Stage]) -> Rules:
    """More time for what the document is about, while whoever handles it has it."""
    asked = (e.ExtensionRequested, e.ExtensionApproved, e.ExtensionRefused, e.ExtensionWithdrawn)
    return {**dict.fromkeys(asked, (stages, None)), e.ExtensionTold: (UNCLOSED, None)}


INCOMING: Final[Rules] = {
    **_more_time(_from(Stage.IN_HAND)),
    e.PresentedToMainLeader: (_from(Stage.TO_PRESENT, Stage.WITH_MAIN_LEADER), Stage.WITH_MAIN_LEADER),
    e.PresentedToLeader: (BEFORE_THE_HANDLER - {Stage.SENT}, Stage.TO_SEND),
    e.DocumentSent: (BEFORE_THE_HANDLER, Stage.SENT),
    e.DocumentSignedFor: (_from(Stage.SENT), Stage.IN_HAND),
    e.DocumentReturned: (_from(Stage.SENT), Stage.TO_SEND),
    e.OpinionWritten: (UNARCHIVED, None),
    e.Circulated: (UNARCHIVED, None),
    e.DocumentRead: (UNARCHIVED, None),
    # Before anybody has signed for it too: its time runs already.
    e.DelayExplained: (BEFORE_THE_HANDLER | {Stage.IN_HAND}, None),
    e.DocumentCompleted: (_from(Stage.IN_HAND), Stage.TO_ARCHIVE),
    e.DocumentArchived: (_from(Stage.TO_ARCHIVE), Stage.ARCHIVED),
    e.DocumentVoided: (UNARCHIVED, Stage.CLOSED),
    e.Closed: (_from(Stage.ARCHIVED), Stage.CLOSED),
}

OUTGOING: Final[Rules] = {
    **_more_time(UNSENT),
    e.Drafted: (_from(Stage.TO_DRAFT), Stage.TO_CHECK),
    e.DraftReturned: (UNSIGNED, Stage.TO_DRAFT),
    e.DraftChecked: (_from(Stage.TO_CHECK), Stage.TO_SIGN),
    e.CountersignAsked: (UNSIGNED, None),
    e.Countersigned: (UNSIGNED, None),
    e.DocumentSigned: (_from(Stage.TO_SIGN), Stage.TO_NUMBER),
    e.DocumentNumbered: (_from(Stage.TO_NUMBER), Stage.TO_DISPATCH),
    e.DocumentDispatched: (_from(Stage.TO_DISPATCH), Stage.TO_ARCHIVE),
    e.DocumentArchived: (_from(Stage.TO_ARCHIVE), Stage.ARCHIVED),
    # What has gone out is on record elsewhere, and is not undone here.
    e.DocumentVoided: (UNSENT, Stage.CLOSED),
    e.Closed: (_from(Stage.ARCHIVED), Stage.CLOSED),
}


def _sent(state: State, event: e.DocumentSent) -> State:
    if event.to == state.custodian:
        raise Unlawful(
            msg("文件已在您手上，请送给承办的人"),
            code="handover_to_self",
            remedy=msg("由您自己承办的，请先移交给另一位文书，再由其送给您。"),
        )
    # A reason told before was one for the day that another limit gave.
    told = state.delay_explained and event.limit in {None, state.allotted}
    return replace(state, offered_to=event.to, allotted=event.limit or state.allotted, delay_explained=told)


def _signed_for(state: State, event: e.DocumentSignedFor) -> State:
    return replace(_answered(state, event), custodian=state.offered_to)


def _answered(state: State, event: e.DocumentSignedFor | e.DocumentReturned) -> State:
    if event.principal != state.offered_to:
        raise Unlawful(msg("这份文件不是送给您的"), code="not_offered_to_you")
    return replace(state, offered_to="")


def _explained(state: State, event: e.DelayExplained) -> State:
    del event
    return replace(state, delay_explained=True)


def _completed(state: State, event: e.DocumentCompleted) -> State:
    no_extension_waits(state)
    return replace(state, decided_at=event.at, outcome="completed")


def _drafted(state: State, event: e.Drafted) -> State:
    """Whoever wrote a draft, or had it written, stays its author whoever has the document later."""
    written = replace(state, drafted_by=tuple(dict.fromkeys((*state.drafted_by, *hands(event)))))
    _not_before_author(written, event.to)
    return written


def _judged(state: State, event: e.Event) -> State:
    if same_hand(_authors(state), event):
        raise Unlawful(msg("不能核稿、会签、签发自己拟的文件"), code="own_matter")
    return state


def _checked(state: State, event: e.DraftChecked) -> State:
    _not_before_author(state, event.to)
    return _judged(state, event)


def _countersign_asked(state: State, event: e.CountersignAsked) -> State:
    _not_before_author(state, event.to)
    return state


def _not_before_author(state: State, to: str) -> None:
    if to in _authors(state):
        raise Unlawful(
            msg("不能把稿件送给拟稿的人自己核稿、会签、签发"),
            code="own_matter",
            remedy=msg("请送另一位同事。"),
        )


def _authors(state: State) -> tuple[str, ...]:
    """Who may judge no draft of it: everybody who wrote one or had it written, and who answers for it now."""
    return (state.custodian, *state.drafted_by)


def _dispatched(state: State, event: e.DocumentDispatched) -> State:
    no_extension_waits(state)
    return replace(state, decided_at=event.at, outcome="dispatched")


def _voided(state: State, event: e.DocumentVoided) -> State:
    no_extension_waits(state)
    return replace(
        state,
        decided_at=event.at,
        closed_at=event.at,
        outcome=VOIDED,
        offered_to="",
        extension_untold=False,
    )


MOVES: Final[Mapping[type[e.Event], Move]] = {
    e.DocumentSent: _sent,
    e.DocumentSignedFor: _signed_for,
    e.DocumentReturned: _answered,
    e.DelayExplained: _explained,
    e.DocumentCompleted: _completed,
    e.Drafted: _drafted,
    e.DraftChecked: _checked,
    e.DraftReturned: _judged,
    e.CountersignAsked: _countersign_asked,
    e.Countersigned: _judged,
    e.DocumentSigned: _judged,
    e.DocumentDispatched: _dispatched,
    e.DocumentVoided: _voided,
}
