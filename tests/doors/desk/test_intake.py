"""Registering: in place, once, with everything typed kept when something is wrong."""

from __future__ import annotations

from uuid import uuid4

from huiyin.matters import queries as matters
from huiyin.matters.models import Handover, Matter
from tests.doors.desk.browser import Desk, said, value_of
from tests.factories import Office


def test_choosing_an_item_opens_its_form_with_its_papers(clerk: Desk, office: Office) -> None:
    item = office.items["DB-1"]
    answer = clerk.script("begin/", pick=f"item:{item.id}", q="低保")
    assert b"<html" not in answer.content
    page = said(answer)
    assert "居民户口簿" in page
    assert "近期照片" in page
    assert "选交" in page
    assert value_of(answer, "item") == "DB-1"
    whole = clerk.post("begin/", pick=f"item:{item.id}", q="低保")
    assert b"<html" in whole.content


def test_registering_shows_number_and_code_once(clerk: Desk) -> None:
    key = str(uuid4())
    typed = {
        "kind": "application",
        "channel": "phone",
        "urgency": "normal",
        "item": "DB-1",
        "summary": "低保申请",
        "applicant_name": "王秀兰",
        "applicant_phone": "138 1234 1234",
    }
    answer = clerk.post("register/", key=key, **typed)
    assert answer.status_code == 200
    (row,) = Matter.objects.all()
    page = said(answer)
    assert row.number in page
    assert "只显示这一次" in page
    assert row.channel == "phone"
    assert row.applicant_phone == "13812341234"
    again = clerk.post("register/", key=key, **typed)
    assert Matter.objects.count() == 1
    assert row.number in said(again)


def test_ticked_papers_are_recorded_and_nothing_ticked_means_later(clerk: Desk, office: Office) -> None:
    papers = list(office.items["DB-1"].materials.order_by("order"))
    typed = {
        "kind": "application",
        "channel": "counter",
        "urgency": "normal",
        "item": "DB-1",
        "summary": "低保",
        "applicant_name": "王秀兰",
    }
    clerk.post("register/", **typed, present=[str(papers[0].id)])
    clerk.post("register/", **typed)
    checked, unchecked = Matter.objects.order_by("received_at", "number")
    assert [one.present for one in matters.materials_of(checked)] == [True, False, False]
    assert not unchecked.materials.exists()


def test_handing_over_at_once_keeps_custody_until_accepted(receptionist: Desk, office: Office) -> None:
    page = receptionist.post("begin/", pick=f"person:{office.people['clerk'].id}", q="低保条件")
    assert f"登记后移交给 卫经办{office.canary}" in said(page)
    typed = {
        "kind": "enquiry",
        "channel": "counter",
        "urgency": "normal",
        "summary": "低保条件",
        "hand_to": value_of(page, "hand_to"),
        "hand_over": "on",
    }
    answer = receptionist.post("register/", **typed)
    assert f"已请 卫经办{office.canary} 接收" in said(answer)
    (offer,) = Handover.objects.all()
    assert offer.matter.custodian == office.people["receptionist"]


def test_what_was_typed_stays_when_something_is_wrong(clerk: Desk) -> None:
    answer = clerk.script(
        "register/",
        key="the-same-key",
        kind="enquiry",
        channel="letter",
        urgency="urgent",
        summary="问低保",
        applicant_name="王秀兰",
        applicant_phone="12",
        details="家中四口人",
    )
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "电话号码格式不对" in html
    for kept in ("问低保", "王秀兰", 'value="12"', "家中四口人"):
        assert kept in html
    assert value_of(answer, "key") == "the-same-key"
    assert not Matter.objects.exists()


def test_a_wrong_field_that_is_folded_away_is_unfolded(clerk: Desk) -> None:
    answer = clerk.post(
        "register/", kind="enquiry", channel="counter", urgency="low", summary="问", applicant_id_number="123"
    )
    assert '<details class="more" open>' in answer.content.decode()


def test_another_offices_item_is_not_found(clerk: Desk) -> None:
    assert clerk.post("begin/", pick=f"item:{uuid4()}").status_code == 404
    assert clerk.post("begin/", pick="item:nonsense").status_code == 404


def test_a_matter_is_registered_even_when_it_cannot_be_handed_over(clerk: Desk, office: Office) -> None:
    gone = office.people["second_clerk"]
    type(gone).objects.filter(id=gone.id).update(active=False)
    answer = clerk.post(
        "register/",
        kind="enquiry",
        channel="counter",
        urgency="normal",
        summary="问",
        hand_to=str(gone.id),
        hand_over="on",
    )
    assert Matter.objects.count() == 1
    assert "只显示这一次" in said(answer)


def test_what_is_owed_is_put_in_place_with_the_receipt(receptionist: Desk, office: Office) -> None:
    typed = {"kind": "enquiry", "channel": "counter", "urgency": "normal", "summary": "低保条件"}
    to = str(office.people["clerk"].id)
    answer = receptionist.script("register/", **typed, hand_to=to, hand_over="on")
    (row,) = Matter.objects.all()
    html = answer.content.decode()
    owed = html[html.index('id="owed"') :]
    assert 'hx-swap-oob="true"' in owed
    # Until it is accepted the matter stays with who registered it, and says so.
    assert row.number in owed
    assert "移交中，等待接收" in owed
    assert 'id="menu-wide" hx-swap-oob="true"' in html
    # The control: a whole page shows each once, in its place.
    whole = receptionist.post("register/", **typed).content.decode()
    assert whole.count('id="owed"') == 1
    assert "hx-swap-oob" not in whole
