"""Answers, decisions, delivery, ratings and the end."""

from __future__ import annotations

import pytest

from huiyin.matters import actions
from huiyin.rules.errors import Forbidden, Invalid, NotFound, Unlawful
from tests.matters.handling import Desk


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
    desk.do("withdraw", number, reason="申请人不再需要")
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
