"""What other units were asked about a matter, and what they answered."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q

from huiyin.matters.models import Consultation, Guidance, Matter
from huiyin.organisation.queries import Asker
from huiyin.rules.events import Route
from huiyin.rules.regimes import first_responder


def consultations_of(matter: Matter) -> list[Consultation]:
    """Every question and its answer, in the order they were asked."""
    rows = Consultation.objects.filter(matter=matter).select_related("asked_by", "asked_of", "answered_by")
    return list(rows.order_by("ordinal"))


def consulted(ids: Collection[UUID]) -> dict[UUID, list[Consultation]]:
    """What units were asked about each of the matters that any was asked about; one query."""
    found: dict[UUID, list[Consultation]] = {}
    rows = Consultation.objects.filter(matter__in=ids).only("id", "matter", "unit_name", "answered_at")
    for row in rows.order_by("ordinal"):
        found.setdefault(row.matter_id, []).append(row)
    return found


def consultation_for(asker: Asker, acting_for: UUID | None, matter: Matter) -> Consultation | None:
    """The oldest question that this person may answer: asked of them, or of the unit they sit in."""
    theirs = Q(asked_of=acting_for or asker.person_id)
    if acting_for is None:
        theirs |= Q(unit__in=asker.unit_ids | asker.headed_unit_ids)
    rows = Consultation.objects.filter(theirs, matter=matter, answered_at__isnull=True)
    return rows.order_by("ordinal").first()


def co_handlers(matter: Matter) -> list[str]:
    """The bodies that a shared matter is dealt with together with, in the order they were named."""
    rows = Guidance.objects.filter(matter=matter, route=Route.SHARED.value).order_by("id")
    named = [one for row in rows for one in first_responder.bodies(row.department)]
    return list(dict.fromkeys(named))


def was_asked(asker: Asker, row: Consultation) -> bool:
    """Whether the question was put to this person, to whom they stand in for, or to their unit."""
    me = {asker.person_id, *asker.stands_in_for}
    return row.asked_of_id in me or row.unit_id in asker.unit_ids | asker.headed_unit_ids
