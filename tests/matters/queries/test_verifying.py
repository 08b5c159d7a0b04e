from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import connection

from huiyin.ledger import triggers
from huiyin.ledger.models import LedgerEvent
from huiyin.matters import actions, queries
from huiyin.matters.actions import By, Request
from huiyin.matters.models import Matter
from huiyin.matters.queries import verifying
from tests.factories import Office, make_office

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return make_office("qingshi")


def _by(office: Office, who: str) -> By:
    return By(office.asker(who), office.at, str(uuid4()))


def _registered(office: Office) -> Matter:
    request = Request(kind="enquiry", channel="counter", summary="询问低保")
    return Matter.objects.get(number=actions.register(_by(office, "clerk"), request).number)


def test_custody_follows_offers_acceptances_bounces_and_withdrawals(office: Office) -> None:
    row = _registered(office)
    colleague = office.people["second_clerk"].id
    actions.offer_handover(_by(office, "clerk"), row.number, to=colleague)
    assert queries.verify().faults == []
    actions.bounce_handover(_by(office, "second_clerk"), row.number, reason="不是这个岗位的事")
    assert queries.verify().faults == []
    actions.offer_handover(_by(office, "clerk"), row.number, to=colleague)
    actions.withdraw_handover(_by(office, "clerk"), row.number)
    assert queries.verify().faults == []
    actions.offer_handover(_by(office, "clerk"), row.number, to=colleague)
    actions.accept_handover(_by(office, "second_clerk"), row.number)
    compared = queries.verify()
    assert (compared.matters, compared.faults) == (1, [])
    Matter.objects.filter(id=row.id).update(custodian=office.people["clerk"])
    [fault] = queries.verify().faults
    assert (fault.check, fault.subject, fault.seq) == ("custodian", row.id.hex, 7)


def test_an_offer_that_only_the_row_knows_is_found(office: Office) -> None:
    row = _registered(office)
    Matter.objects.filter(id=row.id).update(offered_to=office.people["head"])
    assert [fault.check for fault in queries.verify(office.tenant.id, row.id).faults] == ["offered_to"]


def test_a_matter_without_events_is_found(office: Office) -> None:
    row = _registered(office)
    triggers.drop(connection)
    LedgerEvent.objects.filter(subject_id=row.id).delete()
    triggers.create(connection)
    assert [fault.check for fault in queries.verify().faults] == ["events"]


def test_an_event_that_does_not_say_who_is_found(office: Office) -> None:
    row = _registered(office)
    triggers.drop(connection)
    LedgerEvent.objects.filter(subject_id=row.id, seq=1).update(body="{}")
    triggers.create(connection)
    assert [fault.check for fault in queries.verify().faults] == ["body"]


def test_batches_leave_nobody_out(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verifying, "BATCH", 2)
    made = [_registered(office) for _ in range(5)]
    Matter.objects.filter(id=made[4].id).update(custodian=office.people["head"])
    seen: list[int] = []
    compared = queries.verify(progress=seen.append)
    assert compared.matters == 5
    assert seen == [2, 2, 1]
    assert [fault.subject for fault in compared.faults] == [made[4].id.hex]


def test_another_office_is_left_alone(office: Office) -> None:
    other = make_office("baisha")
    _registered(office)
    theirs = _registered(other)
    assert queries.count_matters() == 2
    assert queries.count_matters(other.tenant.id) == 1
    assert queries.verify(other.tenant.id).matters == 1
    assert queries.ids_of_number(office.tenant.id, theirs.number) == []
    assert queries.ids_of_number(None, theirs.number.lower()) == [(other.tenant.id, theirs.id)]
    assert queries.numbers_of([theirs.id, uuid4()]) == {theirs.id.hex: theirs.number}
