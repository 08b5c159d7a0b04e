"""Who holds the work of somebody who is not there: who stands in, who came after them, who is over it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Max

from huiyin.organisation.models import Appointment, Person, Position, Role
from huiyin.organisation.queries.lines import lines
from huiyin.organisation.queries.presence import absences_at, current_on, holdings
from huiyin.organisation.terms import Duty, Part
from huiyin.rules.reminding import LINE
from huiyin.rules.workdays import SHANGHAI


@dataclass(frozen=True, slots=True)
class Missing:
    """Those of some people who are not at their work: away for a time, or gone for good.

    `left` are those of the gone who have left the office; the others only hold no position any more.
    """

    away: frozenset[UUID] = frozenset()
    gone: frozenset[UUID] = frozenset()
    left: frozenset[UUID] = frozenset()


def missing(person_ids: Collection[UUID], at: datetime) -> Missing:
    """Return which of these people are away, and which have left or hold no position; three queries.

    The efficiency office is here with or without a position.
    """
    wanted = frozenset(person_ids)
    if not wanted:
        return Missing()
    day = at.astimezone(SHANGHAI).date()
    held = Appointment.objects.filter(current_on(day), person__in=wanted, person__active=True)
    watching = Role.objects.filter(person__in=wanted, role=Duty.EFFICIENCY_OFFICE, person__active=True)
    here = frozenset(held.values_list("person_id").union(watching.values_list("person_id")))
    gone = wanted - {person_id for (person_id,) in here}
    left = Person.objects.filter(id__in=gone, active=False) if gone else Person.objects.none()
    away = absences_at(at).filter(person__in=wanted - gone)
    return Missing(
        away=frozenset(away.values_list("person_id", flat=True)),
        gone=gone,
        left=frozenset(left.values_list("id", flat=True)),
    )


def came_after(tenant_id: UUID, person_id: UUID, at: datetime) -> list[UUID]:
    """Return who answers for the positions that somebody who has gone held last as A, by position code.

    That is who holds them as A, or B while that one is away or nobody does.
    """
    day = at.astimezone(SHANGHAI).date()
    held = Appointment.objects.filter(tenant_id=tenant_id, person=person_id, part=Part.A, until__lte=day)
    last = held.aggregate(last=Max("until"))["last"]
    posts = list(Position.objects.filter(appointments__in=held.filter(until=last)).order_by("code"))
    found = holdings(posts, at)
    duty = [found[post.id].duty for post in posts if found[post.id].duty_as in set(Part)]
    return list(dict.fromkeys(one.id for one in duty if one is not None))


def who_is_over(tenant_id: UUID, unit_id: UUID, at: datetime) -> list[list[UUID]]:
    """Return who is over a unit, level by level from its head up; a level with nobody is left out.

    Whoever is away is there by whoever stands in for them; three queries.
    """
    line = lines(tenant_id, at, [], [unit_id])
    return [level for one in LINE if (level := line.over(one, unit_id))]
