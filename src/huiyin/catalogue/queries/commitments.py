"""Commitments: what stands, what is being written, what is public."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from huiyin.catalogue.models import Commitment, Posting
from huiyin.catalogue.terms import CommitmentState
from huiyin.organisation.models import Position, Unit
from huiyin.organisation.queries import Asker
from huiyin.organisation.terms import Rank
from huiyin.rules.errors import NotFound


@dataclass(frozen=True, slots=True)
class Standing:
    """One unit, or the office with `unit` None: its public commitment, and its draft, if there are any."""

    unit: Unit | None
    published: Commitment | None
    draft: Commitment | None


def standings(tenant_id: UUID) -> list[Standing]:
    """Return the office first, then every unit that serves people, by code; three queries."""
    found: dict[tuple[UUID | None, str], Commitment] = {
        (row.unit_id, row.state): row
        for row in _rows(tenant_id).filter(state__in=[CommitmentState.DRAFT, CommitmentState.PUBLISHED])
    }
    units: list[Unit | None] = [None, *serving_units(tenant_id)]
    return [
        Standing(
            unit,
            found.get((unit.id if unit else None, CommitmentState.PUBLISHED)),
            found.get((unit.id if unit else None, CommitmentState.DRAFT)),
        )
        for unit in units
    ]


def serving_units(tenant_id: UUID) -> QuerySet[Unit]:
    """Return the units where work is done, by code: those that only have leaders' posts serve nobody."""
    at_work = Position.objects.filter(tenant_id=tenant_id, rank__in=[Rank.CLERK, Rank.HEAD])
    return Unit.objects.filter(tenant_id=tenant_id, id__in=at_work.values("unit_id")).order_by("code")


def commitment(asker: Asker, commitment_id: UUID) -> Commitment:
    """Return one version of a commitment of the asker's office, or raise NotFound."""
    row = _rows(asker.tenant_id).filter(id=commitment_id).first()
    if row is None:
        raise NotFound
    return row


def history(asker: Asker, unit_id: UUID | None) -> list[Commitment]:
    """Return every version of a unit's commitment, newest first."""
    return list(_rows(asker.tenant_id).filter(unit=unit_id).order_by("-version"))


def published(tenant_id: UUID) -> list[Commitment]:
    """Return what an office has published, its own first, then its units' by code."""
    rows = _rows(tenant_id).filter(state=CommitmentState.PUBLISHED)
    return sorted(rows, key=lambda row: row.unit.code if row.unit else "")


def hanging(tenant_id: UUID) -> QuerySet[Posting]:
    """Return what hangs on the walls of an office now, newest first."""
    rows = Posting.objects.filter(tenant_id=tenant_id, until__isnull=True)
    return rows.select_related("commitment__unit", "item__unit", "recorded_by").order_by(
        "-since", "-recorded_at"
    )


def postings_of(
    asker: Asker, *, commitments: list[Commitment] | None = None, item_id: UUID | None = None
) -> list[Posting]:
    """Return where these commitments or this item hung or hang, newest first."""
    of = Q(commitment__in=commitments) if commitments is not None else Q(item_id=item_id)
    rows = Posting.objects.filter(of, tenant_id=asker.tenant_id)
    return list(rows.select_related("recorded_by", "commitment").order_by("-since", "-recorded_at"))


def posting(asker: Asker, posting_id: UUID) -> Posting:
    """Return one posting of the asker's office, or raise NotFound."""
    rows = Posting.objects.filter(tenant_id=asker.tenant_id, id=posting_id)
    row = rows.select_related("commitment", "item").first()
    if row is None:
        raise NotFound
    return row


def is_outdated(row: Posting) -> bool:
    """Whether what hangs there is no longer what holds."""
    if row.commitment is not None:
        return row.commitment.state != CommitmentState.PUBLISHED
    return row.item is not None and (row.item.version != row.version or not row.item.active)


def _rows(tenant_id: UUID) -> QuerySet[Commitment]:
    return Commitment.objects.filter(tenant_id=tenant_id).select_related(
        "unit", "tenant", "drafted_by", "published_by", "ended_by"
    )
