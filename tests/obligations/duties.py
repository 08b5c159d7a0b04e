"""Two colleagues of one office, and duties stored as the rules give them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from huiyin.obligations import actions
from huiyin.obligations.actions import Subject
from huiyin.organisation.models import Person, Tenant
from huiyin.rules import events as e
from huiyin.rules.docket import Docket
from huiyin.storage.ids import new_id
from huiyin.storage.transactions import write
from tests.rules.happenings import BOOK, after, application

AT = datetime(2026, 1, 5, 2, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Office:
    """An office whose people are only names here."""

    tenant: Tenant
    clerk: Person
    colleague: Person

    def subject(self) -> Subject:
        """Return a new thing that duties may be about."""
        return Subject(self.tenant.id, "matters", new_id(), BOOK.version)

    def docket(self, when: str, *events: e.Event, custodian: Person | None = None) -> Docket:
        """Return what the clerk, or somebody else, owes for an application and what followed it."""
        return after(application(when, custodian=str((custodian or self.clerk).id)), *events)

    def owes(self, when: str, *events: e.Event, custodian: Person | None = None) -> Subject:
        """Store a docket; returns what it is about."""
        subject = self.subject()
        with write():
            actions.settle(subject, (), self.docket(when, *events, custodian=custodian).owed)
        return subject


def open_office(slug: str = "qinghe") -> Office:
    """Make the office."""
    tenant = Tenant.objects.create(
        slug=slug, name="青禾镇人民政府", rulebook="township", receipt_prefix=slug[:4].upper(), created_at=AT
    )
    people = [
        Person.objects.create(tenant=tenant, staff_no=number, name=name)
        for number, name in (("1001", "解一鸣"), ("1002", "欧阳喆"))
    ]
    return Office(tenant, people[0], people[1])
