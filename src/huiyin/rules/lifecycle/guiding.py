"""Where an enquiry was led, and papers that lie with somebody for a colleague."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from huiyin.rules import events as e
from huiyin.rules.errors import Unlawful, msg
from huiyin.rules.lifecycle.states import Move, State


def _routed(state: State, event: e.Routed) -> State:
    """What is shared with other bodies stays so, whoever of the office then deals with it."""
    route = state.route if state.route is e.Route.SHARED else event.route
    asked = event.to if event.route is e.Route.UNCLEAR else ""
    return replace(state, route=route, instruction_to=asked)


def _instructed(state: State, event: e.Instructed) -> State:
    if event.principal != state.instruction_to:
        raise Unlawful(msg("这件事没有请示您"), code="not_asked")
    return replace(state, instruction_to="")


def _kept(state: State, event: e.PapersKept) -> State:
    if event.to in state.papers_for:
        raise Unlawful(
            msg("上一批代收的材料还没有转交给这位同事"),
            code="papers_waiting",
            remedy=msg("请先请对方签收上一批，再代收新的。"),
        )
    return replace(state, papers_for=(*state.papers_for, event.to))


def _taken(state: State, event: e.PapersTaken) -> State:
    if event.principal not in state.papers_for:
        raise Unlawful(msg("没有代您收下的材料"), code="no_papers")
    return replace(state, papers_for=tuple(one for one in state.papers_for if one != event.principal))


MOVES: Final[Mapping[type[e.Event], Move]] = {
    e.Routed: _routed,
    e.Instructed: _instructed,
    e.PapersKept: _kept,
    e.PapersTaken: _taken,
}
