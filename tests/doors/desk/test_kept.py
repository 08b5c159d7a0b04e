"""The figures of kept promises at the desk, and the same as a workbook."""

from __future__ import annotations

import io
from datetime import date

import pytest
from python_calamine import CalamineWorkbook

from huiyin.doors.desk.kept import period, shown
from huiyin.reports.promises import Kept
from tests.doors.desk.browser import Desk, said
from tests.factories import Office
from tests.reports.test_promises import decided

TODAY = date(2026, 3, 20)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, (date(2026, 1, 1), TODAY)),
        ({"since": "2025-06-01"}, (date(2025, 6, 1), TODAY)),
        ({"since": "2026-05-01", "until": "2026-02-01"}, (date(2026, 2, 1), date(2026, 5, 1))),
        ({"since": "gestern", "until": "9999-99-99"}, (date(2026, 1, 1), TODAY)),
    ],
)
def test_the_period_asked_for(asked: dict[str, str], expected: tuple[date, date]) -> None:
    assert period(asked, TODAY) == expected


def test_no_share_without_the_number_it_rests_on() -> None:
    assert shown(Kept())["kept"] == "—"
    assert shown(Kept(decided=4, promised=3, kept=2))["kept"] == "66.7% (2/3)"


def test_page_and_workbook_say_the_same(office: Office) -> None:
    leader = Desk(office, "main_leader")
    assert "没有办结的申请" in said(leader.get("promises/kept/"))
    decided(office, "2026-03-06")
    page = said(leader.get("promises/kept/", since="2026-01-01", until="2026-12-31"))
    assert "100.0% (1/1)" in page
    assert "50.0% (n=1)" in page
    # In all, and once more by month, by unit and by item: promises kept, and within the law's time;
    # and the unit's above its items.
    assert page.count("100.0% (1/1)") == 9
    assert "2026-03 1 100.0% (1/1)" in page
    answer = leader.get("promises/kept.xlsx", since="2026-01-01", until="2026-12-31")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert rows[3][:5] == [office.units["MZ"].name, 1.0, 1.0, 1.0, 1.0]


def test_units_and_items_are_found_and_the_items_of_one_unit_stand_together(office: Office) -> None:
    leader = Desk(office, "main_leader")
    decided(office, "2026-03-06")
    every = {"since": "2026-01-01", "until": "2026-12-31"}
    page = leader.get("promises/kept/", **every, q="db-1").content.decode()
    assert "DB-1" in page
    assert '<details class="group" open>' in page
    assert "没有这样的科室" in page
    assert office.units["MZ"].name in said(leader.get("promises/kept/", **every, q="民政"))
    page = said(leader.get("promises/kept/", **every, q="没有的事项"))
    assert "没有这样的事项" in page
    assert "DB-1" not in page
