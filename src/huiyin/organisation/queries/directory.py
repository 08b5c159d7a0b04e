"""What administrators look after: everybody with posts, functions and account; single absences and tokens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from huiyin.organisation.models import Absence, Account, Appointment, Integration, Person, Role
from huiyin.organisation.queries.asker import Asker
from huiyin.organisation.queries.presence import absent_at, current_on
from huiyin.organisation.queries.registers import people
from huiyin.rules.errors import NotFound
from huiyin.rules.workdays import SHANGHAI


@dataclass(frozen=True, slots=True)
class Member:
    """A person of the office with the posts held today ("A"/"B", title, unit), functions and account."""

    person: Person
    posts: list[tuple[str, str, str]]
    roles: list[str]
    account: Account | None
    absent: bool


def directory(asker: Asker, at: datetime) -> list[Member]:
    """Return everybody of the asker's office, those who left last; four queries whatever their number."""
    posts: dict[UUID, list[tuple[str, str, str]]] = {}
    held = Appointment.objects.filter(current_on(at.astimezone(SHANGHAI).date()), tenant_id=asker.tenant_id)
    for row in held.select_related("position__unit").order_by("part", "position__code"):
        post = (row.part, row.position.title, row.position.unit.name)
        posts.setdefault(row.person_id, []).append(post)
    roles: dict[UUID, list[str]] = {}
    for owner, role in (
        Role.objects.filter(tenant_id=asker.tenant_id).order_by("role").values_list("person_id", "role")
    ):
        roles.setdefault(owner, []).append(role)
    accounts = {row.person_id: row for row in Account.objects.filter(tenant_id=asker.tenant_id)}
    everybody = people(asker, active=None).annotate(away=absent_at(at, "id"))
    return [
        Member(row, posts.get(row.id, []), roles.get(row.id, []), accounts.get(row.id), row.away)
        for row in everybody.order_by("-active", "staff_no")
    ]


def absence(asker: Asker, absence_id: UUID) -> Absence:
    """Return an absence of the asker's office, or raise NotFound."""
    found = Absence.objects.filter(tenant_id=asker.tenant_id, id=absence_id).select_related("person").first()
    if found is None:
        raise NotFound
    return found


def integration(asker: Asker, integration_id: UUID) -> Integration:
    """Return an integration of the asker's office, or raise NotFound."""
    found = Integration.objects.filter(tenant_id=asker.tenant_id, id=integration_id).first()
    if found is None:
        raise NotFound
    return found
