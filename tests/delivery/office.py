"""An office with two people, and drafts to them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from huiyin.delivery import actions
from huiyin.delivery.actions import Draft
from huiyin.delivery.models import Channel
from huiyin.organisation import actions as organisation
from huiyin.organisation.models import Person, Tenant
from huiyin.organisation.queries import Asker, asker_for_person
from huiyin.storage.transactions import write

AT = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)
NUMBER = "QH202600000017K"


@dataclass(frozen=True)
class Office:
    tenant: Tenant
    person: Person
    colleague: Person

    def draft(self, dedupe: str = "1", **change: Any) -> Draft:
        given = {
            "tenant_id": self.tenant.id,
            "text": "matter_assigned",
            "params": {"number": NUMBER},
            "person_id": self.person.id,
            "dedupe": dedupe,
            "link": f"/desk/matters/{NUMBER}",
        }
        return Draft(**{**given, **change})

    def letter(self, dedupe: str = "1", **change: Any) -> Draft:
        return self.draft(dedupe, **{"channel": Channel.EMAIL, **change})


def open_office(slug: str = "qinghe") -> Office:
    tenant = Tenant.objects.create(
        slug=slug, name="青禾镇人民政府", rulebook="township", receipt_prefix="QH", created_at=AT
    )
    people = [
        organisation.hire(
            tenant,
            staff_no=number,
            name=name,
            email=f"{number}@{slug}.example",
            by=organisation.OPERATOR,
            at=AT,
        )
        for number, name in (("1001", "解一鸣"), ("1002", "欧阳喆"))
    ]
    return Office(tenant, people[0], people[1])


def post(*drafts: Draft, at: datetime = AT) -> None:
    with write():
        actions.post(drafts, at=at)


def asker(person: Person) -> Asker:
    return asker_for_person(person.id, AT, "desk")
