"""From one state to the next: the table first, then the guard and what it changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from huiyin.rules import events as e
from huiyin.rules.errors import Unlawful, msg
from huiyin.rules.lifecycle import (
    assigned,
    custody,
    documents,
    ending,
    extending,
    guiding,
    receiving,
    refusing,
    unsure,
)
from huiyin.rules.lifecycle.hands import hands, not_accused
from huiyin.rules.lifecycle.states import Move, State
from huiyin.rules.lifecycle.table import BORN, TRANSITIONS

MOVES: Final[Mapping[type[e.Event], Move]] = {
    **custody.MOVES,
    **guiding.MOVES,
    **receiving.MOVES,
    **extending.MOVES,
    **refusing.MOVES,
    **unsure.MOVES,
    **ending.MOVES,
    **assigned.MOVES,
    **documents.MOVES,
}


ANOTHER_DAY: Final = (
    e.ApplicationAccepted,
    e.DeemedAccepted,
    e.ExtensionApproved,
    e.SpecialProcedureStarted,
    e.RefusalOverturned,
    e.RefusalCorrected,
)
"""What moves the day that the work is due: a reason told before was one for another day."""


def begin(event: e.Registered) -> State:
    """The state a matter is born in: the one who was asked has custody."""
    not_accused((event.custodian,), event.accused)
    return State(
        kind=event.matter_kind,
        stage=BORN[event.matter_kind],
        channel=event.channel,
        urgency=event.urgency,
        custodian=event.custodian,
        first_responder=event.custodian,
        received_at=event.at,
        item=event.item,
        instant=event.instant,
        approval=event.approval,
        statutory=event.statutory,
        committed=event.committed,
        source=event.source,
        given=event.given,
        given_for=event.given_for,
        assigner=event.assigner,
        anonymous=event.anonymous,
        accused=event.accused,
        nature=event.nature,
        important=event.important,
        grade=event.grade,
    )


def advance(state: State, event: e.Event) -> State:
    """The state after the event; raises Unlawful when the table or a guard forbids it."""
    allowed, target = TRANSITIONS[state.kind].get(type(event), (frozenset(), None))
    if state.stage not in allowed:
        raise Unlawful(
            msg("当前环节“%(stage)s”不能进行“%(event)s”"),
            code="not_now",
            params={"stage": state.stage.value, "event": event.kind},
            remedy=msg("请刷新页面，按列出的可办操作继续。"),
        )
    not_accused(hands(event), state.accused)
    moved = replace(state, stage=target) if target else state
    if isinstance(event, ANOTHER_DAY):
        moved = replace(moved, delay_explained=False)
    step = MOVES.get(type(event))
    return step(moved, event) if step else moved
