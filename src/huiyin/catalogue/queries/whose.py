"""Whose is it? One box over items, duties, phones and people, by characters or by pinyin."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import product
from operator import or_
from typing import Final, NamedTuple
from uuid import UUID

from django.db.models import Case, F, IntegerField, Q, Value, When
from django.db.models.functions import Replace

from huiyin.catalogue.models import ServiceItem
from huiyin.organisation.models import Appointment, Position
from huiyin.organisation.queries import Asker, Holding, current_on, holdings
from huiyin.organisation.terms import Part
from huiyin.rules.identifiers import narrow, strip_marks
from huiyin.rules.workdays import SHANGHAI
from huiyin.storage import spelling
from huiyin.storage.spelling import Named, Sounding

SHORTEST = 2
_LONGEST = 50
ITEM: Final = "item"
POSITION: Final = "position"
PERSON: Final = "person"
_KINDS = (ITEM, POSITION, PERSON)
_FULL_WIDTH = str.maketrans("(),:;", "（），：；")
_NEARNESS = ("exact", "prefix", "contains", "short", "sound")
_SHORT, _SOUND = 3, 4
_MOST_SOUNDING: Final = 60
_LEAST_DIGITS: Final = 4
_PHONE: Final = re.compile(r"[0-9()\- ]+")
_AROUND: Final = 10
"""Characters of the duties that are shown before and after what was found in them."""
_LONGEST_SHORT_NAME = 8


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: an item, a position or a person, and who is on duty for it now.

    `holder` is on duty now, `duty_as` in what capacity ("A", "B", "head",
    "main_leader", "" for nobody); `a` and `stand_in` are the position's A and
    B whether here or away. `rank` is the rank of the position, `nearness`
    how well the text fits: exact, prefix, contains, short, as 低保 is for
    最低生活保障, or sound, for pinyin. `why` says where it was found: name, code,
    title, duties, phone, short or sound; `found` is the piece of the duties, or
    the phone. `id` is the id of the item, position or person; `item_id` is None
    but for items.
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
    why: str = ""
    found: str = ""


class _Asked(NamedTuple):
    """What is looked for: the words, the digits of a phone if they may be one, and what sounds like them."""

    text: str
    digits: str
    sounds: Mapping[tuple[str, UUID], Sounding]

    def sounding(self, kind: str, limit: int) -> list[list[UUID]]:
        """Rows of a kind that sound like the text, those alike together, the nearest first.

        As many as make up the limit, and what sounds as well as the last of them: among those it is the
        label that decides.
        """
        alike: dict[Sounding, list[UUID]] = {}
        for (of, one), sound in self.sounds.items():
            if of == kind:
                alike.setdefault(sound, []).append(one)
        found: list[list[UUID]] = []
        for sound in sorted(alike, reverse=True):
            if sum(map(len, found)) < limit:
                found.append(alike[sound][:_MOST_SOUNDING])
        return found


class _Hit(NamedTuple):
    nearness: int
    kind: str
    label: str
    id: UUID
    position: Position
    item_id: UUID | None
    why: str
    found: str


def whose(asker: Asker, text: str, limit: int = 12) -> list[Answer]:
    """Find whose business something is; at most five queries whatever the number of answers.

    Searched are names and codes of active items, titles and duties of
    positions, names of people, and phones, from two characters on; every word
    of the text must occur. Letters are also taken for pinyin, in full, in
    initials or mixed. Exact answers come before prefixes, those before the
    rest, these before items that the text is only short for, and what only
    sounds so comes last; items before positions before people.
    """
    wanted = " ".join(strip_marks(text[:200]).split())[:_LONGEST].strip()
    if len(wanted) < SHORTEST:
        return []
    asked = _Asked(wanted, _digits(wanted), spelling.sounding(asker.tenant_id, narrow(wanted)))
    hits = [*_items(asker, asked, limit), *_positions(asker, asked, limit), *_people(asker, asked, limit)]
    best = sorted(hits, key=lambda hit: _order(hit, asked))[:limit]
    held = holdings({hit.position.id: hit.position for hit in best}.values(), asker.at)
    return [_answer(hit, held[hit.position.id]) for hit in best]


def names_of_items(items: Iterable[ServiceItem]) -> list[Named]:
    """Return what items are called, for keeping how it sounds."""
    return [Named(item.tenant_id, ITEM, item.id, (item.name,)) for item in items]


def _order(hit: _Hit, asked: _Asked) -> tuple[object, ...]:
    """The nearest first; of what only sounds so, the whole name before its beginning before the rest."""
    sound = asked.sounds.get((hit.kind, hit.id)) if hit.nearness == _SOUND else None
    rank = tuple(not part for part in sound) if sound else ()
    return (hit.nearness, rank, _KINDS.index(hit.kind), hit.label, hit.id)


def _digits(wanted: str) -> str:
    plain = narrow(wanted)
    digits = re.sub(r"\D", "", plain)
    return digits if len(digits) >= _LEAST_DIGITS and _PHONE.fullmatch(plain) else ""


def _items(asker: Asker, asked: _Asked, limit: int) -> Iterable[_Hit]:
    fields = ("name", "code")
    short, sounds = _short_for(asked.text, "name"), _sounding(asked.sounding(ITEM, limit))
    found = (
        ServiceItem.objects.filter(
            contains(asked.text, *fields) | short | _any_of(sounds), tenant_id=asker.tenant_id, active=True
        )
        .select_related("position__unit")
        .annotate(nearness=_nearness(asked.text, *fields, short=short, sounds=sounds))
        .order_by("nearness", "name", "id")[:limit]
    )
    for row in found:
        near = min(row.nearness, _SOUND)
        why, piece = _why(asked, near, {"name": row.name, "code": row.code})
        yield _Hit(near, ITEM, row.name, row.id, row.position, row.id, why, piece)


def _positions(asker: Asker, asked: _Asked, limit: int) -> Iterable[_Hit]:
    called, sounds = _called(asked.digits, "plain_phone"), _sounding(asked.sounding(POSITION, limit))
    found = (
        Position.objects.annotate(plain_phone=_plain("phone"))
        .filter(contains(asked.text, "title", "duties") | called | _any_of(sounds), tenant_id=asker.tenant_id)
        .select_related("unit")
        .annotate(nearness=_nearness(asked.text, "title", besides="duties", more=called, sounds=sounds))
        .order_by("nearness", "title", "id")[:limit]
    )
    for row in found:
        near = min(row.nearness, _SOUND)
        texts = {"title": row.title, "duties": row.duties, "phone": row.phone}
        why, piece = _why(asked, near, texts)
        yield _Hit(near, POSITION, row.title, row.id, row, None, why, piece)


def _people(asker: Asker, asked: _Asked, limit: int) -> Iterable[_Hit]:
    called = _called(asked.digits, "plain_phone")
    sounds = _sounding(asked.sounding(PERSON, limit), "person__in")
    found = (
        Appointment.objects.annotate(plain_phone=_plain("person__office_phone"))
        .filter(
            contains(asked.text, "person__name") | called | _any_of(sounds),
            current_on(asker.at.astimezone(SHANGHAI).date()),
            tenant_id=asker.tenant_id,
            part=Part.A,
            person__active=True,
        )
        .select_related("person", "position__unit")
        .annotate(nearness=_nearness(asked.text, "person__name", more=called, sounds=sounds))
        .order_by("nearness", "person__name", "position__code")[:limit]
    )
    for row in found:
        near = min(row.nearness, _SOUND)
        why, piece = _why(asked, near, {"name": row.person.name, "phone": row.person.office_phone})
        yield _Hit(near, PERSON, row.person.name, row.person_id, row.position, None, why, piece)


def _sounding(alike: Iterable[list[UUID]], field: str = "id__in") -> list[Q]:
    return [Q(**{field: ids}) for ids in alike]


def _any_of(sounds: Iterable[Q]) -> Q:
    return reduce(or_, sounds, Q(pk__in=[]))


def _plain(field: str) -> Replace:
    return Replace(Replace(F(field), Value("-"), Value("")), Value(" "), Value(""))


def _called(digits: str, field: str) -> Q:
    return Q(**{f"{field}__contains": digits}) if digits else Q(pk__in=[])


def _why(asked: _Asked, nearness: int, texts: Mapping[str, str]) -> tuple[str, str]:
    """Where the text was found, and the piece of it that is worth showing."""
    if nearness in {_SHORT, _SOUND}:
        return _NEARNESS[nearness], ""
    for field, text in texts.items():
        if field != "phone" and all(_at(text, word) >= 0 for word in asked.text.split()):
            return field, _piece(text, asked.text.split()[0]) if field == "duties" else ""
    if asked.digits and asked.digits in re.sub(r"[- ]", "", texts.get("phone", "")):
        return "phone", texts["phone"]
    return next(iter(texts)), ""


def _at(text: str, word: str) -> int:
    places = [text.lower().find(form.lower()) for form in _forms(word)]
    return max(places)


def _piece(text: str, word: str) -> str:
    at = _at(text, word)
    begin, end = max(at - _AROUND, 0), at + len(word) + _AROUND
    return ("…" if begin else "") + " ".join(text[begin:end].split()) + ("…" if end < len(text) else "")


def contains(wanted: str, *fields: str) -> Q:
    """Select rows where every word of the text occurs in one of the fields, in any of its forms."""
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


def _nearness(
    wanted: str,
    *fields: str,
    besides: str = "",
    short: Q | None = None,
    more: Q | None = None,
    sounds: Sequence[Q] = (),
) -> Case:
    """How near a row is, as `_NEARNESS` has it; of what only sounds so, each of `sounds` is one further."""
    exact, prefix = Q(), Q()
    for field, form in product(fields, _forms(wanted)):
        exact |= Q(**{f"{field}__iexact": form})
        prefix |= Q(**{f"{field}__istartswith": form})
    return Case(
        When(exact, then=Value(0)),
        When(prefix, then=Value(1)),
        When(contains(wanted, *fields, *filter(None, [besides])) | (more or Q(pk__in=[])), then=Value(2)),
        *([When(short, then=Value(_SHORT))] if short else []),
        *(When(one, then=Value(_SOUND + n)) for n, one in enumerate(sounds[:-1])),
        default=Value(_SOUND + max(len(sounds) - 1, 0)),
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
        why=hit.why,
        found=hit.found,
    )
