"""The kept promises of a period as a workbook: in all, by unit, by item and by month."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from typing import Any, Final

from xlsxwriter import Workbook  # type: ignore[import-untyped]

from huiyin.reports.promises import Kept, Promises
from huiyin.reports.sheets import OPTIONS
from huiyin.rules.errors import msg

COLUMNS: Final = (
    msg("办结"),
    msg("有承诺时限的"),
    msg("承诺时限内"),
    msg("承诺兑现率"),
    msg("有法定时限的"),
    msg("法定时限内"),
    msg("提前"),
    msg("超期"),
    msg("平均用时（工作日）"),
    msg("承诺提速率"),
    msg("提速率依据的件数"),
)
_SHARES: Final = frozenset({3, 9})
_AVERAGES: Final = frozenset({8})


def values_of(one: Kept) -> list[int | float | None]:
    """The figures in the order of COLUMNS; None where a share would rest on nothing."""
    return [
        one.decided,
        one.promised,
        one.kept,
        one.share_kept,
        one.lawful,
        one.within,
        one.early,
        one.late,
        one.average_days,
        one.speedup,
        one.both,
    ]


def promises_workbook(found: Promises, title: str, gettext: Callable[[str], str]) -> bytes:
    """The figures as XLSX; `title` stands over every sheet, with the period under it."""
    out = io.BytesIO()
    with Workbook(out, OPTIONS) as book:
        total = [((gettext(msg("合计")),), found.total)]
        units = [((name,), one) for name, one in found.units.items()]
        items = [((one.unit, one.code, one.item), one.figures) for one in found.items]
        months = [((month,), one) for month, one in sorted(found.months.items())]
        for name, heads, rows in (
            (msg("按科室"), (msg("科室"),), [*units, *total]),
            (msg("按事项"), (msg("科室"), msg("事项编码"), msg("事项")), items),
            (msg("按月份"), (msg("月份"),), months),
        ):
            sheet = book.add_worksheet(gettext(name))
            period = f"{found.since.isoformat()} – {found.until.isoformat()}"
            _write(book, sheet, (title, period), [gettext(one) for one in (*heads, *COLUMNS)], rows)
    return out.getvalue()


def _write(
    book: Any,
    sheet: Any,
    lines: tuple[str, str],
    heads: list[str],
    rows: Iterable[tuple[tuple[str, ...], Kept]],
) -> None:
    bold = book.add_format({"bold": True, "font_size": 14})
    head = book.add_format({"bold": True, "bg_color": "#E8EEF7", "border": 1, "text_wrap": True})
    share, average = book.add_format({"num_format": "0.0%"}), book.add_format({"num_format": "0.0"})
    sheet.write_string(0, 0, lines[0], bold)
    sheet.write_string(1, 0, lines[1])
    sheet.write_row(2, 0, heads, head)
    sheet.set_column(0, len(heads) - 1, 14)
    row = 2
    for row, (names, figures) in enumerate(rows, start=3):
        for column, name in enumerate(names):
            sheet.write_string(row, column, name)
        for place, value in enumerate(values_of(figures)):
            shape = share if place in _SHARES else average if place in _AVERAGES else None
            if value is None:
                sheet.write_string(row, len(names) + place, "—")
            else:
                sheet.write_number(row, len(names) + place, value, shape)
    sheet.autofilter(2, 0, row, len(heads) - 1)
    sheet.freeze_panes(3, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.repeat_rows(2)
    sheet.fit_to_pages(1, 0)
