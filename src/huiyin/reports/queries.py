"""Figures over what other rooms hold; a person sees those of the matters they may see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import Case, CharField, Count, OuterRef, Q, Subquery, UUIDField, Value, When

from huiyin.matters.queries import visible_to
from huiyin.obligations.models import Obligation
from huiyin.organisation import queries as organisation
from huiyin.organisation.queries import Asker
from huiyin.rules.vocabulary import Light

RUNNING: Final = (Light.RED, Light.YELLOW, Light.GREEN, Light.BLUE)


@dataclass(frozen=True, slots=True)
class UnitLights:
    """How many open duties of a unit show each light now."""

    unit: str
    counts: Mapping[Light, int]

    @property
    def total(self) -> int:
        """All open duties of the unit."""
        return sum(self.counts.values())


def lights_by_unit(asker: Asker, at: datetime) -> list[UnitLights]:
    """Return the open duties of visible matters by unit, in the order of unit codes; two queries.

    Units without any open duty are left out.
    """
    open_matters = visible_to(asker).filter(closed_at__isnull=True)
    unit = open_matters.filter(id=OuterRef("subject_id")).values("unit_id")[:1]
    rows = (
        Obligation.objects.filter(
            tenant_id=asker.tenant_id, ended_at__isnull=True, subject_id__in=open_matters.values("id")
        )
        .annotate(unit=Subquery(unit, output_field=UUIDField()), light=_light(at))
        .values_list("unit", "light")
        .annotate(count=Count("id"))
        .order_by()
    )
    found: dict[UUID, dict[Light, int]] = {}
    for unit_id, light, count in rows:
        found.setdefault(unit_id, dict.fromkeys(RUNNING, 0))[Light(light)] += count
    return [UnitLights(row.name, found[row.id]) for row in organisation.units(asker) if row.id in found]


def _light(at: datetime) -> Case:
    return Case(
        When(Q(paused=True), then=Value(Light.BLUE.value)),
        When(Q(due_at__lt=at), then=Value(Light.RED.value)),
        When(Q(yellow_at__lte=at), then=Value(Light.YELLOW.value)),
        default=Value(Light.GREEN.value),
        output_field=CharField(),
    )
