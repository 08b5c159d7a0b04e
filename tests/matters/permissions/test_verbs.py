"""The verbs offered are those that would not be refused."""

from __future__ import annotations

from datetime import timedelta

from huiyin.matters import permissions
from tests.matters.handling import COMPLETE, INCOMPLETE, Desk


def offered(desk: Desk, who: str, number: str) -> set[str]:
    asker = desk.office.asker(who, desk.at)
    return {choice.verb for choice in permissions.lawful_verbs(asker, desk.matter(number), desk.at)}


def test_the_custodian_is_offered_the_next_steps_and_nobody_else(desk: Desk) -> None:
    number = desk.accepted()
    assert offered(desk, "clerk", number) == {
        "grant",
        "flag_uncertain",
        "send_to_meeting",
        "pause",
        "request_extension",
        "ask_instruction",
        "keep_papers",
        "propose_refusal",
        "offer_handover",
        "withdraw",
        "reissue_code",
    }
    assert offered(desk, "head", number) == {"invoke_clause", "urge"}
    assert offered(desk, "office_head", number) == set()


def test_refusing_is_offered_only_on_an_approved_filing(desk: Desk) -> None:
    number = desk.filed()
    assert {"refuse", "file_refusal"}.isdisjoint(offered(desk, "clerk", number))
    signing = {"approve_refusal", "overturn_refusal"}
    assert offered(desk, "leader_in_charge", number) == signing | {"withdraw", "invoke_clause", "urge"}
    assert "withdraw" not in offered(desk, "clerk", number)
    desk.do("approve_refusal", number)
    assert "refuse" in offered(desk, "clerk", number)


def test_filing_anew_is_offered_when_the_leader_is_gone(desk: Desk) -> None:
    number = desk.filed()
    desk.office.absent("leader_in_charge", starts_at=desk.at)
    assert "file_refusal" in offered(desk, "clerk", number)


def test_an_offer_shows_accept_to_one_and_take_back_to_the_other(desk: Desk) -> None:
    number = desk.accepted()
    desk.do("offer_handover", number, to=desk.id("second_clerk"))
    assert offered(desk, "second_clerk", number) == {"accept_handover", "bounce_handover"}
    assert "withdraw_handover" in offered(desk, "clerk", number)
    assert "offer_handover" not in offered(desk, "clerk", number)


def test_an_incomplete_file_is_not_offered_acceptance(desk: Desk) -> None:
    number = desk.register(materials=INCOMPLETE)
    assert "issue_notice" in offered(desk, "clerk", number)
    assert "accept_application" not in offered(desk, "clerk", number)


def test_a_file_with_a_paper_nobody_looked_for_is_not_offered_acceptance(desk: Desk) -> None:
    number = desk.register(materials=COMPLETE[:1])
    assert {"issue_notice", "accept_application"}.isdisjoint(offered(desk, "clerk", number))
    desk.do("check_materials", number, found=COMPLETE)
    assert "accept_application" in offered(desk, "clerk", number)


def test_no_leader_is_offered_what_they_asked_for_or_what_is_too_late(desk: Desk) -> None:
    number = desk.asked_for_time()
    assert {"approve_extension", "refuse_extension"} <= offered(desk, "main_leader", number)
    desk.at = desk.at.replace(month=4)
    assert "approve_extension" not in offered(desk, "main_leader", number)
    assert "refuse_extension" in offered(desk, "main_leader", number)
    desk.do("offer_handover", number, to=desk.id("main_leader"))
    desk.do("accept_handover", number, who="main_leader")
    assert "refuse_extension" not in offered(desk, "main_leader", number)


def test_the_stand_in_is_offered_the_absent_ones_verbs_for_them(desk: Desk) -> None:
    number = desk.accepted()
    desk.office.absent("clerk", starts_at=desk.at, hours=4)
    asker = desk.office.asker("second_clerk", desk.at)
    choices = permissions.lawful_verbs(asker, desk.matter(number), desk.at)
    assert {choice.acting_for for choice in choices} == {desk.id("clerk")}


def test_while_a_unit_may_still_answer_nobody_is_offered_to_tell(desk: Desk) -> None:
    number = desk.register()
    assert "accept_application" in offered(desk, "clerk", number)
    desk.do("consult_unit", number, to=desk.id("office_head"), question="还要什么？")
    telling = {"accept_application", "issue_notice", "propose_refusal"}
    assert telling.isdisjoint(offered(desk, "clerk", number))
    assert offered(desk, "office_head", number) == {"answer_consultation"}
    desk.at += timedelta(days=7)
    assert "accept_application" in offered(desk, "clerk", number)
