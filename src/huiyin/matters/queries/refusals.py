"""Who may refuse without asking, and which decision a refusal rests on."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet, Subquery

from huiyin.catalogue.models import ServiceItem
from huiyin.documents.contents import REFUSALS
from huiyin.documents.models import Document
from huiyin.matters.models import (
    Instruction,
    MaterialReturn,
    Matter,
    RefusalFiling,
    RefusalOpinion,
    RefusalRestriction,
)
from huiyin.organisation import queries as organisation
from huiyin.organisation.models import Person, Position
from huiyin.organisation.queries import Asker
from huiyin.rules.errors import NotFound


@dataclass(frozen=True, slots=True)
class Refusal:
    """A refusal as other records refer to it: a complaint names the decision it is about."""

    matter_id: UUID
    matter_number: str
    decision_number: str
    filing_id: UUID
    decided_at: datetime
    corrected_at: datetime | None


@dataclass(slots=True)
class Power:
    """What a position may refuse: anything, but for the items it must ask about first.

    `holder` is who holds it as A now, None for nobody. `none` means that it must ask about everything.
    """

    position: Position
    holder: Person | None
    none: bool = False
    asks: list[ServiceItem] = field(default_factory=list)


def wanted_back(asker: Asker) -> list[MaterialReturn]:
    """Return the papers that applicants want back and do not have yet, the longest waiting first.

    Those of matters that lie with this person, or with whom they stand in for, ended ones too: to ask
    for them is never refused, nor forgotten (p3.refusal-filing.5). One query.
    """
    rows = MaterialReturn.objects.filter(
        returned_at__isnull=True,
        matter__tenant_id=asker.tenant_id,
        matter__return_asked=True,
        matter__custodian_id__in=[asker.person_id, *asker.first_for],
    )
    return list(rows.select_related("matter").order_by("asked_at", "id"))


def has_refusal_power(matter: Matter, person_id: UUID, at: datetime) -> bool:
    """Whether one of the person's positions may refuse the matter's item (p4.refusal-filing.2.2.a).

    A position may unless the office took the power from it, for everything or for this
    item; an item that nobody may refuse without asking is registered without a position.
    """
    concerned = Q(item__isnull=True) | Q(item=matter.item_id)
    taken = set(
        RefusalRestriction.objects.filter(
            concerned, tenant_id=matter.tenant_id, ended_at__isnull=True
        ).values_list("position_id", flat=True)
    )
    if not taken:
        return True
    held = set(organisation.posts_of([person_id], at).values_list("position_id", flat=True))
    return None not in taken and bool(held - taken)


def told_not_to_refuse(matter: Matter) -> bool:
    """Whether the leader who was asked last did not allow a refusal (p4.refusal-filing.2.2.b)."""
    answered = Instruction.objects.filter(matter=matter, answered_at__isnull=False)
    return answered.order_by("-answered_at", "-id").values_list("allows", flat=True).first() is False


def opinions_of(matter: Matter) -> list[RefusalOpinion]:
    """What leaders said on the latest filing of the matter, first signature first."""
    latest = RefusalFiling.objects.filter(matter=matter).order_by("-id").values("id")[:1]
    found = RefusalOpinion.objects.filter(filing=Subquery(latest))
    return list(found.select_related("signed_by").order_by("signed_at", "id"))


def powers(asker: Asker) -> list[Power]:
    """Say for each position what it may refuse (p4.refusal-filing.2.2.a), by unit and code; three queries.

    Of the whole office for whoever keeps the register, its main leader and the efficiency office;
    of the units that one heads or oversees for others.
    """
    found = organisation.positions(asker).order_by("unit__code", "code")
    if not asker.roles & {"efficiency_office", "administrator"} and "main_leader" not in asker.ranks:
        found = found.filter(unit__in=asker.headed_unit_ids | asker.overseen_unit_ids)
    positions = list(found)
    held = organisation.holdings(positions, asker.at)
    rows = {one.id: Power(one, held[one.id].a) for one in positions}
    for row in restrictions(asker):
        for power in rows.values() if row.position_id is None else [rows.get(row.position_id)]:
            if power is None:
                continue
            if row.item is None:
                power.none = True
            elif row.item not in power.asks:
                power.asks.append(row.item)
    return list(rows.values())


def restrictions(asker: Asker) -> QuerySet[RefusalRestriction]:
    """What is in force in the office, by position and item."""
    found = RefusalRestriction.objects.filter(tenant_id=asker.tenant_id, ended_at__isnull=True)
    return found.select_related("position__unit", "item").order_by("position__code", "item__code", "id")


def restriction(asker: Asker, restriction_id: UUID) -> RefusalRestriction:
    """One of them; raises NotFound for what does not hold any more or is not of this office."""
    row = restrictions(asker).filter(id=restriction_id).first()
    if row is None:
        raise NotFound
    return row


def refusal_decided(tenant_id: UUID, decision_number: str) -> Refusal:
    """The refusal that a decision number names, for a complaint about it; raises NotFound.

    The seam that a complaint links to (p4.refusal-filing.4).
    """
    paper = Document.objects.filter(
        tenant_id=tenant_id, kind__in=[kind.value for kind in REFUSALS], number=decision_number.strip()
    ).first()
    if paper is None:
        raise NotFound
    row = (
        RefusalFiling.objects.filter(
            matter_id=paper.subject_id, ending__in=["approved", "corrected"], ended_at__lte=paper.issued_at
        )
        .select_related("matter")
        .order_by("-ended_at")
        .first()
    )
    if row is None:
        raise NotFound
    return Refusal(row.matter_id, row.matter.number, paper.number, row.id, paper.issued_at, row.corrected_at)
