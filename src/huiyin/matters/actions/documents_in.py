"""What is done with an incoming document, each step by whom it belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from huiyin.matters import permissions, queries, steps
from huiyin.matters.actions.commands import By, Receipt, Session, command
from huiyin.matters.actions.saving import hand_of, handled, open_dossier, power_of, save
from huiyin.matters.dossier import Dossier
from huiyin.organisation import queries as organisation
from huiyin.organisation.models import Person
from huiyin.rules import official_documents
from huiyin.rules.errors import Invalid, NotFound, msg
from huiyin.rules.vocabulary import Limit


@command("present_to_main_leader")
def present_to_main_leader(session: Session, number: str) -> Receipt:
    """Put the document before the main leader; while that one is away the stand-in writes for them."""
    dossier, hand = handled(session, number)
    leader = organisation.main_leader_in_person(session.by.asker.tenant_id, session.by.at)
    steps.present(dossier, hand, to=str(leader.id), level=steps.MAIN_LEADER)
    return save(session, dossier)


@command("present_to_leader")
def present_to_leader(session: Session, number: str, *, to: UUID) -> Receipt:
    """Put the document before a leader; raises Invalid for somebody who is none.

    While the stage of the leader in charge is owed it takes one of that rank, or who stands in for one.
    """
    dossier, hand = handled(session, number)
    leader = a_leader(session.by, to, "to")
    if dossier.open_duty(official_documents.TO_LEADER) and not _is_in_charge(leader, session.by):
        raise Invalid(
            {"to": msg("这一步应当呈分管领导；没有分管领导的单位，呈主要领导")},
            clause=dossier.cite(official_documents.TO_LEADER),
        )
    steps.present(dossier, hand, to=str(leader.id), level=steps.LEADER)
    return save(session, dossier)


@command("write_opinion")
def write_opinion(session: Session, number: str, *, opinion: str) -> Receipt:
    """Write what should be done with it: a leader's instruction, or a proposal for the leaders."""
    dossier = open_dossier(session, number)
    by = session.by
    role = queries.opinion_role(power_of(by), dossier.matter)
    permissions.may_write_opinion(by.asker, by.acting_for, role).require()
    steps.write_opinion(dossier, hand_of(by), role=role, opinion=opinion)
    return save(session, dossier)


@command("circulate")
def circulate(session: Session, number: str, *, to: Sequence[UUID]) -> Receipt:
    """Put colleagues on the reading list; they see the document from then on."""
    dossier = open_dossier(session, number)
    by = session.by
    permissions.may_circulate(by.asker, power_of(by), dossier.matter).require()
    if not to:
        raise Invalid({"to": msg("请选择传阅的人")})
    steps.circulate(dossier, hand_of(by), to=_readers(by, to))
    return save(session, dossier)


@command("note_read")
def note_read(session: Session, number: str) -> Receipt:
    """Say that one has read it; only for oneself."""
    dossier = open_dossier(session, number)
    permissions.may_note_read(session.by.asker, session.by.acting_for, dossier.matter).require()
    steps.note_read(dossier, hand_of(session.by))
    return save(session, dossier)


@command("send_document")
def send_document(
    session: Session, number: str, *, to: UUID, limit: Limit | None = None, special: str = ""
) -> Receipt:
    """Send the document to whoever is to handle it; they answer for it once they sign for it.

    Raises Unlawful while the leaders have not seen it, or for more time than the rulebook
    gives without special circumstances.
    """
    dossier, hand = handled(session, number)
    steps.send(dossier, hand, to=str(colleague(session.by, to, "to").id), limit=limit, special=special)
    return save(session, dossier)


@command("sign_for_document")
def sign_for_document(session: Session, number: str) -> Receipt:
    """Take the document over, to handle it; the unit that handles it is one's own from now on."""
    dossier = open_dossier(session, number)
    by = session.by
    permissions.may_take_over(by.asker, by.acting_for, dossier.matter).require()
    steps.take_document(dossier, hand_of(by))
    dossier.matter.unit = organisation.home_unit(dossier.people(dossier.state.custodian), by.at)
    return save(session, dossier)


@command("return_document")
def return_document(session: Session, number: str, *, reason: str) -> Receipt:
    """Decline with a reason; it stays with whoever keeps the register."""
    dossier = open_dossier(session, number)
    by = session.by
    permissions.may_take_over(by.asker, by.acting_for, dossier.matter).require()
    steps.return_to_keeper(dossier, hand_of(by), reason=reason)
    return save(session, dossier)


@command("explain_delay")
def explain_delay(
    session: Session, number: str, *, reason: str, told_assigner: bool = False, told_leader: bool = False
) -> Receipt:
    """Record that who assigned it and the leader in charge were told why it takes longer.

    The leader in charge is told by this; `told_leader` says that they are to be. What that one
    handles is told one higher. Raises Unlawful unless both are told.
    """
    dossier, hand = handled(session, number)
    leader = None
    if told_leader:
        leader = queries.needed_leader(dossier.matter, dossier.law, hand.at, hand.people)
    steps.explain_delay(
        dossier,
        hand,
        reason=reason,
        assigner=_assigner(dossier) if told_assigner else "",
        leader=leader.id if leader else None,
    )
    return save(session, dossier)


@command("complete_document")
def complete_document(session: Session, number: str, *, result: str) -> Receipt:
    """Finish what the document asked for."""
    dossier, hand = handled(session, number)
    steps.complete(dossier, hand, result=result)
    return save(session, dossier)


def a_leader(by: By, wanted: UUID, field: str) -> Person:
    """A colleague who is a leader now; raises Invalid for anybody else."""
    person = colleague(by, wanted, field)
    if not organisation.asker_for_person(person.id, by.at, by.asker.via).ranks & queries.LEADERS:
        raise Invalid({field: msg("请选择单位的领导")})
    return person


def colleague(by: By, wanted: UUID, field: str) -> Person:
    """Somebody who works here; raises Invalid for anybody else."""
    try:
        person = organisation.colleague(by.asker.tenant_id, wanted)
    except NotFound as error:
        raise Invalid({field: msg("本单位没有这个人")}) from error
    if organisation.has_gone(person.id, by.at):
        raise Invalid({field: msg("这位同事已离岗，请另选一位")})
    return person


def _readers(by: By, wanted: Sequence[UUID]) -> list[str]:
    """Colleagues, each once; raises Invalid as `colleague` does, with two queries for any number."""
    ids = list(dict.fromkeys(wanted))
    if not organisation.colleagues_by_id(by.asker.tenant_id, ids).keys() >= set(ids):
        raise Invalid({"to": msg("本单位没有这个人")})
    if organisation.without_post(ids, by.at):
        raise Invalid({"to": msg("这位同事已离岗，请另选一位")})
    return [str(one) for one in ids]


def _is_in_charge(leader: Person, by: By) -> bool:
    """Whether somebody is a leader in charge, or has that one's powers; anybody is where there is none."""
    if not organisation.holders_of(by.asker.tenant_id, "leader_in_charge", by.at).exists():
        return True
    own = organisation.asker_for_person(leader.id, by.at, by.asker.via)
    away = (organisation.asker_for_person(one, by.at, by.asker.via) for one in own.stands_in_for)
    return any("leader_in_charge" in one.ranks for one in (own, *away))


def _assigner(dossier: Dossier) -> str:
    """Whoever handed the document over for handling: the unit of its first keeper."""
    return organisation.home_unit(dossier.matter.first_responder, dossier.matter.received_at).name
