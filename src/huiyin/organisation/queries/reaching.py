"""Where a person sits and how to reach them at their work."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias
from uuid import UUID

from huiyin.organisation.models import Appointment, Person, Position
from huiyin.organisation.terms import Part
from huiyin.rules.workdays import SHANGHAI


@dataclass(frozen=True, slots=True)
class Reach:
    """A person's own unit, and the telephone and place to find them at; "" for what is not known."""

    unit: str = ""
    phone: str = ""
    place: str = ""


Reacher: TypeAlias = Callable[[Person, datetime, UUID | None], Reach]


def reach(person: Person, at: datetime, position_id: UUID | None = None) -> Reach:
    """Return how to reach a person on a day; one query.

    The unit is that of the position held as A. Telephone and place are those of
    `position_id` where the person holds it, as A or as B; else those of the
    position held as A. A telephone of the person's own comes before the position's.
    """
    return _reached(person, _tenures(person.id), at.astimezone(SHANGHAI).date(), position_id)


def unit_reach(tenant_id: UUID, name: str) -> Reach:
    """Return where a unit of the office is found: the first place and telephone among its positions.

    One query; a secret position tells nothing; an empty `Reach` for a name that is no unit's.
    """
    posts = Position.objects.filter(tenant_id=tenant_id, unit__name=name.strip(), secret=False)
    found = list(posts.order_by("code").values_list("phone", "place"))
    return Reach(
        unit=name.strip() if found else "",
        phone=next((phone for phone, _ in found if phone), ""),
        place=next((place for _, place in found if place), ""),
    )


def reacher() -> Reacher:
    """Return a `reach` for many: it reads the positions of each person once, as they stand now."""
    known: dict[UUID, list[Appointment]] = {}

    def find(person: Person, at: datetime, position_id: UUID | None = None) -> Reach:
        if person.id not in known:
            known[person.id] = _tenures(person.id)
        return _reached(person, known[person.id], at.astimezone(SHANGHAI).date(), position_id)

    return find


def _tenures(person_id: UUID) -> list[Appointment]:
    """Every position a person holds or held, those as A first."""
    found = Appointment.objects.filter(person=person_id).select_related("position__unit")
    return list(found.order_by("part", "position__code"))


def _reached(person: Person, tenures: Sequence[Appointment], on: date, position_id: UUID | None) -> Reach:
    held = [one for one in tenures if one.since <= on and (one.until is None or on < one.until)]
    if not held:
        return Reach(phone=person.office_phone)
    own = next((one for one in held if one.part == Part.A), held[0]).position
    at_work = next((one.position for one in held if one.position_id == position_id), own)
    return Reach(
        unit=own.unit.name,
        phone=person.office_phone or at_work.phone or own.phone,
        place=at_work.place or own.place,
    )
