"""Limits that passed with nobody looking: found by the index on obligations, noted on the matter."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import InterfaceError, OperationalError

from huiyin.matters import queries, steps
from huiyin.matters.actions.saving import ROOM, load_dossier, save, unasked
from huiyin.obligations import queries as duties
from huiyin.rules.errors import Busy
from huiyin.storage.transactions import write

LOG: Final = logging.getLogger(__name__)
BATCH: Final = 200
MOST_STUCK: Final = 200
"""Matters on which nothing could be noted, after which a sweep is over until the next."""


def note_limits_passed(at: datetime, limit: int = BATCH) -> int:
    """Note up to `limit` limits that ran out before `at`; returns on how many matters.

    Each matter is its own transaction, so that a stopped sweep loses nothing
    and a repeated one does nothing twice. Those on which nothing can be noted, whatever is wrong
    with them, are passed over.
    """
    noted, stuck = 0, set[UUID]()
    while noted < limit and len(stuck) < MOST_STUCK:
        found = duties.ran_out(at, limit - noted, but=stuck)
        if not found:
            break
        for room, matter_id in found:
            if room == ROOM and _noted(matter_id, at):
                noted += 1
            else:
                stuck.add(matter_id)
    return noted


def _noted(matter_id: UUID, at: datetime) -> bool:
    try:
        return _note(matter_id, at)
    except (Busy, OperationalError, InterfaceError):
        # Nothing is wrong with the matter: the next would fare no better.
        raise
    except Exception:
        # One matter that cannot go on must not keep every other limit from being noted.
        LOG.exception("a limit that passed could not be noted on matter %s", matter_id)
        return False


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
