"""More time: asked for by one, decided by another, told to the applicant."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from huiyin.rules import events as e
from huiyin.rules.errors import Unlawful, msg
from huiyin.rules.lifecycle.hands import hands, same_hand
from huiyin.rules.lifecycle.states import Move, State


def _extension_requested(state: State, event: e.ExtensionRequested) -> State:
    if state.extension_by:
        raise Unlawful(msg("已有一份延期申请等待审批"), code="extension_pending")
    return replace(state, extension_by=hands(event), extension=event.limit)


def _extension_decided(state: State, event: e.ExtensionApproved | e.ExtensionRefused) -> State:
    if not state.extension_by:
        raise Unlawful(msg("没有等待审批的延期申请"), code="no_extension")
    if same_hand(state.extension_by, event):
        raise Unlawful(msg("不能审批自己提出的延期"), code="own_request")
    if same_hand((state.custodian,), event):
        raise Unlawful(msg("不能审批自己经办事项的延期"), code="own_matter")
    return replace(state, extension_by=(), extension=None)


def _extension_approved(state: State, event: e.ExtensionApproved) -> State:
    decided = _extension_decided(state, event)
    if event.limit != state.extension:
        raise Unlawful(msg("批准的期限与申请不一致"), code="extension_differs")
    return replace(decided, extension_untold=True, times_extended=state.times_extended + 1)


def _extension_withdrawn(state: State, event: e.ExtensionWithdrawn) -> State:
    del event
    if not state.extension_by:
        raise Unlawful(msg("没有等待审批的延期申请"), code="no_extension")
    return replace(state, extension_by=(), extension=None)


def _extension_told(state: State, event: e.ExtensionTold) -> State:
    del event
    if not state.extension_untold:
        raise Unlawful(msg("没有需要告知的延期"), code="nothing_to_tell")
    return replace(state, extension_untold=False)


MOVES: Final[Mapping[type[e.Event], Move]] = {
    e.ExtensionRequested: _extension_requested,
    e.ExtensionApproved: _extension_approved,
    e.ExtensionRefused: _extension_decided,
    e.ExtensionWithdrawn: _extension_withdrawn,
    e.ExtensionTold: _extension_told,
}
