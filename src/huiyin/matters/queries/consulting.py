"""What other units were asked about a matter, and what they answered."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q

from huiyin.matters.models import Consultation, Matter
from huiyin.organisation.queries import Asker


def consultations_of(matter: Matter) -> list[Consultation]:
    """Every question and its answer, in the order they were asked."""
    rows = Consultation.objects.filter(matter=matter).select_related("asked_by", "asked_of", "answered_by")
    return list(rows.order_by("ordinal"))


def consultation_for(asker: Asker, acting_for: UUID | None, matter: Matter) -> Consultation | None:
    """The oldest question that this person may answer: asked of them, or of the unit they sit in."""
    theirs = Q(asked_of=acting_for or asker.person_id)
    if acting_for is None:
        theirs |= Q(unit__in=asker.unit_ids | asker.headed_unit_ids)
    rows = Consultation.objects.filter(theirs, matter=matter, answered_at__isnull=True)
    return rows.order_by("ordinal").first()
