"""Outgoing documents: who checks, countersigns, signs, numbers, sends and files."""

from __future__ import annotations

import pytest

from huiyin.ledger.models import LedgerEvent
from huiyin.matters import permissions
from huiyin.matters.models import Matter, OfficialDocument, Routing, StepNote
from huiyin.obligations.models import Obligation
from huiyin.organisation import actions as organisation
from huiyin.rules.errors import Forbidden, Invalid, Unlawful
from tests.matters.handling import Desk
from tests.matters.paperwork import KEEPER, away, checked, comes_in, ordered, passed_on, signed


def test_a_draft_is_put_before_others_and_signed_by_a_leader(desk: Desk) -> None:
    number = ordered(desk)
    with pytest.raises(Invalid):
        desk.do("submit_draft", number, text="稿", to=desk.id("clerk"))
    desk.do("submit_draft", number, text="稿", to=desk.id("head"))
    with pytest.raises(Invalid):
        desk.do("ask_countersign", number, to=desk.id("clerk"))
    with pytest.raises(Invalid):
        desk.do("check_draft", number, who="head", to=desk.id("second_clerk"))
    desk.do("check_draft", number, who="head", to=desk.id("main_leader"))
    with pytest.raises(Forbidden):
        desk.do("sign_document", number, who="leader_in_charge")
    desk.do("sign_document", number, who="main_leader")
    assert Matter.objects.get(number=number).stage == "to_number"


def test_whoever_is_no_leader_any_more_signs_nothing_put_before_them_earlier(desk: Desk) -> None:
    number = checked(desk)
    office, day = desk.office, desk.at.date()
    post, successor = office.positions["LD02"], office.people["receptionist"]
    organisation.appoint(post, successor, "A", since=day, by=organisation.OPERATOR, at=desk.at)
    with pytest.raises(Forbidden):
        desk.do("sign_document", number, who="leader_in_charge")
    assert Matter.objects.get(number=number).stage == "to_sign"


def test_a_slip_in_the_register_is_void_and_its_number_stays_used(desk: Desk) -> None:
    number = comes_in(desk)
    with pytest.raises(Forbidden):
        desk.do("void_document", number, who="efficiency_office", reason="登记重复")
    with pytest.raises(Invalid):
        desk.do("void_document", number, who=KEEPER, reason=" ")
    desk.do("circulate", number, who=KEEPER, to=[desk.id("clerk")])
    desk.do("void_document", number, who=KEEPER, reason="登记重复")
    matter = Matter.objects.get(number=number)
    assert (matter.stage, matter.outcome, matter.closed_at) == ("closed", "voided", desk.at)
    assert set(Obligation.objects.filter(subject_id=matter.id).values_list("outcome", flat=True)) == {
        "waived"
    }
    assert not Routing.objects.filter(matter=matter, done_at=None).exists()
    # Why is kept encrypted, who and when in the ledger; the place in the register is not given again.
    assert StepNote.objects.get(matter=matter).text == "登记重复"
    event = LedgerEvent.objects.get(subject_id=matter.id, kind="document.voided")
    assert event.actor == f"person:{desk.id(KEEPER)}"
    assert "登记重复" not in event.body
    again = OfficialDocument.objects.get(matter__number=comes_in(desk))
    assert (OfficialDocument.objects.get(matter=matter).serial, again.serial) == (1, 2)
    with pytest.raises(Unlawful):
        desk.do("present_to_main_leader", number, who=KEEPER)


def test_what_has_gone_out_is_not_undone(desk: Desk) -> None:
    number = signed(desk)
    desk.do("number_document", number, who=KEEPER)
    desk.do("dispatch_document", number, who=KEEPER, how="post")
    with pytest.raises(Unlawful):
        desk.do("void_document", number, who=KEEPER, reason="登记重复")


def test_a_stand_in_who_wrote_it_does_not_sign_it_nor_anybody_for_whom_they_wrote(desk: Desk) -> None:
    leader = desk.id("leader_in_charge")
    number = ordered(desk, who="leader_in_charge", drafter=leader)
    away(desk, "leader_in_charge")
    written = {"acting_for": "leader_in_charge", "text": "稿"}
    desk.do("submit_draft", number, who="stand_in", to=desk.id("head"), **written)
    for author in ("stand_in", "leader_in_charge"):
        with pytest.raises(Invalid):
            desk.do("check_draft", number, who="head", to=desk.id(author))
    desk.do("check_draft", number, who="head", to=desk.id("main_leader"))
    desk.do("sign_document", number, who="main_leader")


def test_a_leader_does_not_sign_what_they_wrote_before_handing_it_on(desk: Desk) -> None:
    number = ordered(desk)
    passed_on(desk, number, "clerk", "leader_in_charge")
    desk.do("submit_draft", number, who="leader_in_charge", text="稿", to=desk.id("head"))
    passed_on(desk, number, "leader_in_charge", "second_clerk")
    with pytest.raises(Invalid):
        desk.do("check_draft", number, who="head", to=desk.id("leader_in_charge"))
    assert Matter.objects.get(number=number).drafted_by == [str(desk.id("leader_in_charge"))]


def test_whoever_drafted_for_somebody_and_they_are_both_its_authors(desk: Desk) -> None:
    leader = desk.id("leader_in_charge")
    number = ordered(desk, who="leader_in_charge", drafter=leader)
    away(desk, "leader_in_charge")
    desk.do(
        "submit_draft", number, who="stand_in", acting_for="leader_in_charge", text="稿", to=desk.id("head")
    )
    assert Matter.objects.get(number=number).drafted_by == [str(desk.id("stand_in")), str(leader)]


def test_whoever_wrote_a_first_draft_judges_no_second(desk: Desk) -> None:
    number = ordered(desk)
    passed_on(desk, number, "clerk", "second_clerk")
    desk.do("submit_draft", number, who="second_clerk", text="稿", to=desk.id("head"))
    desk.do("return_draft", number, who="head", opinion="改")
    passed_on(desk, number, "second_clerk", "receptionist")
    for judge in ("second_clerk", "receptionist", "clerk"):
        with pytest.raises(Invalid):
            desk.do("submit_draft", number, who="receptionist", text="稿", to=desk.id(judge))
    desk.do("submit_draft", number, who="receptionist", text="稿", to=desk.id("head"))
    for author in ("second_clerk", "receptionist"):
        with pytest.raises(Invalid):
            desk.do("ask_countersign", number, who="receptionist", to=desk.id(author))


def test_a_countersigner_who_took_the_document_over_no_longer_countersigns(desk: Desk) -> None:
    number = checked(desk)
    desk.do("ask_countersign", number, to=desk.id("second_clerk"))
    passed_on(desk, number, "clerk", "second_clerk")
    with pytest.raises(Unlawful):
        desk.do("countersign", number, who="second_clerk")
    matter = Matter.objects.select_related("custodian", "tenant").get(number=number)
    offered = permissions.lawful_verbs(desk.office.asker("second_clerk", desk.at), matter, desk.at)
    assert "countersign" not in {one.verb for one in offered}


@pytest.mark.parametrize("verb", ["number_document", "dispatch_document", "archive_document"])
def test_the_register_is_its_keepers(desk: Desk, verb: str) -> None:
    number = signed(desk)
    fields = {"dispatch_document": {"how": "post"}, "archive_document": {"archive_number": "1"}}
    with pytest.raises(Forbidden):
        desk.do(verb, number, who="clerk", **fields.get(verb, {}))


def test_the_drafter_answers_until_it_is_filed(desk: Desk) -> None:
    number = signed(desk)
    for verb, fields in (
        ("number_document", {}),
        ("dispatch_document", {"how": "post"}),
        ("archive_document", {"archive_number": "2026-7"}),
    ):
        assert Matter.objects.get(number=number).custodian_id == desk.id("clerk")
        desk.do(verb, number, who=KEEPER, **fields)
    row = OfficialDocument.objects.get(matter__number=number)
    assert (row.archive_number, row.dispatched_how) == ("2026-7", "post")
    with pytest.raises(Forbidden):
        desk.do("return_draft", number, who="leader_in_charge", opinion="晚了")
