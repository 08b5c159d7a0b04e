"""Who is meant where a text names somebody, or a position."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from huiyin.organisation.models import Appointment, Person, Position
from huiyin.organisation.queries.presence import current_on
from huiyin.rules.identifiers import strip_marks
from huiyin.rules.workdays import SHANGHAI

_POST: Final = "岗"
_SHORTEST: Final = 2
"""Characters of a title that can be meant by it: one alone stands in too many words."""
_READ: Final = "\x00"
"""Stands in the place of a title that was read, so that no shorter one is read out of it again."""


def named_in(tenant_id: UUID, text: str) -> list[UUID]:
    """Return the active people of an office whose whole name stands somewhere in a text; one query."""
    plain = _plain(text)
    found = Person.objects.filter(tenant_id=tenant_id, active=True).order_by("staff_no")
    named = ((key, _plain(name)) for key, name in found.values_list("id", "name"))
    return [key for key, name in named if name and name in plain]


def holders_named_in(tenant_id: UUID, text: str, at: datetime) -> list[UUID]:
    """Return the active holders and stand-ins, on the day, of the positions whose title stands in a text.

    A title is read with its last 岗 or without it, 副镇长 never as 镇长. Two queries at most.
    """
    titles: dict[str, set[UUID]] = {}
    for key, title in Position.objects.filter(tenant_id=tenant_id).values_list("id", "title"):
        for name in {_plain(title), _plain(title).removesuffix(_POST)}:
            if len(name) >= _SHORTEST:
                titles.setdefault(name, set()).add(key)
    plain, meant = _plain(text), set[UUID]()
    for name in sorted(titles, key=len, reverse=True):
        if name in plain:
            meant |= titles[name]
            plain = plain.replace(name, _READ)
    if not meant:
        return []
    day = at.astimezone(SHANGHAI).date()
    held = Appointment.objects.filter(current_on(day), position__in=meant, person__active=True)
    return list(dict.fromkeys(held.order_by("position__code", "part").values_list("person_id", flat=True)))


def _plain(text: str) -> str:
    return "".join(strip_marks(text).split())
