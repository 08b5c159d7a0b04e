"""What a handler is not sure of: flag it, and tell the applicant what came of asking."""

from __future__ import annotations

from huiyin.matters import steps
from huiyin.matters.actions.commands import Receipt, Session, command
from huiyin.matters.actions.saving import handled, save


@command("flag_uncertain")
def flag_uncertain(session: Session, number: str, *, why: str) -> Receipt:
    """Flag the application as not clear or special: a leader or another unit is to be asked at once."""
    dossier, hand = handled(session, number)
    steps.flag(dossier, hand, why=why)
    return save(session, dossier)


@command("unflag_uncertain")
def unflag_uncertain(session: Session, number: str, *, why: str) -> Receipt:
    """Take a flag back that was a slip, while nobody was asked; the flag stays in the ledger."""
    dossier, hand = handled(session, number)
    steps.take_flag_back(dossier, hand, why=why)
    return save(session, dossier)


@command("tell_result")
def tell_result(session: Session, number: str, *, can: bool, how: str, words: str) -> Receipt:
    """Tell the applicant whether it can be done, and why, as whoever was asked said."""
    dossier, hand = handled(session, number)
    steps.tell_result(dossier, hand, can=can, how=how, words=words)
    return save(session, dossier)
