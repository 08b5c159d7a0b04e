"""The first responder's own page."""

from __future__ import annotations

from huiyin.doors.desk import files
from huiyin.matters import actions
from huiyin.matters.actions import By, Request
from huiyin.matters.steps import Paper
from tests.doors.desk.browser import Desk, enquiry, said
from tests.factories import Office
from tests.reports.ledgers.books import cells_of


def test_an_enquiry_for_another_is_followed_with_its_papers(office: Office) -> None:
    desk, clerk, leader = (Desk(office, who) for who in ("receptionist", "clerk", "leader_in_charge"))
    assert "您首问的都有结果了" in said(desk.get("first/"))
    number = enquiry(desk).number
    typed = {"way": "colleague", "to": "", "to_text": "", "words": "", "days": "", "phone": ""}
    refused = desk.act(number, "route_contact", **typed)
    assert refused.status_code == 409
    assert "请指明承办人" in said(refused)
    typed |= {"to": str(office.people["clerk"].id)}
    assert desk.act(number, "route_contact", **typed).status_code == 302
    wrong = desk.act(number, "keep_papers", to=typed["to"], papers="申请书 两份", contact="")
    assert wrong.status_code == 422
    assert "申请书 两份" in wrong.content.decode()
    kept = desk.act(number, "keep_papers", to=typed["to"], papers="申请书 2 3\n照片", contact="13900001234")
    assert kept.status_code == 302
    assert number in said(clerk.get("first/"))
    assert clerk.act(number, "accept_handover").status_code == 302
    assert clerk.act(number, "take_papers").status_code == 302
    page = said(clerk.get(f"matters/{number}/"))
    assert "已签收" in page
    assert "申请书" in page
    page = said(desk.get("first/"))
    assert number in page
    assert office.people["clerk"].name in page
    assert number not in said(leader.get("first/"))


def test_papers_that_did_not_arrive_are_to_be_had_as_a_workbook(office: Office) -> None:
    desk = Desk(office, "clerk")
    assert "没有送达回证的文书" not in said(desk.get("first/"))
    asker = office.asker("clerk")
    asked = Request(kind="application", channel="counter", summary="", item="DB-1", applicant_name="王小明")
    number = actions.register(By(asker, office.at, "1"), asked).number
    missing = (Paper("收入证明", present=False, problem="没有带来"),)
    actions.check_materials(By(asker, office.at, "2"), number, found=missing)
    actions.issue_notice(By(asker, office.at, "3"), number, supplement_how="到窗口")
    assert "没有送达回证的文书" in said(desk.get("first/"))
    response = desk.get("first/unserved.xlsx")
    assert response["Content-Type"] == files.XLSX
    cells = [str(cell) for line in cells_of(response.content) for cell in line]
    assert number in cells
    assert number not in str(cells_of(Desk(office, "office_head").get("first/unserved.xlsx").content))
