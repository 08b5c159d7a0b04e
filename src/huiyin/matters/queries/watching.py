"""What bodies outside the line may read, where the office's rulebook has them watch over it."""

from __future__ import annotations

from django.db.models import Q

from huiyin.obligations.models import Obligation
from huiyin.organisation import queries as organisation
from huiyin.organisation.queries import Asker
from huiyin.rules import supervising
from huiyin.rules.events import MatterKind


def watched(asker: Asker) -> Q:
    """What bodies outside the line watch over, where the rulebook names them; never a misconduct report."""
    watching = organisation.watched(asker)
    found = Q(kind=MatterKind.ENQUIRY) if supervising.CONTACTS in watching else Q(pk__in=())
    if supervising.NOTICES in watching:
        found |= Q(notices__gt=0)
    if supervising.LIMITS in watching:
        late = Q(overdue_noted=True) | Q(ended_at__isnull=True, paused=False, due_at__lt=asker.at)
        passed = Obligation.objects.filter(late, tenant_id=asker.tenant_id).values("subject_id")
        found |= Q(id__in=passed) & ~Q(kind=MatterKind.REPORT)
    return found
