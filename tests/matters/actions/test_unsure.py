"""The custodian flags what is not clear, and tells the applicant; who is asked says how to go on."""

from __future__ import annotations

import pytest

from huiyin.delivery.models import Message
from huiyin.matters import queries
from huiyin.matters.models import StepNote
from huiyin.rules.errors import HuiyinError
from tests.matters.handling import COMPLETE, TAKEN_BACK, Desk


def test_the_applicant_reads_what_came_of_it(desk: Desk) -> None:
    number = desk.register(materials=COMPLETE, applicant_email="wang@example.org")
    with pytest.raises(HuiyinError):
        desk.do("flag_uncertain", number, who="head", why="户籍分离")
    desk.do("flag_uncertain", number, why="户籍分离")
    desk.do("ask_instruction", number, question="能否办理？")
    desk.do("give_instruction", number, who="leader_in_charge", allows=True, answer="不符合条件")
    desk.do("tell_result", number, can=False, how="phone", words="收入超过标准")
    matter = desk.matter(number)
    assert matter.uncertain == "told_no"
    assert [row.text for row in StepNote.objects.filter(matter=matter).order_by("seq")] == [
        "户籍分离",
        "不能办理：收入超过标准",
    ]
    assert queries.timeline(matter)[-1].body["step"] == "不能办理：收入超过标准"
    told = set(Message.objects.values_list("text", flat=True))
    assert {"result_told", "uncertain_question", "uncertain_answered"} <= told
    assert told.isdisjoint({"refusal_question", "refusal_answered"})


def test_who_was_told_no_is_not_made_to_take_it_back(desk: Desk) -> None:
    number = desk.register(materials=COMPLETE)
    desk.do("flag_uncertain", number, why="户籍分离")
    desk.do("ask_instruction", number, question="能否办理？")
    desk.do("give_instruction", number, who="leader_in_charge", allows=True, answer="不符合条件")
    with pytest.raises(HuiyinError):
        desk.do("withdraw", number, reason="申请人电话撤回", **TAKEN_BACK)
    desk.do("tell_result", number, can=False, how="phone", words="收入超过标准")
    with pytest.raises(HuiyinError):
        desk.do("withdraw", number, reason="申请人电话撤回", **TAKEN_BACK)
    desk.do("withdraw", number, who="leader_in_charge", reason="当面核实，申请人撤回", **TAKEN_BACK)


def test_a_slip_is_taken_back_and_both_stay_on_record(desk: Desk) -> None:
    number = desk.register(materials=COMPLETE)
    desk.do("flag_uncertain", number, why="户籍分离")
    with pytest.raises(HuiyinError):
        desk.do("unflag_uncertain", number, who="head", why="标错了")
    desk.do("unflag_uncertain", number, why="标错了")
    assert desk.matter(number).uncertain == ""
    assert [one.body.get("step") for one in queries.timeline(desk.matter(number))][-2:] == [
        "户籍分离",
        "标错了",
    ]
    assert desk.kinds(number)[-2:] == ["matter.uncertain", "uncertain.taken_back"]


def test_a_second_question_after_a_no_is_still_none_about_a_refusal(desk: Desk) -> None:
    number = desk.register(materials=COMPLETE)
    asked = []
    for _ in range(2):
        desk.do("flag_uncertain", number, why="户籍分离")
        desk.do("ask_instruction", number, question="能否办理？")
        desk.do("give_instruction", number, who="leader_in_charge", allows=True, answer="不符合条件")
        desk.do("tell_result", number, can=False, how="phone", words="收入超过标准")
        asked.append(Message.objects.filter(text="uncertain_question").count())
    assert asked[0] > 0
    assert asked[1] == 2 * asked[0]
    assert not Message.objects.filter(text__in=["refusal_question", "refusal_answered"]).exists()
