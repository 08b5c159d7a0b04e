"""Refusal: proposed on the filing form, filed, signed at every level, decided in writing."""

from __future__ import annotations

from huiyin.matters import permissions, queries, steps
from huiyin.matters.actions.commands import Receipt, Session, command
from huiyin.matters.actions.saving import hand_of, handled, open_dossier, save
from huiyin.matters.dossier import Dossier


@command("propose_refusal", books=("filing",))
def propose_refusal(session: Session, number: str, *, facts: str, reasons: str, legal_basis: str) -> Receipt:
    """Begin the filing form; its clock starts now."""
    dossier, hand = handled(session, number)
    steps.propose(dossier, hand, facts=facts, reasons=reasons, legal_basis=legal_basis)
    # A form that nobody could sign would leave the matter without a way on.
    queries.signer_of(dossier.matter, steps.next_level(dossier, hand), hand.at)
    return save(session, dossier)


@command("file_refusal")
def file_refusal(session: Session, number: str) -> Receipt:
    """Put the form before the leader in charge, or the main leader while that one is away.

    Filed already, it goes to whoever signs now; its clock does not restart.
    """
    dossier, hand = handled(session, number)
    level, me = steps.next_level(dossier, hand), {session.by.asker.person_id}
    leader, fell_back = queries.signer_of(dossier.matter, level, hand.at, filed_by=me)
    steps.file(dossier, hand, to=str(leader.id), fell_back=fell_back)
    return save(session, dossier)


@command("approve_refusal")
def approve_refusal(session: Session, number: str, *, opinion: str = "") -> Receipt:
    """Sign the form at its level."""
    dossier = open_dossier(session, number)
    _may_sign(session, dossier)
    following = steps.following_level(dossier, hand_of(session.by))
    signer = queries.signer_of(dossier.matter, following, session.by.at)[0] if following else None
    next_to = str(signer.id) if signer else ""
    steps.approve(dossier, hand_of(session.by), opinion=opinion, next_to=next_to)
    return save(session, dossier)


@command("overturn_refusal")
def overturn_refusal(session: Session, number: str, *, opinion: str) -> Receipt:
    """Find the refusal wrong; the application returns to handling with a new clock."""
    dossier = open_dossier(session, number)
    _may_sign(session, dossier)
    steps.overturn(dossier, hand_of(session.by), opinion=opinion)
    return save(session, dossier)


@command("refuse", books=("refusal",))
def refuse(session: Session, number: str, *, explanation: str) -> Receipt:
    """Decide not to grant, in writing; impossible without the approved filing."""
    dossier, hand = handled(session, number)
    steps.refuse(dossier, hand, explanation=explanation)
    return save(session, dossier)


def _may_sign(session: Session, dossier: Dossier) -> None:
    by = session.by
    row = dossier.open_filing()
    permissions.may_sign_filing(by.asker, by.acting_for, row, dossier.matter).require()
