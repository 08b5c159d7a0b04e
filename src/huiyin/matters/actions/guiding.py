"""First responders at work: whose it is, whom to ask, and papers taken in for a colleague."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Unpack
from uuid import UUID

from huiyin.matters import permissions, steps
from huiyin.matters.actions import admission
from huiyin.matters.actions.commands import Receipt, Session, command
from huiyin.matters.actions.consulting import ask, unit_asked
from huiyin.matters.actions.deciding import rests_on
from huiyin.matters.actions.saving import hand_of, handled, open_dossier, save
from huiyin.matters.dossier import Dossier
from huiyin.matters.steps import Paper, Told
from huiyin.organisation import queries as organisation
from huiyin.rules import joint
from huiyin.rules.errors import Invalid, Unlawful, msg
from huiyin.rules.events import MatterKind, Route
from huiyin.rules.regimes import first_responder

LEADING: Final = frozenset({"head", "leader_in_charge", "main_leader"})


@command("route_contact", books=("reply",))
def route_contact(
    session: Session,
    number: str,
    *,
    way: str,
    to: UUID | None = None,
    days: int | None = None,
    item: str = "",
    **told: Unpack[Told],
) -> Receipt:
    """Choose the way of an enquiry: one of `events.Route`, each with its demand.

    `to` is the colleague whose it is, or the leader who is asked; `days` the working days set for one's own
    work where the regulation sets none; `item` the code of the item by which it cannot be done; the words
    are those of `steps.Told`. A shared matter is dealt with together with the unit of the colleague `to`
    among others, who is asked at once what `words` say.
    """
    dossier, hand = handled(session, number)
    to = to if steps.takes(way, "to") else None
    asked = to if way == Route.SHARED else None
    named = _named(session, to, way) if to and not asked else ""
    if named and way == Route.COLLEAGUE:
        left_for_absent(session, dossier, UUID(named))
    if asked:
        if not told.get("words", "").strip():
            raise Invalid({"words": msg("请写明要会商什么")}, clause=dossier.cite(joint.SHARED))
        unit, others = unit_asked(session, dossier, asked).name, told.get("department", "")
        told["department"] = "、".join(one for one in (unit, others) if one)
    steps.route(
        dossier,
        hand,
        way=way,
        to=named,
        days=days,
        item=rests_on(session, item) if steps.takes(way, "item") else None,
        **told,
    )
    if asked:
        ask(session, dossier, hand, to=asked, question=told["words"])
    return save(session, dossier)


def _named(session: Session, to: UUID, way: str) -> str:
    by = session.by
    person = organisation.colleague(by.asker.tenant_id, to)
    if not person.active:
        raise Invalid({"to": msg("这位同事已离岗，请另选")})
    if way == Route.UNCLEAR and LEADING.isdisjoint(organisation.asker_for_person(to, by.at, "").ranks):
        raise Invalid({"to": msg("请选择一位领导")})
    return str(person.id)


def left_for_absent(session: Session, dossier: Dossier, to: UUID) -> None:
    """Lead nobody to a colleague who is away before their papers and how to reach them are taken down.

    Where a clause wants both (p3.first-responder.3.2.a): of what came over the telephone or online there are
    no papers to take in. Raises Unlawful with the way on.
    """
    matter, book = dossier.matter, dossier.law.book
    first = matter.kind == MatterKind.ENQUIRY and matter.custodian_id == matter.first_responder_id
    if not (first and book.has(first_responder.DEPOSIT_CONTACT)):
        return
    kept = str(to) in dossier.state.papers_for
    by_hand = matter.channel in admission.BY_HAND
    reachable = bool((matter.applicant_phone or matter.applicant_email).strip())
    if kept or (reachable and not by_hand) or not organisation.is_absent(to, session.by.at):
        return
    remedy = (
        msg("请先登记代收的材料和来人的联系方式；没有材料的，把承办人的姓名、电话告诉来人，只填电话。")
        if by_hand
        else msg("请把承办人的姓名、电话告诉对方，只填电话；或者请对方留下联系电话后重新登记。")
    )
    raise Unlawful(
        msg("这位同事现在不在岗，要先收下材料、记下来人的联系方式"),
        code="handler_absent",
        clause=book.cite(first_responder.DEPOSIT_CONTACT),
        remedy=remedy,
    )


@command("instruct")
def instruct(session: Session, number: str, *, words: str) -> Receipt:
    """Say how to go on with what was asked: the leader it was put to, never the custodian."""
    dossier = open_dossier(session, number)
    by = session.by
    permissions.may_instruct(by.asker, by.acting_for, dossier.matter).require()
    steps.instruct(dossier, hand_of(by), words=words)
    return save(session, dossier)


@command("keep_papers")
def keep_papers(
    session: Session, number: str, *, to: UUID, papers: Sequence[Paper], contact: str = ""
) -> Receipt:
    """Take papers in for a colleague of the same office; nobody takes them in for themselves."""
    dossier, hand = handled(session, number)
    person = organisation.colleague(session.by.asker.tenant_id, to)
    if not person.active or str(person.id) in {hand.actor, hand.principal}:
        raise Invalid({"to": msg("请选择一位在岗的同事，不能是自己")})
    steps.keep_papers(dossier, hand, to=str(person.id), papers=papers, contact=contact)
    return save(session, dossier)


@command("take_papers")
def take_papers(session: Session, number: str) -> Receipt:
    """Take over the papers that were taken in for oneself, counted."""
    dossier = open_dossier(session, number)
    by = session.by
    permissions.may_take_papers(by.asker, by.acting_for, dossier.matter).require()
    steps.take_papers(dossier, hand_of(by))
    return save(session, dossier)
