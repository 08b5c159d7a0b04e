"""Somebody before a matter, and the verbs they are offered: the words that the look-ups of verbs share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from huiyin.matters.models import Matter
from huiyin.matters.queries.one import Checked, materials_of
from huiyin.matters.queries.waiting import Pending
from huiyin.organisation.queries import Asker
from huiyin.rules.lifecycle import State


@dataclass(frozen=True, slots=True)
class Choice:
    """One verb the person may use now, and for which absent colleague they would act."""

    verb: str
    acting_for: UUID | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """Somebody before a matter: who asks, when, and where it stands."""

    asker: Asker
    at: datetime
    matter: Matter
    state: State
    pending: Pending

    @property
    def papers(self) -> list[Checked]:
        """The checklist; read only for the verbs that depend on it."""
        return materials_of(self.matter)


def power_of(asker: Asker, owner: UUID | None) -> UUID | None:
    """The absent colleague whose power would be used, or None for one's own."""
    return owner if owner in asker.stands_in_for else None
