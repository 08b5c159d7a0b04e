"""Notices and acceptance: where an application stands before it is in hand, or when silence put it there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from huiyin.rules import events as e
from huiyin.rules.errors import Unlawful, msg
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


def _checked(state: State, event: e.MaterialsChecked) -> State:
    if state.stage is Stage.IN_HAND and not state.papers_out:
        _only_deemed(state, event)
    # What went back after a refusal is out until the file is whole again.
    return replace(state, papers_out=state.papers_out and not event.complete)


def _supplemented(state: State, event: e.SupplementReceived) -> State:
    if state.accepted_at is None:
        return state
    _only_deemed(state, event)
    if not state.notices:
        raise Unlawful(
            msg("没有告知过补正什么，不能登记补正收齐"),
            code="nothing_asked_for",
            remedy=msg("请先核对材料；缺少的请一次告知申请人。"),
        )
    return replace(state, stage=Stage.IN_HAND)


def _only_deemed(state: State, event: e.Event) -> None:
    """What the office took on itself was whole; only what silence took on is looked at afterwards."""
    if not state.deemed:
        raise Unlawful(
            msg("已经受理的，不能再进行“%(event)s”"),
            code="already_accepted",
            params={"event": event.kind},
            remedy=msg("请刷新页面，按列出的可办操作继续。"),
        )


def _deemed(state: State, event: e.DeemedAccepted) -> State:
    """A refusal under way goes on, as one of an application that was taken on."""
    taken = replace(state, accepted_at=event.since, deemed_at=event.at)
    if state.stage is Stage.RECEIVED:
        return replace(taken, stage=Stage.IN_HAND)
    return replace(taken, refusal_from=Stage.IN_HAND)


def _accepted(state: State, event: e.ApplicationAccepted) -> State:
    if state.accepted_at is None:
        return replace(state, accepted_at=event.at)
    # The regime lets nobody do this; a dry run asks what would have followed.
    _only_deemed(state, event)
    return state


MOVES: Final[Mapping[type[e.Event], Move]] = {
    e.MaterialsChecked: _checked,
    e.NoticeIssued: _notice,
    e.SupplementReceived: _supplemented,
    e.DeemedAccepted: _deemed,
    e.ApplicationAccepted: _accepted,
}
