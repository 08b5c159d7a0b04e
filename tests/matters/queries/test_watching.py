"""Bodies that watch over the regimes read what the rulebook opens to them, and nothing besides."""

from __future__ import annotations

from datetime import timedelta

import pytest

from huiyin.matters.models import Matter
from huiyin.matters.queries.watching import watched
from huiyin.organisation import actions
from huiyin.organisation.models import Tenant
from huiyin.rules.vocabulary import Limit, Unit
from tests.matters.handling import Desk


@pytest.fixture
def watcher(desk: Desk) -> Desk:
    Tenant.objects.filter(id=desk.office.tenant.id).update(rulebook="headquarters")
    person = desk.office.people["receptionist"]
    person.tenant.refresh_from_db()
    actions.grant_role(person, "discipline_group", by=desk.office.asker("administrator", desk.at), at=desk.at)
    return desk


def read_by(desk: Desk, who: str) -> set[str]:
    found = Matter.objects.filter(watched(desk.office.asker(who, desk.at)))
    return set(found.values_list("number", flat=True))


def test_enquiries_and_what_has_run_out_are_read_and_nothing_else(watcher: Desk) -> None:
    asked = watcher.enquiry()
    late = watcher.given(source="supervised", urgency="", limit=Limit(2, Unit.WORKING_DAY))
    assert read_by(watcher, "receptionist") == {asked}
    assert read_by(watcher, "second_clerk") == set()
    watcher.at += timedelta(days=30)
    assert read_by(watcher, "receptionist") == {asked, late}
