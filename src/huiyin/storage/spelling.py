"""Names found by how they sound: in full pinyin, in initials, or in a mixture, whatever row they belong to.

What a name sounds like is worked out when it is written and kept beside it, one row for every syllable it
may be entered at; a look-up reads few of these rows and compares letters. Each character keeps its usual
readings, so that 解 is found as jie and as xie.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib import import_module
from itertools import product
from typing import Final, NamedTuple
from uuid import UUID

from django.db.models import Q

from huiyin.storage.models import Spelling

SHORTEST: Final = 2
LONGEST: Final = 30
MOST_CHARACTERS: Final = 60
"""Characters of one text that are kept; people look for how something begins."""
_SYLLABLES: Final = 12
_READINGS: Final = 3
_BATCH: Final = 1_000
_MOST: Final = 1_000
_TYPED: Final = re.compile(r"[a-z0-9' ]+")
_DOUBLE: Final = ("zh", "ch", "sh")
_KEPT: Final = re.compile(r"[\w]")


class Named(NamedTuple):
    """What one row of a table is called: `kind` says which table."""

    tenant_id: UUID
    kind: str
    subject_id: UUID
    texts: tuple[str, ...]


class Sounding(NamedTuple):
    """How well a name fits: `whole` to its end, `begins` at its beginning, `full` without abbreviation."""

    whole: bool
    begins: bool
    full: bool


def keep(names: Iterable[Named]) -> None:
    """Keep how rows are called, in place of what was kept of them; in the caller's transaction."""
    found = list(names)
    for start in range(0, len(found), _BATCH):
        some = found[start : start + _BATCH]
        Spelling.objects.filter(subject_id__in=[one.subject_id for one in some]).delete()
        Spelling.objects.bulk_create([row for one in some for row in rows_of(one)], batch_size=_BATCH)


def rows_of(named: Named) -> Iterator[Spelling]:
    """Give the rows of one name, not stored."""
    seen: set[tuple[str, str]] = set()
    for text in named.texts:
        spoken = readings(text)
        for at in range(max(len(spoken) - 1, 1) if spoken else 0):
            part = spoken[at : at + _SYLLABLES]
            written = " ".join("/".join(ways) for ways in part)
            for initials in {one + two for one, two in product(_firsts(part, 0), _firsts(part, 1))}:
                if (initials, written) in seen:
                    continue
                seen.add((initials, written))
                yield Spelling(
                    tenant_id=named.tenant_id,
                    kind=named.kind,
                    subject_id=named.subject_id,
                    initials=initials,
                    readings=written,
                    begins=at == 0,
                )


def readings(text: str) -> list[tuple[str, ...]]:
    """Return the ways each character is read, the usual one first; letters and digits as they are."""
    table = _table()
    plain = unicodedata.normalize("NFKC", text[:MOST_CHARACTERS]).lower()
    found = []
    for character in plain:
        if ways := table.get(ord(character)):
            found.append(_toneless(ways))
        elif character.isascii() and character.isalnum():
            found.append((character,))
    return found


def is_spelt(text: str) -> bool:
    """Say whether a text can be pinyin: letters, and perhaps digits, at least two."""
    plain = _plain(text)
    return SHORTEST <= len(plain) <= LONGEST and _TYPED.fullmatch(text.lower().strip()) is not None


def sounding(tenant_id: UUID, text: str) -> Mapping[tuple[str, UUID], Sounding]:
    """Return what of the office sounds like the letters, by kind and id, with how well it fits; one query."""
    wanted = _plain(text)
    if not is_spelt(text):
        return {}
    found: dict[tuple[str, UUID], Sounding] = {}
    rows = Spelling.objects.filter(_candidates(wanted), tenant_id=tenant_id).order_by("-begins", "id")
    for kind, subject_id, written, begins in rows.values_list("kind", "subject_id", "readings", "begins")[
        :_MOST
    ]:
        fit = fits(wanted, [tuple(ways.split("/")) for ways in written.split(" ")])
        if fit is not None:
            one = Sounding(fit[0] and begins, begins, fit[1])
            found[kind, subject_id] = max(found.get((kind, subject_id), one), one)
    return found


def fits(wanted: str, spoken: Sequence[tuple[str, ...]]) -> tuple[bool, bool] | None:
    """Say whether letters are syllables, or their beginnings, in this order; None when they are not.

    Answers (nothing of the name is left over, every syllable but the last was written in full).
    """
    if not wanted:
        return not spoken, True
    if not spoken:
        return None
    best: tuple[bool, bool] | None = None
    for way in spoken[0]:
        for taken in {way, way[:1], way[:2] if way[:2] in _DOUBLE else way[:1]}:
            if not wanted.startswith(taken):
                continue
            rest = fits(wanted[len(taken) :], spoken[1:])
            if rest is not None:
                found = (rest[0], rest[1] and taken == way)
                best = max(best or found, found)
        if best is None and way.startswith(wanted):
            best = (len(spoken) == 1 and way == wanted, True)
    return best


def _candidates(wanted: str) -> Q:
    """Select rows by the first letters of the first two syllables, in whichever ways the letters part."""
    ends = {1} | ({2} if wanted[:2] in _DOUBLE else set())
    ends |= {length for length in range(1, 7) if wanted[:length] in _syllables()}
    pairs = {end: wanted[0] + wanted[end] for end in ends if end < len(wanted)}
    narrow = Q(pk__in=[])
    for end, pair in sorted(pairs.items()):
        # Where the first syllable was written in full, its letters narrow the search before any are compared.
        written = Q(readings__contains=wanted[:end]) if wanted[:end] in _syllables() else Q()
        narrow |= written & Q(initials=pair)
    some = Q(initials__in=sorted(set(pairs.values()))) & narrow
    if any(syllable.startswith(wanted) for syllable in _syllables()):
        following = chr(ord(wanted[0]) + 1)
        some |= Q(initials__gte=wanted[0], initials__lt=following, readings__contains=wanted)
    return some


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.lower().replace("ü", "v"))


def _firsts(part: Sequence[tuple[str, ...]], at: int) -> list[str]:
    return sorted({way[:1] for way in part[at]}) if at < len(part) else [""]


@cache
def _table() -> Mapping[int, str]:
    """The readings of characters by code point. Loaded when the first name is written: it is large."""
    found: Mapping[int, str] = import_module("pypinyin.pinyin_dict").pinyin_dict
    return found


@cache
def _toneless(ways: str) -> tuple[str, ...]:
    """Some of the readings of a character without their tones; ü is written v, as on keyboards."""
    letters = (
        "".join(
            character
            for character in unicodedata.normalize("NFD", way).replace("u\u0308", "v")
            if character.isascii() and character.isalpha()
        )
        for way in ways.split(",")
    )
    return tuple(dict.fromkeys(filter(None, letters)))[:_READINGS]


@cache
def _syllables() -> frozenset[str]:
    return frozenset(way for ways in _table().values() for way in _toneless(ways))
