"""督办台账."""

from __future__ import annotations

import pytest

from huiyin.reports.ledgers.tasks import LEDGER
from tests.factories import make_office
from tests.matters.handling import Desk, moment
from tests.reports.ledgers.books import as_people, scope_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return Desk(make_office())


def test_a_task_with_its_latest_progress_its_light_and_its_end(desk: Desk) -> None:
    canary = desk.office.canary
    number = desk.given()
    (line,) = as_people(LEDGER, scope_of(desk, None))
    assert (line["督办编号"], line["任务来源"], line["任务内容"]) == (number, "交办", "清理低保台账")
    assert (line["责任领导"], line["责任人"]) == (f"冯分管{canary}", f"卫经办{canary}")
    assert line["完成时限"] is not None
    assert (line["进展"], line["亮灯"], line["销号日期"]) == ("", "正常", None)
    desk.do("report_progress", number, words="已清理一半")
    desk.do("report_progress", number, words="只剩两户，明日入户")
    (line,) = as_people(LEDGER, scope_of(desk, None))
    assert line["进展"] == "只剩两户，明日入户"
    desk.do("report_progress", number, words="全部入户\n存在问题：一户不在\n下步措施：周五再去")
    (line,) = as_people(LEDGER, scope_of(desk, None))
    assert (line["进展"], line["存在问题"], line["下步措施"]) == ("全部入户", "一户不在", "周五再去")
    assert (line["用时（工作日）"], line["期限（工作日）"]) == (None, 3)
    desk.at = moment("2026-03-04 10:00")
    desk.do("finish", number, result="清退3户")
    (line,) = as_people(LEDGER, scope_of(desk, None))
    assert (line["用时（工作日）"], line["期限（工作日）"]) == (2, 3)
    desk.do("send_back", number, who="leader_in_charge", opinion="没有附名单")
    desk.at = moment("2026-05-20 10:00")
    assert as_people(LEDGER, scope_of(desk, None))[0]["亮灯"] == "已超期"


def test_who_works_along_and_the_stages_stand_where_they_were_asked(desk: Desk) -> None:
    desk.given(details="逐户核对\n配合单位：派出所、财政所\n阶段目标：3月5日前过半")
    (line,) = as_people(LEDGER, scope_of(desk, None))
    assert (line["配合单位"], line["阶段目标"]) == ("派出所、财政所", "3月5日前过半")


def test_what_people_asked_and_reports_of_misconduct_are_not_tasks(desk: Desk) -> None:
    desk.register()
    desk.enquiry()
    desk.reported()
    assert as_people(LEDGER, scope_of(desk, None)) == []
