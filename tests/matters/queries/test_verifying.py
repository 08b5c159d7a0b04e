from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import connection

from huiyin.ledger import triggers
from huiyin.ledger.models import LedgerEvent
from huiyin.matters import actions, queries
from huiyin.matters.actions import By, Request
from huiyin.matters.models import Handover, Matter
from huiyin.matters.queries import verifying
from tests.factories import Office, make_office
from tests.matters.handling import COMPLETE, INCOMPLETE, MONDAY, Desk
from tests.matters.paperwork import KEEPER, on_its_way

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


# One lie for every column compared; the database's own constraints let each of them in.
LIES: dict[str, dict[str, object]] = {
    "version": {"version": 99},
    "number": {"number": "QING-2026-000099-9"},
    "kind": {"kind": "enquiry"},
    "stage": {"stage": "delivered"},
    "outcome": {"outcome": "withdrawn"},
    "first_responder": {"first_responder": "head"},
    "custodian": {"custodian": "head"},
    "offered_to": {"offered_to": "head"},
    "accepted_at": {"accepted_at": MONDAY},
    "decided_at": {"decided_at": MONDAY},
    "closed_at": {"closed_at": MONDAY},
    "refusal_approved_at": {"refusal_approved_at": MONDAY},
}


@pytest.mark.parametrize("column", LIES)
def test_a_row_that_says_something_else_is_found(office: Office, column: str) -> None:
    # No matter with a closing day is in any stage but the last.
    number = Desk(office).granted() if column == "stage" else Desk(office).closed()
    assert queries.verify().faults == []
    lie = {key: office.people.get(str(value), value) for key, value in LIES[column].items()}
    Matter.objects.filter(number=number).update(**lie)
    assert [fault.check for fault in queries.verify().faults] == [column]


@pytest.mark.parametrize("way", ["refused", "filed", "granted", "asked_for_time"])
def test_what_the_verbs_write_is_what_the_events_give(office: Office, way: str) -> None:
    desk = Desk(office)
    getattr(desk, way)()
    assert queries.verify().faults == []


def test_notices_and_a_refusal_overturned_fold_back_to_where_they_came_from(office: Office) -> None:
    desk = Desk(office)
    number = desk.register(materials=INCOMPLETE)
    for _ in range(2):
        desk.do("issue_notice", number, supplement_how="窗口")
        assert queries.verify().faults == []
        if desk.matter(number).stage == "awaiting_supplement":
            desk.do("receive_supplement", number)
            desk.do("check_materials", number, found=INCOMPLETE)
    desk.do("check_materials", number, found=COMPLETE)
    desk.do("accept_application", number)
    desk.filed(number)
    desk.do("overturn_refusal", number, opinion="收入计算有误")
    assert (desk.matter(number).stage, queries.verify().faults) == ("in_hand", [])


def test_an_offer_that_only_the_row_knows_is_found(office: Office) -> None:
    row = _registered(office)
    Matter.objects.filter(id=row.id).update(offered_to=office.people["head"])
    assert [fault.check for fault in queries.verify(office.tenant.id, row.id).faults] == ["offered_to"]


def test_an_offer_that_nobody_can_answer_any_more_is_found(office: Office) -> None:
    desk = Desk(office)
    number = on_its_way(desk)
    desk.do("offer_handover", number, who=KEEPER, to=desk.id("second_clerk"))
    assert queries.verify().faults == []
    desk.do("withdraw_handover", number, who=KEEPER)
    desk.do("send_document", number, who=KEEPER, to=desk.id("clerk"))
    assert queries.verify().faults == []
    Handover.objects.update(ended_at=None, ending="")
    [fault] = queries.verify().faults
    assert (fault.check, fault.subject) == ("handover", desk.matter(number).id.hex)


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
