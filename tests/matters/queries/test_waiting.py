"""What waits on a matter is what nobody has answered yet."""

from __future__ import annotations

from huiyin.matters import queries
from huiyin.matters.steps import Paper
from huiyin.organisation import actions as organisation
from tests.matters.handling import INCOMPLETE, Desk


def waiting(desk: Desk, number: str) -> set[str]:
    pending = queries.pending_of(desk.matter(number))
    names = ("handover", "extension", "untold", "filing", "instruction", "back")
    return {name for name in names if getattr(pending, name) is not None}


def test_nothing_waits_on_a_matter_that_is_simply_handled(desk: Desk) -> None:
    assert waiting(desk, desk.accepted()) == set()


def stands(desk: Desk, number: str) -> tuple[bool, bool]:
    """Whether somebody is waited for, and whether something is over and stays on the page."""
    pending = queries.pending_of(desk.matter(number))
    return pending.waits, pending.over


def test_what_is_over_is_not_waited_for(desk: Desk) -> None:
    number = desk.accepted()
    assert stands(desk, number) == (False, False)
    desk.do("ask_instruction", number, question="能否否定？")
    assert stands(desk, number) == (True, False)
    desk.do("give_instruction", number, who="leader_in_charge", allows=True, answer="可以")
    assert stands(desk, number) == (False, True)
    desk.filed(number)
    assert stands(desk, number) == (True, True)
    desk.do("approve_refusal", number)
    assert stands(desk, number) == (False, True)


def test_a_filing_waits_until_it_is_overturned_or_corrected(desk: Desk) -> None:
    number = desk.filed()
    assert waiting(desk, number) == {"filing"}
    desk.do("overturn_refusal", number, opinion="收入算错")
    assert waiting(desk, number) == set()
    refused = desk.refused()
    assert waiting(desk, refused) == {"filing"}
    desk.do("correct_refusal", refused, who="leader_in_charge", opinion="收入重复计算")
    assert waiting(desk, refused) == set()


def test_a_question_stays_with_its_answer_to_be_read(desk: Desk) -> None:
    number = desk.accepted()
    desk.do("ask_instruction", number, question="能否否定？")
    desk.do("give_instruction", number, who="leader_in_charge", allows=True, answer="可以")
    assert waiting(desk, number) == {"instruction"}


def test_papers_kept_for_who_has_gone_wait_in_vain(desk: Desk) -> None:
    office = desk.office
    clerk = office.people["clerk"]
    number = desk.enquiry(who="receptionist")
    papers = (Paper(name="收入证明", present=True),)
    desk.do("keep_papers", number, who="receptionist", to=clerk.id, papers=papers)
    assert queries.unreachable(desk.matter(number), desk.at) == []
    organisation.leave(clerk, by=organisation.OPERATOR, at=desk.at)
    assert queries.unreachable(desk.matter(number), desk.at) == [clerk.id]
    assert queries.waits_for_in_vain(desk.matter(number), desk.at) == [clerk]


def test_what_a_notice_asked_for_is_awaited_until_it_is_here(desk: Desk) -> None:
    number = desk.register()
    matter = desk.matter(number)
    assert queries.awaited_papers(matter) == []
    desk.do("check_materials", number, found=INCOMPLETE)
    assert queries.awaited_papers(matter) == []
    desk.do("issue_notice", number, supplement_how="到窗口")
    assert [row.name for row in queries.awaited_papers(matter)] == ["收入证明"]
    desk.do("receive_supplement", number)
    assert queries.awaited_papers(matter) == []
