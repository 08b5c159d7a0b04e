"""The registers of documents at the desk: lists, forms that keep what was typed, and who may enter."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.doors.desk import registry
from huiyin.matters.models import Matter, OfficialDocument
from tests.doors.desk.browser import Desk, said
from tests.factories import Office, make_office

CAME = {
    "title": "关于报送防汛情况的通知",
    "source": "县应急局",
    "their_number": "应急发〔2026〕3号",
    "received_on": "2026-01-05",
    "pages": "6",
    "secrecy": "none",
    "urgency": "normal",
    "grade": "ordinary",
    "limit": "",
    "limit_unit": "working_day",
    "until": "",
    "note": "",
}
GOES = {
    "title": "关于防汛情况的报告",
    "recipient": "县应急局",
    "copies_to": "",
    "genre": "report",
    "book": "official",
    "drafter": "",
    "secrecy": "none",
    "urgency": "normal",
    "limit": "",
    "limit_unit": "working_day",
    "until": "",
    "note": "",
}


@pytest.fixture
def keeper(office: Office) -> Desk:
    return Desk(office, "office_head")


def entered(keeper: Desk, **more: str) -> str:
    answer = keeper.post("documents/incoming/new/", **{**CAME, "again": "on", **more})
    assert answer.status_code == 302, said(answer)
    return answer.headers["Location"].rstrip("/").rsplit("/", 1)[-1]


def test_a_document_is_entered_and_its_page_says_where_it_stands(keeper: Desk) -> None:
    number = entered(keeper)
    page = said(keeper.get(f"matters/{number}/"))
    for words in ("收文办理", "应急发〔2026〕3号", "县应急局", "主要领导阅示", "现在", "时限自登记"):
        assert words in page, words
    assert "申请人" not in page.split("经过", maxsplit=1)[0]
    listed = said(keeper.get("documents/incoming/"))
    assert "关于报送防汛情况的通知" in listed
    assert "登记收文" in listed


def test_what_is_refused_keeps_everything_typed_and_says_what_is_wrong(keeper: Desk) -> None:
    wrong = {"title": "", "pages": "几页", "until": "明天", "limit": "0"}
    answer = keeper.post("documents/incoming/new/", **{**CAME, **wrong})
    assert answer.status_code == 422
    assert "应急发〔2026〕3号" in answer.content.decode()
    for name, told in (("pages", "请填写整数"), ("until", "请填写日期"), ("limit", "请填写1到9999")):
        page = said(keeper.post("documents/incoming/new/", **{**CAME, name: wrong[name]}))
        assert told in page
    assert not OfficialDocument.objects.exists()


def test_the_same_number_from_the_same_sender_is_warned_of_and_nothing_typed_is_lost(keeper: Desk) -> None:
    entered(keeper)
    answer = keeper.post("documents/incoming/new/", **CAME)
    assert answer.status_code == 422
    assert "已登记为ZHAO收〔2026〕1号" in said(answer)
    assert "应急发〔2026〕3号" in answer.content.decode()
    other = {"source": "县水利局"}
    assert keeper.post("documents/incoming/new/", **{**CAME, **other}).status_code == 302
    first = entered(keeper, again="on")
    # What was void was a slip; it stands in nobody's way.
    for number in Matter.objects.exclude(number=first).values_list("number", flat=True):
        keeper.act(number, "void_document", reason="登记重复")
    keeper.act(first, "void_document", reason="登记重复")
    entered(keeper)


def test_a_state_secret_is_refused_with_the_standing_notice(keeper: Desk) -> None:
    answer = keeper.post("documents/incoming/new/", **{**CAME, "secrecy": "secret"})
    assert answer.status_code == 409
    assert "不得登记、存储国家秘密" in said(answer)
    assert not Matter.objects.filter(kind="document_in").exists()


def test_only_the_keeper_enters_and_anybody_drafts_their_own(keeper: Desk, clerk: Desk) -> None:
    assert clerk.get("documents/incoming/new/").status_code == 403
    assert clerk.post("documents/incoming/new/", **CAME).status_code == 403
    assert "登记收文" not in said(clerk.get("documents/incoming/"))
    answer = clerk.post("documents/outgoing/new/", **GOES)
    assert answer.status_code == 302
    other = {**GOES, "drafter": str(clerk.office.people["second_clerk"].id)}
    assert clerk.post("documents/outgoing/new/", **other).status_code == 403
    named = {**GOES, "drafter_text": keeper.office.people["clerk"].name}
    assert keeper.post("documents/outgoing/new/", **named).status_code == 302
    assert "关于防汛情况的报告" in said(clerk.get("documents/outgoing/"))


def test_filters_narrow_and_unknown_ones_are_ignored(keeper: Desk) -> None:
    entered(keeper)
    title = CAME["title"]
    for wanted in ({"text": "防汛"}, {"month": "2026-01"}, {"party": "县应急局"}, {"mine": "waiting"}):
        assert title in said(keeper.get("documents/incoming/", **wanted)), wanted
    for wanted in (
        {"text": "供电"},
        {"month": "2025-12"},
        {"urgency": "low"},
        {"light": "red"},
        {"party": "无此单位"},
    ):
        page = said(keeper.get("documents/incoming/", **wanted))
        assert title not in page, wanted
        assert "请放宽筛选条件" in page
    odd = {"month": "2026-13", "light": "purple", "from": "-1"}
    assert title in said(keeper.get("documents/incoming/", **odd))
    assert "登记第一件发文" in said(keeper.get("documents/outgoing/"))


def test_whoever_is_asked_for_is_asked_for_also_beyond_the_list_of_choices(
    keeper: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    entered(keeper)
    monkeypatch.setattr("huiyin.matters.queries.parties", lambda *_: ["县政府办公室"])
    page = keeper.get("documents/incoming/", party="县应急局")
    assert CAME["title"] in said(page)
    assert '<option value="县应急局" selected' in page.content.decode()
    assert CAME["title"] not in said(keeper.get("documents/incoming/", party="县政府办公室"))


def test_pages_follow_one_another_at_a_constant_cost(keeper: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "PAGE", 2)
    counts = []
    for _ in range(2):
        for _ in range(3):
            entered(keeper)
        keeper.get("documents/incoming/")
        with CaptureQueriesContext(connection) as captured:
            page = said(keeper.get("documents/incoming/"))
        counts.append(len(captured))
        assert "下一页" in page
    assert counts[0] == counts[1]
    assert "上一页" in said(keeper.get("documents/incoming/", **{"from": "2"}))


def test_another_office_sees_nothing_of_it(keeper: Desk) -> None:
    number = entered(keeper)
    stranger = Desk(make_office("linzhen"), "office_head")
    assert stranger.get(f"matters/{number}/").status_code == 404
    assert CAME["title"] not in said(stranger.get("documents/incoming/"))


def test_what_waits_to_be_signed_for_is_listed_with_its_light_and_counted(keeper: Desk, clerk: Desk) -> None:
    page = said(clerk.get("documents/waiting/"))
    assert "没有等您签收的文件" in page
    number = entered(keeper)
    people = keeper.office.people
    keeper.act(number, "present_to_main_leader")
    keeper.act(number, "present_to_leader", to=str(people["leader_in_charge"].id))
    keeper.act(number, "send_document", to=str(people["clerk"].id), days="", special="")
    page = said(clerk.get("documents/waiting/"))
    for words in ("待我签收 1", "关于报送防汛情况的通知", "签收", "正常", "公文 1"):
        assert words in page, words
    assert "已送出、别人还没签收的 1" in said(keeper.get("documents/waiting/"))
    clerk.act(number, "sign_for_document")
    assert "没有等您签收的文件" in said(clerk.get("documents/waiting/"))
