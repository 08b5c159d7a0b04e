"""Custody moves when it is accepted, and not before."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from huiyin.matters.dossier import Dossier, Hand
from huiyin.matters.models import Guidance, Handover, StepNote
from huiyin.matters.steps import incoming, stepping
from huiyin.rules import events as e
from huiyin.rules.errors import Invalid, Unlawful, msg
from huiyin.rules.lifecycle import Stage
from huiyin.rules.regimes import first_responder

DRAFT_ROLES: Final = frozenset({"checker", "countersigner", "signer"})
"""The roles in which a draft lies before somebody, and goes no further without them."""


def offer(dossier: Dossier, hand: Hand, *, to: str, reason: str) -> Handover:
    """Ask a colleague to take over; the custodian stays answerable meanwhile."""
    giver = dossier.matter.custodian_id
    if first_responder.leads_by_offering(dossier.state, hand.principal, dossier.law.book):
        _lead(dossier, hand, to=to, words=reason)
    dossier.record(
        e.HandoverOffered(
            at=hand.at,
            actor=hand.actor,
            acting_for=hand.acting_for,
            to=to,
            reason_digest=dossier.digest(reason),
        )
    )
    return dossier.add(
        Handover(
            matter=dossier.matter,
            giver_id=giver,
            taker_id=UUID(to),
            reason=reason,
            offered_at=hand.at,
        )
    )


def _lead(dossier: Dossier, hand: Hand, *, to: str, words: str) -> None:
    """Whoever was asked first guides the person to the colleague, who is named."""
    way = e.Route.COLLEAGUE
    dossier.record(
        e.Routed(
            at=hand.at,
            actor=hand.actor,
            acting_for=hand.acting_for,
            route=way,
            to=to,
            words_digest=dossier.digest(words.strip()),
        )
    )
    dossier.add(
        Guidance(
            matter=dossier.matter,
            route=way.value,
            chosen_by_id=UUID(hand.actor),
            chosen_at=hand.at,
            to_id=UUID(to),
            words=words,
        )
    )


def take(dossier: Dossier, hand: Hand, *, returns: int = 0) -> None:
    """Accept: custody and every open obligation pass at this moment.

    `returns` is how often the matter has now gone back between A and B, 0 if this is no return.
    """
    dossier.record(
        e.HandoverAccepted(
            at=hand.at,
            actor=hand.actor,
            acting_for=hand.acting_for,
            returns=returns,
            keeps=stepping.kept_by_post(dossier, hand.at),
        )
    )
    _end(dossier, hand, "accepted")


def bounce(dossier: Dossier, hand: Hand, *, reason: str, returns: int = 0) -> None:
    """Decline with a reason; raises Invalid without one. `returns` as for `take`."""
    if not reason.strip():
        raise Invalid({"reason": msg("退回必须写明理由")}, clause=dossier.cite("handover"))
    dossier.record(
        e.HandoverBounced(
            at=hand.at,
            actor=hand.actor,
            acting_for=hand.acting_for,
            reason_digest=dossier.digest(reason),
            returns=returns,
        )
    )
    _end(dossier, hand, "bounced").bounce_reason = reason


def take_back(dossier: Dossier, hand: Hand) -> None:
    """Withdraw an offer nobody has answered."""
    dossier.record(e.HandoverWithdrawn(at=hand.at, actor=hand.actor, acting_for=hand.acting_for))
    _end(dossier, hand, "withdrawn")


def assign(dossier: Dossier, hand: Hand, *, to: str, reason: str) -> None:
    """Name a new custodian in the place of one who has gone; raises Invalid without a reason."""
    if not reason.strip():
        raise Invalid({"reason": msg("请写明指定的理由")}, clause=dossier.cite("handover"))
    # What is on its way to its handler is no offer, and stays on its way.
    offered = bool(dossier.state.offered_to) and dossier.state.stage is not Stage.SENT
    dossier.record(
        e.CustodyAssigned(
            at=hand.at,
            actor=hand.actor,
            acting_for=hand.acting_for,
            to=to,
            reason_digest=dossier.digest(reason),
            keeps=stepping.kept_by_post(dossier, hand.at),
        )
    )
    if offered:
        _end(dossier, hand, "withdrawn")


def readdress(dossier: Dossier, hand: Hand, *, whose: str, to: str, reason: str) -> None:
    """Put before another what waits for somebody who has gone: papers kept for them, a draft before them.

    Raises Invalid without a reason, Unlawful where nothing waits for them.
    """
    if not reason.strip():
        raise Invalid({"reason": msg("请写明改送的理由")})
    papers = [dossier.kept_for(whose)] if whose in dossier.state.papers_for else []
    routings = [row for row in incoming.all_waiting(dossier, DRAFT_ROLES) if str(row.person_id) == whose]
    if not papers and not routings:
        raise Unlawful(msg("没有等着这位同事办的事"), code="nothing_waiting")
    dossier.record(
        e.Readdressed(
            at=hand.at,
            actor=hand.actor,
            acting_for=hand.acting_for,
            whose=whose,
            to=to,
            reason_digest=dossier.digest(reason),
        )
    )
    dossier.add(StepNote(matter=dossier.matter, seq=dossier.matter.version, text=reason.strip()))
    for deposit in papers:
        deposit.to_id = UUID(to)
        dossier.touch(deposit)
    for row in routings:
        incoming.done(dossier, row, hand, ending="passed_over")
        if not incoming.waiting(dossier, {row.role}, to):
            incoming.route(dossier, hand, role=row.role, to=to, draft=row.draft)


def _end(dossier: Dossier, hand: Hand, ending: str) -> Handover:
    row = dossier.pending_handover()
    row.ended_at = hand.at
    row.ending = ending
    return dossier.touch(row)
