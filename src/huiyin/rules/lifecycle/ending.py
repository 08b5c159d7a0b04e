"""Decisions, answers, ratings and the end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from huiyin.rules import events as e
from huiyin.rules.errors import Unlawful, msg
from huiyin.rules.lifecycle.hands import same_hand
from huiyin.rules.lifecycle.states import Move, State


def no_extension_waits(state: State) -> None:
    """Nothing is ended over the head of a leader who was asked for more time."""
    if state.extension_by:
        raise Unlawful(
            msg("延期申请尚待审批，不能作出决定"),
            code="extension_pending",
            remedy=msg("请等领导批准或者不同意；不再需要延期的，请先撤回申请。"),
        )


def _decided(state: State, event: e.Granted | e.Refused) -> State:
    no_extension_waits(state)
    outcome = "granted" if isinstance(event, e.Granted) else "refused"
    if isinstance(event, e.Refused) and same_hand(state.refusal_signers, event):
        raise Unlawful(
            msg("审批过否定报备的人不能自己作出不予办理决定"),
            code="own_signature",
            remedy=msg("请移交给经办人作出决定。"),
        )
    return replace(state, decided_at=event.at, outcome=outcome)


def _answered(state: State, event: e.Answered) -> State:
    no_extension_waits(state)
    # A report has its outcome from looking into it; the answer comes after.
    outcome = state.outcome or event.ending or "answered"
    route = e.Route.OWN if event.handled and state.route is None else state.route
    return replace(state, decided_at=state.decided_at or event.at, outcome=outcome, route=route)


def _withdrawn(state: State, event: e.Withdrawn) -> State:
    return replace(
        state,
        decided_at=event.at,
        outcome="withdrawn",
        extension_by=(),
        extension=None,
        extension_untold=False,
    )


def _rated(state: State, event: e.Rated) -> State:
    if state.outcome == "withdrawn":
        raise Unlawful(msg("撤回的事项不评价"), code="not_rateable")
    if state.rating:
        raise Unlawful(msg("这件事已经评价过了"), code="already_rated")
    return replace(state, rating=event.score)


def _reason_told(state: State, event: e.OverrunExplained) -> State:
    del event
    return replace(state, delay_explained=True)


def _closed(state: State, event: e.Closed) -> State:
    if state.offered_to:
        raise Unlawful(msg("移交尚未接收，不能归结"), code="handover_pending")
    if state.extension_untold:
        raise Unlawful(
            msg("延期尚未告知当事人，不能归结"),
            code="extension_untold",
            clause="tell_extension",
        )
    return replace(state, closed_at=event.at)


MOVES: Final[Mapping[type[e.Event], Move]] = {
    e.Granted: _decided,
    e.Refused: _decided,
    e.Answered: _answered,
    e.Withdrawn: _withdrawn,
    e.OverrunExplained: _reason_told,
    e.Rated: _rated,
    e.Closed: _closed,
}
