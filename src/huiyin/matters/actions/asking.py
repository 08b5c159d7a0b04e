"""Ask a leader before refusing, and give papers back after a refusal."""

from __future__ import annotations

from uuid import UUID

from huiyin.matters import permissions, queries, steps
from huiyin.matters.actions.commands import By, Receipt, Session, command
from huiyin.matters.actions.saving import hand_of, handled, load_dossier, open_dossier, save

LEADER = "leader_in_charge"


@command("ask_instruction")
def ask_instruction(session: Session, number: str, *, question: str) -> Receipt:
    """Ask the leader in charge whether to refuse; the main leader while away, where regulated."""
    dossier, hand = handled(session, number)
    me = {session.by.asker.person_id}
    leader, _ = queries.signer_of(dossier.matter, LEADER, hand.at, filed_by=me)
    steps.ask_instruction(dossier, hand, to=str(leader.id), question=question)
    return save(session, dossier)


@command("give_instruction")
def give_instruction(session: Session, number: str, *, allows: bool, answer: str) -> Receipt:
    """Answer the question; with `allows` the handler may fill in the form for this matter."""
    dossier = open_dossier(session, number)
    by = session.by
    permissions.may_give_instruction(by.asker, by.acting_for, dossier.matter).require()
    steps.give_instruction(dossier, hand_of(by), allows=allows, answer=answer)
    return save(session, dossier)


@command("ask_return")
def ask_return(session: Session, number: str) -> Receipt:
    """Record at the counter that the applicant wants the papers back."""
    dossier, hand = handled(session, number)
    steps.ask_return(dossier, hand)
    return save(session, dossier)


def ask_return_as_applicant(by: By, number: str, *, code: str) -> Receipt:
    """Ask for the papers as the person served, with the query code; raises NotFound as tracking does."""
    matter_id = queries.id_by_code(by.asker.tenant_id, number, code)
    return _ask_return(by, matter_id)


@command("ask_return_as_applicant")
def _ask_return(session: Session, matter_id: UUID) -> Receipt:
    dossier = load_dossier(session, queries.locked_for_sweep(matter_id))
    steps.ask_return(dossier, hand_of(session.by))
    return save(session, dossier)


@command("return_materials", books=("return",))
def return_materials(session: Session, number: str, *, identity: str, receiver: str, signed: bool) -> Receipt:
    """Hand the papers back against a proof of identity and a signature, with a slip."""
    dossier, hand = handled(session, number)
    steps.give_back(dossier, hand, identity=identity, receiver=receiver, signed=signed)
    return save(session, dossier)
