"""The part of the assessment that is filled from the records."""

from __future__ import annotations

from datetime import timedelta

import pytest

from huiyin.obligations.models import Finding
from huiyin.organisation.models import Tenant
from huiyin.reports.post_responsibility import assessed
from huiyin.storage.ids import new_id
from tests.factories import AT, Office, make_office

pytestmark = pytest.mark.django_db


def found(office: Office, who: str, what: str, days: int = 0, **more: object) -> None:
    Finding.objects.create(
        tenant=office.tenant,
        room="matters",
        subject_id=new_id(),
        what=what,
        clause="p4.time-limit.2",
        found_at=AT - timedelta(days=days),
        against=office.people[who],
        **more,
    )


def test_counts_are_this_years_of_this_office_and_still_standing() -> None:
    office, other = make_office("zhaogong"), make_office("other")
    found(office, "clerk", "overdue")
    found(office, "clerk", "invoked")
    found(office, "clerk", "second_notice")
    found(office, "clerk", "overdue", days=10)  # last year
    found(office, "clerk", "overdue", lifted_at=AT)
    found(other, "clerk", "overdue")
    clause, rows = assessed(office.tenant, AT)
    assert clause == "p4.post-responsibility.6"
    (one,) = [row for row in rows if row.record.held.position.code == "MZ01"]
    assert (one.overdue, one.pointed_out, one.other, one.whole) == (1, 1, 1, False)
    assert len(rows) == len(office.positions)


def test_elsewhere_it_is_no_part_of_the_assessment() -> None:
    office = make_office("zhaogong")
    Tenant.objects.filter(id=office.tenant.id).update(rulebook="commission")
    office.tenant.refresh_from_db()
    assert assessed(office.tenant, AT) == ("", [])
