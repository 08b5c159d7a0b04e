"""Outgoing documents: who checks, countersigns, signs, numbers, sends and files."""

from __future__ import annotations

import pytest

from huiyin.ledger.models import LedgerEvent
from huiyin.matters.models import Matter, OfficialDocument, Routing, StepNote
from huiyin.obligations.models import Obligation
from huiyin.organisation import actions as organisation
from huiyin.rules.errors import Forbidden, Invalid, Unlawful
from tests.matters.handling import Desk
from tests.matters.paperwork import KEEPER, checked, comes_in, ordered, signed


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
