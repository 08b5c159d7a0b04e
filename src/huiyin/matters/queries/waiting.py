"""What waits on a matter for somebody: a hand-over, more time, a refusal, an answer, papers to collect."""

from __future__ import annotations

from dataclasses import dataclass

from huiyin.matters.models import (
    ExtensionRequest,
    Handover,
    Instruction,
    MaterialReturn,
    Matter,
    RefusalFiling,
)


@dataclass(frozen=True, slots=True)
class Pending:
    """What waits on the matter now."""

    handover: Handover | None
    extension: ExtensionRequest | None
    untold: ExtensionRequest | None
    filing: RefusalFiling | None
    instruction: Instruction | None
    back: MaterialReturn | None


def pending_of(matter: Matter) -> Pending:
    """The hand-over, extension and filing that wait for somebody, if any."""
    extensions = list(ExtensionRequest.objects.filter(matter=matter).select_related("requested_by"))
    return Pending(
        handover=Handover.objects.filter(matter=matter, ended_at__isnull=True)
        .select_related("giver", "taker")
        .first(),
        extension=next((row for row in extensions if row.granted is None and row.withdrawn_at is None), None),
        untold=next((row for row in extensions if row.granted and row.told_at is None), None),
        filing=RefusalFiling.objects.filter(matter=matter)
        .exclude(ending__in=["overturned", "corrected"])
        .select_related("proposed_by", "filed_to")
        .first(),
        instruction=Instruction.objects.filter(matter=matter)
        .select_related("asked_by", "asked_of", "answered_by")
        .order_by("id")
        .last(),
        back=MaterialReturn.objects.filter(matter=matter).order_by("id").last(),
    )
