"""What a handler is not sure of: flagged, referred, answered, told. Each step waits for the one before it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from huiyin.rules import events as e
from huiyin.rules.errors import Unlawful, msg
from huiyin.rules.lifecycle.states import (
    ASKED,
    FLAGGED,
    FLAGGED_NO,
    INSTRUCTED,
    REFERRED,
    REFERRED_NO,
    TOLD,
    TOLD_NO,
    WORDS,
    Move,
    State,
)

_REFERRED: Final = {FLAGGED: REFERRED, FLAGGED_NO: REFERRED_NO, **dict.fromkeys(WORDS, REFERRED)}
_TAKEN_BACK: Final = {FLAGGED: "", FLAGGED_NO: TOLD_NO}


def referred(state: State) -> State:
    """A leader was asked, for the first time or anew: what they said before is no word any more."""
    return replace(state, uncertain=_REFERRED.get(state.uncertain, state.uncertain))


def instructed(state: State, word: str = INSTRUCTED) -> State:
    """Whoever was asked said how to go on: a leader that it can or cannot be done, a unit what it thinks."""
    return replace(state, uncertain=word) if state.uncertain in ASKED else state


def _flagged(state: State, event: e.FlaggedUncertain) -> State:
    del event
    if state.instruction_to:
        raise Unlawful(
            msg("正在等领导答复，答复以后再标为把握不准"),
            code="instruction_pending",
            remedy=msg("请等待领导答复；领导不在岗时可以改向接替的领导请示。"),
        )
    if state.uncertain not in {"", TOLD, TOLD_NO}:
        raise Unlawful(
            msg("已经标为把握不准，不用再标"),
            code="flagged_already",
            remedy=msg("请向领导请示，再把能否办理和原因告诉申请人。"),
        )
    return replace(state, uncertain=FLAGGED_NO if state.uncertain == TOLD_NO else FLAGGED)


def _taken_back(state: State, event: e.FlagTakenBack) -> State:
    del event
    if state.uncertain not in _TAKEN_BACK:
        raise Unlawful(
            msg("没有可以撤销的标记，或者已经请示、会商"),
            code="no_flag_to_take_back",
            remedy=msg("已经请示的，请等答复，再把能否办理和原因告诉申请人。"),
        )
    return replace(state, uncertain=_TAKEN_BACK[state.uncertain])


def _told(state: State, event: e.ResultTold) -> State:
    if state.uncertain not in WORDS:
        raise Unlawful(
            msg("没有已经答复、还没有告诉申请人的请示"),
            code="no_word_yet",
            remedy=msg("请先向领导请示；领导答复以后再告诉申请人。"),
        )
    return replace(state, uncertain=TOLD if event.can else TOLD_NO)


def _consulted(state: State, event: e.UnitConsulted) -> State:
    del event
    return referred(state) if state.uncertain in _TAKEN_BACK else state


def _answered(state: State, event: e.UnitAnswered) -> State:
    # Who has no opinion, or misses papers, has not said whether it can be done.
    return instructed(state) if event.verdict == "opinion" and not state.instruction_to else state


MOVES: Final[Mapping[type[e.Event], Move]] = {
    e.FlaggedUncertain: _flagged,
    e.FlagTakenBack: _taken_back,
    e.ResultTold: _told,
    e.UnitConsulted: _consulted,
    e.UnitAnswered: _answered,
}
