"""Who dealt with the like before: past matters as advice, without whom they were about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import Count, Exists, Max, OuterRef, QuerySet

from huiyin.matters.models import Matter
from huiyin.matters.queries.one import visible_to
from huiyin.organisation.models import Person, Unit
from huiyin.organisation.queries import Asker
from huiyin.rules.events import MatterKind
from huiyin.rules.identifiers import narrow, strip_marks
from huiyin.storage import grams

ROOM: Final = "matters"
SHORTEST: Final = 2
_LONGEST: Final = 50


@dataclass(frozen=True, slots=True)
class Handled:
    """Somebody of the office who dealt with matters of which the text was said.

    `times` is how often, among the matters the asker may see and, where there are many, the newest;
    `at_least` says that older ones were not counted. Nothing here tells of a person served.
    """

    person_id: UUID
    person: str
    unit: str
    times: int
    last: datetime
    at_least: bool


def handled_like(asker: Asker, text: str, most: int = 3) -> list[Handled]:
    """Return who dealt most often with matters like this; at most seven queries, whatever the number.

    Only matters that the asker may see count, and only people who are still here are named.
    """
    wanted = " ".join(narrow(strip_marks(text[:200])).split())[:_LONGEST]
    like = grams.like(asker.tenant_id, ROOM, wanted) if len(wanted) >= SHORTEST else None
    if like is None:
        return []
    found = {(who, unit): (times, last) for who, unit, times, last in _seen(asker, like, wanted)}
    people = Person.objects.filter(id__in={who for who, _ in found}, active=True)
    here = dict(people.values_list("id", "name"))
    best = sorted((pair for pair in found if pair[0] in here), key=lambda pair: found[pair], reverse=True)[
        :most
    ]
    units = dict(Unit.objects.filter(id__in={unit for _, unit in best}).values_list("id", "name"))
    return [
        Handled(
            person_id=who,
            person=here[who],
            unit=units[unit],
            times=found[who, unit][0],
            last=found[who, unit][1],
            at_least=like.more,
        )
        for who, unit in best
    ]


def _seen(asker: Asker, like: grams.Like, wanted: str) -> QuerySet[Matter, tuple[UUID, UUID, int, datetime]]:
    """Count the matters that the asker may see and that hold every word, by custodian and unit.

    Reports of misconduct are not counted: who looks into them is nobody's advice to give.

    Whether they may see one is asked of each, by its key: a database that has not counted its rows
    would otherwise go through all matters of the office.
    """
    mine = visible_to(asker).filter(id=OuterRef("id")).order_by()
    rows = Matter.objects.filter(Exists(mine), id__in=like.ids).exclude(kind=MatterKind.REPORT)
    for word in wanted.split():
        rows = rows.filter(summary__icontains=word)
    counted = (
        rows.order_by().values("custodian_id", "unit_id").annotate(times=Count("id"), last=Max("received_at"))
    )
    return counted.values_list("custodian_id", "unit_id", "times", "last")


def texts_of(matters: Sequence[Matter]) -> list[grams.Text]:
    """Return what is kept of matters for this: what lists show of them, in which nobody is named.

    Of misconduct reports nothing is kept, for nobody is asked about them.
    """
    return [
        grams.Text(row.tenant_id, row.id, row.summary) for row in matters if row.kind != MatterKind.REPORT
    ]
