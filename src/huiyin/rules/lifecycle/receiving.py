"""Notices and acceptance: where an application stands before it is in hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from huiyin.rules import events as e
from huiyin.rules.lifecycle.states import Move, Stage, State


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


MOVES: Final[Mapping[type[e.Event], Move]] = {
    e.NoticeIssued: _notice,
    e.ApplicationAccepted: _accepted,
}
