"""The refusal filing: signed by others than those whose refusal it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from huiyin.rules import events as e
from huiyin.rules.errors import Unlawful, msg
from huiyin.rules.lifecycle.hands import hands, same_hand
from huiyin.rules.lifecycle.states import CAN, CANNOT, Move, Stage, State
from huiyin.rules.lifecycle.unsure import instructed, referred


def _refusal_proposed(state: State, event: e.RefusalProposed) -> State:
    if state.extension_by:
        raise Unlawful(msg("延期申请尚待审批，不能提出否定"), code="extension_pending")
    before = Stage.IN_HAND if state.accepted_at is not None else Stage.RECEIVED
    return replace(
        state,
        refusal_by=hands(event),
        refusal_from=before,
        refusal_importance=event.importance,
        instruction_to="",
    )


def _refusal_filed(state: State, event: e.RefusalFiled) -> State:
    # Whoever puts the form before a leader has a part in it, also as an earlier custodian.
    parties = tuple(dict.fromkeys((*state.refusal_by, *hands(event))))
    return replace(state, refusal_by=parties, refusal_to=event.to)


def _refusal_signed(state: State, event: e.RefusalApproved) -> State:
    _not_own_refusal(state, event)
    # A stand-in signs with the other's power: that one has signed, too.
    if same_hand(state.refusal_signers, event):
        raise Unlawful(msg("同一人不能审批两级"), code="same_signer")
    return replace(
        state,
        stage=Stage.REFUSAL_APPROVED if event.final else Stage.REFUSAL_FILED,
        refusal_levels=(*state.refusal_levels, event.level),
        refusal_signers=(*state.refusal_signers, *hands(event)),
        refusal_importance="important" if event.raised_digest else state.refusal_importance,
        refusal_to=event.next_to,
    )


def _refusal_overturned(state: State, event: e.RefusalOverturned) -> State:
    _not_own_refusal(state, event)
    return _handled_again(state)


def _refusal_corrected(state: State, event: e.RefusalCorrected) -> State:
    _was_refused(state)
    _not_own_refusal(state, event)
    return replace(
        _handled_again(state),
        decided_at=None,
        closed_at=None,
        outcome="",
        return_asked=False,
        returned=False,
    )


def _handled_again(state: State) -> State:
    return replace(
        state,
        stage=state.refusal_from or Stage.IN_HAND,
        refusal_by=(),
        refusal_from=None,
        refusal_levels=(),
        refusal_signers=(),
        refusal_importance="",
        refusal_to="",
        refusal_allowed=False,
    )


def _instruction_asked(state: State, event: e.InstructionAsked) -> State:
    if event.to == state.instruction_to:
        raise Unlawful(
            msg("已经向这位领导请示，正在等待答复"),
            code="already_asked",
            remedy=msg("请等待领导答复；领导不在岗时可以改向接替的领导请示。"),
        )
    return replace(referred(state), instruction_to=event.to, refusal_allowed=False)


def _instruction_given(state: State, event: e.InstructionGiven) -> State:
    if event.principal != state.instruction_to:
        raise Unlawful(msg("这件请示不是报给您的"), code="not_asked")
    if same_hand((state.custodian,), event):
        raise Unlawful(msg("不能答复自己经办事项的请示"), code="own_matter")
    # Of what was not clear the leader says whether it can be done: only a no opens the refusal.
    heard = instructed(state, CANNOT if event.allows else CAN)
    return replace(heard, instruction_to="", refusal_allowed=event.allows)


def _return_asked(state: State, event: e.ReturnAsked) -> State:
    del event
    _was_refused(state)
    if state.return_asked or state.returned:
        raise Unlawful(
            msg("已经登记过退还材料的要求"),
            code="return_already_asked",
            remedy=msg("请携带身份证明到办理窗口签收领取。"),
        )
    return replace(state, return_asked=True)


def _returned(state: State, event: e.MaterialsReturned) -> State:
    del event
    _was_refused(state)
    if state.returned:
        raise Unlawful(msg("材料已经退还并签收"), code="already_returned")
    return replace(state, returned=True, papers_out=True)


def _was_refused(state: State) -> None:
    if state.outcome != "refused":
        raise Unlawful(msg("这件事没有作出不予办理决定"), code="not_refused")


def _not_own_refusal(state: State, event: e.Event) -> None:
    if same_hand(state.refusal_by, event):
        raise Unlawful(msg("不能审批自己提出的否定报备"), code="own_request")
    if same_hand((state.custodian,), event):
        raise Unlawful(msg("不能审批自己经办事项的否定报备"), code="own_matter")


MOVES: Final[Mapping[type[e.Event], Move]] = {
    e.RefusalProposed: _refusal_proposed,
    e.RefusalFiled: _refusal_filed,
    e.RefusalApproved: _refusal_signed,
    e.RefusalOverturned: _refusal_overturned,
    e.RefusalCorrected: _refusal_corrected,
    e.InstructionAsked: _instruction_asked,
    e.InstructionGiven: _instruction_given,
    e.ReturnAsked: _return_asked,
    e.MaterialsReturned: _returned,
}
