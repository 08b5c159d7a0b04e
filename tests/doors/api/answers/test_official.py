"""What a program reads of official documents: whom it was put before, the drafts, and the registers."""

from __future__ import annotations

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.doors.api.programs import Program, refused, said
from tests.factories import Office, make_office

IN = {"title": "关于报送情况的通知", "source": "县政府办公室", "their_number": "政办〔2026〕8号"}
OUT = {"title": "关于救助情况的报告", "recipient": "县民政局", "genre": "report", "drafter": "1005"}


def entered(keeper: Program, **more: object) -> str:
    return str(said(keeper.post("/documents/incoming", {**IN, **more}), 201)["number"])


def test_who_signs_reads_the_draft_and_what_others_said_of_it(office: Office) -> None:
    keeper, clerk, head = (Program(office, one) for one in ("office_head", "clerk", "head"))
    number = said(keeper.post("/documents/outgoing", {**OUT, "copies_to": "县财政局"}), 201)["number"]
    matter = f"/matters/{number}"
    said(clerk.post(f"{matter}/draft", {"to": "1004", "text": "共11户。"}))
    said(head.post(f"{matter}/draft/return", {"opinion": "数字核一下"}))
    said(clerk.post(f"{matter}/draft", {"to": "1004", "text": "共12户。"}))
    said(head.post(f"{matter}/draft/check", {"to": "1002", "opinion": "已核"}))
    leader = Program(office, "leader_in_charge")
    (lies,) = said(leader.get("/documents/waiting"))["rows"]
    assert (lies["role"]["code"], lies["document"]["title"]) == ("signer", OUT["title"])
    found = said(leader.get(matter))["entry"]
    assert found["copies_to"] == "县财政局"
    assert [(one["ordinal"], one["text"]) for one in found["drafts"]] == [(2, "共12户。"), (1, "共11户。")]
    laid = [
        (one["role"]["code"], one["opinion"], one["draft"], bool(one["done_at"])) for one in found["laid"]
    ]
    assert laid == [
        ("checker", "数字核一下", 1, True),
        ("checker", "已核", 2, True),
        ("signer", "", 2, False),
    ]


def test_a_register_is_paged_and_asked_for_part_by_part(office: Office) -> None:
    keeper = Program(office, "office_head")
    numbers = [entered(keeper, their_number=f"政办〔2026〕{n}号") for n in range(3)]
    first = said(keeper.get("/documents/incoming", limit="2"))
    assert ([one["number"] for one in first["rows"]], first["more"]) == (numbers[:0:-1], True)
    rest = said(keeper.get("/documents/incoming", limit="2", offset="2"))
    assert ([one["number"] for one in rest["rows"]], rest["more"]) == (numbers[:1], False)
    asked = {
        "text": ("政办〔2026〕1号", 1),
        "party": ("县政府办公室", 3),
        "urgency": ("extra_urgent", 0),
        "light": ("red", 0),
        "until": ("2026-01-05", 0),
        "since": ("2026-01-05", 3),
        "waiting": ("true", 3),
    }
    for name, (value, count) in asked.items():
        assert len(said(keeper.get("/documents/incoming", **{name: value}))["rows"]) == count, name
    refused(keeper.get("/documents/incoming", light="purple"), 422, "invalid")
    refused(keeper.get("/documents/incoming", since="5.1."), 422, "invalid")


def test_nobody_reads_of_documents_that_are_not_theirs_nor_another_office_of_any(office: Office) -> None:
    keeper = Program(office, "office_head")
    number = entered(keeper)
    strangers = [Program(office, "clerk"), Program(make_office("beihe"), "office_head")]
    for one in strangers:
        assert said(one.get("/documents/incoming"))["rows"] == []
        assert said(one.get("/documents/waiting"))["rows"] == []
        refused(one.get(f"/matters/{number}"), 404, "not_found")


def test_as_many_queries_for_a_long_register_and_a_long_reading_list(office: Office) -> None:
    keeper = Program(office, "office_head")
    asked, put = [], []
    for people in (["1004", "1005"], ["1001", "1002", "1004", "1005", "1006", "1008"]):
        number = entered(keeper, again=True)
        with CaptureQueriesContext(connection) as seen:
            said(keeper.post(f"/matters/{number}/readers", {"to": people}))
        put.append(len(seen))
        with CaptureQueriesContext(connection) as seen:
            said(keeper.get("/documents/incoming"))
        asked.append(len(seen))
    assert asked[0] == asked[1]
    assert put[0] == put[1]
