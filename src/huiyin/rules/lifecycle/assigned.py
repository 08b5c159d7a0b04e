"""Given, done, and struck off by whoever gave it; a report looked into, whomever it is against."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from huiyin.rules import events as e
from huiyin.rules.errors import Unlawful, msg
from huiyin.rules.lifecycle.ending import no_extension_waits
from huiyin.rules.lifecycle.hands import hands, not_accused, same_hand
from huiyin.rules.lifecycle.states import CONCLUSIONS, Move, State

DONE: Final = "done"


def _progress(state: State, event: e.ProgressReported) -> State:
    told = state.leader_told_at or (event.at if event.to else None)
    return replace(state, leader_told_at=told)


def _superior_answered(state: State, event: e.SuperiorAnswered) -> State:
    return replace(state, superior_answered_at=state.superior_answered_at or event.at)


def _finished(state: State, event: e.Finished) -> State:
    no_extension_waits(state)
    return replace(state, decided_at=event.at, outcome=DONE, finished_by=hands(event))


def _sent_back(state: State, event: e.SentBack) -> State:
    _not_own_work(state, event)
    return replace(state, decided_at=None, outcome="", finished_by=())


def _signed_off(state: State, event: e.SignedOff) -> State:
    _not_own_work(state, event)
    if state.offered_to:
        raise Unlawful(msg("移交尚未接收，不能归结"), code="handover_pending")
    if state.extension_untold:
        raise Unlawful(msg("延期尚未告知当事人，不能归结"), code="extension_untold", clause="tell_extension")
    return replace(state, closed_at=event.at)


def _concluded(state: State, event: e.Concluded) -> State:
    no_extension_waits(state)
    if event.outcome not in CONCLUSIONS:
        raise Unlawful(msg("请从所列的查处结论中选择"), code="no_such_outcome")
    return replace(state, decided_at=event.at, outcome=event.outcome)


def _accused_named(state: State, event: e.AccusedNamed) -> State:
    not_accused((state.custodian, state.offered_to), event.accused)
    return replace(state, accused=tuple(dict.fromkeys((*state.accused, *event.accused))))


def _not_own_work(state: State, event: e.Event) -> None:
    """Nobody strikes off what they handled themselves, whoever has it now."""
    if same_hand((state.custodian, *state.finished_by), event):
        raise Unlawful(msg("不能给自己经办的事项销号"), code="own_matter")


MOVES: Final[Mapping[type[e.Event], Move]] = {
    e.ProgressReported: _progress,
    e.SuperiorAnswered: _superior_answered,
    e.Finished: _finished,
    e.SentBack: _sent_back,
    e.SignedOff: _signed_off,
    e.Concluded: _concluded,
    e.AccusedNamed: _accused_named,
}
