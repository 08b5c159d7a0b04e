"""Founding the demo office: units, posts, people, roles, items, and who was away when."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random
from typing import TYPE_CHECKING, Any, Final

from huiyin.catalogue import actions as catalogue
from huiyin.doors.cli.demo import roles
from huiyin.doors.cli.demo.cast import Cast, Item, Post, read
from huiyin.doors.cli.demo.promising import promise
from huiyin.matters.steps import Paper
from huiyin.organisation import actions
from huiyin.rules.vocabulary import Limit
from huiyin.rules.vocabulary import Unit as Per
from huiyin.rules.workdays import SHANGHAI, load_calendar

if TYPE_CHECKING:
    from huiyin.organisation.models import Person, Tenant, Unit

BY: Final = actions.OPERATOR
PHONE: Final = "0500-5550{number:03d}"
AWAY_TODAY: Final = 1017
"""The colleague whom the demo's stand-in stands in for."""

_ABSENCES: Final = 3
_KINDS: Final = ("business_trip", "meeting", "training", "leave", "holiday")
_WORKING_DAYS: Final = {Per.WORKING_DAY: 1.0, Per.CALENDAR_DAY: 0.68, Per.MONTH: 20.0}


def establish(*, opened: datetime, until: datetime, rng: Random) -> Cast:
    """Found the office at `opened` and bring it up to `until`; returns its cast.

    Call it inside the transaction that writes the office's histories.
    """
    book = read("office")
    tenant = actions.open_office(
        slug=roles.SLUG,
        name=book["name"],
        name_en=book["name_en"],
        rulebook=book["rulebook"],
        receipt_prefix=book["prefix"],
        address=book["address"],
        phone=book["phone"],
        complaint_phone=book["complaint_phone"],
        review_body=book["review_body"],
        at=opened,
    )
    cast = Cast(tenant, load_calendar())
    units = {
        code: actions.add_unit(tenant, code=code, name=unit["name"], by=BY, at=opened)
        for code, unit in book["units"].items()
    }
    people = _hire(tenant, book, opened)
    cast.reception = tuple(book["reception"])
    for number, line in enumerate(book["posts"], start=1):
        post = _post(line, units, people, number=number, reception=cast.reception, at=opened)
        cast.posts[post.code] = post
    for code, unit in book["units"].items():
        cast.overseers[code] = unit["overseer"]
        actions.set_overseer(units[code], cast.posts[unit["overseer"]].row, by=BY, at=opened)
    for role, holders in book["roles"].items():
        for staff_no in holders:
            actions.grant_role(people[staff_no], role, by=BY, at=opened)
    cast.items = [_item(entry, cast.posts[entry["post"]], opened) for entry in read("items")]
    promise(cast, opened)
    _absences(cast, people, opened, until, rng)
    signing_in = [people[int(role.staff_no)] for role in roles.ROLES]
    actions.create_accounts(signing_in, by=BY, at=until, shared=roles.PASSWORD)
    return cast


def _hire(tenant: Tenant, book: dict[str, Any], at: datetime) -> dict[int, Person]:
    return {
        number: actions.hire(
            tenant,
            staff_no=str(number),
            name=name,
            office_phone=PHONE.format(number=number % 1000 + 200),
            by=BY,
            at=at,
        )
        for number, name in book["people"].items()
    }


def _post(
    line: list[Any],
    units: dict[str, Unit],
    people: dict[int, Person],
    *,
    number: int,
    reception: tuple[str, ...],
    at: datetime,
) -> Post:
    code, title, rank, a, b, duties = line
    unit = units[code[:2]]
    row = actions.add_position(
        unit,
        code=code,
        title=title,
        rank=rank,
        duties=duties,
        phone=PHONE.format(number=number + 100),
        place=f"{unit.name} {number:02d}",
        reception=code in reception,
        by=BY,
        at=at,
    )
    since = at.astimezone(SHANGHAI).date()
    for part, holder in (("A", a), ("B", b)):
        actions.appoint(row, people[holder], part, since=since, by=BY, at=at)
    return Post(code, rank, row, unit, people[a], people[b])


def _item(entry: dict[str, Any], post: Post, at: datetime) -> Item:
    law = Limit(entry["law"]["amount"], Per(entry["law"]["unit"])) if "law" in entry else None
    promise = Limit(entry["promise"], law.unit) if law and "promise" in entry else None
    papers = tuple(_paper(text) for text in entry["papers"])
    row = catalogue.add_item(
        post.row,
        code=entry["code"],
        name=entry["name"],
        instant=entry.get("instant", False),
        statutory=law,
        committed=promise,
        legal_basis=entry["basis"],
        conditions=entry["conditions"],
        procedure=entry["procedure"],
        fee=read("words")["fee"],
        open_to_public=entry.get("open", True),
        materials=papers,
        by=BY,
        at=at,
    )
    limit = promise or law
    return Item(
        row=row,
        post=post,
        days=limit.amount * _WORKING_DAYS[limit.unit] if limit else 0,
        papers=tuple(Paper(paper.name, present=True, required=paper.required) for paper in papers),
        work=tuple(entry.get("work", ())),
        procedure=entry.get("pause", ""),
    )


def _paper(text: str) -> catalogue.PaperSpec:
    return catalogue.PaperSpec(
        text.rstrip("*+"), original=text.endswith("*"), required=not text.endswith("+")
    )


def _absences(cast: Cast, people: dict[int, Person], opened: datetime, until: datetime, rng: Random) -> None:
    """Everybody was away now and then; one colleague is today."""
    span = (until - opened).days
    for person in people.values():
        for part in range(_ABSENCES):
            # One in each stretch of the time, so that no two overlap; nobody near the end.
            days = span * (part + rng.uniform(0.05, 0.9)) / _ABSENCES
            day = cast.calendar.next_workday((opened + timedelta(days=days)).astimezone(SHANGHAI).date())
            back = cast.calendar.add_workdays(day, rng.randint(0, 3))
            if cast.calendar.closing(back) < until - timedelta(days=20):
                begins, ends = cast.calendar.opening(day), cast.calendar.closing(back)
                _be_away(cast, person, (begins, ends), rng.choice(_KINDS), told=begins)
    today = until.astimezone(SHANGHAI).date()
    begins = cast.calendar.opening(cast.calendar.add_workdays(today, -1))
    ends = cast.calendar.closing(cast.calendar.add_workdays(today, 3))
    _be_away(cast, people[AWAY_TODAY], (begins, ends), "training", told=begins)


def _be_away(
    cast: Cast, person: Person, span: tuple[datetime, datetime], kind: str, *, told: datetime
) -> None:
    begins, ends = span
    actions.record_absence(person, starts_at=begins, ends_at=ends, kind=kind, by=BY, at=told)
    cast.away.setdefault(person.id, []).append(span)
