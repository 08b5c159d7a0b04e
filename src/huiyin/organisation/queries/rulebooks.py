"""The office's rulebook: the shipped one, with the office's own changes from their days on."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date
from typing import Final
from uuid import UUID

from django.db.models import QuerySet

from huiyin.organisation.models import RulebookChange, Tenant
from huiyin.organisation.queries.asker import Asker
from huiyin.organisation.terms import ChangeState
from huiyin.rules.errors import NotFound
from huiyin.rules.overlays import Overlay, as_begun, overlaid, parse_overlay
from huiyin.rules.rulebook import Rulebook, RulebookError, load

_MOST: Final = 256
_overlays: dict[tuple[UUID, str], tuple[Overlay, ...]] = {}
_books: dict[tuple[object, ...], Rulebook] = {}


def book_of(tenant: Tenant, began: date, *, on: date | None = None) -> Rulebook:
    """Return the rulebook that binds what began on a day, its clauses worded as on the day `on`.

    A change from a later day does not reach it unless the change says so. Asks no query unless
    this process has not seen the office's changes yet.
    """
    base = load(tenant.rulebook)
    if not tenant.rulebook_digest:
        return base
    kept = as_begun(_adopted(tenant), began)
    day = on or began
    worded = sum(change.since <= day for overlay in kept for change in overlay.changes)
    key = (base.version, worded, *(one.digest for one in kept))
    found = _books.get(key)
    if found is None:
        if len(_books) >= _MOST:
            _books.clear()
        found = _books[key] = overlaid(base, _fitting(base, kept)[0], worded=day)
    return found


def composed(tenant: Tenant, rows: Iterable[RulebookChange]) -> Rulebook:
    """Return the office's rulebook with these changes, all in force; raises RulebookError."""
    ordered = sorted(rows, key=lambda one: one.since)
    return overlaid(load(tenant.rulebook), [overlay_of(row) for row in ordered])


def unfit(tenant: Tenant) -> dict[int, str]:
    """Return the office's changes that the shipped rulebook cannot follow, and why, by their numbers.

    A later version of the program may no longer have what an older change names. Such a change is
    left out of the office's rulebook, and it is said wherever people look.
    """
    if not tenant.rulebook_digest:
        return {}
    wrong = _fitting(load(tenant.rulebook), _adopted(tenant))[1]
    numbers = {overlay_of(row).digest: row.number for row in adopted_changes(tenant.id)} if wrong else {}
    return {numbers[digest]: why for digest, why in wrong.items()}


def rulebook_changes(asker: Asker) -> QuerySet[RulebookChange]:
    """Return every proposal of the asker's office, newest first."""
    return (
        RulebookChange.objects.filter(tenant_id=asker.tenant_id)
        .select_related("proposed_by", "decided_by", "replaces")
        .order_by("-number")
    )


def rulebook_change(asker: Asker, change_id: UUID) -> RulebookChange:
    """Return one proposal of the asker's office, or raise NotFound."""
    row = rulebook_changes(asker).filter(id=change_id).first()
    if row is None:
        raise NotFound
    return row


def adopted_changes(tenant_id: UUID) -> QuerySet[RulebookChange]:
    """Return the confirmed changes of an office in the order they apply."""
    return RulebookChange.objects.filter(
        tenant_id=tenant_id, state=ChangeState.CONFIRMED, replaces__isnull=True
    ).order_by("since", "decided_at", "number")


def overlay_of(row: RulebookChange) -> Overlay:
    """Return the change that a row holds."""
    return parse_overlay(row.text, str(row.number))


def rulebook_digest(rows: Iterable[RulebookChange]) -> str:
    """Return what stands for adopted changes; "" for none."""
    parts = [f"{row.number} {row.text}" for row in rows]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32] if parts else ""


def _fitting(base: Rulebook, overlays: Iterable[Overlay]) -> tuple[list[Overlay], dict[str, str]]:
    """The overlays that hold on a rulebook, in order, and by their digests why others do not."""
    kept: list[Overlay] = []
    wrong: dict[str, str] = {}
    for one in overlays:
        try:
            overlaid(base, [*kept, one])
        except RulebookError as error:
            wrong[one.digest] = str(error)
        else:
            kept.append(one)
    return kept, wrong


def _adopted(tenant: Tenant) -> tuple[Overlay, ...]:
    known = _overlays.get((tenant.id, tenant.rulebook_digest))
    if known is not None:
        return known
    rows = list(adopted_changes(tenant.id))
    found = tuple(overlay_of(row) for row in rows)
    if len(_overlays) >= _MOST:
        _overlays.clear()
    # Somebody may have confirmed more since the office was read: kept under what it really is.
    _overlays[tenant.id, rulebook_digest(rows)] = found
    return found
