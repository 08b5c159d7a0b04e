"""The page 台账: register and days chosen, lines shown, the workbook taken."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.doors.desk import ledgers
from huiyin.doors.desk.files import XLSX
from tests.doors.desk.browser import Desk, application, enquiry, said
from tests.factories import Office
from tests.reports.ledgers.books import cells_of


def taken(desk: Desk, address: str, **query: str) -> bytes:
    answer = desk.get(address, **query)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == XLSX
    return answer.content


def test_this_month_of_the_first_register_is_shown_at_once(clerk: Desk, office: Office) -> None:
    number = application(clerk).number
    page = said(clerk.get("ledgers/"))
    assert f"{office.tenant.name}2026年1月首问责任登记台账" in page
    assert "共1条" in page
    assert number in page
    assert "王秀兰" in page, "whoever deals with a person reads who it is"


@pytest.mark.parametrize(
    ("span", "named"), [("month", "2026年1月"), ("quarter", "2026年第1季度"), ("year", "2026年")]
)
def test_whole_periods_are_those_of_the_day(clerk: Desk, office: Office, span: str, named: str) -> None:
    page = said(clerk.get("ledgers/", ledger="applications", span=span, **{"from": "2026-01-31"}))
    assert f"{office.tenant.name}{named}办件台账" in page


def test_days_of_ones_own_and_an_empty_register(clerk: Desk) -> None:
    number = application(clerk).number
    days = {"ledger": "applications", "span": "days", "from": "2026-01-05", "to": "2026-01-05"}
    assert number in said(clerk.get("ledgers/", **days))
    page = said(clerk.get("ledgers/", **{**days, "from": "2026-01-06", "to": "2026-01-09"}))
    assert number not in page
    assert "请换一个期间" in page


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"ledger": "nothing"}, "ledger"),
        ({"span": "century"}, "span"),
        ({"from": "2026-13-01"}, "from"),
        ({"from": ""}, "from"),
        ({"span": "days", "from": "2026-02-01", "to": "2026-01-01"}, "to"),
        ({"span": "days", "from": "2001-02-01", "to": "2026-01-01"}, "from"),
    ],
)
def test_what_cannot_be_used_is_told_at_its_field(clerk: Desk, typed: dict[str, str], field: str) -> None:
    answer = clerk.get("ledgers/", **typed)
    assert answer.status_code == 422
    assert f'id="l-{field}-error"' in answer.content.decode()
    assert clerk.get("ledgers/applications.xlsx", **typed).status_code == (200 if field == "ledger" else 422)


def test_the_workbook_is_what_the_page_shows(clerk: Desk, office: Office) -> None:
    number = application(clerk).number
    page = clerk.get("ledgers/", ledger="applications").content.decode()
    (address,) = re.findall(r'href="(applications\.xlsx[^"]+)"', page)
    path, _, query = address.replace("&amp;", "&").partition("?")
    rows = cells_of(taken(clerk, f"ledgers/{path}", **dict(pair.split("=") for pair in query.split("&"))))
    assert rows[0][0] == f"{office.tenant.name}2026年1月办件台账（限时办结）"
    assert f"制表：卫经办{office.canary}" in rows[1][0]
    assert rows[3][1] == number
    assert len(rows) == 4


def test_a_clerk_has_their_own_lines_and_a_head_the_units(
    clerk: Desk, receptionist: Desk, office: Office
) -> None:
    mine, theirs = application(clerk).number, enquiry(receptionist).number
    assert theirs not in said(clerk.get("ledgers/"))
    assert mine not in said(receptionist.get("ledgers/"))
    head = said(Desk(office, "head").get("ledgers/"))
    assert mine in head
    assert theirs not in head
    assert "王秀兰" not in head
    everything = said(Desk(office, "efficiency_office").get("ledgers/"))
    assert mine in everything
    assert theirs in everything
    assert "列出全单位的记录" in everything


def test_an_export_is_logged_with_who_and_how_many(clerk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    application(clerk)
    with caplog.at_level("INFO", logger="huiyin.doors.desk.files"):
        taken(clerk, "ledgers/first-responder.xlsx")
    assert str(clerk.office.people["clerk"].id) in caplog.text
    assert "1 lines of first-responder" in caplog.text
    assert "王秀兰" not in caplog.text


def test_a_long_register_is_offered_by_months_too(clerk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    application(clerk)
    application(clerk)
    year = {"span": "year", "from": "2026-01-01"}
    assert "2026-02" not in said(clerk.get("ledgers/", **year))
    monkeypatch.setattr(ledgers, "MUCH", 0)
    monkeypatch.setattr(ledgers, "SHOWN", 1)
    page = clerk.get("ledgers/", **year)
    assert "另有1条" in said(page)
    assert "first-responder.xlsx?span=days&amp;from=2026-02-01&amp;to=2026-02-28" in page.content.decode()


def test_more_lines_do_not_cost_more_queries(clerk: Desk) -> None:
    counts = []
    for _ in range(2):
        application(clerk)
        clerk.get("ledgers/")
        with CaptureQueriesContext(connection) as captured:
            clerk.get("ledgers/")
        counts.append(len(captured))
        application(clerk)
    assert counts[0] == counts[1]


def test_a_register_that_there_is_not(clerk: Desk) -> None:
    assert clerk.get("ledgers/nothing.xlsx").status_code == 404
