"""Who may lead, instruct and take over, with the database behind it."""

from __future__ import annotations

import pytest

from huiyin.delivery.models import Message
from huiyin.matters import actions
from huiyin.matters.actions import By, Request
from huiyin.matters.models import Matter
from huiyin.matters.steps import Paper
from huiyin.organisation.models import Tenant
from huiyin.rules.errors import Forbidden, Invalid, NotFound, Unlawful
from tests.factories import Office, make_office

PAPERS = (Paper("申请书", present=True, copies=2),)


@pytest.fixture
def number(office: Office) -> str:
    asked = Request(kind="enquiry", channel="counter", summary="问救助")
    return actions.register(by(office, "receptionist", "0"), asked).number


def by(office: Office, who: str, key: str) -> By:
    return By(office.asker(who), office.at, key)


def test_a_leader_from_another_line_sees_what_they_are_asked_and_only_they_instruct(
    office: Office, number: str
) -> None:
    leader = office.people["stand_in"].id
    with pytest.raises(NotFound):
        actions.instruct(by(office, "stand_in", "1"), number, words="由救助岗办")
    actions.route_contact(by(office, "receptionist", "2"), number, way="unclear", to=leader, words="像是救助")
    with pytest.raises(Forbidden):
        actions.instruct(by(office, "main_leader", "3"), number, words="由救助岗办")
    actions.instruct(by(office, "stand_in", "4"), number, words="由救助岗办")
    with pytest.raises(Forbidden):
        actions.instruct(by(office, "stand_in", "5"), number, words="再说一遍")


def test_only_a_leader_can_be_asked_and_only_somebody_of_the_office(office: Office, number: str) -> None:
    other = make_office("linzhen").people["main_leader"].id
    with pytest.raises(Invalid) as caught:
        actions.route_contact(
            by(office, "receptionist", "1"), number, way="unclear", to=office.people["clerk"].id, words="?"
        )
    assert set(caught.value.fields) == {"to"}
    with pytest.raises(NotFound):
        actions.route_contact(by(office, "receptionist", "2"), number, way="unclear", to=other, words="?")


def test_papers_are_taken_over_by_whom_they_are_for(office: Office, number: str) -> None:
    clerk, receptionist = office.people["clerk"], office.people["receptionist"]
    with pytest.raises(Invalid):
        actions.keep_papers(by(office, "receptionist", "1"), number, to=receptionist.id, papers=PAPERS)
    actions.keep_papers(by(office, "receptionist", "2"), number, to=clerk.id, papers=PAPERS)
    assert Message.objects.filter(person=clerk, text="papers_kept").exists()
    with pytest.raises(Forbidden):
        actions.take_papers(by(office, "receptionist", "3"), number)
    actions.take_papers(by(office, "clerk", "4"), number)
    assert Matter.objects.get(number=number).papers_for == []


def test_only_the_custodian_chooses_the_way(office: Office, number: str) -> None:
    with pytest.raises(Forbidden):
        actions.route_contact(by(office, "main_leader", "1"), number, way="shared", department="县里")


def test_nobody_is_led_to_who_is_away_before_papers_and_contact_are_taken_down(
    office: Office, number: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk = office.people["clerk"].id
    office.absent("clerk", starts_at=office.at, hours=2)
    # Where no clause asks for it the colleague is named, away or not.
    asked = Request(kind="enquiry", channel="counter", summary="问低保")
    other = actions.register(by(office, "receptionist", "1"), asked).number
    actions.route_contact(by(office, "receptionist", "2"), other, way="colleague", to=clerk)
    monkeypatch.setattr(office.tenant, "rulebook", "commission")
    Tenant.objects.filter(id=office.tenant.id).update(rulebook="commission")
    number = actions.register(by(office, "receptionist", "3"), asked).number
    with pytest.raises(Unlawful) as caught:
        actions.route_contact(by(office, "receptionist", "4"), number, way="colleague", to=clerk)
    assert (caught.value.code, caught.value.clause) == ("handler_absent", "p3.first-responder.3.2.a")
    with pytest.raises(Unlawful):
        actions.offer_handover(by(office, "receptionist", "5"), number, to=clerk)
    actions.keep_papers(
        by(office, "receptionist", "6"), number, to=clerk, papers=PAPERS, contact="13900001234"
    )
    actions.route_contact(by(office, "receptionist", "7"), number, way="colleague", to=clerk)
