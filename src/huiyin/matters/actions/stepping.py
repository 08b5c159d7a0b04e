"""Signing the step of an approval that lies before one."""

from __future__ import annotations

from huiyin.matters import permissions, steps
from huiyin.matters.actions.commands import Receipt, Session, command
from huiyin.matters.actions.saving import hand_of, open_dossier, save


@command("sign_step")
def sign_step(session: Session, number: str) -> Receipt:
    """Sign the step that waits; raises Forbidden for anybody but its signer or their stand-in."""
    dossier = open_dossier(session, number)
    permissions.may_sign_step(session.by.asker, session.by.acting_for, dossier.matter).require()
    steps.sign_step(dossier, hand_of(session.by))
    return save(session, dossier)
