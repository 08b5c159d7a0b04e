"""The workbook of one year's schedule."""

from __future__ import annotations

import io

import xlsxwriter  # type: ignore[import-untyped]

from huiyin.organisation.calendar_sheets import calendar_template, read_calendar
from huiyin.organisation.workbook import read_workbook
from huiyin.rules.schedules import parse_year
from huiyin.rules.workdays import load_calendar

HEAD = (
    ("年度", "文件名称", "文号", "印发日期"),
    ("2027", "关于2027年部分节假日安排的通知", "", "2026-11-09"),
)
DAYS = (
    ("日期", "安排", "节日"),
    ("2026-12-31", "放假", "元旦"),
    ("2027年1月1日", "放假", "元旦"),
    ("2027.2.6", "放假", "春节"),
    ("20270220", "上班", ""),
)


def book(notice: tuple[tuple[str, ...], ...] = HEAD, days: tuple[tuple[str, ...], ...] = DAYS) -> bytes:
    file = io.BytesIO()
    made = xlsxwriter.Workbook(file, {"in_memory": True})
    for name, rows in (("依据", notice), ("放假安排", days)):
        page = made.add_worksheet(name)
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
    made.close()
    return file.getvalue()


def test_a_workbook_gives_the_year_and_what_changes_before_it() -> None:
    drafted, report = read_calendar(book())
    assert report.errors == []
    assert drafted is not None
    found = parse_year(drafted.text, "a")
    assert [day.isoformat() for day in found.off] == ["2027-01-01", "2027-02-06"]
    assert [day.isoformat() for day in found.worked] == ["2027-02-20"]
    assert "2026-12-31" in drafted.amendment
    assert load_calendar(published=(drafted.text,)).is_official(2027)


def test_the_template_has_both_sheets_and_is_empty() -> None:
    assert set(read_workbook(calendar_template())) == {"依据", "放假安排", "说明"}
    drafted, report = read_calendar(calendar_template())
    assert drafted is None
    assert report.errors


def test_what_cannot_be_used_is_named_by_row() -> None:
    drafted, report = read_calendar(
        book(days=(*DAYS, ("2027-03-32", "放假", "元旦"), ("2027-03-01", "放假", "")))
    )
    assert drafted is None
    assert [(error.row, error.column) for error in report.errors] == [(6, "日期"), (7, "节日")]


def test_a_contradiction_is_named_for_the_file() -> None:
    for days in ((*DAYS, ("2027-03-01", "上班", "")), (*DAYS, ("2030-01-01", "放假", "元旦")), DAYS[:1]):
        drafted, report = read_calendar(book(days=days))
        assert drafted is None
        assert len(report.errors) == 1
    assert read_calendar(book(notice=HEAD[:1]))[0] is None
    assert read_calendar(b"PK nonsense")[0] is None
