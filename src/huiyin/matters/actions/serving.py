"""Proving that a written paper reached the person it is for, and that what it says was explained."""

from __future__ import annotations

from datetime import datetime

from huiyin.matters import steps
from huiyin.matters.actions.commands import Receipt, Session, command
from huiyin.matters.actions.saving import handled, save


@command("prove_delivery")
def prove_delivery(
    session: Session,
    /,
    number: str,
    *,
    paper: str,
    how: str,
    served_at: datetime | None = None,
    **said: str,
) -> Receipt:
    """Record the proof of delivery (送达回证) of one paper, by its number.

    `said` are receiver, relation, tracking, place, reason and witness, as the way of delivery asks for them.
    """
    dossier, hand = handled(session, number)
    steps.prove(dossier, hand, paper=paper, how=how, served_at=served_at, **said)
    return save(session, dossier)


@command("explain_notice")
def explain_notice(
    session: Session, number: str, *, words: str, told_to: str, explained_at: datetime | None = None
) -> Receipt:
    """Note how the latest notice was explained by word of mouth; the applicant reads it with the progress."""
    dossier, hand = handled(session, number)
    steps.explain_notice(dossier, hand, words=words, told_to=told_to, explained_at=explained_at)
    return save(session, dossier)
