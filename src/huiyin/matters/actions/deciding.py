"""Answers, decisions, delivery, withdrawal, ratings, closing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from huiyin.catalogue import queries as catalogue
from huiyin.catalogue.models import ServiceItem
from huiyin.matters import permissions, queries, steps
from huiyin.matters.actions.commands import By, Receipt, Session, command
from huiyin.matters.actions.intake import new_code
from huiyin.matters.actions.saving import (
    hand_of,
    handled,
    load_dossier,
    open_dossier,
    power_of,
    save,
)
from huiyin.rules.errors import Forbidden, Invalid, NotFound, Unlawful, msg
from huiyin.rules.events import Channel
from huiyin.rules.regimes import time_limit
from huiyin.storage.crypto import hash_code

APPLICANT: Final = msg("申请人")
UNEXPLAINED: Final = msg("申请人在网上撤回，没有写理由。")


@command("answer", books=("reply",))
def answer(session: Session, number: str, *, reply: str, item: str = "", policy: str = "") -> Receipt:
    """Answer an enquiry; `item` is the code of the item that the answer rests on, `policy` what else does.

    Raises Invalid for an item that the office does not have; Unlawful for one that was not answered at
    once, before the person was told so and it was reported.
    """
    dossier, hand = handled(session, number)
    if queries.unreported(dossier.matter, dossier.law, hand.at):
        raise Unlawful(
            msg("没有当即答复的，要先向当事人说明并逐级上报，再答复"),
            code="not_reported_up",
            clause=dossier.cite(time_limit.ANSWER_BY_URGENCY),
            remedy=msg("请先登记说明和上报。"),
        )
    steps.answer(dossier, hand, reply=reply, item=rests_on(session, item), policy=policy)
    return save(session, dossier)


def rests_on(session: Session, code: str) -> ServiceItem | None:
    """Return the item that an answer rests on, None for no code; raises Invalid for an unknown one."""
    if not code.strip():
        return None
    try:
        return catalogue.item(session.by.asker.tenant_id, code.strip())
    except NotFound as error:
        raise Invalid({"item": msg("没有这个办理事项，或已停办")}) from error


@command("grant", books=("grant",))
def grant(session: Session, number: str, *, reply: str) -> Receipt:
    """Grant the application."""
    dossier, hand = handled(session, number)
    steps.grant(dossier, hand, reply=reply)
    return save(session, dossier)


@command("deliver")
def deliver(session: Session, number: str, *, how: str) -> Receipt:
    """Record that the decision reached the applicant, and how."""
    dossier, hand = handled(session, number)
    steps.deliver(dossier, hand, how=how)
    return save(session, dossier)


@command("withdraw")
def withdraw(
    session: Session,
    number: str,
    *,
    reason: str,
    withdrawn_by: str = "",
    relation: str = "self",
    how: str = "",
    declared_at: datetime | None = None,
) -> Receipt:
    """Record that the applicant takes the matter back; who, how and when are as in `steps.withdraw`.

    Raises Forbidden for the handler once a refusal was proposed: whoever is over them records it then.
    """
    dossier = open_dossier(session, number)
    permissions.may_withdraw(session.by.asker, power_of(session.by), dossier.matter).require()
    steps.withdraw(
        dossier,
        hand_of(session.by),
        reason=reason,
        withdrawn_by=withdrawn_by,
        relation=relation,
        how=how,
        declared_at=declared_at,
    )
    return save(session, dossier)


def withdraw_as_applicant(by: By, number: str, *, code: str, reason: str = "") -> Receipt:
    """Take it back as the person served, with the query code; raises NotFound as tracking does.

    `reason` may be left out: nobody has to say why. Raises Forbidden where somebody of the office
    has to hear it from them first (`queries.way_to_withdraw`).
    """
    matter_id = queries.id_by_code(by.asker.tenant_id, number, code)
    return _withdraw_with_code(by, matter_id, reason=reason)


@command("withdraw_as_applicant")
def _withdraw_with_code(session: Session, matter_id: UUID, *, reason: str) -> Receipt:
    dossier = load_dossier(session, queries.locked_for_sweep(matter_id))
    way = queries.way_to_withdraw(dossier.matter)
    if way == queries.VERIFIED:
        raise Forbidden(
            msg("这件事要撤回的，由负责人向您本人核实后登记"),
            code="verified_first",
            remedy=msg("请到窗口，或者打办公电话。"),
        )
    if not way:
        raise Unlawful(
            msg("这件事现在不能撤回"), code="not_now", remedy=msg("有疑问的，请打办公电话，或到窗口询问。")
        )
    steps.withdraw(
        dossier,
        hand_of(session.by),
        reason=reason.strip() or UNEXPLAINED,
        withdrawn_by=dossier.matter.applicant_name or APPLICANT,
        how=Channel.ONLINE.value,
    )
    return save(session, dossier)


@command("close")
def close(session: Session, number: str) -> Receipt:
    """End the matter."""
    dossier, hand = handled(session, number)
    steps.close(dossier, hand)
    return save(session, dossier)


@command("reissue_code")
def reissue_code(session: Session, number: str) -> Receipt:
    """Hand out a new query code; the receipt carries it, this once."""
    dossier = open_dossier(session, number)
    permissions.may_reissue_code(session.by.asker, dossier.matter, session.by.acting_for).require()
    code = new_code()
    steps.reissue(dossier, hand_of(session.by), code_hash=hash_code(code))
    return save(session, dossier, code=code)


def rate(
    by: By,
    number: str,
    *,
    code: str,
    score: int,
    comment: str = "",
    missed: Sequence[str] = (),
    reception: int = 0,
) -> Receipt:
    """Rate a matter as the person served, with its query code; once. All else is as in `steps.rate`."""
    matter_id = queries.id_by_code(by.asker.tenant_id, number, code)
    # A key of earlier days stands for the same: what was not said then is not said now.
    more = {"missed": tuple(missed), "reception": reception}
    said: dict[str, Any] = {name: value for name, value in more.items() if value}
    return _rate(by, matter_id, score=score, comment=comment, **said)


@command("rate")
def _rate(
    session: Session,
    matter_id: UUID,
    *,
    score: int,
    comment: str,
    missed: Sequence[str] = (),
    reception: int = 0,
) -> Receipt:
    dossier = load_dossier(session, queries.locked_for_sweep(matter_id))
    steps.rate(dossier, hand_of(session.by), score=score, comment=comment, missed=missed, reception=reception)
    return save(session, dossier)
