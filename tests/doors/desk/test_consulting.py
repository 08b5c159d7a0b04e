"""Asking another unit and answering for one's own, at the desk."""

from __future__ import annotations

from huiyin.doors.desk.consulting import _missing
from tests.doors.desk.browser import Desk, application, said
from tests.factories import Office


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
