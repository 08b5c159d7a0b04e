"""The events of matters, matter by matter."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.ledger.models import LedgerEvent
from huiyin.matters.queries import chains as module
from huiyin.matters.queries import law_of
from huiyin.matters.queries.chains import chains, count_chains
from huiyin.rules import events as e
from huiyin.rules.docket import follow
from tests.factories import make_office
from tests.matters.handling import MONDAY, Desk


def test_each_matter_comes_with_its_events_in_order(desk: Desk) -> None:
    first, second = desk.granted(), desk.enquiry()
    found = {one.number: one for one in chains(None, desk.office.tenant.id)}
    assert list(found) == [first, second]
    kinds = [event.kind for event in found[first].events]
    assert (kinds[0], kinds[-1]) == ("matter.registered", "decision.granted")
    assert found[first].unit == desk.office.units["MZ"].name
    assert all(one.unreadable == "" for one in found.values())


def test_following_them_leads_to_what_the_rows_say(desk: Desk) -> None:
    number = desk.refused()
    (chain,) = chains(None, desk.office.tenant.id)
    docket = None
    law = law_of(desk.office.tenant, desk.office.at)
    for event in chain.events:
        if not isinstance(event, e.LimitPassed):
            docket = follow(docket, event, law).docket
    assert docket is not None
    assert docket.state.stage.value == desk.matter(number).stage
    due = {key: clock.due_at for key, clock in desk.clocks(number).items()}
    assert {one.key: one.due for one in docket.owed} == due


def test_only_what_was_received_in_between_and_what_one_may_see(desk: Desk) -> None:
    other = make_office("beitang")
    Desk(other).enquiry()
    number = desk.enquiry()
    tenant = desk.office.tenant.id
    assert [one.number for one in chains(None, tenant)] == [number]
    assert list(chains(None, tenant, since=MONDAY + timedelta(days=1))) == []
    assert list(chains(None, tenant, until=MONDAY)) == []
    assert count_chains(None, tenant, since=MONDAY, until=MONDAY + timedelta(days=1)) == 1
    seen = {who: count_chains(desk.office.asker(who, desk.at), tenant) for who in ("clerk", "stand_in")}
    assert seen == {"clerk": 1, "stand_in": 0}


def test_the_number_of_queries_does_not_grow_with_matters(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts = []
    for _ in range(3):
        desk.enquiry()
        with CaptureQueriesContext(connection) as seen:
            list(chains(None, desk.office.tenant.id))
        counts.append(len(seen))
    assert len(set(counts)) == 1
    # Negative control: with batches of one it does.
    monkeypatch.setattr(module, "BATCH", 1)
    with CaptureQueriesContext(connection) as seen:
        assert len(list(chains(None, desk.office.tenant.id))) == 3
    assert len(seen) > counts[0]


def test_an_event_that_cannot_be_read_is_named(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.enquiry()

    def fail(*_: object, **__: object) -> None:
        raise ValueError("no such urgency")

    monkeypatch.setattr(module, "read_back", fail)
    (chain,) = chains(None, desk.office.tenant.id)
    assert chain.unreadable == "event 1: no such urgency"
    assert chain.events == ()
    assert LedgerEvent.objects.filter(room="matters").exists()
