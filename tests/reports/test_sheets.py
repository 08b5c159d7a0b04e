"""Figures as workbooks."""

from __future__ import annotations

import io
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from huiyin.reports.sheets import LABELS, Table, dry_run_workbook, tables_workbook
from tests.factories import make_office
from tests.matters.handling import Desk
from tests.reports.test_dry_runs import answered_on_the_second_day, run

pytestmark = pytest.mark.django_db


def rows(data: bytes, sheet: int) -> list[list[Any]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(sheet).to_python()


def test_a_dry_run_is_three_sheets_that_say_the_same() -> None:
    desk = Desk(make_office())
    number = answered_on_the_second_day(desk)
    found = run(desk.office)
    data = dry_run_workbook(found, str)
    totals = {str(row[0]): row[1] for row in rows(data, 0)}
    assert totals[LABELS["newly_late"]] == 1
    assert totals["现行"] == found.ours
    (head, line) = rows(data, 1)
    assert dict(zip(head, line, strict=True))[LABELS["newly_late"]] == 1
    (head, line) = rows(data, 2)
    said = dict(zip(head, line, strict=True))
    assert (said["编号"], said["现行期限"], said["试算期限"]) == (
        number,
        "2026-03-04 17:30",
        "2026-03-03 17:30",
    )
    assert (said["现行超期"], said["试算超期"]) == ("", "是")


def test_an_empty_dry_run_is_a_workbook_too() -> None:
    data = dry_run_workbook(run(make_office()), str)
    assert [len(rows(data, sheet)) for sheet in (1, 2)] == [1, 1]


def test_a_table_keeps_words_as_words_and_shares_of_nothing_as_a_dash() -> None:
    table = Table(
        "按科室", ["科室", "提出", "按时报备率"], [["=民政办", 2, 0.5], ["空", 0, None]], frozenset({2})
    )
    found = rows(tables_workbook("某镇否定报备统计", "2026", [table]), 0)
    assert found == [
        ["某镇否定报备统计", "", ""],
        ["2026", "", ""],
        ["科室", "提出", "按时报备率"],
        ["=民政办", 2.0, 0.5],
        ["空", 0.0, "—"],
    ]
