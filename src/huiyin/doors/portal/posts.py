"""Who answers for what: positions with A, B, who is on duty now, and duties, where they must be shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.http import HttpResponse

from huiyin.doors import phrases
from huiyin.doors.access import DoorRequest
from huiyin.doors.forms import clean
from huiyin.doors.portal import finding, wording
from huiyin.doors.portal.pages import of_office, show
from huiyin.organisation import queries as organisation
from huiyin.rules.errors import NotFound
from huiyin.rules.identifiers import narrow
from huiyin.rules.workdays import SHANGHAI

if TYPE_CHECKING:
    from huiyin.organisation.models import Tenant
    from huiyin.organisation.queries import Record


@dataclass(frozen=True, slots=True)
class Post:
    """A position as the public sees it; "" for what is not there."""

    title: str
    a: str
    b: str
    duty: str
    duty_as: str
    phone: str
    dial: str
    place: str
    duties: list[str]


@dataclass(frozen=True, slots=True)
class Unit:
    """The positions of one unit, with what the unit is there for."""

    anchor: str
    name: str
    charge: str
    posts: list[Post]


@of_office
def index(request: DoorRequest, office: Tenant) -> HttpResponse:
    """Every position that the office must show; an office that shows none has no such page."""
    found = organisation.public_posts(office, request.now)
    if found is None:
        raise NotFound
    law = organisation.book_of(office, request.now.astimezone(SHANGHAI).date())
    charges = organisation.charges_of(office)
    charge = charges.get(None)
    text = clean(request.GET.get("q", "")).strip()[: finding.LONGEST]
    units = _units(found, {key: row.text for key, row in charges.items()})
    context = {
        "text": text,
        "count": sum(len(one.posts) for one in units),
        "section": "posts",
        "charge": charge.text if charge else "",
        "units": _holding(units, text),
        "clause": phrases.clause_text(law, organisation.shown_by(office, request.now)),
        "now": request.now,
    }
    return show(request, office, "posts.html", context)


def _units(records: Iterable[Record], charges: dict[object, str]) -> list[Unit]:
    units: dict[str, Unit] = {}
    for one in records:
        unit = one.held.position.unit
        fresh = Unit(f"unit-{len(units) + 1}", unit.name, charges.get(unit.id, ""), [])
        units.setdefault(unit.code, fresh).posts.append(_post(one))
    return list(units.values())


def _holding(units: list[Unit], text: str) -> list[Unit]:
    """The units whose positions hold every word that somebody looks for, each with those positions."""
    words = narrow(text).casefold().split()
    found = [replace(unit, posts=[one for one in unit.posts if _holds(unit, one, words)]) for unit in units]
    return [one for one in found if one.posts]


def _holds(unit: Unit, post: Post, words: list[str]) -> bool:
    told = narrow(" ".join((unit.name, post.title, post.a, post.b, post.duty, *post.duties))).casefold()
    return all(one in told for one in words)


def _post(one: Record) -> Post:
    held, position = one.held, one.held.position
    phone = position.phone or (held.duty.office_phone if held.duty else "")
    return Post(
        title=position.title,
        a=held.a.name if held.a else "",
        b=held.b.name if held.b else "",
        duty=held.duty.name if held.duty else "",
        duty_as=held.duty_as,
        phone=phone,
        dial=wording.dial(phone),
        place=position.place,
        duties=one.duties,
    )
