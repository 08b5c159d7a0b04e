"""Asking before a refusal and giving papers back, through the verbs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from huiyin.documents import queries as documents
from huiyin.documents.contents import Kind
from huiyin.matters import actions, queries
from huiyin.matters.models import MaterialCheck
from huiyin.rules.errors import Forbidden, Invalid, NotFound, Unlawful
from tests.commissions import COUNTED, commission_office
from tests.factories import Office, make_office
from tests.matters.handling import Desk

FORM = {
    "facts": "月收入9000元",
    "reasons": "收入超标",
    "legal_basis": "社会救助办法第十二条",
    "ground": "violates_law",
    "importance": "ordinary",
    "opinion": "拟不予办理",
}


@pytest.fixture
def commission(db: None) -> Desk:
    return Desk(commission_office("fagai"))


def refused(desk: Desk) -> str:
    number = desk.accepted(applicant_phone="13900001234", materials=COUNTED)
    desk.do("propose_refusal", number, **FORM)
    desk.do("file_refusal", number)
    desk.do("approve_refusal", number, opinion="同意")
    desk.do("refuse", number, explanation="已当面说明")
    return number


def test_the_question_goes_to_the_main_leader_while_the_leader_in_charge_is_away(desk: Desk) -> None:
    number = desk.accepted()
    desk.office.absent("leader_in_charge", starts_at=desk.at, hours=8)
    desk.do("ask_instruction", number, question="能否否定？")
    with pytest.raises(Forbidden):
        desk.do("give_instruction", number, who="head", allows=True, answer="可以")
    desk.do("give_instruction", number, who="main_leader", allows=True, answer="可以")
    assert desk.matter(number).refusal_allowed


def test_nobody_answers_on_a_matter_they_have_taken_over(desk: Desk) -> None:
    number = desk.accepted()
    desk.do("ask_instruction", number, question="能否否定？")
    desk.do("offer_handover", number, to=desk.id("leader_in_charge"))
    desk.do("accept_handover", number, who="leader_in_charge")
    with pytest.raises(Forbidden):
        desk.do("give_instruction", number, who="leader_in_charge", allows=True, answer="可以")


def test_number_and_code_ask_for_the_papers_and_another_code_finds_nothing(commission: Desk) -> None:
    number = refused(commission)
    by = commission.by("applicant")
    with pytest.raises(NotFound):
        actions.ask_return_as_applicant(by, number, code="0000000000")
    receipt = actions.ask_return_as_applicant(commission.by("applicant"), number, code=commission.code)
    assert receipt.stage == "refused"
    assert commission.matter(number).return_asked
    with pytest.raises(Unlawful):
        actions.ask_return_as_applicant(commission.by("applicant"), number, code=commission.code)


def test_another_office_finds_nothing_to_return(commission: Desk) -> None:
    number = refused(commission)
    elsewhere: Office = make_office("linzhen")
    stranger = Desk(elsewhere)
    with pytest.raises(NotFound):
        stranger.do("return_materials", number, identity="id_card", receiver="王小明", signed=True)


def test_only_the_custodian_hands_papers_back(commission: Desk) -> None:
    number = refused(commission)
    with pytest.raises(Forbidden):
        commission.do(
            "return_materials", number, who="second_clerk", identity="id_card", receiver="王", signed=True
        )


def returned(desk: Desk) -> str:
    """Refused, and the papers handed back."""
    number = refused(desk)
    desk.do("return_materials", number, identity="id_card", receiver="王小明", signed=True)
    return number


class TestPapersThatWentBack:
    def here(self, desk: Desk, number: str) -> dict[str, bool]:
        return {one.name: one.present for one in queries.materials_of(desk.matter(number)) if one.checked}

    def test_nothing_says_that_they_are_here(self, commission: Desk) -> None:
        number = returned(commission)
        assert set(self.here(commission, number).values()) == {False}
        assert all(one.returned_at for one in queries.materials_of(commission.matter(number)) if one.checked)

    def test_they_come_in_again_with_their_pages_on_a_receipt(self, commission: Desk) -> None:
        number = returned(commission)
        commission.do("correct_refusal", number, who="leader_in_charge", opinion="收入重复计算")
        MaterialCheck.objects.filter(matter__number=number).update(pages=None)
        uncounted = [replace(one, pages=None) for one in COUNTED]
        with pytest.raises(Invalid) as caught:
            commission.do("check_materials", number, found=uncounted)
        assert set(caught.value.fields) == {f"materials.{place}.pages" for place in range(len(COUNTED))}
        assert set(self.here(commission, number).values()) == {False}
        commission.do("check_materials", number, found=COUNTED)
        assert set(self.here(commission, number).values()) == {True}
        papers = queries.documents_of(commission.matter(number))
        receipts = [row for row in papers if row.kind == Kind.RECEIPT]
        assert [row.number for row in receipts][-1] == f"{number}-{len(receipts)}"
        assert not commission.matter(number).papers_out

    def test_what_was_taken_on_and_never_went_back_is_not_checked_again(self, commission: Desk) -> None:
        # Negative control.
        number = refused(commission)
        commission.do("correct_refusal", number, who="leader_in_charge", opinion="收入重复计算")
        with pytest.raises(Unlawful) as caught:
            commission.do("check_materials", number, found=COUNTED)
        assert caught.value.code == "already_accepted"
        notice = documents.latest(
            commission.office.tenant.id, commission.matter(number).id, Kind.CORRECTION_NOTICE
        )
        assert notice is not None
        assert documents.content_of(notice).wanted == ()  # type: ignore[attr-defined]
