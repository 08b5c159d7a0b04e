"""Custody: one asks, another accepts, and meanwhile nothing is in between."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from huiyin.rules import events as e
from huiyin.rules.errors import Unlawful, msg
from huiyin.rules.events import MatterKind
from huiyin.rules.lifecycle.hands import not_accused
from huiyin.rules.lifecycle.states import Move, Stage, State


def _offered(state: State, event: e.HandoverOffered) -> State:
    if state.offered_to:
        raise Unlawful(
            msg("已有一次移交等待对方接收"),
            code="handover_pending",
            remedy=msg("请先等待接收、退回，或撤回原移交。"),
        )
    if event.to == state.custodian:
        raise Unlawful(msg("不能移交给现在的责任人"), code="handover_to_self")
    not_accused((event.to,), state.accused)
    return replace(state, offered_to=event.to)


def _handover_ends(state: State, event: e.Event) -> State:
    _need_offer(state)
    if event.principal != state.offered_to:
        raise Unlawful(msg("这次移交不是给您的"), code="not_offered_to_you")
    return replace(state, offered_to="")


def _handover_accepted(state: State, event: e.HandoverAccepted) -> State:
    taken = _handover_ends(state, event)
    return _passed(taken, state.offered_to)


def _passed(state: State, to: str) -> State:
    """Who takes a matter over says by that what was asked of them about it."""
    answered = state.kind is MatterKind.ENQUIRY and to == state.instruction_to
    return replace(state, custodian=to, instruction_to="" if answered else state.instruction_to)


def _handover_withdrawn(state: State, event: e.HandoverWithdrawn) -> State:
    _need_offer(state)
    if event.principal != state.custodian:
        raise Unlawful(msg("只有责任人能撤回移交"), code="not_custodian")
    return replace(state, offered_to="")


def _custody_assigned(state: State, event: e.CustodyAssigned) -> State:
    if event.to == state.custodian:
        raise Unlawful(msg("不能移交给现在的责任人"), code="handover_to_self")
    not_accused((event.to,), state.accused)
    if state.stage is not Stage.SENT:
        # An offer that nobody answered falls with the custodian who made it.
        return replace(_passed(state, event.to), offered_to="")
    # A document on its way stays on its way, whoever sent it.
    if event.to == state.offered_to:
        raise Unlawful(
            msg("文件已送这位同事签收"),
            code="sent_to_them",
            remedy=msg("请其签收，签收后就由其负责；或者另指定一位同事。"),
        )
    return replace(state, custodian=event.to)


def _readdressed(state: State, event: e.Readdressed) -> State:
    if event.to == event.whose:
        raise Unlawful(msg("请改送另一位同事"), code="handover_to_self")
    not_accused((event.to,), state.accused)
    if event.whose not in state.papers_for:
        return state
    if event.to in state.papers_for:
        raise Unlawful(
            msg("上一批代收的材料还没有转交给这位同事"),
            code="papers_waiting",
            remedy=msg("请先请对方签收上一批，再改送。"),
        )
    names = (event.to if one == event.whose else one for one in state.papers_for)
    return replace(state, papers_for=tuple(names))


def _need_offer(state: State) -> None:
    if not state.offered_to:
        raise Unlawful(msg("没有等待接收的移交"), code="no_handover")


MOVES: Final[Mapping[type[e.Event], Move]] = {
    e.HandoverOffered: _offered,
    e.HandoverAccepted: _handover_accepted,
    e.HandoverBounced: _handover_ends,
    e.HandoverWithdrawn: _handover_withdrawn,
    e.CustodyAssigned: _custody_assigned,
    e.Readdressed: _readdressed,
}
