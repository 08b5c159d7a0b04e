"""What a handler is not sure of: flagged, referred, answered, told. Each step waits for the one before it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from huiyin.rules import events as e
from huiyin.rules.errors import Unlawful, msg
from huiyin.rules.lifecycle.states import FLAGGED, INSTRUCTED, REFERRED, TOLD, Move, State


def referred(state: State) -> State:
    """Somebody who can say how to go on was asked."""
    return replace(state, uncertain=REFERRED) if state.uncertain == FLAGGED else state


def instructed(state: State) -> State:
    """Whoever was asked said how to go on."""
    return replace(state, uncertain=INSTRUCTED) if state.uncertain == REFERRED else state


def _flagged(state: State, event: e.FlaggedUncertain) -> State:
    del event
    if state.uncertain not in {"", TOLD}:
        raise Unlawful(
            msg("已经标为把握不准，不用再标"),
            code="flagged_already",
            remedy=msg("请向领导请示，再把能否办理和原因告诉申请人。"),
        )
    return replace(state, uncertain=REFERRED if state.instruction_to else FLAGGED)


def _told(state: State, event: e.ResultTold) -> State:
    del event
    if state.uncertain != INSTRUCTED:
        raise Unlawful(
            msg("没有已经答复、还没有告诉申请人的请示"),
            code="no_word_yet",
            remedy=msg("请先向领导请示；领导答复以后再告诉申请人。"),
        )
    return replace(state, uncertain=TOLD)


def _consulted(state: State, event: e.UnitConsulted) -> State:
    del event
    return referred(state)


def _answered(state: State, event: e.UnitAnswered) -> State:
    del event
    return state if state.instruction_to else instructed(state)


MOVES: Final[Mapping[type[e.Event], Move]] = {
    e.FlaggedUncertain: _flagged,
    e.ResultTold: _told,
    e.UnitConsulted: _consulted,
    e.UnitAnswered: _answered,
}
