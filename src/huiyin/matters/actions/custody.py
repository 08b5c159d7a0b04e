"""Handing over: offered, then accepted or bounced; the giver answers until then."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from huiyin.matters import permissions, queries, steps
from huiyin.matters.actions.commands import Receipt, Session, command
from huiyin.matters.actions.documents_in import a_leader, colleague
from huiyin.matters.actions.guiding import left_for_absent
from huiyin.matters.actions.saving import hand_of, open_dossier, power_of, save
from huiyin.matters.dossier import Dossier
from huiyin.matters.models import Matter
from huiyin.organisation import queries as organisation
from huiyin.rules.errors import Invalid, Unlawful, msg


@command("offer_handover")
def offer_handover(session: Session, number: str, *, to: UUID, reason: str = "") -> Receipt:
    """Ask a colleague of the same office to take the matter over; custody does not move yet."""
    dossier = open_dossier(session, number)
    by = session.by
    permissions.may_handle(by.asker, by.acting_for, dossier.matter).require()
    taker = organisation.colleague(by.asker.tenant_id, to)
    if organisation.has_gone(taker.id, by.at):
        raise Invalid({"to": msg("这位同事已离岗，请另选接收人")})
    left_for_absent(session, dossier, taker.id)
    steps.offer(dossier, hand_of(by), to=str(taker.id), reason=reason)
    return save(session, dossier)


@command("accept_handover")
def accept_handover(session: Session, number: str) -> Receipt:
    """Take the matter over: custody and every open obligation pass now."""
    dossier = open_dossier(session, number)
    by = session.by
    permissions.may_take_over(by.asker, by.acting_for, dossier.matter).require()
    matter = dossier.matter
    giver, taker = matter.custodian_id, matter.offered_to_id
    back = taker is not None and queries.was_given(matter, taker, giver)
    returns = _returns(matter, giver, taker, by.at) if back else 0
    steps.take(dossier, hand_of(by), returns=returns)
    return save(session, dossier)


@command("bounce_handover")
def bounce_handover(session: Session, number: str, *, reason: str) -> Receipt:
    """Decline with a reason; the giver keeps custody, as all along."""
    dossier = open_dossier(session, number)
    by = session.by
    permissions.may_take_over(by.asker, by.acting_for, dossier.matter).require()
    matter = dossier.matter
    returns = _returns(matter, matter.custodian_id, matter.offered_to_id, by.at)
    steps.bounce(dossier, hand_of(by), reason=reason, returns=returns)
    return save(session, dossier)


@command("assign_custodian")
def assign_custodian(session: Session, number: str, *, to: UUID | None = None, reason: str) -> Receipt:
    """Take over, or give to a colleague, a matter whose custodian has gone or is away without a stand-in.

    Without `to` it is one's own.

    Raises Forbidden while the custodian is still here, or for whoever is not over the
    work; Invalid for somebody who has gone too, or without a reason.
    """
    dossier = open_dossier(session, number)
    by = session.by
    permissions.may_assign(by.asker, power_of(by), dossier.matter).require()
    taker = organisation.colleague(by.asker.tenant_id, to or by.acting_for or by.asker.person_id)
    if organisation.has_gone(taker.id, by.at):
        raise Invalid({"to": msg("这位同事已离岗，请另选接收人")})
    steps.assign(dossier, hand_of(by), to=str(taker.id), reason=reason)
    return save(session, dossier)


@command("readdress")
def readdress(session: Session, number: str, *, to: UUID, reason: str, whose: UUID | None = None) -> Receipt:
    """Put before another what waits for somebody who has gone, or is away with nobody standing in.

    Papers kept for them, and a draft that lies before them. `whose` may be left out where the matter
    waits for one of them only. For who handles the matter, who is over the unit, and who keeps the
    register.

    Raises Forbidden while they are here; Invalid for somebody who has gone too, who may not check
    or sign it, without a reason, or where it waits for several and nobody says whose it is.
    """
    dossier = open_dossier(session, number)
    by = session.by
    lost = queries.unreachable(dossier.matter, by.at)
    permissions.may_readdress(by.asker, power_of(by), dossier.matter).require()
    if whose is None and len(lost) > 1:
        raise Invalid({"whose": msg("有几位离岗的同事都有没办的，请写明改送哪一位的")})
    old = whose or next(iter(lost), None)
    if old is None or old not in lost:
        raise Unlawful(
            msg("没有等着已离岗同事办的事"),
            code="nothing_waiting",
            remedy=msg("仍在岗的，请其本人办理。"),
        )
    _fits(session, dossier, old, to)
    steps.readdress(dossier, hand_of(by), whose=str(old), to=str(to), reason=reason)
    return save(session, dossier)


def _fits(session: Session, dossier: Dossier, old: UUID, to: UUID) -> None:
    """Raise Invalid for who has gone as well, or cannot take the place that somebody had."""
    roles = {row.role for row in dossier.routings() if row.done_at is None and row.person_id == old}
    if steps.SIGNER in roles:
        a_leader(session.by, to, "to")
    else:
        colleague(session.by, to, "to")
    if roles & steps.DRAFT_ROLES and str(to) in steps.authors(dossier):
        raise Invalid({"to": msg("不能核稿、会签、签发自己拟的文件")})


@command("withdraw_handover")
def withdraw_handover(session: Session, number: str) -> Receipt:
    """Take back an offer that nobody has answered."""
    dossier = open_dossier(session, number)
    by = session.by
    permissions.may_handle(by.asker, by.acting_for, dossier.matter).require()
    steps.take_back(dossier, hand_of(by))
    return save(session, dossier)


def _returns(matter: Matter, giver: UUID, taker: UUID | None, at: datetime) -> int:
    """How often the matter has gone back between A and B with this time; 0 between others."""
    if taker is None or not organisation.are_pair(giver, taker, at):
        return 0
    return queries.returns_so_far(matter, giver, taker, at) + 1
