"""Who really hears of what concerns somebody: they themselves, or whoever holds their work now.

While somebody is away whoever stands in hears of it besides; for whoever has gone it is the
successor, and where a custodian is missing whoever may name another. Nobody hears of a matter
they may not see, or of one that is against them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Final, NamedTuple
from uuid import UUID

from huiyin.matters import permissions, queries
from huiyin.matters.models import Matter
from huiyin.organisation import queries as organisation
from huiyin.organisation.queries import Asker, Missing

AWAY: Final = "away"
GONE: Final = "gone"


class Hearer(NamedTuple):
    """Somebody who hears, and why instead of a colleague: `AWAY`, `GONE`, or "" for themselves."""

    person_id: UUID
    instead: str = ""


def hearers(matter: Matter, concerned: Collection[UUID], at: datetime) -> list[Hearer]:
    """Return who hears of what concerns these persons on a matter, each once.

    Three queries while all of them are here.
    """
    absent = organisation.missing(concerned, at)
    found: dict[UUID, Hearer] = {}
    for one in concerned:
        for hearer in _for(matter, one, absent, at):
            # Who is concerned themselves hears it as themselves.
            if not hearer.instead or hearer.person_id not in found:
                found[hearer.person_id] = hearer
    return list(found.values())


def _for(matter: Matter, person_id: UUID, absent: Missing, at: datetime) -> list[Hearer]:
    if person_id in absent.away:
        second = _stand_ins(matter, person_id, at)
        if not second and person_id == matter.custodian_id:
            second = _over(matter, at)
        return [Hearer(person_id), *(Hearer(one, AWAY) for one in second)]
    if person_id in absent.gone:
        after = _seen_by(matter, organisation.came_after(matter.tenant_id, person_id, at), at)
        if not after or person_id == matter.custodian_id:
            # Only who is over the unit may name another custodian.
            after = [*after, *_over(matter, at)]
        heard = [Hearer(one, GONE) for one in after]
        return heard or ([] if person_id in absent.left else [Hearer(person_id)])
    return [Hearer(person_id)]


def _stand_ins(matter: Matter, person_id: UUID, at: datetime) -> list[UUID]:
    """Who stands in for somebody on this very matter, as the item's post or the first post has it."""
    here = [person.id for _, person, present in organisation.stand_ins(person_id, at) if present]
    return [
        asker.person_id
        for asker in _askers(here, at)
        if permissions.may_act_on(asker, person_id, matter) and _sees(asker, matter)
    ]


def _over(matter: Matter, at: datetime) -> list[UUID]:
    """The nearest level over the matter's unit that may see it."""
    levels = organisation.who_is_over(matter.tenant_id, matter.unit_id, at)
    return next((seen for level in levels if (seen := _seen_by(matter, level, at))), [])


def _seen_by(matter: Matter, person_ids: Iterable[UUID], at: datetime) -> list[UUID]:
    return [asker.person_id for asker in _askers(person_ids, at) if _sees(asker, matter)]


def _askers(person_ids: Iterable[UUID], at: datetime) -> Iterable[Asker]:
    return [organisation.asker_for_person(one, at, "worker") for one in dict.fromkeys(person_ids)]


def _sees(asker: Asker, matter: Matter) -> bool:
    return queries.visible_to(asker).filter(id=matter.id).exists()
