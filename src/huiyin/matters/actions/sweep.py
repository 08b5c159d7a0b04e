"""Limits that passed with nobody looking: found by the index on obligations, noted on the matter."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Final
from uuid import UUID

from huiyin.matters import queries, steps
from huiyin.matters.actions.saving import ROOM, load_dossier, save, unasked
from huiyin.obligations import queries as duties
from huiyin.rules.errors import HuiyinError
from huiyin.storage.transactions import write

LOG: Final = logging.getLogger(__name__)


def note_limits_passed(at: datetime, limit: int = 200) -> int:
    """Note up to `limit` limits that ran out before `at`; returns on how many matters.

    Each matter is its own transaction, so that a stopped sweep loses nothing
    and a repeated one does nothing twice.
    """
    noted = 0
    for room, matter_id in duties.ran_out(at, limit):
        try:
            noted += room == ROOM and _note(matter_id, at)
        except HuiyinError:
            # One matter that the rules do not let on must not keep every other limit from being noted.
            LOG.exception("a limit that passed could not be noted on matter %s", matter_id)
    return noted


def _note(matter_id: UUID, at: datetime) -> bool:
    with write():
        matter = queries.locked_for_sweep(matter_id)
        session = unasked(matter, at)
        dossier = load_dossier(session, matter)
        steps.catch_up(dossier, at)
        if not dossier.events:
            return False
        save(session, dossier)
    return True
