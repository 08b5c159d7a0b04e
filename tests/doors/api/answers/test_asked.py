"""What a program reads of questions to colleagues: in full who was asked, masked who only looks on."""

from __future__ import annotations

from tests.doors.api.programs import Program, application, enquiry, said
from tests.factories import Office


def test_the_unit_that_was_asked_reads_the_question_and_who_asked_reads_the_answer(office: Office) -> None:
    clerk, unit, onlooker = (Program(office, one) for one in ("clerk", "office_head", "head"))
    matter = f"/matters/{application(clerk)['number']}"
    said(clerk.post(f"{matter}/consultations", {"to": "1007", "question": "王小明的户口还要什么材料？"}))
    (found,) = said(unit.get(matter))["asked"]["consulted"]
    assert (found["question"], found["verdict"]) == ("王小明的户口还要什么材料？", None)
    told = {"verdict": "none", "words": "不用别的材料"}
    said(unit.post(f"{matter}/consultations/answer", told))
    (found,) = said(clerk.get(matter))["asked"]["consulted"]
    assert (found["verdict"]["code"], found["words"]) == ("none", "不用别的材料")
    (found,) = said(onlooker.get(matter))["asked"]["consulted"]
    assert (found["question"], found["words"], found["verdict"]["code"]) == ("", "", "none")


def test_a_leader_reads_what_was_asked_of_them_and_the_handler_the_answer(office: Office) -> None:
    clerk, leader = Program(office, "clerk"), Program(office, "leader_in_charge")
    matter = f"/matters/{application(clerk)['number']}"
    assert said(clerk.get(matter))["asked"]["question"] is None
    said(clerk.post(f"{matter}/instruction", {"question": "收入接近标准，能否否定？"}))
    found = said(leader.get(matter))["asked"]["question"]
    assert (found["question"], found["allows"]) == ("收入接近标准，能否否定？", None)
    said(leader.post(f"{matter}/instruction/answer", {"allows": False, "answer": "继续办理"}))
    found = said(clerk.get(matter))["asked"]["question"]
    assert (found["allows"], found["answer"]) == (False, "继续办理")


def test_the_way_and_the_papers_are_read(office: Office) -> None:
    desk, second = Program(office, "receptionist"), Program(office, "second_clerk")
    matter = f"/matters/{enquiry(desk)['number']}"
    said(desk.post(f"{matter}/route", {"way": "outside", "words": "归县社保局", "unknown": "电话未公布"}))
    papers = {"to": "1006", "papers": [{"name": "申请书", "pages": 2}]}
    said(desk.post(f"{matter}/deposits", papers))
    found = said(desk.get(matter))["asked"]
    assert [(one["way"]["code"], one["words"]) for one in found["led"]] == [("outside", "归县社保局")]
    assert found["kept"][0]["papers"] == [{"name": "申请书", "copies": 1, "pages": 2}]
    assert found["kept"][0]["taken_at"] is None
    said(second.post(f"{matter}/deposits/taking"))
    assert said(desk.get(matter))["asked"]["kept"][0]["taken_at"]
