"""Who is asking: built once for a request, in a fixed small number of queries."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import CharField, DateField, DateTimeField, F, Q, QuerySet, UUIDField, Value

from huiyin.organisation.models import Account, Appointment, Integration, Person, Role, Tenant, Unit
from huiyin.organisation.queries.presence import absent_at, current_on
from huiyin.organisation.terms import Part, Rank
from huiyin.rules.errors import Forbidden, NotFound, msg
from huiyin.rules.identifiers import narrow
from huiyin.rules.workdays import SHANGHAI
from huiyin.storage.prepared import Prepared, given


@dataclass(frozen=True, slots=True)
class Asker:
    """A person at a moment, with what they are here for and may be asked about.

    `ranks`, `unit_ids`, `headed_unit_ids` and `overseen_unit_ids` follow from
    the positions held as A today. Somebody standing in gets none of the
    absent one's: `stands_in_for` names the people they may act for, and
    acting for one is said out loud with each act. `rights` is None for a
    person at the desk and a closed set for a program, whose token (the id of
    its integration) goes into every event. `at` is the moment.
    """

    tenant_id: UUID
    tenant_slug: str
    person_id: UUID
    name: str
    ranks: frozenset[str]
    roles: frozenset[str]
    unit_ids: frozenset[UUID]
    headed_unit_ids: frozenset[UUID]
    overseen_unit_ids: frozenset[UUID]
    stands_in_for: frozenset[UUID]
    rights: frozenset[str] | None
    via: str
    at: datetime
    token: str = ""


def asker_for_account(account: Account, at: datetime, via: str = "desk") -> Asker:
    """Return who is signed in: two queries.

    Raises:
        Forbidden: the account or the person is no longer active, or nobody stands behind it.
    """
    mine = _people().filter(account=account, active=True, tenant_id=account.tenant_id)
    person = mine.first() if account.is_active else None
    if person is None:
        raise Forbidden(
            msg("此账号已停用"), code="account_closed", remedy=msg("如有疑问，请联系系统管理员。")
        )
    return _asker(person, at, via, None)


def asker_for_token(token: str, at: datetime, via: str = "api") -> Asker | None:
    """Return the person a program acts as: None for no valid token, or a closed account."""
    found = _BY_TOKEN.first(digest=token_digest(token), at=at)
    if found is None:
        return None
    return replace(_asker(found.person, at, via, frozenset(found.rights)), token=str(found.id))


def asker_for_person(person_id: UUID, at: datetime, via: str) -> Asker:
    """Return a person as asker, for jobs that act with the rights of whoever asked for them.

    Raises:
        NotFound: there is no such person, or they have left.
    """
    person = _people().filter(id=person_id, active=True).first()
    if person is None:
        raise NotFound
    return _asker(person, at, via, None)


def resolve_login(text: str) -> str:
    """Return the full sign-in name for what somebody typed.

    With exactly one office `1001` means `1001@<slug>`; with several it stays
    as typed and will not be found. Full-width and capitals are forgiven.
    """
    login = re.sub(r"\s", "", narrow(text[:200])).lower()
    if "@" in login or not login:
        return login
    slugs = list(Tenant.objects.values_list("slug", flat=True)[:2])
    return f"{login}@{slugs[0]}" if len(slugs) == 1 else login


def token_digest(token: str) -> str:
    """Return what is kept of a token. One fast hash is enough for 256 random bits."""
    return hashlib.sha256(token.encode()).hexdigest()


def _people() -> QuerySet[Person]:
    return Person.objects.select_related("tenant")


def _asker(person: Person, at: datetime, via: str, rights: frozenset[str] | None) -> Asker:
    found = _STANDING.rows(
        person=person.id, tenant=person.tenant_id, at=at, day=at.astimezone(SHANGHAI).date()
    )
    posts = [(word, unit) for what, word, unit in found if what == "post"]
    return Asker(
        tenant_id=person.tenant_id,
        tenant_slug=person.tenant.slug,
        person_id=person.id,
        name=person.name,
        ranks=frozenset(rank for rank, _ in posts),
        roles=frozenset(word for what, word, _ in found if what == "role"),
        unit_ids=frozenset(unit for _, unit in posts),
        headed_unit_ids=frozenset(unit for rank, unit in posts if rank == Rank.HEAD),
        overseen_unit_ids=frozenset(unit for what, _, unit in found if what == "overseen"),
        stands_in_for=frozenset(other for what, _, other in found if what == "stands_in"),
        rights=rights,
        via=via,
        at=at,
    )


def _by_token() -> QuerySet[Integration]:
    return Integration.objects.select_related("person__tenant").filter(
        Q(person__account__isnull=True) | Q(person__account__is_active=True),
        token_digest=given("digest", CharField()),
        revoked_at__isnull=True,
        expires_at__gt=given("at", DateTimeField()),
        person__active=True,
    )


def _standing() -> QuerySet[Appointment, tuple[str, str, UUID]]:
    """Everything that follows from a person's posts and roles, as (what, word, id)."""
    person, tenant = given("person", UUIDField()), given("tenant", UUIDField())
    at, day = given("at", DateTimeField()), given("day", DateField())
    held = Appointment.objects.filter(current_on(day), tenant_id=tenant)
    mine = held.filter(person_id=person)
    own = mine.filter(part=Part.A)
    as_b = mine.filter(~absent_at(at), part=Part.B).values("position_id")
    roles = Role.objects.filter(person_id=person)
    overseen = Unit.objects.filter(tenant_id=tenant, overseer__in=own.values("position_id"))
    others = held.filter(absent_at(at), part=Part.A, position__in=as_b, person__active=True)
    others = others.exclude(person_id=person)

    def of(rows: QuerySet[Any], what: str, word: Any, one: Any) -> QuerySet[Any, Any]:
        columns = {"what": Value(what, CharField()), "word": word, "one": one}
        found: QuerySet[Any, Any] = rows.order_by().annotate(**columns).values_list(*columns)
        return found

    nothing = Value("", CharField())
    found: QuerySet[Appointment, tuple[str, str, UUID]] = of(
        own, "post", F("position__rank"), F("position__unit_id")
    ).union(
        of(roles, "role", F("role"), Value(None, UUIDField())),
        of(overseen, "overseen", nothing, F("id")),
        of(others, "stands_in", nothing, F("person_id")),
        all=True,
    )
    return found


_BY_TOKEN = Prepared(_by_token)
_STANDING = Prepared(_standing)
