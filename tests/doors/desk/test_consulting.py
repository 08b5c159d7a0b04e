"""Asking another unit and answering for one's own, at the desk."""

from __future__ import annotations

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
    wrong = other.act(number, "answer_consultation", verdict="none", missing="门牌证明 须盖章", words="")
    assert wrong.status_code == 422
    assert "门牌证明 须盖章" in wrong.content.decode()
    right = other.act(number, "answer_consultation", verdict="missing", missing="门牌证明 须盖章", words="")
    assert right.status_code == 302
    page = said(desk.get(f"matters/{number}/"))
    assert "门牌证明" in page
    assert "等待答复" not in page
