"""Limits that passed with nobody looking: found by the index on obligations, noted on the matter."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from huiyin.matters import queries
from huiyin.matters.actions.commands import By, Session
from huiyin.matters.actions.saving import ROOM, load_dossier, save
from huiyin.obligations import queries as duties
from huiyin.rules.docket import run_out
from huiyin.storage.transactions import write


def note_limits_passed(at: datetime, limit: int = 200) -> int:
    """Note up to `limit` limits that ran out before `at`; returns on how many matters.

    Each matter is its own transaction, so that a stopped sweep loses nothing
    and a repeated one does nothing twice.
    """
    noted = 0
    for room, matter_id in duties.ran_out(at, limit):
        if room == ROOM and _note(matter_id, at):
            noted += 1
    return noted


def _note(matter_id: UUID, at: datetime) -> bool:
    with write():
        matter = queries.locked_for_sweep(matter_id)
        asker = queries.public_asker(matter.tenant, at, "worker")
        session = Session(By(asker, at, key=""), _no_numbers)
        dossier = load_dossier(session, matter)
        if dossier.docket is None:
            return False
        passed = run_out(dossier.docket, at, dossier.law)
        if not passed.events:
            return False
        dossier.take_over(passed)
        save(session, dossier)
    return True


def _no_numbers(book: str) -> int:
    raise LookupError(f"noting a passed limit takes no number, not even of {book}")
