"""Keep how people and positions are called, for those who look for them by pinyin."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import islice
from typing import Final

from huiyin.organisation.models import Person, Position, Tenant
from huiyin.storage import spelling
from huiyin.storage.spelling import Named
from huiyin.storage.transactions import write

POSITION: Final = "position"
PERSON: Final = "person"
_BATCH: Final = 500


def name_positions(positions: Iterable[Position]) -> None:
    """Keep titles and duties, in the caller's transaction."""
    spelling.keep(Named(row.tenant_id, POSITION, row.id, (row.title, row.duties)) for row in positions)


def name_people(people: Iterable[Person]) -> None:
    """Keep names, in the caller's transaction."""
    spelling.keep(Named(row.tenant_id, PERSON, row.id, (row.name,)) for row in people)


def rename_all(tenant: Tenant, progress: Callable[[int], None] = lambda _: None) -> int:
    """Keep anew how everybody and every position of an office is called; returns how many.

    For an index that was lost or made by an older version. It is worked out from the registers alone,
    so nothing is recorded.
    """
    positions = Position.objects.filter(tenant=tenant).order_by("id").iterator(_BATCH)
    people = Person.objects.filter(tenant=tenant).order_by("id").iterator(_BATCH)
    done = 0
    while some := list(islice(positions, _BATCH)):
        with write():
            name_positions(some)
        done += len(some)
        progress(len(some))
    while few := list(islice(people, _BATCH)):
        with write():
            name_people(few)
        done += len(few)
        progress(len(few))
    return done
