"""What many papers of a matter have in common: their head, the clause they cite, their lists of materials."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from huiyin.documents import parts
from huiyin.matters.dossier import Dossier, Hand
from huiyin.matters.models import MaterialCheck
from huiyin.matters.queries.receipts import NOBODY, issuer
from huiyin.rules.errors import msg


def common(dossier: Dossier, number: str, hand: Hand) -> dict[str, Any]:
    """What stands on every paper: numbers, office, item, moment, and whom to ask."""
    tenant, matter = dossier.tenant, dossier.matter
    handler = dossier.people(str(matter.custodian_id))
    found = dossier.reach(handler, hand.at, dossier.item.position_id if dossier.item else None)
    return {
        "number": number,
        "matter_number": matter.number,
        "office": issuer(tenant),
        "item": dossier.item.name if dossier.item else matter.question,
        "issued_at": hand.at,
        "handler": parts.Contact(
            name=handler.name,
            unit=found.unit or matter.unit.name,
            phone=found.phone or tenant.phone,
            window=found.place,
        ),
    }


def cited(dossier: Dossier, part: str) -> str:
    """The clause that plays a part, named before it is told in our own words."""
    book = dossier.law.book
    if not book.has(part):
        return NOBODY
    named = {"source": book.reference(part), "text": book.clause(part).zh}
    return msg("%(source)s：%(text)s") % named if named["source"] else named["text"]


def lines(dossier: Dossier, found: Iterable[MaterialCheck]) -> tuple[parts.MaterialLine, ...]:
    """The papers of a check, each as the item's list asks for it."""
    first_hand = originals(dossier)
    return tuple(
        parts.MaterialLine(
            name=row.name,
            copies=row.copies,
            pages=row.pages or 0,
            original=row.name in first_hand,
            optional=not row.required,
        )
        for row in found
    )


def whole_list(dossier: Dossier) -> tuple[parts.MaterialLine, ...]:
    """Everything the item asks for, checked or not, and what the check added to it."""
    listed = dossier.listed()
    known = {one.name for one in listed}
    demanded = tuple(
        parts.MaterialLine(name=one.name, copies=one.copies, original=one.original, optional=not one.required)
        for one in listed
    )
    return demanded + lines(dossier, (row for row in dossier.materials() if row.name not in known))


def originals(dossier: Dossier) -> frozenset[str]:
    """The names of the papers that the item wants in the original."""
    return frozenset(one.name for one in dossier.listed() if one.original)
