"""办件台账: days are working days without pauses, lights stay after the end."""

from __future__ import annotations

import pytest

from huiyin.matters import actions
from huiyin.reports.ledgers.applications import LEDGER
from tests.factories import licensed, make_office
from tests.matters.handling import FIVE_DAYS, Desk, moment
from tests.reports.ledgers.books import as_people, scope_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return Desk(make_office())


def test_an_application_from_acceptance_to_decision(desk: Desk) -> None:
    number = desk.accepted()
    accepted_at = desk.at
    (running,) = as_people(LEDGER, scope_of(desk, None))
    assert (running["办件编号"], running["亮灯"], running["用时（工作日）"]) == (number, "正常", None)
    assert running["应办结时间"] == moment("2026-03-16 17:30")
    assert running["受理时间"] == accepted_at
    desk.do("grant", number, reply="准予", at="2026-03-09 10:00")
    (line,) = as_people(LEDGER, scope_of(desk, None))
    assert line["用时（工作日）"] == 5
    assert line["实际办结时间"] == moment("2026-03-09 10:00")
    assert line["亮灯"] == "提前完成"
    assert line["办件类型"] == "承诺件"


def test_days_of_a_pause_do_not_count(desk: Desk) -> None:
    number = desk.accepted()
    desk.do(
        "pause", number, procedure="expert_review", planned_days=3, basis="需要评审", at="2026-03-03 10:00"
    )
    (paused,) = as_people(LEDGER, scope_of(desk, None))
    assert paused["暂停天数及原因"] == "专家评审，进行中（预计3个工作日）"
    assert paused["亮灯"] == "暂停计时"
    desk.do("resume", number, at="2026-03-05 10:00")
    desk.do("grant", number, reply="准予", at="2026-03-09 10:00")
    (line,) = as_people(LEDGER, scope_of(desk, None))
    assert line["暂停天数及原因"] == "专家评审2个工作日"
    assert line["用时（工作日）"] == 3


def test_an_extension_and_lateness_show(desk: Desk) -> None:
    number = desk.accepted()
    desk.do("request_extension", number, limit=FIVE_DAYS, reason="案情复杂", at="2026-03-03 10:00")
    desk.do("approve_extension", number, opinion="同意", at="2026-03-03 11:00")
    desk.at = moment("2026-04-20 10:00")
    scope = scope_of(desk, None)
    (line,) = as_people(LEDGER, scope)
    assert line["亮灯"] == "已超期"
    assert line["应办结时间"] == moment("2026-03-23 17:30")
    assert line["延期"] != ""


def test_how_and_when_the_decision_reached_the_applicant(desk: Desk) -> None:
    number = desk.accepted()
    desk.do("grant", number, reply="准予")
    assert as_people(LEDGER, scope_of(desk, None))[0]["取件人签收"] == ""
    desk.do("deliver", number, how="post", at="2026-03-05 10:00")
    assert as_people(LEDGER, scope_of(desk, None))[0]["取件人签收"] == "邮寄 2026-03-05"


def test_identity_numbers_are_masked_for_everybody(desk: Desk) -> None:
    desk.register("clerk", applicant_name="王秀兰", applicant_id_number="11010519491231002X")
    (line,) = as_people(LEDGER, scope_of(desk, desk.office.asker("clerk", desk.at)))
    assert line["申请人"] == "王秀兰"
    assert line["证件号（脱敏）"] == "1101**********002X"


def test_enquiries_are_not_applications(desk: Desk) -> None:
    desk.register("receptionist", kind="enquiry", item="", summary="问路", materials=())
    assert as_people(LEDGER, scope_of(desk, None)) == []


def test_what_silence_took_on_is_remarked(desk: Desk) -> None:
    with licensed(desk.office):
        desk.register()
        actions.note_limits_passed(moment("2026-03-10 09:00"))
        (line,) = as_people(LEDGER, scope_of(desk, None))
    assert line["备注"] == "视为受理"
    assert (line["受理时间"], line["应办结时间"]) == (line["收件时间"], moment("2026-03-16 17:30"))
