"""Figures as workbooks: a table people can sort and filter, and the picture beside it."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from xlsxwriter import Workbook  # type: ignore[import-untyped]

from huiyin.reports.cells import STAYS_TEXT, Words
from huiyin.reports.dry_runs import COUNTS, DryRun
from huiyin.rules.errors import msg
from huiyin.rules.workdays import SHANGHAI

LABELS: Final[Mapping[str, str]] = {
    "matters": msg("试算的办件"),
    "matters_changed": msg("会有不同的办件"),
    "duties_changed": msg("期限改变的时限"),
    "duties_new": msg("新增的时限"),
    "duties_gone": msg("不再有的时限"),
    "newly_late": msg("会变成超期"),
    "saved": msg("不再超期"),
    "findings_new": msg("新增的问题记录"),
    "findings_gone": msg("不再有的问题记录"),
    "not_allowed": msg("不被允许的办理"),
    "not_followed": msg("无法续算的办件"),
}
OPTIONS: Final = {"in_memory": True, **STAYS_TEXT}
_TITLES: Final = (
    msg("编号"),
    msg("科室"),
    msg("时限"),
    msg("现行期限"),
    msg("试算期限"),
    msg("现行超期"),
    msg("试算超期"),
)
_MONTH_COLUMNS: Final = ("newly_late", "saved")


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet: its name, the titles of its columns, and its rows in words, numbers or nothing.

    `shares` are the columns, counted from 0, that hold a share of one, `averages` those that hold an
    average: nothing there says that it would rest on nothing.
    """

    name: str
    titles: Sequence[str]
    rows: Sequence[Sequence[str | int | float | None]]
    shares: frozenset[int] = frozenset()
    averages: frozenset[int] = frozenset()


def tables_workbook(title: str, about: str, tables: Sequence[Table]) -> bytes:
    """Tables as XLSX, a sheet each; `title` and `about` (the period, the day) stand over every one."""
    out = io.BytesIO()
    with Workbook(out, OPTIONS) as book:
        bold = book.add_format({"bold": True, "font_size": 14})
        head = book.add_format({"bold": True, "bg_color": "#E8EEF7", "border": 1, "text_wrap": True})
        words = Words(book)
        share, average = book.add_format({"num_format": "0.0%"}), book.add_format({"num_format": "0.0"})
        for table in tables:
            shapes = dict.fromkeys(table.shares, share) | dict.fromkeys(table.averages, average)
            sheet = book.add_worksheet(table.name)
            sheet.write_string(0, 0, title, bold)
            sheet.write_string(1, 0, about)
            sheet.write_row(2, 0, table.titles, head)
            for number, row in enumerate(table.rows, start=3):
                for column, value in enumerate(row):
                    if isinstance(value, str):
                        words.write(sheet, number, column, value)
                    elif value is not None:
                        sheet.write_number(number, column, value, shapes.get(column))
                    elif column in shapes:
                        sheet.write_string(number, column, "—")
            sheet.autofilter(2, 0, 2 + len(table.rows), len(table.titles) - 1)
            sheet.freeze_panes(3, 0)
            sheet.set_column(0, len(table.titles) - 1, 16)
            sheet.set_landscape()
            sheet.set_paper(9)
            sheet.repeat_rows(2)
            sheet.fit_to_pages(1, 0)
    return out.getvalue()


def dry_run_workbook(found: DryRun, gettext: Callable[[str], str]) -> bytes:
    """The dry run as XLSX: totals with a chart by month, rows by unit and month, and matters concerned."""
    out = io.BytesIO()
    with Workbook(out, OPTIONS) as book:
        head = book.add_format({"bold": True, "bg_color": "#E8EEF7", "border": 1, "text_wrap": True})
        words = Words(book)
        _totals(book, found, head, gettext)
        _by_month(book, found, (head, words), gettext)
        _matters(book, found, (head, words), gettext)
    return out.getvalue()


def _totals(book: Any, found: DryRun, head: Any, gettext: Callable[[str], str]) -> None:
    sheet = book.add_worksheet(gettext("总计"))
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 4, 14)
    sheet.write_row(0, 0, [gettext("现行"), found.ours])
    sheet.write_row(1, 0, [gettext("试算"), found.theirs])
    for row, name in enumerate(COUNTS, start=3):
        sheet.write_row(row, 0, [gettext(LABELS[name]), found.total[name]])
    begin = 4 + len(COUNTS)
    months = _months(found)
    sheet.write_row(begin, 0, [gettext("月份"), *(gettext(LABELS[name]) for name in _MONTH_COLUMNS)], head)
    for row, (month, figures) in enumerate(sorted(months.items()), start=begin + 1):
        sheet.write_row(row, 0, [month, *(figures[name] for name in _MONTH_COLUMNS)])
    if months:
        chart = book.add_chart({"type": "column"})
        last = begin + len(months)
        for column in range(1, 1 + len(_MONTH_COLUMNS)):
            chart.add_series(
                {
                    "name": [sheet.name, begin, column],
                    "categories": [sheet.name, begin + 1, 0, last, 0],
                    "values": [sheet.name, begin + 1, column, last, column],
                }
            )
        chart.set_title({"name": gettext("按收件月份")})
        sheet.insert_chart(2, 3, chart)


def _months(found: DryRun) -> dict[str, Counter[str]]:
    months: dict[str, Counter[str]] = {}
    for (_, month), figures in found.by_month.items():
        months.setdefault(month, Counter()).update(figures)
    return months


def _by_month(book: Any, found: DryRun, look: tuple[Any, Words], gettext: Callable[[str], str]) -> None:
    sheet = book.add_worksheet(gettext("按科室和月份"))
    titles = [gettext("科室"), gettext("月份"), *(gettext(LABELS[name]) for name in COUNTS)]
    rows: list[list[str | int]] = [
        [unit, month, *(figures[name] for name in COUNTS)]
        for (unit, month), figures in sorted(found.by_month.items())
    ]
    _table(sheet, titles, rows, look)


def _matters(book: Any, found: DryRun, look: tuple[Any, Words], gettext: Callable[[str], str]) -> None:
    sheet = book.add_worksheet(gettext("涉及的办件"))
    titles = [
        gettext(one) for one in (msg("编号"), msg("科室"), msg("时限"), msg("现行期限"), msg("试算期限"))
    ]
    titles += [gettext(msg("现行超期")), gettext(msg("试算超期"))]
    rows: list[list[str | int]] = [
        [
            one.number,
            one.unit,
            change.key,
            *(_day(side) for side in (change.ours, change.theirs)),
            *(gettext(msg("是")) if late else "" for late in (change.was_late, change.would_be_late)),
        ]
        for one in found.affected
        for change in one.difference.changes
    ]
    _table(sheet, titles, rows, look)


def _table(
    sheet: Any, titles: list[str], rows: Sequence[Sequence[str | int]], look: tuple[Any, Words]
) -> None:
    head, words = look
    sheet.write_row(0, 0, titles, head)
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            if isinstance(value, str):
                words.write(sheet, number, column, value)
            else:
                sheet.write_number(number, column, value)
    sheet.autofilter(0, 0, max(1, len(rows)), len(titles) - 1)
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(titles) - 1, 16)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _day(owed: Any) -> str:
    return owed.due.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M") if owed else ""
