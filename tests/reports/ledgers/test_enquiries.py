"""首问责任登记台账."""

from __future__ import annotations

import pytest

from huiyin.matters.steps import Paper
from huiyin.reports.ledgers.enquiries import LEDGER
from tests.factories import make_office
from tests.matters.handling import COMPLETE, Desk, moment
from tests.reports.ledgers.books import as_people, scope_of

pytestmark = pytest.mark.django_db


def test_a_matter_that_moved_tells_when_and_to_whom() -> None:
    desk = Desk(make_office())
    canary = desk.office.canary
    number = desk.register("clerk", channel="phone")
    desk.do("check_materials", number, found=COMPLETE)
    (before,) = as_people(LEDGER, scope_of(desk, None))
    assert (before["处理方式"], before["移交时间"], before["接收人签字"]) == ("本岗办理", None, "")
    desk.do("offer_handover", number, to=desk.id("second_clerk"), reason="属救助", at="2026-03-02 10:00")
    (waiting,) = as_people(LEDGER, scope_of(desk, None))
    assert waiting["处理方式"] == "转交中"
    desk.do("accept_handover", number, at="2026-03-02 11:00")
    (line,) = as_people(LEDGER, scope_of(desk, None))
    assert line["来访/来电/来信"] == "来电"
    assert line["处理方式"] == "转交"
    assert line["移交时间"] == moment("2026-03-02 11:00")
    assert line["接收人签字"] == line["承办人"] == f"蒋经办{canary}"
    assert line["首问责任人"] == f"卫经办{canary}"
    assert line["承办科室"] == f"{canary}民政办"
    assert line["代收材料及份数"] == "居民户口簿1份、收入证明1份"
    assert line["备注"] == number


def test_own_post_is_told_by_who_held_it_that_day() -> None:
    desk = Desk(make_office())
    desk.register("clerk")
    desk.register("receptionist")
    desk.register("receptionist", kind="enquiry", item="", summary="问路", materials=())
    assert [line["是否本岗"] for line in as_people(LEDGER, scope_of(desk, None))] == ["是", "否", ""]


def test_the_result_is_the_outcome_or_where_it_stands() -> None:
    desk = Desk(make_office())
    number = desk.register("receptionist", kind="enquiry", item="", summary="问路", materials=())
    (line,) = as_people(LEDGER, scope_of(desk, None))
    assert (line["办理结果"], line["办结时间"]) == ("待答复", None)
    desk.do("answer", number, who="receptionist", reply="出门左转")
    desk.do("close", number, who="receptionist", at="2026-03-02 15:00")
    (line,) = as_people(LEDGER, scope_of(desk, None))
    assert (line["办理结果"], line["办结时间"]) == ("已答复", moment("2026-03-02 15:00"))


def test_what_nobody_came_to_ask_is_not_listed() -> None:
    desk = Desk(make_office())
    desk.reported()
    assert as_people(LEDGER, scope_of(desk, None)) == []


def test_the_ways_somebody_was_led_and_papers_kept_for_a_colleague_are_told() -> None:
    desk = Desk(make_office())
    number = desk.enquiry()
    papers = (Paper("户口簿", present=True, copies=2),)
    desk.do("keep_papers", number, to=desk.id("second_clerk"), papers=papers, contact="13900001234")
    desk.do("route_contact", number, way="unclear", to=desk.id("leader_in_charge"), words="归谁管")
    (line,) = as_people(LEDGER, scope_of(desk, None))
    assert (line["处理方式"], line["代收材料及份数"]) == ("请示、代收", "户口簿2份")
