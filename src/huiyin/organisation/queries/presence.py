"""Who holds a position, and who answers for it at a moment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from huiyin.organisation.models import Absence, Appointment, Person, Position, Unit
from huiyin.organisation.terms import Part, Rank
from huiyin.rules.errors import NotFound, Unlawful, msg
from huiyin.rules.workdays import SHANGHAI


@dataclass(frozen=True, slots=True)
class Holding:
    """A position at a moment: its A and B, whether they are away, and who is on duty.

    `duty_as` says in what capacity: "A", "B", "head" (of the unit), or
    "main_leader"; "" with `duty` None when the office has nobody to name.
    """

    position: Position
    a: Person | None
    a_absent: bool
    b: Person | None
    b_absent: bool
    duty: Person | None
    duty_as: str


class _Pair(NamedTuple):
    a: Person | None = None
    a_absent: bool = False
    b: Person | None = None
    b_absent: bool = False

    def present(self) -> tuple[Person | None, str]:
        if self.a and not self.a_absent:
            return self.a, Part.A.value
        if self.b and not self.b_absent:
            return self.b, Part.B.value
        return None, ""


def on_duty(position_id: UUID, at: datetime, *, tenant_id: UUID | None = None) -> Person:
    """Return who answers for a position: A if present, else B, else head of unit, else main leader.

    Raises:
        NotFound: there is no such position in this office.
        Unlawful: nobody is appointed, not even a main leader.
    """
    found = Position.objects.filter(id=position_id)
    if tenant_id is not None:
        found = found.filter(tenant_id=tenant_id)
    position = found.first()
    if position is None:
        raise NotFound
    return _somebody(holdings([position], at)[position.id].duty)


def holder_of_post(tenant_id: UUID, code: str, at: datetime) -> Person | None:
    """Return who holds a position of this code, as A or else as B, away or not; None where nobody does."""
    position = Position.objects.filter(tenant_id=tenant_id, code=code).first()
    if position is None:
        return None
    held = holdings([position], at)[position.id]
    return held.a or held.b


def holders_of_posts(posts: Iterable[tuple[UUID, str]], at: datetime) -> dict[tuple[UUID, str], UUID]:
    """Return who holds these positions, each named by office and code, as A or else as B; two queries.

    An office's more where positions of several are asked for. Nobody stands for a position that nobody holds.
    """
    wanted = set(posts)
    named = Position.objects.filter(
        code__in={code for _, code in wanted}, tenant__in={one for one, _ in wanted}
    )
    of_each: dict[UUID, list[Position]] = {}
    for row in named if wanted else ():
        of_each.setdefault(row.tenant_id, []).append(row)
    found: dict[tuple[UUID, str], UUID] = {}
    for tenant_id, rows in of_each.items():
        for held in holdings(rows, at).values():
            holder = held.a or held.b
            if holder is not None and (tenant_id, held.position.code) in wanted:
                found[tenant_id, held.position.code] = holder.id
    return found


def leader_in_charge(
    unit_id: UUID, at: datetime, *, tenant_id: UUID | None = None, if_away: bool = True
) -> tuple[Person, bool]:
    """Return the leader in charge of a unit, or the main leader with True when that one is away or not named.

    Filing with the main leader while the leader in charge is away:
    p4.refusal-filing.2.1.c. A stand-in of the leader in charge does not decide.
    Without `if_away` only where no leader in charge is named.

    Raises:
        NotFound: there is no such unit in this office.
        Unlawful: there is no main leader to fall back on.
    """
    found = Unit.objects.select_related("overseer").filter(id=unit_id)
    if tenant_id is not None:
        found = found.filter(tenant_id=tenant_id)
    unit = found.first()
    if unit is None:
        raise NotFound
    if unit.overseer is not None:
        holding = holdings([unit.overseer], at)[unit.overseer.id]
        if holding.a and not (holding.a_absent and if_away):
            return holding.a, False
    return main_leader(unit.tenant_id, at), True


def overseers(tenant_id: UUID, at: datetime) -> dict[UUID, UUID]:
    """Return the leader in charge of each unit by its id, away or not; a unit without one is not in it."""
    held = Appointment.objects.filter(
        current_on(at.astimezone(SHANGHAI).date()),
        tenant_id=tenant_id,
        part=Part.A,
        person__active=True,
        position__overseen_units__isnull=False,
    )
    return dict(held.values_list("position__overseen_units", "person_id"))


def main_leader(tenant_id: UUID, at: datetime) -> Person:
    """Return the main leader; while away the stand-in; while both are away the main leader all the same.

    Raises:
        Unlawful: nobody is appointed.
    """
    pairs = _pairs(Appointment.objects.filter(position__rank=Rank.MAIN_LEADER, tenant_id=tenant_id), at)
    return _somebody(_last_resort(pairs.values()))


def main_leader_in_person(tenant_id: UUID, at: datetime) -> Person:
    """Return the main leader in person, also while away: what is put before them stays theirs.

    Whoever stands in acts for them. Of several it is one who is here or has somebody standing in;
    where the post is empty, its stand-in.

    Raises:
        Unlawful: nobody is appointed.
    """
    posts = Appointment.objects.filter(position__rank=Rank.MAIN_LEADER, tenant_id=tenant_id)
    pairs = list(_pairs(posts, at).values())
    served = next((pair for pair in pairs if pair.present()[0]), next(iter(pairs), _Pair()))
    return _somebody(served.a or served.b)


def reception(tenant_id: UUID, at: datetime) -> Person:
    """Return who receives people now: the first reception position with somebody present, by code.

    With everybody at reception away it is whoever answers for the first of
    these positions; with no reception position it is the main leader.
    """
    found = list(Position.objects.filter(tenant_id=tenant_id, reception=True).order_by("code"))
    if not found:
        return main_leader(tenant_id, at)
    held = holdings(found, at)
    here = next((h for p in found if (h := held[p.id]).duty_as in {Part.A, Part.B}), held[found[0].id])
    return _somebody(here.duty)


def duty_board(tenant_id: UUID, at: datetime) -> list[Holding]:
    """Return every position of the office with its A, B and who is on duty, by unit and position code."""
    found = Position.objects.filter(tenant_id=tenant_id).select_related("unit").order_by("unit__code", "code")
    return list(holdings(list(found), at).values())


def is_absent(person_id: UUID, at: datetime) -> bool:
    """Say whether this person is away at this moment."""
    return absences_at(at).filter(person_id=person_id).exists()


def has_gone(person_id: UUID, at: datetime) -> bool:
    """Say whether somebody has left the office or holds no position in it any more, as A or as B."""
    return bool(without_post([person_id], at))


def without_post(person_ids: Iterable[UUID], at: datetime) -> set[UUID]:
    """Return those of these persons of whom `has_gone` is true; one query whatever their number."""
    wanted, day = set(person_ids), at.astimezone(SHANGHAI).date()
    held = Appointment.objects.filter(current_on(day), person__in=wanted, person__active=True)
    return wanted - set(held.values_list("person_id", flat=True))


def has_stand_in(person_id: UUID, at: datetime) -> bool:
    """Say whether a position that this person holds as A on the day has a B."""
    return _counterparts(person_id, Part.A, at).exists()


def partners(person_id: UUID, at: datetime) -> QuerySet[Appointment, UUID]:
    """Return the ids of whoever is A where this person is B on the day, or B where they are A."""
    found = _counterparts(person_id, Part.A, at) | _counterparts(person_id, Part.B, at)
    return found.values_list("person_id", flat=True)


def are_pair(one: UUID, other: UUID, at: datetime) -> bool:
    """Say whether two people are A and B of one position on the day."""
    return partners(one, at).filter(person_id=other).exists()


def _counterparts(person_id: UUID, part: str, at: datetime) -> QuerySet[Appointment]:
    held = Appointment.objects.filter(current_on(at.astimezone(SHANGHAI).date()), person__active=True)
    mine = held.filter(person_id=person_id, part=part).values("position_id")
    return held.filter(position__in=mine).exclude(part=part).exclude(person_id=person_id)


def is_uncovered(person_id: UUID, at: datetime) -> bool:
    """Say whether somebody is away and nobody who stands in for them is here.

    Nobody does for whoever went on a plan without handing over, until B takes over (p2…4.b).
    """
    absence = gone_at(at).filter(person_id=person_id).first()
    if absence is None:
        return False
    if not _has_begun(absence, at):
        return True
    return not _counterparts(person_id, Part.A, at).exclude(absent_at(at)).exists()


def people_here(tenant_id: UUID, at: datetime) -> QuerySet[Appointment, UUID]:
    """Return the ids of whoever holds a position of the office on the day, for use as a subquery."""
    day = at.astimezone(SHANGHAI).date()
    held = Appointment.objects.filter(current_on(day), tenant_id=tenant_id, person__active=True)
    return held.values_list("person_id", flat=True)


def holdings(positions: Iterable[Position], at: datetime) -> dict[UUID, Holding]:
    """Return who holds each of these positions of one office; one query whatever their number."""
    wanted = list(positions)
    if not wanted:
        return {}
    tenant_id = wanted[0].tenant_id
    near = (
        Q(position__in=[p.id for p in wanted])
        | Q(position__rank=Rank.HEAD, position__unit__in={p.unit_id for p in wanted})
        | Q(position__rank=Rank.MAIN_LEADER)
    )
    pairs = _pairs(Appointment.objects.filter(near, tenant_id=tenant_id), at)
    leaders = [pair for position, pair in pairs.items() if position.rank == Rank.MAIN_LEADER]
    return {position.id: _holding(position, pairs, leaders) for position in wanted}


def posts_of(person_ids: Iterable[UUID], at: datetime) -> QuerySet[Appointment]:
    """Return the positions that these persons hold as A on the day."""
    day = at.astimezone(SHANGHAI).date()
    return Appointment.objects.filter(current_on(day), person__in=list(person_ids), part=Part.A)


def posts_in(unit_ids: Iterable[UUID], at: datetime) -> QuerySet[Appointment]:
    """Return who holds a position of these units as A on the day."""
    day = at.astimezone(SHANGHAI).date()
    return Appointment.objects.filter(current_on(day), position__unit__in=list(unit_ids), part=Part.A)


def holders_of(tenant_id: UUID, rank: str, at: datetime) -> QuerySet[Appointment]:
    """Return who holds a rank in an office as A on the day."""
    day = at.astimezone(SHANGHAI).date()
    return Appointment.objects.filter(
        current_on(day), tenant_id=tenant_id, position__rank=rank, part=Part.A, person__active=True
    )


def current_on(day: date) -> Q:
    """Select the appointments that hold on a day of the office's calendar."""
    return Q(since__lte=day) & (Q(until__isnull=True) | Q(until__gt=day))


def absent_at(at: datetime, person: str = "person_id") -> Exists:
    """Select rows whose `person` is away at this moment."""
    return Exists(absences_at(at).filter(person_id=OuterRef(person)))


def absences_at(at: datetime) -> QuerySet[Absence]:
    """Select the absences that somebody is on at this moment; one held back for its hand-over is none yet."""
    return gone_at(at).filter(Q(held=False) | Q(released_at__lte=at))


def left_unbriefed(at: datetime) -> QuerySet[Absence]:
    """Select the planned absences whose time has come without a hand-over, and whose B has not taken over."""
    return gone_at(at).filter(Q(released_at__isnull=True) | Q(released_at__gt=at), held=True)


def gone_at(at: datetime) -> QuerySet[Absence]:
    """Select the absences that have come by the day they were recorded for, handed over or not."""
    return Absence.objects.filter(
        Q(cancelled_at__isnull=True) | Q(cancelled_at__gt=at), starts_at__lte=at, ends_at__gt=at
    )


def _has_begun(row: Absence, at: datetime) -> bool:
    return not row.held or (row.released_at is not None and row.released_at <= at)


def _pairs(appointments: QuerySet[Appointment], at: datetime) -> dict[Position, _Pair]:
    pairs: dict[Position, _Pair] = {}
    rows = (
        appointments.filter(current_on(at.astimezone(SHANGHAI).date()), person__active=True)
        .select_related("position", "person")
        .annotate(away=absent_at(at))
        .order_by("position__code", "part", "since")
    )
    for row in rows:
        pair = pairs.get(row.position, _Pair())
        if row.part == Part.A:
            pairs[row.position] = pair._replace(a=row.person, a_absent=row.away)
        else:
            pairs[row.position] = pair._replace(b=row.person, b_absent=row.away)
    return pairs


def _holding(position: Position, pairs: Mapping[Position, _Pair], leaders: list[_Pair]) -> Holding:
    pair = pairs.get(position, _Pair())
    duty, duty_as = pair.present()
    if duty is None:
        heads = (p for at, p in pairs.items() if at.rank == Rank.HEAD and at.unit_id == position.unit_id)
        duty = next((head for p in heads if (head := p.present()[0])), None)
        duty_as = Rank.HEAD.value
    if duty is None:
        duty = _last_resort(leaders)
        duty_as = Rank.MAIN_LEADER.value if duty else ""
    return Holding(position, pair.a, pair.a_absent, pair.b, pair.b_absent, duty, duty_as)


def _last_resort(leaders: Iterable[_Pair]) -> Person | None:
    known = list(leaders)
    present = next((person for pair in known if (person := pair.present()[0])), None)
    return present or next((pair.a or pair.b for pair in known), None)


def _somebody(person: Person | None) -> Person:
    if person is None:
        raise Unlawful(
            msg("本单位还没有任命主要领导，找不到接手的人"),
            code="nobody_on_duty",
            remedy=msg("请系统管理员在“岗位与人员”中任命主要领导。"),
        )
    return person
