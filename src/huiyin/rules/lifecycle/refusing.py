"""The refusal filing: signed by others than those whose refusal it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from huiyin.rules import events as e
from huiyin.rules.errors import Unlawful, msg
from huiyin.rules.lifecycle.hands import hands, same_hand
from huiyin.rules.lifecycle.states import Move, Stage, State


def _refusal_proposed(state: State, event: e.RefusalProposed) -> State:
    if state.extension_by:
        raise Unlawful(msg("延期申请尚待审批，不能提出否定"), code="extension_pending")
    before = Stage.IN_HAND if state.accepted_at is not None else Stage.RECEIVED
    return replace(state, refusal_by=hands(event), refusal_from=before)


def _refusal_filed(state: State, event: e.RefusalFiled) -> State:
    # Whoever puts the form before a leader has a part in it, also as an earlier custodian.
    return replace(state, refusal_by=tuple(dict.fromkeys((*state.refusal_by, *hands(event)))))


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
    if same_hand(state.refusal_by, event):
        raise Unlawful(msg("不能审批自己提出的否定报备"), code="own_request")
    if same_hand((state.custodian,), event):
        raise Unlawful(msg("不能审批自己经办事项的否定报备"), code="own_matter")


MOVES: Final[Mapping[type[e.Event], Move]] = {
    e.RefusalProposed: _refusal_proposed,
    e.RefusalFiled: _refusal_filed,
    e.RefusalApproved: _refusal_signed,
    e.RefusalOverturned: _refusal_overturned,
}
