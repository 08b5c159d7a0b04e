"""Who is asking: built once for a request, in a fixed small number of queries."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import (
    Case,
    CharField,
    DateField,
    DateTimeField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    UUIDField,
    Value,
    When,
)

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
    acting for one is said out loud with each act; what that lends is `lent_power`.
    `covers` are the positions whose A is away and whose B they are: a colleague of
    several posts may have a stand-in for each. `first_for` are those of the
    colleagues whose first post is among them, the highest and of equal ones that
    held longest: what belongs to the person and to no post is theirs to look after.
    `rights` is None for a person at the desk and a closed set for a program, whose
    token (the id of its integration) goes into every event. `at` is the moment.
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
    covers: frozenset[UUID] = frozenset()
    first_for: frozenset[UUID] = frozenset()


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


def lent_power(asker: Asker, principal: UUID | None) -> Asker:
    """Return the power somebody acts with: their own, or what standing in for a colleague lends.

    Lent are the ranks and units of the positions whose B they are, never those of the
    colleague's other posts: who stands in for a clerk's post of the main leader is no
    main leader meanwhile (p2.post-substitution.3.c). Tasks given to the person (roles)
    go with the first post. Two queries for a colleague, none for one's own power.

    Raises:
        Forbidden: they do not stand in for this colleague now.
    """
    if principal is None or principal == asker.person_id:
        return asker
    if principal not in asker.stands_in_for:
        raise Forbidden(msg("您现在不是这位同事的顶岗人"), code="forbidden")
    person = _people().get(id=principal)
    found = _LENT.rows(
        person=person.id,
        stand_in=asker.person_id,
        tenant=person.tenant_id,
        at=asker.at,
        day=asker.at.astimezone(SHANGHAI).date(),
    )
    power = _standing_as(person, found, asker.at, asker.via, None)
    return power if principal in asker.first_for else replace(power, roles=frozenset())


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
    return _standing_as(person, found, at, via, rights)


def _standing_as(
    person: Person, found: list[_Fact], at: datetime, via: str, rights: frozenset[str] | None
) -> Asker:
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
        covers=frozenset(post for what, _, post in found if what == "covers"),
        first_for=frozenset(other for what, _, other in found if what == "first_for"),
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


def _standing() -> QuerySet[Appointment, _Fact]:
    """Everything that follows from a person's posts and roles, as (what, word, id)."""
    person, tenant = given("person", UUIDField()), given("tenant", UUIDField())
    at, held = given("at", DateTimeField()), _held()
    mine = held.filter(person_id=person)
    own = mine.filter(part=Part.A)
    as_b = mine.filter(~absent_at(at), part=Part.B).values("position_id")
    others = held.filter(absent_at(at), part=Part.A, position__in=as_b, person__active=True)
    others = others.exclude(person_id=person)
    before = held.filter(_comes_before(), part=Part.A, person_id=OuterRef("person_id"))
    return _together(
        *_facts(own, tenant),
        _of(others, "stands_in", _NOTHING, F("person_id")),
        _of(others, "covers", _NOTHING, F("position_id")),
        _of(others.exclude(Exists(before)), "first_for", _NOTHING, F("person_id")),
    )


def _lent() -> QuerySet[Appointment, _Fact]:
    """What follows from those posts of a person whose B the stand-in is, and from the person's roles."""
    held = _held()
    theirs = held.filter(person_id=given("stand_in", UUIDField()), part=Part.B).values("position_id")
    own = held.filter(person_id=given("person", UUIDField()), part=Part.A, position__in=theirs)
    return _together(*_facts(own, given("tenant", UUIDField())))


def _held() -> QuerySet[Any, Any]:
    """Appointments of the office that hold on the day, with the level of their position."""
    held = Appointment.objects.filter(
        current_on(given("day", DateField())), tenant_id=given("tenant", UUIDField())
    )
    return held.annotate(
        level=Case(*(When(position__rank=one, then=n) for n, one in enumerate(Rank)), default=-1)
    )


def _comes_before() -> Q:
    """Select what comes before the outer appointment: the higher post, of equal ones that held longer."""
    equal = Q(level=OuterRef("level"))
    older = equal & Q(since__lt=OuterRef("since"))
    first = equal & Q(since=OuterRef("since"), position__code__lt=OuterRef("position__code"))
    return Q(level__gt=OuterRef("level")) | older | first


def _facts(own: QuerySet[Appointment], tenant: Any) -> list[QuerySet[Any, _Fact]]:
    """What the posts that somebody holds, and their roles, make of them."""
    roles = Role.objects.filter(person_id=given("person", UUIDField()))
    overseen = Unit.objects.filter(tenant_id=tenant, overseer__in=own.values("position_id"))
    return [
        _of(own, "post", F("position__rank"), F("position__unit_id")),
        _of(roles, "role", F("role"), Value(None, UUIDField())),
        _of(overseen, "overseen", _NOTHING, F("id")),
    ]


def _together(first: QuerySet[Any, _Fact], *rest: QuerySet[Any, _Fact]) -> QuerySet[Any, _Fact]:
    return first.union(*rest, all=True)


def _of(rows: QuerySet[Any], what: str, word: Any, one: Any) -> QuerySet[Any, Any]:
    columns = {"what": Value(what, CharField()), "word": word, "one": one}
    found: QuerySet[Any, Any] = rows.order_by().annotate(**columns).values_list(*columns)
    return found


_Fact = tuple[str, str, UUID]
_NOTHING = Value("", CharField())
_BY_TOKEN = Prepared(_by_token)
_STANDING = Prepared(_standing)
_LENT = Prepared(_lent)
