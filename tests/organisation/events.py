"""What the ledger says of a subject."""

from __future__ import annotations

from uuid import UUID

from huiyin.ledger.models import LedgerEvent


def kinds(subject: UUID) -> list[str]:
    return list(LedgerEvent.objects.filter(subject_id=subject).order_by("seq").values_list("kind", flat=True))
