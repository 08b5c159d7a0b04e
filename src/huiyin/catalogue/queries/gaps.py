"""What should be public and is not: the list of gaps, each with the clause that asks for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final
from uuid import UUID

from huiyin.catalogue.models import GuideGiven, Posting, ServiceItem
from huiyin.catalogue.queries.commitments import hanging, is_outdated, standings
from huiyin.catalogue.queries.guides import limits_of, public_items
from huiyin.catalogue.terms import PostingKind
from huiyin.organisation.models import Tenant
from huiyin.organisation.queries import Asker, book_of
from huiyin.rules.regimes.service_commitment import BOARD, by_unit, for_office
from huiyin.rules.rulebook import Rulebook

GUIDES: Final = "guides"
PUBLIC: Final = "guides_public"
GIVEN: Final = "guides_handed"


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that is lacking. `what` is a code; `unit` is "" for the office as a whole.

    commitment: no published commitment; board: it does not hang anywhere;
    board_outdated, guide_outdated: what hangs is not what holds; guide: no
    public guide; guide_part: the guide lacks `parts`.
    """

    what: str
    unit: str
    clause: str
    item_id: UUID | None = None
    item: str = ""
    code: str = ""
    unit_id: UUID | None = None
    place: str = ""
    parts: tuple[str, ...] = field(default=())


def gaps(tenant: Tenant, on: date) -> list[Gap]:
    """Return what the office should publish by its rulebook and does not; six queries at most."""
    book = book_of(tenant, on)
    postings = list(hanging(tenant.id))
    return [
        *_commitments(tenant, book, on, postings),
        *_guides(tenant, book, on, postings),
        *_outdated(book, postings),
    ]


def guides_given(asker: Asker, *, item_id: UUID | None = None, most: int = 100) -> list[GuideGiven]:
    """Return the guides handed over last in the asker's office, newest first; of one item when named."""
    rows = GuideGiven.objects.filter(tenant_id=asker.tenant_id)
    if item_id is not None:
        rows = rows.filter(item_id=item_id)
    return list(rows.select_related("item", "given_by").order_by("-given_at")[:most])


def lacking_parts(
    item: ServiceItem, wanted: Mapping[str, object] | list[str], papers: int
) -> tuple[str, ...]:
    """Return which of the wanted contents an item says nothing of."""
    statutory, committed = limits_of(item)
    said = {
        "legal_basis": bool(item.legal_basis.strip() or item.bases),
        "conditions": bool(item.conditions.strip()),
        "procedure": bool(item.procedure.strip() or item.steps),
        "time_limit": bool(item.instant or statutory or committed),
        "all_materials": papers > 0,
        "fee": bool(item.fee.strip()),
    }
    return tuple(name for name in wanted if not said.get(name, True))


def _commitments(tenant: Tenant, book: Rulebook, on: date, postings: list[Posting]) -> Iterator[Gap]:
    each, whole = by_unit(book, on), for_office(book, on)
    board = book.cite(BOARD) if book.has(BOARD) else ""
    if not (each or whole or board):
        return
    posted = {row.commitment_id for row in postings}
    for one in standings(tenant.id):
        name = one.unit.name if one.unit else ""
        unit_id = one.unit.id if one.unit else None
        clause = each if one.unit else whole
        if one.published is None and clause:
            yield Gap("commitment", name, clause, unit_id=unit_id)
        if one.published is not None and board and one.published.id not in posted:
            yield Gap("board", name, board, unit_id=unit_id)


def _guides(tenant: Tenant, book: Rulebook, on: date, postings: list[Posting]) -> Iterator[Gap]:
    for part in (GUIDES, PUBLIC):
        if book.has(part):
            yield from _of_items(tenant, book, part, on, postings)


def _of_items(tenant: Tenant, book: Rulebook, part: str, on: date, postings: list[Posting]) -> Iterator[Gap]:
    wanted = book.value(part, "fields", on)
    # On the wall counts only where the clause says so; a guide to take along must be on the page.
    on_wall = {row.item_id for row in postings} if part == PUBLIC else set()
    for item in public_items(tenant.id, closed_too=True):
        lacks = lacking_parts(item, wanted, len(item.materials.all()))
        if not item.open_to_public and item.id not in on_wall:
            yield _gap("guide", item, book.cite(part))
        elif lacks:
            yield _gap("guide_part", item, book.cite(part), lacks)


def _gap(what: str, item: ServiceItem, clause: str, parts: tuple[str, ...] = ()) -> Gap:
    return Gap(what, item.unit.name, clause, item.id, item.name, item.code, item.unit_id, parts=parts)


def _outdated(book: Rulebook, postings: list[Posting]) -> Iterator[Gap]:
    """What hangs and no longer holds misleads people, whether or not a clause asked to hang it up."""
    for row in filter(is_outdated, postings):
        if row.kind == PostingKind.BOARD and row.commitment is not None:
            unit = row.commitment.unit
            clause = book.cite(BOARD) if book.has(BOARD) else ""
            yield Gap(
                "board_outdated",
                unit.name if unit else "",
                clause,
                unit_id=unit.id if unit else None,
                place=row.place,
            )
        elif row.item is not None:
            clause = book.cite(PUBLIC) if book.has(PUBLIC) else ""
            item = row.item
            yield Gap(
                "guide_outdated",
                item.unit.name,
                clause,
                item.id,
                item.name,
                item.code,
                item.unit_id,
                place=row.place,
            )
