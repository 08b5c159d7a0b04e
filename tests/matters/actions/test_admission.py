"""What the office's regulation demands before anything is registered."""

from __future__ import annotations

from dataclasses import replace

import pytest

from huiyin.documents.models import Document
from huiyin.matters import actions
from huiyin.matters.actions import By, Request
from huiyin.matters.models import Matter
from huiyin.matters.steps import Paper
from huiyin.rules.errors import Invalid, Unlawful
from tests.factories import Office, make_office

ASKED = Request(
    kind="enquiry", channel="phone", summary="问低保", applicant_name="王小明", applicant_phone="13900001234"
)
BROUGHT = Request(
    kind="application",
    channel="counter",
    item="DB-1",
    applicant_name="王小明",
    materials=(Paper("居民户口簿", present=True, pages=4), Paper("收入证明", present=False, problem="没带")),
)


def by(office: Office, key: str = "1") -> By:
    return By(office.asker("clerk"), office.at, key)


def wrong(office: Office, request: Request) -> tuple[set[str], str]:
    with pytest.raises(Invalid) as caught:
        actions.register(by(office), request)
    assert not Matter.objects.filter(tenant=office.tenant).exists()
    return set(caught.value.fields), caught.value.clause


def test_a_weighty_contact_needs_its_record_where_the_rulebook_says_so(db: None) -> None:
    office = make_office()
    assert wrong(office, replace(ASKED, important=True)) == ({"record"}, "p4.service-commitment.3.c")
    assert wrong(office, replace(ASKED, important=True, record="长" * 5001))[0] == {"record"}
    assert wrong(office, replace(ASKED, nature="gossip"))[0] == {"nature"}
    actions.register(by(office), replace(ASKED, important=True, record="坝脚渗水"))
    row = Matter.objects.get(tenant=office.tenant)
    assert (row.important, row.record, row.nature) == (True, "坝脚渗水", "business")


def test_an_office_that_does_not_regulate_it_has_no_weighty_contacts(db: None) -> None:
    office = make_office(rulebook="commission")
    with pytest.raises(Unlawful) as caught:
        actions.register(by(office), replace(ASKED, important=True, record="坝脚渗水"))
    assert caught.value.code == "not_regulated"


def test_a_company_registers_who_asked_and_how_to_reach_them(db: None) -> None:
    office = make_office(rulebook="company")
    bare = replace(ASKED, applicant_name="", applicant_phone="")
    assert wrong(office, bare) == ({"applicant_name", "applicant_phone"}, "p1.first-responder.2.1.c")
    for number, fine in enumerate(
        (
            replace(bare, answer_at_once=True),
            replace(bare, channel="letter"),
            replace(ASKED, applicant_phone="", applicant_email="a@b.cn"),
        )
    ):
        actions.register(by(office, str(number)), fine)


def test_a_receipt_counts_pages_and_says_when_to_come_back(db: None) -> None:
    office = make_office(rulebook="commission")
    assert wrong(office, replace(BROUGHT, materials=())) == ({"materials"}, "p3.time-limit.3.a")
    unpaged = replace(BROUGHT, materials=(Paper("居民户口簿", present=True), *BROUGHT.materials[1:]))
    assert wrong(office, unpaged) == ({"materials.0.pages"}, "p3.time-limit.3.b")
    receipt = actions.register(by(office), BROUGHT)
    assert [row.kind for row in Document.objects.filter(id__in=receipt.documents)] == ["receipt"]


@pytest.mark.parametrize("rulebook", ["township", "company", "headquarters"])
def test_other_offices_save_without_a_counted_receipt(rulebook: str, db: None) -> None:
    office = make_office(rulebook=rulebook)
    receipt = actions.register(by(office), replace(BROUGHT, materials=()))
    assert receipt.documents == ()


def test_instant_items_and_what_does_not_come_by_hand_take_none(db: None) -> None:
    office = make_office(rulebook="commission")
    for number, request in enumerate(
        (replace(BROUGHT, materials=(), item="ZM-1"), replace(BROUGHT, materials=(), channel="phone"))
    ):
        assert actions.register(by(office, str(number)), request).documents == ()
