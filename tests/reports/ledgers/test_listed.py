"""A list that somebody made, as a register."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.matters import queries as matters
from huiyin.reports.ledgers import frame, listed, workbook
from tests.factories import make_office
from tests.matters.handling import Desk
from tests.reports.ledgers.books import as_people, scope_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return Desk(make_office())


def test_what_was_found_is_listed_masked_with_what_presses_most(desk: Desk) -> None:
    number = desk.accepted(applicant_name="王秀兰")
    other = desk.enquiry()
    asker = desk.office.asker("clerk", desk.at)
    ledger = listed.of(matters.sought(asker, desk.at, kind="application"))
    (line,) = as_people(ledger, scope_of(desk, asker))
    assert (line["编号"], line["申请人（脱敏）"], line["亮灯"]) == (number, "王**", "正常")
    assert (line["类型"], line["来源"], line["环节"], line["结果"]) == ("申请", "来访", "办理中", "")
    assert line["最近期限"] is not None
    everything = listed.of(matters.sought(asker, desk.at))
    assert [one["编号"] for one in as_people(everything, scope_of(desk, asker))] == [other, number]


def test_what_is_over_or_has_no_clock_says_so(desk: Desk) -> None:
    number = desk.enquiry()
    desk.do("answer", number, reply="可以")
    desk.do("close", number)
    asker = desk.office.asker("clerk", desk.at)
    (line,) = as_people(listed.of(matters.sought(asker, desk.at)), scope_of(desk, asker))
    assert (line["亮灯"], line["最近期限"], line["结果"]) == ("已结束", None, "已答复")


def test_it_has_no_period_in_its_title_and_costs_no_more_for_more_lines(desk: Desk) -> None:
    asker = desk.office.asker("clerk", desk.at)
    ledger = listed.of(matters.sought(asker, desk.at))
    assert workbook.title_of(ledger, scope_of(desk, asker)) == f"{desk.office.tenant.name}办件台账"
    counts = []
    for _ in range(2):
        desk.accepted()
        with CaptureQueriesContext(connection) as caught:
            list(frame.all_lines(ledger, scope_of(desk, asker)))
        counts.append(len(caught))
    assert counts[0] == counts[1]


def test_a_joint_matter_says_who_was_asked_and_who_has_not_answered(desk: Desk) -> None:
    plain, shared = desk.enquiry(), desk.enquiry()
    fields = {"way": "shared", "department": "住建所", "words": "有没有意见？"}
    desk.do("route_contact", shared, to=desk.id("office_head"), **fields)
    desk.do("consult_unit", shared, to=desk.id("main_leader"), question="有没有意见？")
    desk.do("answer_consultation", shared, who="main_leader", verdict="none")
    asker = desk.office.asker("clerk", desk.at)
    ledger = listed.of(matters.sought(asker, desk.at))
    found = {line["编号"]: line["会商"] for line in as_people(ledger, scope_of(desk, asker))}
    office, leaders = (desk.office.units[one].name for one in ("ZH", "LD"))
    assert found == {plain: "", shared: f"职能交叉；会商{office}、{leaders}；{office}没有答复"}
    for joint, there in (("yes", [shared]), ("waiting", [shared]), ("", [shared, plain])):
        assert [row.number for row in matters.sought(asker, desk.at, joint=joint)] == there
    desk.do("answer_consultation", shared, who="office_head", verdict="none")
    assert not matters.sought(asker, desk.at, joint="waiting").exists()
