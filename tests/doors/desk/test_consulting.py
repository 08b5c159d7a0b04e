"""Asking another unit and answering for one's own, at the desk."""

from __future__ import annotations

from datetime import timedelta
from unittest import mock

from huiyin.doors.desk.consulting import _missing
from tests.doors.desk.browser import Desk, application, said
from tests.factories import AT, Office
from tests.matters import stepped
from tests.matters.handling import Desk as Verbs


def test_a_unit_is_asked_answers_and_is_shown_beside_the_notice(office: Office) -> None:
    desk, other = Desk(office, "clerk"), Desk(office, "office_head")
    number = application(desk, accept=False).number
    asked = {"to": str(office.people["office_head"].id), "to_text": "", "question": "还要什么材料？"}
    assert desk.act(number, "consult_unit", **asked).status_code == 302
    page = said(desk.get(f"matters/{number}/"))
    assert "等待答复" in page
    assert "还要什么材料？" in page
    assert "还要什么材料？" in said(other.get(f"matters/{number}/"))
    wrong = other.act(number, "answer_consultation", verdict="none", missing="门牌证明：须盖章", words="")
    assert wrong.status_code == 422
    assert "门牌证明：须盖章" in wrong.content.decode()
    right = other.act(number, "answer_consultation", verdict="missing", missing="门牌证明：须盖章", words="")
    assert right.status_code == 302
    page = said(desk.get(f"matters/{number}/"))
    assert "门牌证明" in page
    assert "等待答复" not in page


def test_a_step_is_signed_on_the_matters_page_and_a_late_one_is_listed_by_its_signer(
    db: None, now: mock.Mock
) -> None:
    del db
    office = stepped.commission()
    number = stepped.accepted(Verbs(office, at=AT))
    now.return_value = office.at = AT + timedelta(hours=1)
    assert Desk(office, "clerk").act(number, "sign_step").status_code == 302
    head = Desk(office, "head")
    assert "等待签批" in said(head.get(f"matters/{number}/"))
    now.return_value = office.at = AT + timedelta(days=5)
    head = Desk(office, "head")
    assert "签批审批环节 – 审核" in said(head.get("overdue/"))
    listed = said(head.get("ledgers/", ledger="late-steps", span="year"))
    assert f"褚科长{office.canary} {number}" in listed
    assert head.act(number, "sign_step").status_code == 302
    assert "2. 审核" in said(head.get(f"matters/{number}/"))


def test_a_name_with_blanks_stays_whole(office: Office) -> None:
    listed = ["户口簿 复印件", "户口簿"]
    found = [
        _missing(one, listed) for one in ("户口簿 复印件 没盖章", "户口簿", "环评 批复：过期", "物业证明: 无")
    ]
    assert [(one.name, one.problem) for one in found] == [
        ("户口簿 复印件", "没盖章"),
        ("户口簿", ""),
        ("环评 批复", "过期"),
        ("物业证明", "无"),
    ]
