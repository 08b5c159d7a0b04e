"""Answers, decisions, delivery, ratings and the end."""

from __future__ import annotations

import pytest

from huiyin.delivery.models import Message
from huiyin.matters import actions, queries
from huiyin.rules.errors import Forbidden, Invalid, NotFound, Unlawful
from tests.matters.handling import TAKEN_BACK, Desk


def test_only_the_custodian_decides(desk: Desk) -> None:
    number = desk.accepted()
    for who in ("second_clerk", "head", "main_leader"):
        with pytest.raises(Forbidden):
            desk.do("grant", number, who=who, reply="准予。")
    assert desk.do("grant", number, reply="准予。").stage == "granted"


def test_a_banned_phrase_is_refused_and_cites_its_clause(desk: Desk) -> None:
    number = desk.enquiry()
    with pytest.raises(Invalid) as caught:
        desk.do("answer", number, reply="找领导去吧")
    assert (caught.value.code, caught.value.clause) == ("banned_phrase", "p4.first-responder.3.a")
    assert desk.do("answer", number, reply="请带户口簿来窗口。").stage == "answered"


def test_nothing_closes_without_delivery_and_reply(desk: Desk) -> None:
    number = desk.granted()
    with pytest.raises(Unlawful):
        desk.do("close", number)
    with pytest.raises(Invalid):
        desk.do("deliver", number, how="pigeon")
    desk.do("deliver", number, how="post")
    assert desk.do("close", number).stage == "closed"


def test_a_withdrawal_needs_a_reason_and_sets_aside_what_was_owed(desk: Desk) -> None:
    number = desk.asked_for_time()
    with pytest.raises(Invalid):
        desk.do("withdraw", number, reason=" ")
    desk.do("withdraw", number, reason="申请人不再需要", **TAKEN_BACK)
    assert desk.clocks(number)["decide-1"].outcome == "waived"
    assert desk.do("close", number).stage == "closed"
    assert desk.matter(number).outcome == "withdrawn"


def test_the_person_served_rates_once_with_number_and_code(desk: Desk) -> None:
    number = desk.closed()
    code = desk.code
    with pytest.raises(NotFound):
        actions.rate(desk.by("applicant"), number, code="0000000000", score=5)
    with pytest.raises(Invalid):
        actions.rate(desk.by("applicant"), number, code=code, score=6)
    actions.rate(desk.by("applicant"), number, code=code, score=4, comment="快")
    assert desk.matter(number).rating == 4
    with pytest.raises(Unlawful):
        actions.rate(desk.by("applicant"), number, code=code, score=1)


def test_a_new_code_closes_the_door_to_the_old_one(desk: Desk) -> None:
    number = desk.closed()
    old = desk.code
    with pytest.raises(Forbidden):
        desk.do("reissue_code", number, who="head")
    desk.do("reissue_code", number)
    with pytest.raises(NotFound):
        actions.rate(desk.by("applicant"), number, code=old, score=4)
    assert actions.rate(desk.by("applicant"), number, code=desk.code, score=4).number == number


def test_number_and_code_take_it_back_and_another_code_finds_nothing(desk: Desk) -> None:
    number = desk.accepted()
    with pytest.raises(NotFound):
        actions.withdraw_as_applicant(desk.by("applicant"), number, code="0000000000")
    by = desk.by("applicant")
    receipt = actions.withdraw_as_applicant(by, number, code=desk.code)
    assert receipt.stage == "withdrawn"
    assert actions.withdraw_as_applicant(by, number, code=desk.code) == receipt
    matter = desk.matter(number)
    assert matter.reply == "申请人在网上撤回，没有写理由。"
    last = queries.timeline(matter)[-1]
    assert (last.kind, last.actor, last.body["how"], last.body["relation"]) == (
        "matter.withdrawn",
        "",
        "online",
        "self",
    )
    # Whoever handles it hears of it, and only closes it.
    told = Message.objects.filter(text="taken_back")
    assert {one.person_id for one in told} == {desk.id("clerk")}
    desk.do("close", number)


def test_what_leans_to_a_no_is_not_taken_back_with_the_code_alone(desk: Desk) -> None:
    number = desk.accepted()
    desk.do("propose_refusal", number, facts="月收入9000元", reasons="收入超标", legal_basis="社会救助办法")
    with pytest.raises(Forbidden):
        actions.withdraw_as_applicant(desk.by("applicant"), number, code=desk.code)
    assert desk.matter(number).stage == "refusal_proposed"
