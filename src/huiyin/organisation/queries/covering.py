"""Absences and who stands in: now, waiting for a hand-over, ended, and where nobody is left."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from huiyin.organisation.models import Absence, Appointment, Person, Position
from huiyin.organisation.queries.asker import Asker, lent_power
from huiyin.organisation.queries.posts import holds_on
from huiyin.organisation.queries.presence import (
    Holding,
    absences_at,
    absent_at,
    current_on,
    duty_board,
    left_unbriefed,
)
from huiyin.organisation.queries.registers import tenant
from huiyin.organisation.queries.rulebooks import book_of
from huiyin.organisation.terms import Part, Rank
from huiyin.rules.regimes import post_substitution
from huiyin.rules.workdays import SHANGHAI

_REMEMBERED: Final = timedelta(days=31)
"""How long after an absence its sheet back is still asked for."""


@dataclass(frozen=True, slots=True)
class Uncovered:
    """A position with A and B away, or A away and no B: since and until when, and the head of its unit.

    `unbriefed`: A went on a plan without handing over, and B has not taken over (p2…4.b).
    """

    position: Position
    a: Person
    b: Person | None
    since: datetime
    until: datetime
    head: Person | None
    unbriefed: bool = False


def absence_now(person_id: UUID, at: datetime) -> Absence | None:
    """Return the absence somebody is on at a moment, None while they are here."""
    return absences_at(at).filter(person_id=person_id).select_related("person").first()


def stand_ins(person_id: UUID, at: datetime) -> list[tuple[Position, Person, bool]]:
    """Return, for each position somebody holds as A on the day, its B and whether that one is here."""
    held = Appointment.objects.filter(current_on(at.astimezone(SHANGHAI).date()), person__active=True)
    mine = held.filter(person_id=person_id, part=Part.A).values("position_id")
    rows = held.filter(position__in=mine, part=Part.B).exclude(person_id=person_id)
    rows = rows.annotate(away=absent_at(at)).select_related("position__unit", "person")
    return [(row.position, row.person, not row.away) for row in rows.order_by("position__code")]


def covering_at(
    person_id: UUID, at: datetime, position_id: UUID | None = None
) -> tuple[Person, datetime] | None:
    """Return who stood in for somebody away at a moment, and since when; None where nobody did.

    The B of `position_id` before those of other positions. Nobody stands in before the absence is known.
    """
    absence = absence_now(person_id, at)
    if absence is None or (begun := max(_begun(absence), absence.recorded_at or absence.starts_at)) > at:
        return None
    here = [
        (position.id != position_id, one) for position, one, present in stand_ins(person_id, at) if present
    ]
    return (min(here, key=lambda pair: pair[0])[1], begun) if here else None


def stand_ins_at_start(absences: Iterable[Absence]) -> dict[UUID, list[tuple[Position, Person]]]:
    """Return, for each absence, the positions held as A on its first day with their B, by code.

    Two queries for any number of them.
    """
    found = list(absences)
    held: dict[UUID, list[Appointment]] = {}
    mine = Appointment.objects.filter(person__in={one.person_id for one in found}, part=Part.A)
    for row in mine.filter(person__active=True):
        held.setdefault(row.person_id, []).append(row)
    seconds: dict[UUID, list[Appointment]] = {}
    positions = {row.position_id for rows in held.values() for row in rows}
    b_rows = Appointment.objects.filter(position__in=positions, part=Part.B, person__active=True)
    for row in b_rows.select_related("position__unit", "person").order_by("position__code", "id"):
        seconds.setdefault(row.position_id, []).append(row)
    return {one.id: _pairs_of(one, held.get(one.person_id, ()), seconds) for one in found}


def _pairs_of(
    absence: Absence, held: Iterable[Appointment], seconds: Mapping[UUID, list[Appointment]]
) -> list[tuple[Position, Person]]:
    day = absence.starts_at.astimezone(SHANGHAI).date()
    rows = [
        b
        for a in held
        if holds_on(a, day)
        for b in seconds.get(a.position_id, ())
        if holds_on(b, day) and b.person_id != absence.person_id
    ]
    return [(row.position, row.person) for row in sorted(rows, key=lambda row: row.position.code)]


def waiting_absences(person_ids: Iterable[UUID], at: datetime) -> list[Absence]:
    """Return the planned absences of these people that wait for a hand-over, the next first."""
    rows = Absence.objects.filter(
        person__in=list(person_ids),
        held=True,
        released_at__isnull=True,
        cancelled_at__isnull=True,
        ends_at__gt=at,
    )
    return list(rows.select_related("person").order_by("starts_at", "id"))


def ended_absences(tenant_id: UUID, at: datetime) -> list[Absence]:
    """Return the office's absences that began, and ended within the past month, the latest first."""
    over = Q(ends_at__lte=at, ends_at__gt=at - _REMEMBERED, cancelled_at__isnull=True) | Q(
        cancelled_at__lte=at, cancelled_at__gt=at - _REMEMBERED
    )
    rows = Absence.objects.filter(over, Q(held=False) | Q(released_at__isnull=False), tenant_id=tenant_id)
    found = rows.select_related("person").order_by("-ends_at", "id")
    return [one for one in found if one.cancelled_at is None or one.cancelled_at > _begun(one)]


def unbriefed_this_year(asker: Asker, at: datetime) -> list[Absence]:
    """Return the year's absences that began without a hand-over, of the people somebody is over, by person.

    All of the office's for the main leader and the efficiency office (p2.post-substitution.3.a).
    """
    first = datetime(at.astimezone(SHANGHAI).year, 1, 1, tzinfo=SHANGHAI)
    rows = Absence.objects.filter(
        tenant_id=asker.tenant_id, unbriefed=True, starts_at__gte=first, starts_at__lte=at
    )
    if "main_leader" not in asker.ranks and "efficiency_office" not in asker.roles:
        held = Appointment.objects.filter(current_on(at.astimezone(SHANGHAI).date()), part=Part.A)
        theirs = held.filter(position__unit__in=asker.headed_unit_ids | asker.overseen_unit_ids)
        rows = rows.filter(person__in=theirs.values("person_id"))
    return list(rows.select_related("person").order_by("person__staff_no", "starts_at"))


def uncovered(tenant_id: UUID, at: datetime) -> list[Uncovered]:
    """Return the positions of an office whose A is away with nobody to stand in, by unit and code."""
    away = {row.person_id: row for row in absences_at(at).filter(tenant_id=tenant_id)}
    left = {row.person_id: row for row in left_unbriefed(at).filter(tenant_id=tenant_id)}
    board = [one for one in duty_board(tenant_id, at) if _nobody_covers(one, left)]
    heads = _heads(tenant_id, at) if board else {}
    found = []
    for one in board:
        pair = [person.id for person in (one.a, one.b) if person is not None]
        both = [row for person in pair if (row := left.get(person) or away.get(person))]
        if one.a is None or not both:
            continue
        since, until = max(_begun(row) for row in both), min(row.ends_at for row in both)
        head = heads.get(one.position.unit_id)
        head = head if head != one.a else None
        found.append(Uncovered(one.position, one.a, one.b, since, until, head, one.a.id in left))
    return found


def _nobody_covers(one: Holding, left: Mapping[UUID, Absence]) -> bool:
    if one.a is None:
        return False
    return one.a.id in left or (one.a_absent and (one.b is None or one.b_absent))


def uncovered_people(tenant_id: UUID, at: datetime) -> QuerySet[Appointment, UUID]:
    """Return the ids of whoever is away with nobody to stand in for any of their positions, as a subquery."""
    held = Appointment.objects.filter(
        current_on(at.astimezone(SHANGHAI).date()), tenant_id=tenant_id, person__active=True
    )
    here = held.filter(~absent_at(at), part=Part.B, position_id=OuterRef("position_id"))
    covered = held.filter(Exists(here), part=Part.A).values("person_id")
    left = Exists(left_unbriefed(at).filter(person_id=OuterRef("person_id")))
    gone = held.filter(left | (absent_at(at) & ~Q(person__in=covered)), part=Part.A)
    return gone.values_list("person_id", flat=True)


def lent_powers(asker: Asker) -> list[Asker]:
    """Return the absent colleagues whose powers this person has meanwhile (p2.post-substitution.3.c).

    None where the office's rulebook does not lend them; no query for whoever stands in for nobody.
    """
    if not asker.stands_in_for:
        return []
    law = book_of(tenant(asker.tenant_id), asker.at.astimezone(SHANGHAI).date())
    if not law.has(post_substitution.POWERS):
        return []
    return [lent_power(asker, one) for one in sorted(asker.stands_in_for)]


def _begun(row: Absence) -> datetime:
    return max(row.starts_at, row.released_at) if row.released_at else row.starts_at


def _heads(tenant_id: UUID, at: datetime) -> dict[UUID, Person]:
    held = Appointment.objects.filter(
        current_on(at.astimezone(SHANGHAI).date()),
        tenant_id=tenant_id,
        part=Part.A,
        position__rank=Rank.HEAD,
        person__active=True,
    )
    return {row.position.unit_id: row.person for row in held.select_related("position", "person")}
