"""The workbook of a register: laid out as offices know it, harmless to open, of any length."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db.models import QuerySet

from huiyin.matters.models import Matter
from huiyin.reports.cells import MOST_CHARACTERS
from huiyin.reports.ledgers import workbook
from huiyin.reports.ledgers.enquiries import LEDGER
from huiyin.reports.ledgers.frame import Column, Ledger, Line, Scope
from tests.factories import make_office
from tests.matters.handling import Desk
from tests.reports.ledgers.books import cells_of, scope_of, written

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return Desk(make_office())


def test_title_unit_line_header_and_lines(desk: Desk) -> None:
    desk.register()
    rows = cells_of(written(LEDGER, scope_of(desk, None)))
    assert rows[0][0] == f"{desk.office.tenant.name}2026年首问责任登记台账"
    assert re.fullmatch(
        rf"单位：{desk.office.tenant.name} +制表：卫经办 +审核： +日期：2026-03-02", rows[1][0]
    )
    assert rows[2] == [column.title for column in LEDGER.all_columns]
    assert len(rows) == 4
    assert rows[3][0] == 1
    assert isinstance(rows[3][1], datetime), "a moment is a moment, so that people can sort by it"


def test_it_prints_on_landscape_a4_with_its_header_on_every_page(desk: Desk) -> None:
    desk.register()
    with zipfile.ZipFile(io.BytesIO(written(LEDGER, scope_of(desk, None)))) as file:
        sheet = file.read("xl/worksheets/sheet1.xml").decode()
        book = file.read("xl/workbook.xml").decode()
    assert 'orientation="landscape"' in sheet
    assert 'paperSize="9"' in sheet
    assert '<pane xSplit="1" ySplit="3"' in sheet
    assert '<autoFilter ref="A3:R4"/>' in sheet
    assert '<mergeCell ref="A1:R1"/>' in sheet
    assert "_xlnm.Print_Titles" in book


@pytest.mark.parametrize("typed", ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x")', "\t=1"])
def test_what_people_typed_is_never_run(desk: Desk, typed: str) -> None:
    data = written(_of([(typed, "http://x.example")]), scope_of(desk, None))
    assert cells_of(data)[3][1] == typed
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        sheet, styles = file.read("xl/worksheets/sheet1.xml").decode(), file.read("xl/styles.xml").decode()
    assert "<f>" not in sheet
    assert "<hyperlink" not in sheet.lower()
    assert 'quotePrefix="1"' in styles


def test_every_sort_of_cell_is_what_it_is(desk: Desk) -> None:
    at = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
    (line,) = cells_of(written(_of([(7, date(2026, 3, 2), at, None, "x" * 40_000)]), scope_of(desk, None)))[
        3:
    ]
    assert line[1:5] == [7, date(2026, 3, 2), datetime(2026, 3, 2, 9, 30), ""]
    assert len(line[5]) == MOST_CHARACTERS


def test_a_full_sheet_is_followed_by_another(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MOST_LINES", 2)
    told: list[int] = []
    out = io.BytesIO()
    lines: list[tuple[Any, ...]] = [(f"第{n}条",) for n in range(5)]
    assert workbook.write(out, _of(lines), scope_of(desk, None), made_by="x", progress=told.append) == 5
    assert sum(told) == 5
    sheets = [cells_of(out.getvalue(), sheet) for sheet in range(3)]
    assert [row[1] for sheet in sheets for row in sheet[3:]] == [f"第{n}条" for n in range(5)]
    assert sheets[2][0][0] == sheets[0][0][0]


def test_an_empty_register_says_so(desk: Desk) -> None:
    rows = cells_of(written(_of([]), scope_of(desk, None)))
    assert rows[3][0] == "本期没有记录。"


def _of(lines: Sequence[tuple[Any, ...]]) -> Ledger:
    """A register of these lines."""
    width = len(lines[0]) if lines else 2

    def rows(_scope: Scope) -> QuerySet[Matter]:
        office = make_office("linzhen")
        desk = Desk(office)
        for _ in lines:
            desk.register()
        return Matter.objects.filter(tenant=office.tenant).order_by("number")

    left = iter(lines)

    def said(matters: Sequence[Any], _scope: Scope) -> Iterator[Line]:
        return ((*next(left), "") for _ in matters)

    return Ledger("any", "台账:一/二", "", tuple(Column(f"列{n}") for n in range(width)), rows, said)
