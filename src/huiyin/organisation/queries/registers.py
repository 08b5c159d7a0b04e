"""The registers of one office: units, positions, people, absences, accounts, integrations."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple, TypeVar
from uuid import UUID

from django.db.models import Case, Model, Prefetch, Q, QuerySet, UUIDField, Value, When

from huiyin.organisation.models import (
    Absence,
    Account,
    Appointment,
    Integration,
    Person,
    Position,
    Role,
    Tenant,
    Unit,
)
from huiyin.organisation.queries.asker import Asker
from huiyin.organisation.queries.presence import absent_at, current_on
from huiyin.organisation.terms import Duty, Part
from huiyin.rules.errors import NotFound
from huiyin.rules.identifiers import strip_marks
from huiyin.rules.workdays import SHANGHAI
from huiyin.storage.prepared import Prepared, given

_Row = TypeVar("_Row", bound=Model)


class Colleague(NamedTuple):
    """Somebody of the same office, as a chooser shows them, with their first A post."""

    id: UUID
    name: str
    staff_no: str
    unit: str
    position: str
    phone: str
    absent: bool


def tenants() -> QuerySet[Tenant]:
    """Return every office, for jobs and commands."""
    return Tenant.objects.order_by("slug")


def tenant(tenant_id: UUID) -> Tenant:
    """Return an office, or raise NotFound."""
    return _found(_TENANT.first(id=tenant_id))


def tenant_by_slug(slug: str) -> Tenant:
    """Return the office of an address or a command, or raise NotFound."""
    return _one(Tenant.objects.filter(slug=strip_marks(slug)))


def units(asker: Asker) -> QuerySet[Unit]:
    """Return the units of the asker's office, by code."""
    return (
        Unit.objects.filter(tenant_id=asker.tenant_id).select_related("overseer", "parent").order_by("code")
    )


def unit(asker: Asker, unit_id: UUID) -> Unit:
    """Return a unit of the asker's office, or raise NotFound."""
    return _one(units(asker).filter(id=unit_id))


def positions(asker: Asker) -> QuerySet[Position]:
    """Return the positions of the asker's office, by code."""
    return Position.objects.filter(tenant_id=asker.tenant_id).select_related("unit").order_by("code")


def position(asker: Asker, position_id: UUID) -> Position:
    """Return a position of the asker's office, or raise NotFound."""
    return _one(positions(asker).filter(id=position_id))


def people(asker: Asker, *, active: bool | None = True) -> QuerySet[Person]:
    """Return the people of the asker's office, by staff number; `active=None` also those who left."""
    found = Person.objects.filter(tenant_id=asker.tenant_id).order_by("staff_no")
    return found if active is None else found.filter(active=active)


def person(asker: Asker, person_id: UUID) -> Person:
    """Return a person of the asker's office, also one who left, or raise NotFound."""
    return _one(people(asker, active=None).filter(id=person_id))


def colleague(tenant_id: UUID, person_id: UUID) -> Person:
    """Return a person of an office, with the office, for verbs that hold its id, or raise NotFound."""
    return _found(_COLLEAGUE.first(tenant=tenant_id, id=person_id))


def colleagues_by_id(tenant_id: UUID, person_ids: Iterable[UUID]) -> dict[UUID, Person]:
    """Return the people of an office with these ids, with the office; who is not of it is left out."""
    wanted = set(person_ids)
    rows = Person.objects.filter(tenant_id=tenant_id, id__in=wanted).select_related("tenant")
    return {row.id: row for row in rows} if wanted else {}


def person_by_staff_no(asker: Asker, staff_no: str) -> Person:
    """Return an active person of the asker's office by staff number, or raise NotFound."""
    return _one(people(asker).filter(staff_no=staff_no))


def ids_by_staff_no(asker: Asker, staff_nos: Iterable[str]) -> dict[str, UUID]:
    """Return the ids of active people of the asker's office; a number that nobody has is left out."""
    rows = people(asker).filter(staff_no__in=set(staff_nos)).values_list("staff_no", "id")
    return dict(rows)


def staff_member(tenant_id: UUID, staff_no: str) -> Person | None:
    """Return an active person of an office by staff number in any case, for commands on the machine."""
    return Person.objects.filter(tenant_id=tenant_id, staff_no__iexact=staff_no, active=True).first()


def without_account(tenant_id: UUID) -> QuerySet[Person]:
    """Return the active people of an office who cannot sign in yet, with the office, by staff number."""
    found = Person.objects.filter(tenant_id=tenant_id, active=True, account__isnull=True)
    return found.select_related("tenant").order_by("staff_no")


def staff_numbers(tenant_id: UUID, person_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Return the staff numbers of an office's people by id, those who left included, in one query."""
    found = Person.objects.filter(tenant_id=tenant_id, id__in=list(person_ids))
    return dict(found.values_list("id", "staff_no"))


def names(tenant_id: UUID, person_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Return the names of an office's people by id, those who left included, in one query."""
    found = Person.objects.filter(tenant_id=tenant_id, id__in=list(person_ids))
    return dict(found.values_list("id", "name"))


def with_address(tenant_id: UUID, person_ids: Iterable[UUID]) -> set[UUID]:
    """Return those of these persons who have an e-mail address; one query."""
    found = Person.objects.filter(tenant_id=tenant_id, id__in=list(person_ids)).only("id", "email")
    return {one.id for one in found if one.email}


def home_unit(person: Person, at: datetime) -> Unit:
    """Return the unit of a person's first current position, or raise NotFound for one without any."""
    held = Appointment.objects.filter(current_on(at.astimezone(SHANGHAI).date()), person=person)
    return _one(Unit.objects.filter(id__in=held.values("position__unit_id")).order_by("code"))


def people_with_role(tenant_id: UUID, role: str) -> QuerySet[Person]:
    """Return who has a role such as "efficiency_office" in an office."""
    return Person.objects.filter(tenant_id=tenant_id, active=True, roles__role=role).order_by("staff_no")


def count_administrators(tenant_id: UUID, *, but: UUID | None = None) -> int:
    """Count the active administrators of an office, leaving out the person `but`."""
    found = Role.objects.filter(tenant_id=tenant_id, role=Duty.ADMINISTRATOR, person__active=True)
    return (found.exclude(person_id=but) if but else found).count()


def colleagues(asker: Asker, text: str, limit: int = 12) -> list[Colleague]:
    """Find colleagues by name or staff number: exact first, then prefix, then anywhere; two queries."""
    wanted = " ".join(strip_marks(text).split())[:50]
    if not wanted:
        return []
    day = asker.at.astimezone(SHANGHAI).date()
    posts = (
        Appointment.objects.filter(current_on(day), part=Part.A)
        .select_related("position__unit")
        .order_by("position__code")
    )
    found = (
        people(asker)
        .filter(Q(name__icontains=wanted) | Q(staff_no__istartswith=wanted))
        .annotate(
            absent=absent_at(asker.at, "id"),
            nearness=Case(
                When(Q(name=wanted) | Q(staff_no=wanted), then=Value(0)),
                When(name__istartswith=wanted, then=Value(1)),
                default=Value(2),
            ),
        )
        .prefetch_related(Prefetch("appointments", queryset=posts, to_attr="posts"))
        .order_by("nearness", "name", "staff_no")[:limit]
    )
    return [_colleague(row, getattr(row, "posts", []), absent=row.absent) for row in found]


def absences(asker: Asker, *, since: datetime, until: datetime) -> QuerySet[Absence]:
    """Return the office's absences that touch the time from `since` to `until`, cancelled ones too."""
    return (
        Absence.objects.filter(tenant_id=asker.tenant_id, starts_at__lt=until, ends_at__gt=since)
        .select_related("person")
        .order_by("starts_at", "id")
    )


def account_of(asker: Asker, person_id: UUID) -> Account | None:
    """Return how a person of the asker's office signs in; None when they have no account."""
    return (
        Account.objects.filter(tenant_id=asker.tenant_id, person__id=person_id)
        .select_related("person", "tenant")
        .first()
    )


def integrations(asker: Asker) -> QuerySet[Integration]:
    """Return the office's integrations, newest first; their tokens are not kept anywhere."""
    return (
        Integration.objects.filter(tenant_id=asker.tenant_id)
        .select_related("person")
        .order_by("-created_at", "-id")
    )


def integration_of(tenant_id: UUID, integration_id: UUID) -> Integration:
    """Return an integration of an office, for commands on the machine, or raise NotFound."""
    return _one(Integration.objects.filter(tenant_id=tenant_id, id=integration_id))


def _colleague(row: Person, posts: list[Appointment], *, absent: bool) -> Colleague:
    post = posts[0].position if posts else None
    return Colleague(
        id=row.id,
        name=row.name,
        staff_no=row.staff_no,
        unit=post.unit.name if post else "",
        position=post.title if post else "",
        phone=row.office_phone or (post.phone if post else ""),
        absent=absent,
    )


def _one(found: QuerySet[_Row]) -> _Row:
    return _found(found.first())


def _found(row: _Row | None) -> _Row:
    if row is None:
        raise NotFound
    return row


_ID = given("id", UUIDField())
_TENANT = Prepared(lambda: Tenant.objects.filter(id=_ID))
_COLLEAGUE = Prepared(
    lambda: Person.objects.select_related("tenant").filter(tenant_id=given("tenant", UUIDField()), id=_ID)
)
