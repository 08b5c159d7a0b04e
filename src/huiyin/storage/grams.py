"""Texts found by any two characters that stand together in them, on both databases alike.

Neither database finds two Chinese characters quickly by itself, and two are what people type. So each
pair of a text is kept as one number, with the office and the room hashed in: looking one up reads a
stretch of the primary key, the newest subject first.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from hashlib import blake2b
from typing import Final, NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from huiyin.storage.inserting import insert_each
from huiyin.storage.models import Gram

MOST_CHARACTERS: Final = 200
MOST_SEEN: Final = 500
"""Subjects of the rarest pair that a look-up goes through, the newest first."""
_MOST_PAIRS: Final = 4
"""Pairs of a longer text that are looked up: one query each, and more tell little more."""
_RUN: Final = re.compile(r"[^\W_]+")


class Text(NamedTuple):
    """What is kept of one subject."""

    tenant_id: UUID
    subject_id: UUID
    text: str


class Like(NamedTuple):
    """The subjects that hold all pairs of a text: a query for their ids, and whether older ones were left."""

    ids: QuerySet[Gram, UUID]
    more: bool


def pairs(text: str) -> list[str]:
    """Return the pairs of neighbouring characters of a text, letters and digits too, each once."""
    plain = unicodedata.normalize("NFKC", text[:MOST_CHARACTERS]).lower()
    runs = _RUN.findall(plain)
    return list(dict.fromkeys(run[at : at + 2] for run in runs for at in range(len(run) - 1)))


def rows_of(room: str, texts: Iterable[Text]) -> list[Gram]:
    """Return the rows of texts, not stored, for those who insert many at once."""
    return [
        Gram(key=_key(one.tenant_id, room, pair), subject_id=one.subject_id)
        for one in texts
        for pair in pairs(one.text)
    ]


def keep(room: str, texts: Iterable[Text]) -> None:
    """Keep texts that are not changed any more, in the caller's transaction; what is kept already stays."""
    insert_each(rows_of(room, texts), ignore_conflicts=True)


def like(tenant_id: UUID, room: str, text: str) -> Like | None:
    """Return the newest subjects whose text holds every pair of this one; None where it has none.

    A query for each pair, at most four, for how often it occurs; the ids are a query to be used in another.
    """
    keys = [_key(tenant_id, room, pair) for pair in _some(pairs(text))]
    if not keys:
        return None
    often = _how_often(keys)
    rarest = min(keys, key=lambda key: often[key])
    seen = Gram.objects.filter(key=rarest).order_by("-subject_id").values("subject_id")[:MOST_SEEN]
    found = Gram.objects.filter(key=rarest, subject_id__in=seen)
    for key in keys:
        if key != rarest:
            found = found.filter(Exists(Gram.objects.filter(key=key, subject_id=OuterRef("subject_id"))))
    return Like(found.values_list("subject_id", flat=True), often[rarest] > MOST_SEEN)


def _some(every: Sequence[str]) -> Sequence[str]:
    """Those to look up: spread over the text, for neighbours mostly stand together anyway."""
    step = -(-len(every) // _MOST_PAIRS) or 1
    return every[::step]


def _how_often(keys: Sequence[int]) -> dict[int, int]:
    """How many subjects hold each pair, counted no further than matters."""
    return {
        key: Gram.objects.filter(key=key).order_by().values("key")[: MOST_SEEN + 1].count() for key in keys
    }


def _key(tenant_id: UUID, room: str, pair: str) -> int:
    hashed = blake2b(tenant_id.bytes + f"{room}\0{pair}".encode(), digest_size=8)
    return int.from_bytes(hashed.digest(), "big", signed=True)
