"""Whose is it? One box over items, duties and people."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product
from typing import NamedTuple
from uuid import UUID

from django.db.models import Case, IntegerField, Q, Value, When

from huiyin.catalogue.models import ServiceItem
from huiyin.organisation.models import Appointment, Position
from huiyin.organisation.queries import Asker, Holding, current_on, holdings
from huiyin.organisation.terms import Part
from huiyin.rules.identifiers import narrow, strip_marks
from huiyin.rules.workdays import SHANGHAI

SHORTEST = 2
_LONGEST = 50
_KINDS = ("item", "position", "person")
_FULL_WIDTH = str.maketrans("(),:;", "（），：；")
_NEARNESS = ("exact", "prefix", "contains", "short")
_LONGEST_SHORT_NAME = 8


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: an item, a position or a person, and who is on duty for it now.

    `holder` is on duty now, `duty_as` in what capacity ("A", "B", "head",
    "main_leader", "" for nobody); `a` and `stand_in` are the position's A and
    B whether here or away. `rank` is the rank of the position, `nearness`
    how well the text fits: exact, prefix, contains, or short, as 低保 is for
    最低生活保障. `id` is the id of the item, position or person; `item_id` is
    None but for items.
    """

    kind: str
    id: UUID
    label: str
    unit: str
    position_id: UUID
    position: str
    rank: str
    holder: str
    holder_id: UUID | None
    duty_as: str
    a: str
    a_absent: bool
    stand_in: str
    stand_in_absent: bool
    phone: str
    place: str
    item_id: UUID | None
    nearness: str


class _Hit(NamedTuple):
    nearness: int
    kind: str
    label: str
    id: UUID
    position: Position
    item_id: UUID | None


def whose(asker: Asker, text: str, limit: int = 12) -> list[Answer]:
    """Find whose business something is; four queries whatever the number of answers.

    Searched are names and codes of active items, titles and duties of
    positions, and names of people, from two characters on; every word of the
    text must occur. Exact answers come before prefixes, those before the rest
    and these before items that the text is only short for; items before
    positions before people.
    """
    wanted = " ".join(strip_marks(text[:200]).split())[:_LONGEST].strip()
    if len(wanted) < SHORTEST:
        return []
    hits = [*_items(asker, wanted, limit), *_positions(asker, wanted, limit), *_people(asker, wanted, limit)]
    best = sorted(hits, key=lambda hit: (hit.nearness, _KINDS.index(hit.kind), hit.label, hit.id))[:limit]
    held = holdings({hit.position.id: hit.position for hit in best}.values(), asker.at)
    return [_answer(hit, held[hit.position.id]) for hit in best]


def _items(asker: Asker, wanted: str, limit: int) -> Iterable[_Hit]:
    found = (
        ServiceItem.objects.filter(
            _contains(wanted, "name", "code") | _short_for(wanted, "name"),
            tenant_id=asker.tenant_id,
            active=True,
        )
        .select_related("position__unit")
        .annotate(nearness=_nearness(wanted, "name", "code"))
        .order_by("nearness", "name", "id")[:limit]
    )
    return (_Hit(row.nearness, "item", row.name, row.id, row.position, row.id) for row in found)


def _positions(asker: Asker, wanted: str, limit: int) -> Iterable[_Hit]:
    found = (
        Position.objects.filter(_contains(wanted, "title", "duties"), tenant_id=asker.tenant_id)
        .select_related("unit")
        .annotate(nearness=_nearness(wanted, "title", besides="duties"))
        .order_by("nearness", "title", "id")[:limit]
    )
    return (_Hit(row.nearness, "position", row.title, row.id, row, None) for row in found)


def _people(asker: Asker, wanted: str, limit: int) -> Iterable[_Hit]:
    found = (
        Appointment.objects.filter(
            _contains(wanted, "person__name"),
            current_on(asker.at.astimezone(SHANGHAI).date()),
            tenant_id=asker.tenant_id,
            part=Part.A,
            person__active=True,
        )
        .select_related("person", "position__unit")
        .annotate(nearness=_nearness(wanted, "person__name"))
        .order_by("nearness", "person__name", "position__code")[:limit]
    )
    return (_Hit(row.nearness, "person", row.person.name, row.person_id, row.position, None) for row in found)


def _contains(wanted: str, *fields: str) -> Q:
    every = Q()
    for word in wanted.split():
        some = Q()
        for field, form in product(fields, _forms(word)):
            some |= Q(**{f"{field}__icontains": form})
        every &= some
    return every


def _short_for(wanted: str, field: str) -> Q:
    """Select names that hold the characters of one short word in their order.

    No part of the pattern can run past the character after it, so the time is
    that of reading the name once.
    """
    word = narrow(wanted)
    if not word.isalnum() or len(word) > _LONGEST_SHORT_NAME:
        return Q(pk__in=[])
    return Q(**{f"{field}__iregex": "^" + "".join(f"[^{character}]*{character}" for character in word)})


def _nearness(wanted: str, *fields: str, besides: str = "") -> Case:
    exact, prefix = Q(), Q()
    for field, form in product(fields, _forms(wanted)):
        exact |= Q(**{f"{field}__iexact": form})
        prefix |= Q(**{f"{field}__istartswith": form})
    return Case(
        When(exact, then=Value(0)),
        When(prefix, then=Value(1)),
        When(_contains(wanted, *fields, *filter(None, [besides])), then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )


def _forms(text: str) -> set[str]:
    """Full-width and plain brackets and digits are the same to whoever types them."""
    return {text, narrow(text), narrow(text).translate(_FULL_WIDTH)}


def _answer(hit: _Hit, holding: Holding) -> Answer:
    position = hit.position
    phone = position.phone or (holding.duty.office_phone if holding.duty else "")
    return Answer(
        kind=hit.kind,
        id=hit.id,
        label=hit.label,
        unit=position.unit.name,
        position_id=position.id,
        position=position.title,
        rank=position.rank,
        holder=holding.duty.name if holding.duty else "",
        holder_id=holding.duty.id if holding.duty else None,
        duty_as=holding.duty_as,
        a=holding.a.name if holding.a else "",
        a_absent=holding.a_absent,
        stand_in=holding.b.name if holding.b else "",
        stand_in_absent=holding.b_absent,
        phone=phone,
        place=position.place,
        item_id=hit.item_id,
        nearness=_NEARNESS[hit.nearness],
    )
