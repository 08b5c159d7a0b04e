"""The workbench: finding whose it is, what is offered, what is owed."""

from __future__ import annotations

from datetime import timedelta
from unittest import mock

from huiyin.matters import actions
from huiyin.organisation import actions as organisation
from huiyin.organisation.models import Tenant
from tests.commissions import COUNTED, commission_office
from tests.doors.desk.browser import Desk, application, enquiry, said
from tests.factories import AT, Office
from tests.matters.handling import Desk as Handling

REFUSAL = {
    "facts": "家庭月收入9000元",
    "reasons": "收入超过标准",
    "legal_basis": "社会救助办法第十二条",
    "ground": "violates_law",
    "importance": "ordinary",
    "opinion": "拟不予办理",
}


def test_two_characters_find_item_duty_and_person(clerk: Desk, office: Office) -> None:
    page = said(clerk.script("whose/", q="低保"))
    assert "低保经办岗" in page
    assert f"A岗 卫经办{office.canary}" in page
    assert f"B岗 蒋经办{office.canary}" in page
    assert "0571-8888" in page
    assert "窗口" in page
    assert "最低生活保障申请" in said(clerk.post("whose/", q="生活保障"))
    assert f"蒋经办{office.canary}" in said(clerk.post("whose/", q="蒋经"))


def test_one_character_finds_nothing_and_anything_can_still_be_registered(clerk: Desk) -> None:
    page = said(clerk.post("whose/", q="低"))
    assert "没有找到对应的事项" in page
    assert "登记为咨询" in page


def test_a_stand_in_is_shown_while_the_holder_is_away(clerk: Desk, office: Office) -> None:
    office.absent("second_clerk")
    page = said(clerk.post("whose/", q="救助"))
    assert "B岗顶岗" in page
    assert "离岗" in page


def test_what_is_owed_is_sorted_by_time_left(clerk: Desk, now: mock.Mock) -> None:
    late = application(clerk).number
    now.return_value = AT + timedelta(days=40)
    clerk.office.at = AT + timedelta(days=40)
    clerk = Desk(clerk.office, "clerk")
    fresh = enquiry(clerk).number
    page = said(clerk.get())
    assert page.index(late) < page.index(fresh)
    assert "已超期" in page
    assert "已超" in page[page.index("我欠的事") :]
    assert "正常" in page


def test_what_is_paused_counts_no_time_and_names_an_expected_day(clerk: Desk) -> None:
    number = application(clerk).number
    assert "暂停中" not in said(clerk.get())
    clerk.act(number, "pause", procedure="hearing", planned_days="5", basis="依法听证")
    page = said(clerk.get())
    mine = page[page.index("我欠的事") :]
    assert "暂停中" in mine
    assert "预计" in mine
    assert "剩" not in mine.partition("暂停中")[2].partition(number)[0]


def test_owing_nothing_says_what_to_do(clerk: Desk) -> None:
    assert "现在没有欠着的事" in said(clerk.get())


def test_an_offer_can_be_taken_from_the_workbench(clerk: Desk, receptionist: Desk, office: Office) -> None:
    number = enquiry(receptionist).number
    actions.offer_handover(receptionist.by(), number, to=office.people["clerk"].id, reason="属低保岗")
    page = said(clerk.get())
    assert "移交给我的" in page
    assert "属低保岗" in page
    assert clerk.act(number, "accept_handover", next="/desk/").headers["Location"] == "/desk/"
    assert "移交给我的" not in said(clerk.get())
    assert number in said(clerk.get())


def test_the_stand_in_sees_what_the_absent_colleague_owes(clerk: Desk, office: Office) -> None:
    number = application(clerk).number
    office.absent("clerk")
    page = said(Desk(office, "second_clerk").get())
    assert number in page
    assert f"顶岗：卫经办{office.canary}" in page


def test_colleagues_are_found_without_oneself(clerk: Desk, office: Office) -> None:
    page = said(clerk.script("colleagues/", q="经办"))
    assert f"蒋经办{office.canary}" in page
    assert "卫经办" not in page
    assert "没有找到这位同事" in said(clerk.script("colleagues/", q="无此人"))


def test_the_menu_shows_what_each_may_use_and_what_waits(clerk: Desk, office: Office) -> None:
    assert "亮灯看板" not in said(clerk.get())
    assert "岗位与人员" not in said(clerk.get())
    assert "亮灯看板" in said(Desk(office, "head").get())
    assert "岗位与人员" in said(Desk(office, "administrator").get())


def test_the_head_finds_what_a_departed_colleague_left_and_takes_it_over(clerk: Desk, office: Office) -> None:
    number = application(clerk).number
    head = Desk(office, "head")
    assert "责任人已离岗的" not in said(head.get())
    organisation.leave(office.people["clerk"], by=organisation.OPERATOR, at=AT)
    assert number in said(head.get())
    assert "责任人已离岗的" not in said(Desk(office, "second_clerk").get())
    page = said(head.get(f"matters/{number}/"))
    assert "指定责任人" in page
    assert head.act(number, "assign_custodian", reason="").status_code == 422
    assert head.act(number, "assign_custodian", reason="原经办人调离").status_code == 302
    assert "责任人已离岗的" not in said(head.get())
    assert "核对材料" in said(head.get(f"matters/{number}/"))


def test_answers_say_why_and_who_dealt_with_the_like(clerk: Desk, office: Office) -> None:
    enquiry(clerk, "沼气池补贴怎么领")
    page = said(clerk.post("whose/", q="沼气"))
    assert "办过1件类似的事" in page
    assert f"卫经办{office.canary}" in page
    assert "赵小梅" not in page
    assert "读音相符" in said(clerk.post("whose/", q="zdshbz"))
    assert "电话相符：0571-88882004" in said(clerk.post("whose/", q="88882004"))
    assert "职责中写有" in said(clerk.post("whose/", q="首问接待岗的职责"))


def test_nothing_found_says_what_to_try(clerk: Desk) -> None:
    assert "试拼音、首字母、电话" in said(clerk.post("whose/", q="飞碟"))
    assert "请至少输入两个字" in said(clerk.post("whose/", q="飞"))


def test_duties_and_guides_are_at_hand_while_somebody_is_received(office: Office, clerk: Desk) -> None:
    assert "职责和办事指南" not in said(clerk.get())
    Tenant.objects.filter(id=office.tenant.id).update(rulebook="commission")
    page = said(clerk.get())
    assert "职责和办事指南" in page
    assert "居民户口簿、收入证明" in page
    assert "居民户口簿、收入证明" in said(clerk.script("whose/", q="收入证明"))
    assert "家庭人均收入低于当地标准" in said(clerk.script("begin/", q="收入证明", pick="text:"))


def test_papers_wanted_back_stand_on_the_workbench_also_of_what_is_closed(now: mock.Mock, db: None) -> None:
    there = commission_office()
    desk = Handling(there, at=there.at)
    number = desk.accepted(applicant_phone="13900001234", materials=COUNTED)
    desk.do("propose_refusal", number, **REFUSAL)
    desk.do("file_refusal", number)
    desk.do("approve_refusal", number, opinion="同意")
    desk.do("refuse", number, explanation="已当面说明")
    desk.do("deliver", number, how="in_person")
    desk.do("close", number)
    clerk = Desk(there, "clerk")
    assert "申请人要取回材料" not in said(clerk.get(""))
    actions.ask_return_as_applicant(desk.by("applicant"), number, code=desk.code)
    page = said(clerk.get(""))
    assert "申请人要取回材料" in page
    assert number in page
    assert "申请人要取回材料" not in said(Desk(there, "second_clerk").get(""))
    desk.do("return_materials", number, identity="id_card", receiver="王小明", signed=True)
    assert "申请人要取回材料" not in said(clerk.get(""))
