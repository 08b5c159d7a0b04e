"""The list of matters: filters, paging, a constant number of queries, and the workbook."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta
from unittest import mock

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from huiyin.doors.desk import lists
from huiyin.doors.desk.files import XLSX
from tests.doors.desk.browser import Desk, application, enquiry, said
from tests.factories import AT, Office


def rows_of(workbook: bytes) -> list[list[str]]:
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(workbook)).get_sheet_by_index(0)
    return [[str(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]


def test_filters_narrow_and_unknown_ones_are_ignored(clerk: Desk) -> None:
    first, second = application(clerk).number, enquiry(clerk, "咨询临时救助").number
    page = said(clerk.get("matters/", kind="enquiry"))
    assert second in page
    assert first not in page
    assert first in said(clerk.get("matters/", text="最低生活"))
    assert second not in said(clerk.get("matters/", text="最低生活"))
    assert first in said(clerk.get("matters/", stage="in_hand", mine="custodian", light="green"))
    odd = {"kind": "x' OR 1=1", "light": "purple", "stage": "gone", "from": "-3", "mine": "all"}
    page = said(clerk.get("matters/", **odd))
    assert first in page
    assert second in page


def test_nothing_found_says_what_to_do(clerk: Desk) -> None:
    assert "到工作台登记第一件" in said(clerk.get("matters/"))
    assert "请放宽筛选条件" in said(clerk.get("matters/", text="没有这样的事"))


def test_pages_follow_one_another(clerk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "PAGE", 2)
    numbers = [enquiry(clerk, f"咨询{n}").number for n in range(3)]
    first = clerk.get("matters/")
    assert "下一页" in said(first)
    assert "上一页" not in said(first)
    later = clerk.get("matters/", **{"from": "2"})
    assert "上一页" in said(later)
    assert numbers[0] in said(later)
    assert numbers[2] not in said(later)


def test_more_rows_do_not_cost_more_queries(clerk: Desk) -> None:
    counts = []
    for _ in range(2):
        application(clerk)
        clerk.get("matters/")
        with CaptureQueriesContext(connection) as captured:
            clerk.get("matters/")
        counts.append(len(captured))
        application(clerk)
        enquiry(clerk)
    assert counts[0] == counts[1]


def test_applicants_are_masked_on_the_list(clerk: Desk) -> None:
    application(clerk)
    page = said(clerk.get("matters/"))
    assert "王**" in page
    assert "王秀兰" not in page


def test_the_workbook_holds_what_is_seen(clerk: Desk, office: Office) -> None:
    wanted, other = enquiry(clerk, "咨询低保").number, application(clerk).number
    answer = clerk.get("matters.xlsx", kind="enquiry")
    assert answer.headers["Content-Type"] == XLSX
    assert "attachment" in answer.headers["Content-Disposition"]
    rows = rows_of(answer.content)
    assert rows[0][0] == f"{office.tenant.name}办件台账"
    assert office.tenant.name in rows[1][0]
    assert rows[2][0] == "序号"
    assert rows[2][-1] == "备注"
    assert len(rows) == 4
    assert wanted in rows[3]
    assert "赵**" in rows[3]
    assert not any(other in row for row in rows)


@pytest.mark.parametrize(
    "opener", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x")', "http://x.example"]
)
def test_cells_are_text_whatever_they_begin_with(clerk: Desk, opener: str) -> None:
    enquiry(clerk, f"{opener} 咨询")
    content = clerk.get("matters.xlsx").content
    assert any(opener.strip() in cell for row in rows_of(content) for cell in row)
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        sheet = file.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "<hyperlink" not in sheet.lower()


def test_an_export_is_logged_with_who_and_how_many(clerk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    enquiry(clerk)
    with caplog.at_level("INFO", logger="huiyin.doors.desk.files"):
        clerk.get("matters.xlsx")
    assert str(clerk.office.people["clerk"].id) in caplog.text
    assert "赵小梅" not in caplog.text


def test_lateness_shows_on_the_list(clerk: Desk, now: mock.Mock) -> None:
    number = application(clerk).number
    now.return_value = clerk.office.at = AT + timedelta(days=40)
    assert number in said(Desk(clerk.office, "clerk").get("matters/", light="red"))
