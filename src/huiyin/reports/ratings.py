"""How satisfied people were, and how first responders received them, with how many ratings that rests on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db.models import Count, Q, Sum

from huiyin.matters.models import Matter
from huiyin.organisation import queries as organisation
from huiyin.organisation.models import Tenant
from huiyin.organisation.queries import Asker
from huiyin.rules import supervising
from huiyin.rules.events import MatterKind
from huiyin.rules.regimes import service_commitment
from huiyin.rules.workdays import SHANGHAI

COLD: Final = "cold_manner"
"""The ground of a rating that says how the first responder behaved."""


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


@dataclass(frozen=True, slots=True)
class Reception:
    """How one first responder received people this year: ratings and their sum in stars.

    `cold` is how often a cold manner was named; None where that is no ground.
    """

    staff_no: str
    name: str
    number: int
    stars: int
    cold: int | None

    @property
    def average(self) -> float | None:
        """Stars of 5 on average; None where only the ground was named."""
        return self.stars / self.number if self.number else None


def receptions(asker: Asker) -> list[Reception] | None:
    """Return the year's ratings by whoever was asked first, in one query; None where none are asked for.

    People see their own; the efficiency office, the main leader and the bodies that watch over first
    contacts see everybody's. A matter that changed hands counts for its first responder all the same.
    """
    tenant, on = organisation.tenant(asker.tenant_id), asker.at.astimezone(SHANGHAI).date()
    book = organisation.book_of(tenant, on)
    if not book.has(service_commitment.RECEIVED):
        return None
    first = datetime(on.year, 1, 1, tzinfo=SHANGHAI)
    rows = Matter.objects.filter(tenant=tenant, received_at__gte=first)
    watching = {"efficiency_office"} | supervising.watching(supervising.CONTACTS, book, on)
    if "main_leader" not in asker.ranks and watching.isdisjoint(asker.roles):
        rows = rows.filter(first_responder=asker.person_id)
    rated, cold = Q(reception_rating__gt=0), Q(rating_missed__icontains=COLD)
    counted = (
        rows.filter(rated | cold, channel__in=[one.value for one in service_commitment.MEETING])
        .order_by("first_responder__staff_no")
        .values_list("first_responder__staff_no", "first_responder__name")
        .annotate(
            number=Count("id", filter=rated), stars=Sum("reception_rating"), cold=Count("id", filter=cold)
        )
    )
    ground = COLD in service_commitment.not_kept_choices(book, on)
    return [
        Reception(staff_no, name, number, stars, cold if ground else None)
        for staff_no, name, number, stars, cold in counted
    ]
