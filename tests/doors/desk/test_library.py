"""The rule library: clauses, how they fare, and two regulations side by side."""

from __future__ import annotations

from datetime import timedelta
from unittest import mock

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.matters import actions
from huiyin.rules.rulebook import load
from tests.doors.desk.browser import LACKING, Desk, application, enquiry, said
from tests.factories import AT, Office


def test_every_clause_stands_there_and_can_be_filtered(clerk: Desk) -> None:
    page = said(clerk.get("rules/"))
    count = len(load("township").clauses)
    assert f"显示 {count} 条，共 {count} 条" in page
    assert "p4.time-limit.8.b" in page
    assert "law.licensing.44" in page
    found = said(clerk.get("rules/", text="否定 2日内", regime="refusal-filing"))
    assert "显示 1 条" in found
    assert "p4.refusal-filing.2.1.b" in found
    assert "p4.time-limit.8.b" not in found
    assert "没有符合条件的条款" in said(clerk.get("rules/", text="没有这样的条款"))


def test_a_clause_shows_its_values_doubts_and_how_it_fares_here(
    clerk: Desk, office: Office, now: mock.Mock
) -> None:
    number = enquiry(clerk).number
    now.return_value = office.at = AT + timedelta(days=30)
    actions.note_limits_passed(office.at)
    page = said(Desk(office, "clerk").get("rules/p4.time-limit.5.b/"))
    for part in (
        "按缓急在1到3个工作日内处置",
        "紧急 1个工作日、一般 2个工作日、不急 3个工作日",
        "2011-01-01",
        "N24",
    ):
        assert part in page, part
    assert number in page
    assert "适用 1 做到 0 · 0.0% 超期 1 还在计时 1" in page
    # The finding cites the clause on delay, not the one that set the limit.
    assert "问题记录 1" in said(Desk(office, "clerk").get("rules/p4.time-limit.8.a/"))


def test_values_are_named_in_words_on_both_pages_and_in_both_languages(clerk: Desk) -> None:
    raw = ("approver", "main_leader", "unit_as_printed")
    pages = ("rules/p4.time-limit.8.b/", "rules/compare/?with=company")
    for told in ("批准人：主要领导", "Approved by: Main leader"):
        for path in pages:
            page = said(clerk.get(path))
            assert told in page
            assert [word for word in raw if word in page] == []
        clerk.client.post("/language/", {"language": "en", "next": "/desk/"})


def test_a_kept_duty_counts_as_met(clerk: Desk) -> None:
    application(clerk, LACKING)
    assert "适用 1 做到 0 超期 0 还在计时 1" in said(clerk.get("rules/law.licensing.32.4/"))
    application(clerk)
    assert "适用 2 做到 1 · 100.0%" in said(clerk.get("rules/law.licensing.32.4/"))


def test_people_see_the_figures_of_the_matters_they_may_see(clerk: Desk, office: Office) -> None:
    number = enquiry(clerk).number
    page = said(Desk(office, "stand_in").get("rules/p4.time-limit.5.b/"))
    assert number not in page
    assert "适用 0" in page
    # Negative control: the efficiency office sees it.
    assert number in said(Desk(office, "efficiency_office").get("rules/p4.time-limit.5.b/"))


@pytest.mark.parametrize("clause", ["p4.nothing", "p1.time-limit.5.b", "extension", "..."])
def test_what_does_not_bind_the_office_is_not_there(clerk: Desk, clause: str) -> None:
    assert clerk.get(f"rules/{clause}/").status_code == 404


def test_two_regulations_stand_side_by_side(clerk: Desk) -> None:
    page = said(clerk.get("rules/compare/", **{"with": "headquarters"}))
    assert "乡镇机关 与 工程建设指挥部" in page
    assert "p2.first-responder.3.b" in page
    assert "没有规定" in page
    # An unknown name falls back on the first other one.
    assert "p3." in said(clerk.get("rules/compare/", **{"with": "village"}))


def test_it_speaks_english(clerk: Desk) -> None:
    clerk.client.post("/language/", {"language": "en", "next": "/desk/"})
    page = said(clerk.get("rules/p4.time-limit.5.b/"))
    assert "settled within one to three working days by urgency." in page
    assert "Urgent 1 working day" in page


def test_the_number_of_queries_is_constant(clerk: Desk) -> None:
    counts = []
    for _ in range(3):
        enquiry(clerk)
        with CaptureQueriesContext(connection) as seen:
            assert clerk.get("rules/p4.time-limit.5.b/").status_code == 200
        counts.append(len(seen))
    assert len(set(counts[1:])) == 1
