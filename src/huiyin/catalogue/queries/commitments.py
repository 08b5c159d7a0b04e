"""Commitments: what stands, what is being written, what is public."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet

from huiyin.catalogue.models import Commitment, Posting
from huiyin.catalogue.terms import CommitmentState
from huiyin.organisation.models import Position, Unit
from huiyin.organisation.queries import Asker
from huiyin.organisation.terms import Rank
from huiyin.rules.errors import NotFound
from huiyin.rules.regimes.service_commitment import Line, lines
from huiyin.rules.workdays import SHANGHAI

_LONGEST: Final = len("9999")


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


def commitment_on(asker: Asker, unit_id: UUID | None, day: date) -> Commitment | None:
    """Return the version that a unit, or with None the office, had published at the end of a day, if any.

    Only of the asker's office (p1/p4.service-commitment.6).
    """
    after = datetime.combine(day + timedelta(days=1), time.min, SHANGHAI)
    rows = _rows(asker.tenant_id).filter(unit=unit_id, published_at__lt=after)
    return rows.filter(Q(ended_at__isnull=True) | Q(ended_at__gte=after)).order_by("-version").first()


def published(tenant_id: UUID) -> list[Commitment]:
    """Return what an office has published, its own first, then its units' by code."""
    rows = _rows(tenant_id).filter(state=CommitmentState.PUBLISHED)
    return sorted(rows, key=lambda row: row.unit.code if row.unit else "")


def reference(row: Commitment, number: int) -> str:
    """Return how a line of a version is named: the unit's code, version, line, such as `MZ/3/12`.

    Of a commitment of the whole office no unit is named: `3/12`.
    """
    return "/".join([*([row.unit.code] if row.unit else []), str(row.version), str(number)])


def promise_line(tenant_id: UUID, named: str) -> tuple[Commitment, Line]:
    """Return the version and the line that a reference names; NotFound for a draft, or none."""
    # A unit's code may have a stroke of its own; what stands before it is no more than a code.
    *whose, version, number = ["", *named.strip().rsplit("/", 2)]
    if not all(one.isdecimal() and one.isascii() and len(one) <= _LONGEST for one in (version, number)):
        raise NotFound
    code = whose[-1]
    rows = _rows(tenant_id).filter(version=int(version), published_at__isnull=False)
    row = (rows.filter(unit__code__iexact=code) if code else rows.filter(unit=None)).first()
    if row is None:
        raise NotFound
    return row, line_at(row, int(number))


def line_at(row: Commitment, number: int) -> Line:
    """Return a line of a version by its number; NotFound for one that it does not have."""
    told = lines(row.said)
    if not 0 < number <= len(told):
        raise NotFound
    return told[number - 1]


def was_public(row: Commitment, first: datetime, last: datetime) -> bool:
    """Say whether a version was public at some moment from `first` to `last`."""
    began = row.published_at
    return began is not None and began <= last and (row.ended_at is None or row.ended_at >= first)


def any_public(tenant_id: UUID, parts: tuple[str, ...], first: datetime, last: datetime) -> bool:
    """Say whether some version that was public then has a line in one of these parts."""
    found = Commitment.objects.filter(tenant_id=tenant_id, published_at__lte=last)
    rows = found.filter(Q(ended_at__isnull=True) | Q(ended_at__gte=first))
    return any(one.part in parts for row in rows for one in lines(row.said))


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
