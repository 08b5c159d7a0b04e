"""How satisfied people were, unit by unit, with how many ratings each figure rests on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Sum

from huiyin.matters.models import Matter
from huiyin.organisation import queries as organisation
from huiyin.organisation.models import Tenant
from huiyin.rules.events import MatterKind
from huiyin.rules.regimes import service_commitment
from huiyin.rules.workdays import SHANGHAI


@dataclass(frozen=True, slots=True)
class Satisfied:
    """One unit's ratings of what came in during the year: how many, and their sum in stars of 5."""

    code: str
    unit: str
    number: int
    stars: int

    @property
    def average(self) -> float:
        """Stars of 5 on average."""
        return self.stars / self.number


def satisfaction(tenant: Tenant, on: date) -> list[Satisfied] | None:
    """Return the year's ratings by unit, in one query; None where no clause wants them shown.

    What nobody rated is in no figure: silence is no satisfaction. A misconduct report tells nothing
    by a number either (p2.service-commitment.2).
    """
    if not organisation.book_of(tenant, on).has(service_commitment.SATISFACTION):
        return None
    first = datetime(on.year, 1, 1, tzinfo=SHANGHAI)
    rows = Matter.objects.filter(tenant=tenant, received_at__gte=first, rating__gt=0)
    counted = (
        rows.exclude(kind=MatterKind.REPORT)
        .order_by("unit__code")
        .values_list("unit__code", "unit__name")
        .annotate(number=Count("id"), stars=Sum("rating"))
    )
    return [Satisfied(code, name, number, stars) for code, name, number, stars in counted]
