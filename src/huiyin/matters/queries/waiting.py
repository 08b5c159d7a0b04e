"""What waits on a matter for somebody: a hand-over, more time, a refusal, an answer, papers to collect."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from huiyin.matters.models import (
    Deposit,
    ExtensionRequest,
    Handover,
    Instruction,
    MaterialCheck,
    MaterialReturn,
    Matter,
    Notice,
    RefusalFiling,
    Routing,
)
from huiyin.organisation import queries as organisation
from huiyin.organisation.models import Person
from huiyin.organisation.queries import has_gone, is_uncovered
from huiyin.rules.lifecycle import Stage

_OF_A_DRAFT = ("checker", "countersigner", "signer")


@dataclass(frozen=True, slots=True)
class Pending:
    """What waits on the matter now; of a refusal also what is over, and stays on its page."""

    handover: Handover | None
    extension: ExtensionRequest | None
    untold: ExtensionRequest | None
    filing: RefusalFiling | None
    instruction: Instruction | None
    back: MaterialReturn | None

    @property
    def waits(self) -> bool:
        """Whether somebody is waited for: to take over, to decide, to answer, or to collect papers."""
        return bool(
            self.handover
            or self.extension
            or (self.filing and self.filing.ended_at is None)
            or (self.instruction and self.instruction.answered_at is None)
            or (self.back and self.back.returned_at is None)
        )

    @property
    def over(self) -> bool:
        """Whether a form was decided on, a question answered, or papers handed back."""
        return bool(
            (self.filing and self.filing.ended_at)
            or (self.instruction and self.instruction.answered_at)
            or (self.back and self.back.returned_at)
        )


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


def unreachable(matter: Matter, at: datetime) -> list[UUID]:
    """Whom the matter waits for in vain, who has waited longest first: gone, or away with nobody standing in.

    They have papers to take over, or a draft to check, countersign or sign.
    """
    asked: list[UUID] = []
    if matter.papers_for:
        kept = Deposit.objects.filter(matter=matter, taken_at__isnull=True).order_by("kept_at", "id")
        asked += kept.values_list("to_id", flat=True)
    if matter.stage in {Stage.TO_CHECK, Stage.TO_SIGN}:
        lies = Routing.objects.filter(matter=matter, done_at__isnull=True, role__in=_OF_A_DRAFT)
        asked += lies.order_by("asked_at", "id").values_list("person_id", flat=True)
    return [one for one in dict.fromkeys(asked) if has_gone(one, at) or is_uncovered(one, at)]


def waits_for_in_vain(matter: Matter, at: datetime) -> list[Person]:
    """The people of `unreachable`, in its order, to choose from."""
    return [organisation.colleague(matter.tenant_id, one) for one in unreachable(matter, at)]


def awaited_papers(matter: Matter) -> list[MaterialCheck]:
    """Return what the latest notice asked for and is not here yet; as `steps.awaited`."""
    notice = Notice.objects.filter(matter=matter).order_by("ordinal").last()
    missing = MaterialCheck.objects.filter(matter=matter, present=False).order_by("id")
    return [row for row in missing if notice and row.name in notice.named]
