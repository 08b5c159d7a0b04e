"""The provisions that set an item's statutory limit: law, article, limit, and since when until when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from huiyin.catalogue.terms import Category
from huiyin.rules.rulebook import Rulebook
from huiyin.rules.vocabulary import Limit, Unit

APPROVAL: Final = "approval_basis"
PETITION: Final = "petition_basis"
BY_LAW: Final = "item_limit_by_law"
_PARTS: Final[Mapping[str, tuple[str, ...]]] = {
    Category.APPROVAL: (APPROVAL, BY_LAW),
    Category.PETITION: (PETITION,),
}


@dataclass(frozen=True, slots=True)
class Basis:
    """One provision. `until` is the first day it no longer holds; None while it does."""

    law: str
    article: str
    limit: Limit
    since: date
    until: date | None = None

    def holds(self, on: date) -> bool:
        """Whether it is in force on a day."""
        return self.since <= on and (self.until is None or on < self.until)


def demanding(book: Rulebook, category: str) -> str:
    """The part by which an item of this category takes its statutory limit from a provision; "" for none."""
    return next((part for part in _PARTS.get(category, ()) if book.has(part)), "")


def statutory_on(bases: Iterable[Basis], on: date) -> Limit | None:
    """The limit that the provisions in force on a day set; None when none is.

    Where several hold, the one that began last, then the shortest of it: the newer law prevails.
    """
    held = [one for one in bases if one.holds(on)]
    if not held:
        return None
    newest = max(one.since for one in held)
    return min((one.limit for one in held if one.since == newest), key=lambda limit: limit.amount)


def plain_bases(bases: Iterable[Basis]) -> list[dict[str, Any]]:
    """The provisions as JSON values; `read_bases` gives equal ones back."""
    return [
        {
            "law": one.law,
            "article": one.article,
            "amount": one.limit.amount,
            "unit": one.limit.unit.value,
            "since": one.since.isoformat(),
            "until": one.until.isoformat() if one.until else "",
        }
        for one in bases
    ]


def read_bases(raw: Iterable[Mapping[str, Any]]) -> tuple[Basis, ...]:
    """The provisions that `plain_bases` wrote."""
    return tuple(
        Basis(
            one["law"],
            one["article"],
            Limit(one["amount"], Unit(one["unit"])),
            date.fromisoformat(one["since"]),
            date.fromisoformat(one["until"]) if one["until"] else None,
        )
        for one in raw
    )
