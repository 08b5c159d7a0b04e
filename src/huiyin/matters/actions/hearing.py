"""Who really hears of what concerns somebody: they themselves, or whoever holds their work now.

While somebody is away whoever stands in hears of it besides; for whoever has gone it is the
successor, and where a custodian is missing whoever may name another. Nobody hears of a matter
they may not see, or of one that is against them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from functools import cache
from typing import Final, NamedTuple
from uuid import UUID

from huiyin.matters import permissions, queries
from huiyin.matters.models import Matter
from huiyin.organisation import queries as organisation
from huiyin.organisation.queries import Asker

AWAY: Final = "away"
GONE: Final = "gone"


class Hearer(NamedTuple):
    """Somebody who hears, and why instead of a colleague: `AWAY`, `GONE`, or "" for themselves."""

    person_id: UUID
    instead: str = ""


class Hearing:
    """Who hears on many matters of one office: what is asked of the office is asked once for each person.

    The number of queries grows with the people and units, not with the matters.
    """

    def __init__(self, ids: Iterable[UUID], concerned: Collection[UUID], at: datetime) -> None:
        """Ask who of these persons is not there, for the matters of these ids: three queries."""
        self._absent = organisation.missing(concerned, at)
        self._ids = list(ids)
        self._at = at
        self._asker = cache(self._ask)
        self._visible = cache(self._see)
        self._seconds = cache(self._ask_seconds)
        self._after = cache(organisation.came_after)
        self._line = cache(organisation.who_is_over)

    @property
    def not_here(self) -> frozenset[UUID]:
        """Those of the persons for whom somebody else hears, besides or instead."""
        return self._absent.away | self._absent.gone

    def of(self, matter: Matter, concerned: Collection[UUID]) -> list[Hearer]:
        """Return who hears of what concerns some of the persons on one of the matters, each once."""
        found: dict[UUID, Hearer] = {}
        for one in concerned:
            for hearer in self._for(matter, one):
                # Who is concerned themselves hears it as themselves.
                if not hearer.instead or hearer.person_id not in found:
                    found[hearer.person_id] = hearer
        return list(found.values())

    def _for(self, matter: Matter, person_id: UUID) -> list[Hearer]:
        if person_id in self._absent.away:
            second = self._stand_ins(matter, person_id)
            if not second and person_id == matter.custodian_id:
                second = self._over(matter)
            return [Hearer(person_id), *(Hearer(one, AWAY) for one in second)]
        if person_id in self._absent.gone:
            after = self._seen_by(matter, self._after(matter.tenant_id, person_id, self._at))
            if not after or person_id == matter.custodian_id:
                # Only who is over the unit may name another custodian.
                after = [*after, *self._over(matter)]
            heard = [Hearer(one, GONE) for one in after]
            return heard or ([] if person_id in self._absent.left else [Hearer(person_id)])
        return [Hearer(person_id)]

    def _stand_ins(self, matter: Matter, person_id: UUID) -> list[UUID]:
        """Who stands in for somebody on this very matter, as the item's post or the first post has it."""
        here = self._seen_by(matter, self._seconds(person_id))
        return [one for one in here if permissions.may_act_on(self._asker(one), person_id, matter)]

    def _over(self, matter: Matter) -> list[UUID]:
        """The nearest level over the matter's unit that may see it."""
        levels = self._line(matter.tenant_id, matter.unit_id, self._at)
        return next((seen for level in levels if (seen := self._seen_by(matter, level))), [])

    def _seen_by(self, matter: Matter, person_ids: Iterable[UUID]) -> list[UUID]:
        return [one for one in dict.fromkeys(person_ids) if matter.id in self._visible(one)]

    def _ask(self, person_id: UUID) -> Asker:
        return organisation.asker_for_person(person_id, self._at, "worker")

    def _see(self, person_id: UUID) -> frozenset[UUID]:
        seen = queries.visible_to(self._asker(person_id)).filter(id__in=self._ids)
        return frozenset(seen.values_list("id", flat=True))

    def _ask_seconds(self, person_id: UUID) -> list[UUID]:
        return [person.id for _, person, here in organisation.stand_ins(person_id, self._at) if here]
