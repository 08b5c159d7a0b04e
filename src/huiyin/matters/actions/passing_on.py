"""Steps of approvals go to whoever holds the post that signs them, by themselves and on the same clock.

A step belongs to a post (p3.service-commitment.2.2.b): with a new holder it lies before that one, and
neither with whoever left the post nor with the handler.
"""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Final
from uuid import UUID

from huiyin.matters import queries, steps
from huiyin.matters.actions.saving import load_dossier, save, unasked
from huiyin.matters.dossier import Hand
from huiyin.rules.errors import HuiyinError
from huiyin.rules.events import SYSTEM
from huiyin.storage.transactions import write

LOG: Final = logging.getLogger(__name__)


def pass_steps_on(at: datetime) -> int:
    """Put every step that waits before somebody without its post before whoever holds it; returns how many.

    Each matter is its own transaction.
    """
    passed = 0
    for matter_id, _ in queries.lying_with_another(at):
        try:
            passed += _pass(matter_id, at)
        except HuiyinError:
            # One matter that the rules do not let on must not keep the others with who left the post.
            LOG.exception("the step of matter %s could not be passed on", matter_id)
    return passed


def _pass(matter_id: UUID, at: datetime) -> bool:
    with write():
        matter = queries.locked_for_sweep(matter_id)
        session = unasked(matter, at)
        dossier = load_dossier(session, matter)
        steps.catch_up(dossier, at)
        # Looked up again under the lock: it may have been signed meanwhile.
        holder = queries.step_holder(matter, at)
        if holder is None:
            return False
        steps.pass_step_on(dossier, Hand(SYSTEM, at), to=str(holder))
        save(session, dossier)
    return True
