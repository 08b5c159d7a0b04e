"""首问责任登记表 and 代收材料转交单."""

from __future__ import annotations

import pytest

from huiyin.matters import queries as matters
from huiyin.matters.steps import Paper
from huiyin.reports.forms import contacts
from tests.factories import make_office
from tests.matters.handling import Desk
from tests.reports.forms.reading import CHINESE, rows, told

pytestmark = pytest.mark.django_db
PAPERS = (Paper("居民户口簿", present=True, pages=4), Paper("收入证明", present=True, copies=2))


@pytest.fixture
def desk() -> Desk:
    return Desk(make_office())


def led(desk: Desk) -> str:
    number = desk.enquiry(applicant_name="王秀兰", applicant_phone="13812341234", details="邻居说能办")
    desk.do("keep_papers", number, to=desk.id("second_clerk"), papers=PAPERS, contact="晚上在家")
    told_where = {"words": "请到隔壁", "place": "二号窗口", "phone": "0557-1"}
    desk.do("route_contact", number, way="colleague", to=desk.id("second_clerk"), **told_where)
    return number


def test_the_register_tells_who_came_where_they_were_led_and_what_was_kept(desk: Desk) -> None:
    canary = desk.office.canary
    number = led(desk)
    asker = desk.office.asker("clerk", desk.at)
    form = contacts.register(asker, matters.get(asker, number), CHINESE)
    found = told(form)
    assert (found["服务对象"], found["联系电话"], found["方式"]) == ("王秀兰", "13812341234", "来访")
    assert found["事由"] == "问低保\n邻居说能办"
    assert found["归属判断"].startswith("同事的业务")
    assert found["处理方式"] == "转交中、代收"
    assert found["引导到"] == f"蒋经办{canary} 二号窗口 0557-1\n请到隔壁"
    assert found["代收材料"].endswith("居民户口簿1份、收入证明2份")
    assert found["办理时限"].startswith("答复咨询 2026年3月")
    assert (found["人数"], found["备注"], found["答复时间"]) == ("", "", "")
    assert form.number == number


def test_who_does_not_deal_with_them_reads_neither_name_nor_what_was_said(desk: Desk) -> None:
    number = led(desk)
    asker = desk.office.asker("head", desk.at)
    found = told(contacts.register(asker, matters.get(asker, number), CHINESE))
    assert "王秀兰" not in found["服务对象"]
    assert "13812341234" not in found["联系电话"]
    assert "请到隔壁" not in found["引导到"]
    assert "0557-1" not in found["引导到"]


def test_a_leader_s_instruction_stands_on_it(desk: Desk) -> None:
    number = desk.enquiry()
    leader = desk.id("leader_in_charge")
    desk.do("route_contact", number, way="unclear", to=leader, words="归谁管")
    desk.do("instruct", number, who="leader_in_charge", words="民政办办理")
    asker = desk.office.asker("clerk", desk.at)
    found = told(contacts.register(asker, matters.get(asker, number), CHINESE))
    assert "归谁管" in found["请示领导及批示"]
    assert "民政办办理" in found["请示领导及批示"]
    assert (found["引导到"], found["处理方式"]) == ("", "请示")
    # Who does not deal with them reads neither the question nor the answer, which may repeat it.
    asker = desk.office.asker("head", desk.at)
    found = told(contacts.register(asker, matters.get(asker, number), CHINESE))
    assert desk.office.people["leader_in_charge"].name in found["请示领导及批示"]
    assert "归谁管" not in found["请示领导及批示"]
    assert "民政办办理" not in found["请示领导及批示"]


def test_the_slip_lists_the_papers_and_both_signatures(desk: Desk) -> None:
    canary = desk.office.canary
    number = led(desk)
    asker = desk.office.asker("clerk", desk.at)
    matter = matters.get(asker, number)
    (deposit,) = matters.deposits_of(matter)
    form = contacts.slip(asker, matter, deposit, CHINESE)
    assert rows(form) == [("1", "居民户口簿", "1", "4", "", ""), ("2", "收入证明", "2", "—", "", "")]
    assert told(form)["联系方式"] == "晚上在家"
    assert [one.name for one in form.signatures] == [f"卫经办{canary}", ""]
    desk.do("take_papers", number, who="second_clerk")
    (deposit,) = matters.deposits_of(matter)
    form = contacts.slip(asker, matter, deposit, CHINESE)
    assert [one.name for one in form.signatures] == [f"卫经办{canary}", f"蒋经办{canary}"]
    assert form.issued_at == deposit.taken_at
