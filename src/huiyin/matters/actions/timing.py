"""Pauses with a written notice, and extensions that a leader grants before the limit."""

from __future__ import annotations

from huiyin.matters import permissions, queries, steps
from huiyin.matters.actions.commands import Receipt, Session, command
from huiyin.matters.actions.saving import hand_of, handled, open_dossier, power_of, save
from huiyin.matters.dossier import Dossier
from huiyin.rules.errors import Unlawful, msg
from huiyin.rules.regimes import time_limit
from huiyin.rules.vocabulary import Limit


@command("pause", books=("pause",))
def pause(session: Session, number: str, *, procedure: str, planned_days: int, basis: str = "") -> Receipt:
    """Stop the deciding clock for a special procedure named by law."""
    dossier, hand = handled(session, number)
    steps.pause(dossier, hand, procedure=procedure, planned_days=planned_days, basis=basis)
    return save(session, dossier)


@command("resume")
def resume(session: Session, number: str) -> Receipt:
    """The procedure is over; the clock runs again."""
    dossier, hand = handled(session, number)
    steps.resume(dossier, hand)
    return save(session, dossier)


@command("request_extension")
def request_extension(session: Session, number: str, *, limit: Limit, reason: str) -> Receipt:
    """Ask for more time, before the limit.

    Raises Unlawful when nobody but those who ask could decide: it would wait for ever.
    """
    dossier, hand = handled(session, number)
    part = time_limit.more_time.part_of(dossier.state.kind, dossier.law.book)
    if not dossier.law.book.has(part):
        raise Unlawful(
            msg("本单位的制度没有规定延期，不能申请"),
            code="not_regulated",
            remedy=msg("请在时限内办结；办不完的，到期后说明超期原因。"),
        )
    asked_by = {session.by.asker.person_id, dossier.matter.custodian_id}
    if not queries.somebody_decides(dossier.matter, asked_by, hand.at):
        raise Unlawful(
            msg("应当审批的领导就是提出或经办的人，没有人能审批"),
            code="nobody_may_decide",
            clause=dossier.cite(part),
            remedy=msg("请先把这件事移交给同事办理。"),
        )
    steps.ask_more_time(dossier, hand, limit=limit, reason=reason)
    return save(session, dossier)


@command("withdraw_extension")
def withdraw_extension(session: Session, number: str) -> Receipt:
    """Take back a request for more time that nobody has decided; the clock runs on as it was."""
    dossier, hand = handled(session, number)
    steps.ask_no_more_time(dossier, hand)
    return save(session, dossier)


@command("approve_extension")
def approve_extension(session: Session, number: str, *, opinion: str = "") -> Receipt:
    """Grant more time, as the leader the rulebook names; never on one's own request."""
    dossier = open_dossier(session, number)
    _may_decide(session, dossier)
    level = queries.extension_approver(dossier.matter, session.by.at)
    steps.give_more_time(dossier, hand_of(session.by), level=level, opinion=opinion)
    return save(session, dossier)


@command("refuse_extension")
def refuse_extension(session: Session, number: str, *, opinion: str) -> Receipt:
    """Do not grant more time; the clock runs on as it was."""
    dossier = open_dossier(session, number)
    _may_decide(session, dossier)
    steps.deny_more_time(dossier, hand_of(session.by), opinion=opinion)
    return save(session, dossier)


@command("tell_extension", books=("extension",))
def tell_extension(session: Session, number: str, *, how: str) -> Receipt:
    """Tell the applicant of the extension and why, in writing."""
    dossier, hand = handled(session, number)
    steps.tell_more_time(dossier, hand, how=how)
    return save(session, dossier)


def _may_decide(session: Session, dossier: Dossier) -> None:
    by = session.by
    dossier.waiting_extension()
    approver = queries.extension_approver(dossier.matter, by.at)
    power = power_of(by)
    permissions.may_decide_extension(by.asker, power, dossier.matter, approver=approver).require()
