"""Refusal filings that lie with a leader in charge who is away: before the main leader, by themselves.

Where the regulation says so (p4.refusal-filing.2.1.c), whoever recorded the absence and however late.
The clock of filing ended when the form was first put before a leader and begins no second time; the form
stays with the main leader when the other is back, also earlier than planned: nobody asks two leaders in turn.
"""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Final
from uuid import UUID

from huiyin.matters import queries, steps
from huiyin.matters.actions.saving import load_dossier, save, unasked
from huiyin.matters.dossier import Hand
from huiyin.rules.errors import HuiyinError, Unlawful
from huiyin.rules.events import SYSTEM
from huiyin.storage.transactions import write

LOG: Final = logging.getLogger(__name__)


def put_before_main_leader(at: datetime, *, leader: UUID | None = None) -> int:
    """Put every form that lies with a leader in charge who is away before the main leader; returns how many.

    With `leader` only what lies with that one. Each matter is its own transaction. What
    the main leader has a part in stays where it is: nobody decides on themselves.
    """
    moved = 0
    for matter_id in queries.lying_with_absent(at, leader=leader):
        try:
            moved += _put(matter_id, at)
        except HuiyinError:
            # One matter that the rules do not let on must not keep the others with a leader who is away.
            LOG.exception("the filing of matter %s could not be put before the main leader", matter_id)
    return moved


def _put(matter_id: UUID, at: datetime) -> bool:
    with write():
        matter = queries.locked_for_sweep(matter_id)
        session = unasked(matter, at)
        dossier = load_dossier(session, matter)
        steps.catch_up(dossier, at)
        row, hand = queries.filing_with_absent(matter, at), Hand(SYSTEM, at)
        # Where the main leader signs the level above too, it would lie before somebody who cannot sign both.
        if row is None or steps.following_level(dossier, hand):
            return False
        try:
            main_leader, fell_back = queries.signer_of(matter, row.level, at)
        except Unlawful:
            return False
        # A successor in the post of a leader who left is put in by hand, as somebody who is here.
        if not fell_back or main_leader.id == row.filed_to_id:
            return False
        steps.file(dossier, hand, to=str(main_leader.id), fell_back=True)
        save(session, dossier)
    return True
