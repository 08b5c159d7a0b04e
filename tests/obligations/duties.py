"""Duties to store in tests, and an office small enough for them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from huiyin.obligations import actions
from huiyin.obligations.actions import Subject
from huiyin.organisation.models import Person, Tenant
from huiyin.rules import clocks
from huiyin.rules import vocabulary as v
from huiyin.rules.docket import Owed
from huiyin.storage.ids import new_id
from tests.factories import Office

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def small_office() -> Office:
    """A tenant with two people."""
    tenant = Tenant.objects.create(
        slug="a", name="甲", rulebook="township", receipt_prefix="AA", created_at=AT
    )
    found = Office(tenant, "", AT)
    for key in ("one", "two"):
        found.people[key] = Person.objects.create(tenant=tenant, staff_no=key, name=key)
    return found


def subject(office: Office) -> Subject:
    """Something new for duties to be about."""
    return Subject(office.tenant.id, "matters", new_id(), "township@1")


def owed(office: Office, key: str = "decide-1", *, who: str = "one", **more: Any) -> Owed:
    """An open duty due at AT, yellow a day before, unless told otherwise."""
    due = more.pop("due", AT)
    plain = Owed(
        key=key,
        what=key.rpartition("-")[0],
        clause="p4.time-limit.2",
        bearer=str(office.people[who].id),
        clock=clocks.Clock(AT - 9 * DAY, v.Limit(5, v.Unit.WORKING_DAY)),
        due=due,
        yellow=due - DAY,
        provisional=False,
    )
    return replace(plain, **more)


def kept(office: Office, *duties: Owed) -> Subject:
    """Store duties of a new subject."""
    about = subject(office)
    actions.settle(about, (), duties)
    return about
