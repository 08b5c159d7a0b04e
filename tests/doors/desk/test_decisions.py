"""The leaders' inbox."""

from __future__ import annotations

from datetime import timedelta
from unittest import mock

from huiyin.matters import actions
from huiyin.rules.vocabulary import Limit, Unit
from tests.commissions import COUNTED, commission_office
from tests.doors.desk.browser import Desk, application, said, value_of
from tests.factories import AT, Office
from tests.matters.handling import Desk as Handling

FORM = {
    "facts": "月收入9000元",
    "reasons": "收入超标",
    "legal_basis": "《社会救助暂行办法》第九条",
    "ground": "violates_law",
    "phone": "13900001234",
    "opinion": "拟不予办理",
}


def ask_for_time(desk: Desk) -> str:
    number = application(desk).number
    limit = Limit(5, Unit.WORKING_DAY)
    actions.request_extension(desk.by(), number, limit=limit, reason="入户核查对象外出")
    return number


def test_a_leader_decides_with_the_reasons_in_view(clerk: Desk, office: Office, now: mock.Mock) -> None:
    number = ask_for_time(clerk)
    now.return_value = AT + timedelta(hours=2)
    office.at = AT + timedelta(hours=2)
    leader = Desk(office, "main_leader")
    page = leader.get("decisions/")
    assert "延期·5个工作日" in said(page).replace(" ", "")
    assert "入户核查对象外出" in said(page)
    assert "已等 2小时" in said(page)
    typed = {"version": value_of(page, "version"), "next": "/desk/decisions/", "opinion": ""}
    refused = leader.act(number, "refuse_extension", **typed)
    assert refused.status_code == 422
    assert leader.act(number, "approve_extension", **typed).headers["Location"] == "/desk/decisions/"
    assert "没有等您审批的事" in said(leader.get("decisions/"))


def test_a_filing_goes_to_the_leader_in_charge_alone(clerk: Desk, office: Office) -> None:
    number = application(clerk).number
    actions.propose_refusal(clerk.by(), number, facts="两套住房", reasons="财产超标", legal_basis="第九条")
    actions.file_refusal(clerk.by(), number)
    page = said(Desk(office, "leader_in_charge").get("decisions/"))
    for part in (number, "两套住房", "财产超标", "第九条", "同意否定", "纠正否定"):
        assert part in page
    assert number not in said(Desk(office, "head").get("decisions/"))


def test_a_filing_shows_its_weight_its_ground_and_the_way_it_goes(db: None) -> None:
    desk = Handling(commission_office("fagai"))
    number = desk.accepted(materials=COUNTED)
    desk.do("propose_refusal", number, **FORM, importance="important", importance_reason="涉及全村三十户")
    desk.do("file_refusal", number)

    def shown(who: str, address: str = "decisions/") -> str:
        return said(Desk(desk.office, who).get(address))

    page = shown("leader_in_charge")
    for part in (
        "重要事项",
        "涉及全村三十户",
        "违反法律法规",
        "分管领导 现在 主要领导 书面答复申请人",
        "必填",
    ):
        assert part in page, part
    assert "改作重要事项" not in page
    assert "班子集体研究" not in page
    desk.do("approve_refusal", number, opinion="审查属实")
    assert "分管领导 已签 主要领导 现在 也可以由班子集体研究" in shown("main_leader")
    assert "分管领导 已签 主要领导 现在" in shown("clerk", f"matters/{number}/")
    desk.do("approve_refusal", number, who="main_leader", opinion="同意")
    assert "分管领导 已签 主要领导 已签" in shown("clerk", f"matters/{number}/")


def test_an_ordinary_filing_is_made_important_where_it_is_decided(db: None) -> None:
    desk = Handling(commission_office("fagai"))
    number = desk.accepted(materials=COUNTED)
    desk.do("propose_refusal", number, **FORM, importance="ordinary")
    desk.do("file_refusal", number)
    leader = Desk(desk.office, "leader_in_charge")
    page = leader.get("decisions/")
    assert "分管领导 现在 书面答复申请人" in said(page)
    typed = {"version": value_of(page, "version"), "next": "/desk/decisions/", "opinion": "属实"}
    assert leader.act(number, "approve_refusal", **typed, raise_because="涉及全村").status_code == 302
    assert "涉及全村" in said(Desk(desk.office, "main_leader").get("decisions/"))


def test_ones_own_request_stands_there_without_buttons(office: Office) -> None:
    office.second_main_leader("office_head")
    leader = Desk(office, "main_leader")
    ask_for_time(leader)
    page = leader.get("decisions/")
    assert "不能由本人审批" in said(page)
    assert "approve_extension" not in page.content.decode()
    # The control: the other main leader has the button.
    assert "approve_extension" in Desk(office, "office_head").get("decisions/").content.decode()


def test_the_filing_of_an_absent_leader_says_so(clerk: Desk, office: Office) -> None:
    office.absent("leader_in_charge")
    number = application(clerk).number
    actions.propose_refusal(clerk.by(), number, facts="甲", reasons="乙", legal_basis="《丙条例》")
    actions.file_refusal(clerk.by(), number)
    assert "分管领导不在岗或应回避，改报主要领导" in said(Desk(office, "main_leader").get("decisions/"))
