"""The workbook holds the figures of the page, and a dash where a share would rest on nothing."""

from __future__ import annotations

import io
from datetime import date

from python_calamine import CalamineWorkbook

from huiyin.reports.promise_sheets import COLUMNS, promises_workbook, values_of
from huiyin.reports.promises import ItemKept, Kept, Promises

FULL = Kept(
    decided=3,
    promised=3,
    kept=2,
    lawful=3,
    within=3,
    early=1,
    late=1,
    days=25,
    both=3,
    promised_days=30,
    lawful_days=60,
)


def test_every_figure_stands_under_its_head() -> None:
    found = Promises(
        date(2026, 1, 1),
        date(2026, 12, 31),
        FULL,
        {"=民政办": FULL, "空": Kept()},
        [ItemKept("DB-1", "低保", "民政办", FULL)],
        {"2026-03": FULL},
    )
    book = CalamineWorkbook.from_filelike(io.BytesIO(promises_workbook(found, "某局承诺兑现情况", str)))
    assert book.sheet_names == ["按科室", "按事项", "按月份"]
    rows = book.get_sheet_by_name("按科室").to_python(skip_empty_area=False)
    assert rows[0][0] == "某局承诺兑现情况"
    assert rows[1][0] == "2026-01-01 – 2026-12-31"
    assert rows[2] == ["科室", *COLUMNS]
    assert [row[0] for row in rows[3:]] == ["=民政办", "空", "合计"]
    assert rows[3][1:] == [float(value) for value in values_of(FULL) if value is not None]
    assert [rows[4][column] for column in (4, 9, 10)] == ["—", "—", "—"]
    assert book.get_sheet_by_name("按事项").to_python()[3][:3] == ["民政办", "DB-1", "低保"]
    assert len(values_of(FULL)) == len(COLUMNS)
