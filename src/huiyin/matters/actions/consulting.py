"""The lead unit asks others before the notice; each answers for itself."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from huiyin.matters import permissions, steps
from huiyin.matters.actions.commands import Receipt, Session, command
from huiyin.matters.actions.saving import hand_of, handled, open_dossier, save
from huiyin.matters.dossier import Dossier, Hand
from huiyin.matters.queries import consultation_for
from huiyin.matters.steps import Paper
from huiyin.organisation import queries as organisation
from huiyin.organisation.models import Unit
from huiyin.rules.errors import Invalid, msg


@command("consult_unit")
def consult_unit(session: Session, number: str, *, to: UUID, question: str) -> Receipt:
    """Ask the unit of a colleague, who answers for it, before the applicant is told anything."""
    dossier, hand = handled(session, number)
    ask(session, dossier, hand, to=to, question=question)
    return save(session, dossier)


def ask(session: Session, dossier: Dossier, hand: Hand, *, to: UUID, question: str) -> None:
    """Put a question to the unit of a colleague of another unit, who answers for it."""
    unit = unit_asked(session, dossier, to)
    steps.consult(dossier, hand, to=str(to), unit=str(unit.id), unit_name=unit.name, question=question)


def unit_asked(session: Session, dossier: Dossier, to: UUID) -> Unit:
    """The unit that a colleague answers for; raises Invalid for one of the matter's own, or who has left."""
    person = organisation.colleague(session.by.asker.tenant_id, to)
    if not person.active:
        raise Invalid({"to": msg("这位同事已离岗，请另选")})
    unit = organisation.home_unit(person, session.by.at)
    if unit.id == dossier.matter.unit_id or person.id == dossier.matter.custodian_id:
        raise Invalid({"to": msg("这是本科室的同事，会商要找其他科室的人")})
    return unit


@command("answer_consultation")
def answer_consultation(
    session: Session, number: str, *, verdict: str, words: str = "", missing: Sequence[Paper] = ()
) -> Receipt:
    """Answer what one's unit was asked: nothing to object, papers missing, or an opinion."""
    dossier = open_dossier(session, number)
    by = session.by
    permissions.may_answer_consultation(by.asker, by.acting_for, dossier.matter).require()
    row = consultation_for(by.asker, by.acting_for, dossier.matter)
    ordinal = row.ordinal if row else 0
    steps.answer_consultation(
        dossier, hand_of(by), ordinal=ordinal, verdict=verdict, words=words, missing=missing
    )
    return save(session, dossier)
