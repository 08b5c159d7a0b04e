"""Figures as workbooks."""

from __future__ import annotations

import io
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from huiyin.reports.sheets import LABELS, dry_run_workbook
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
