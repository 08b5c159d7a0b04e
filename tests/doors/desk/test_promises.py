"""What the office promises, at the desk: written, published, printed, hung up, taken down."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader

from huiyin.catalogue import queries
from huiyin.catalogue.models import Commitment, Posting
from huiyin.organisation.models import Tenant
from tests.doors.desk.browser import Desk, said, value_of
from tests.factories import Office

WHOLE = {"duties": "低保救助", "powers": "审核确认", "content": "受理低保申请", "standards": "一次办好"}


@pytest.fixture
def head(office: Office) -> Desk:
    return Desk(office, "head")


@pytest.fixture
def efficiency(office: Office) -> Desk:
    return Desk(office, "efficiency_office")


def address(office: Office) -> str:
    return f"promises/of/{office.units['MZ'].id}/"


def published(office: Office, head: Desk, efficiency: Desk) -> Commitment:
    assert head.post(address(office), seen="0", **WHOLE).status_code == 302
    assert efficiency.post(f"{address(office)}publish/").status_code == 302
    [row] = queries.published(office.tenant.id)
    return row


def test_the_head_writes_and_the_efficiency_office_publishes(
    office: Office, head: Desk, efficiency: Desk, clerk: Desk
) -> None:
    page = said(head.get("promises/"))
    assert "起草" in page
    assert "没有公布服务承诺" in said(head.get("promises/gaps/"))
    row = published(office, head, efficiency)
    assert {name: row.said[name] for name in WHOLE} == WHOLE
    shown = said(clerk.get(address(office)))
    assert "低保救助" in shown
    assert "保存草稿" not in shown
    assert "承诺没有上墙" in said(clerk.get("promises/gaps/"))
    assert clerk.post(f"promises/{row.id}/post/", place="一楼", day="2026-01-05").status_code == 302
    assert "承诺没有上墙" not in said(clerk.get("promises/gaps/"))
    assert "一楼" in said(clerk.get("promises/"))
    [hung] = Posting.objects.all()
    assert clerk.post(f"promises/postings/{hung.id}/down/").status_code == 302
    assert "承诺没有上墙" in said(clerk.get("promises/gaps/"))


def test_what_is_lacking_is_named_where_it_is_typed(office: Office, head: Desk, efficiency: Desk) -> None:
    head.post(address(office), seen="0", **{**WHOLE, "powers": ""})
    answer = efficiency.post(f"{address(office)}publish/")
    assert answer.status_code == 422
    assert "公布前须填写" in said(answer)
    assert "p4.service-commitment.1" in said(answer)
    assert "低保救助" in answer.content.decode()
    assert queries.published(office.tenant.id) == []


def test_a_refusal_keeps_what_was_typed_and_the_next_save_goes_through(office: Office, head: Desk) -> None:
    head.post(address(office), seen="0", **WHOLE)
    stale = head.post(address(office), seen="0", **{**WHOLE, "duties": "我写的"})
    assert stale.status_code == 409
    assert "我写的" in stale.content.decode()
    assert "刚刚已由他人改过" in said(stale)
    again = head.post(address(office), **{**WHOLE, "duties": "我写的"}, seen=value_of(stale, "seen"))
    assert again.status_code == 302
    assert Commitment.objects.get().said["duties"] == "我写的"
    wrong = head.post(address(office), seen="2", **{**WHOLE, "complaint_phone": "打这里"})
    assert wrong.status_code == 422
    assert 'value="打这里"' in wrong.content.decode()


def test_who_may_not(office: Office, head: Desk, efficiency: Desk, clerk: Desk) -> None:
    assert clerk.post(address(office), seen="0", **WHOLE).status_code == 403
    assert not Commitment.objects.exists()
    head.post(address(office), seen="0", **WHOLE)
    assert head.post(f"{address(office)}publish/").status_code == 403
    assert efficiency.get(f"promises/of/{office.units['LD'].id}/").status_code == 404
    assert efficiency.post(f"{address(office)}burn/").status_code == 404


def test_the_board_prints_on_the_paper_asked_for(office: Office, head: Desk, efficiency: Desk) -> None:
    row = published(office, head, efficiency)
    for paper, width in (("a4", 210), ("a3", 297), ("", 210)):
        answer = head.get(f"promises/{row.id}/board.pdf", paper=paper)
        page = PdfReader(io.BytesIO(answer.content)).pages[0]
        assert round(float(page.mediabox.width) * 25.4 / 72) == width
        text = "".join(page.extract_text().split())
        assert "一次办好" in text
        assert "10个工作日" in text


def test_taking_down_wants_a_reason(office: Office, head: Desk, efficiency: Desk) -> None:
    published(office, head, efficiency)
    assert efficiency.post(f"{address(office)}withdraw/", why="").status_code == 422
    assert efficiency.post(f"{address(office)}withdraw/", why="机构调整").status_code == 302
    assert "机构调整" in said(head.get(address(office)))
    assert queries.published(office.tenant.id) == []


def test_the_version_of_a_past_day_is_shown_where_a_clause_wants_it(
    office: Office, head: Desk, efficiency: Desk, clerk: Desk
) -> None:
    published(office, head, efficiency)
    assert "2026-01-05 执行第 1 版" in said(clerk.get(address(office), on="2026-01-05"))
    assert "这一天没有公布的承诺" in said(clerk.get(address(office), on="2025-12-31"))
    assert "请填写日期" in said(clerk.get(address(office), on="昨天"))
    Tenant.objects.filter(id=office.tenant.id).update(rulebook="headquarters")
    assert "看某一天执行的版本" not in said(clerk.get(address(office)))
