"""A register as an office prints and files it: XLSX with a title row, a unit line and a frozen header.

Lines are written as they come, so a register of any length takes the memory of one line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import IO, Any, Final

from xlsxwriter import Workbook  # type: ignore[import-untyped]

from huiyin.reports.cells import STAYS_TEXT, Words
from huiyin.reports.ledgers.frame import Cell, Ledger, Line, Scope, all_lines
from huiyin.reports.making import Making, finish
from huiyin.rules.errors import msg
from huiyin.rules.workdays import SHANGHAI

OPTIONS: Final = {"constant_memory": True, **STAYS_TEXT}
MOST_LINES: Final = 1_000_000
"""Short of the 1,048,576 rows of a sheet; further lines begin another one."""
_A4: Final = 9
_HEADER_ROW: Final = 2
_SHEET_NAME: Final = 31
_NOT_IN_NAMES: Final = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


def write(
    out: IO[bytes],
    ledger: Ledger,
    scope: Scope,
    *,
    made_by: str,
    progress: Callable[[int], None] = lambda _: None,
) -> int:
    """Write the register to a file and return the number of its lines.

    `made_by` is who drew it up (制表); `progress` is told of every line.
    """
    return finish(writing(out, ledger, scope, made_by=made_by), progress)


def writing(out: IO[bytes], ledger: Ledger, scope: Scope, *, made_by: str) -> Making[int]:
    """Write the register line by line: gives how many lines are written, and returns it at the end."""
    title = title_of(ledger, scope)
    with Workbook(out, OPTIONS) as book:
        book.set_properties({"title": title, "company": scope.tenant.name, "author": made_by})
        sheets = _Sheets(book, ledger, scope, title, made_by)
        return (yield from sheets.fill(all_lines(ledger, scope)))


def title_of(ledger: Ledger, scope: Scope) -> str:
    """Return the title: the office, the period and the register, as 回音镇2026年首问责任登记台账."""
    parts = {
        "office": scope.tenant.name,
        "period": scope.period.named(scope.say) if ledger.dated else "",
        "ledger": scope.say(ledger.title),
    }
    return scope.say(msg("%(office)s%(period)s%(ledger)s")) % parts


class _Sheets:
    """The sheets of one workbook, of which mostly there is one."""

    def __init__(self, book: Any, ledger: Ledger, scope: Scope, title: str, made_by: str) -> None:
        self._book, self._scope, self._title = book, scope, title
        self._columns = ledger.all_columns
        self._name = scope.say(ledger.title)
        self._unit_line = _unit_line(scope, made_by)
        common = {"border": 1, "valign": "top", "font_name": "SimSun", "font_size": 10}
        self._title_format = book.add_format(
            {"bold": True, "font_name": "SimSun", "font_size": 16, "align": "center", "valign": "vcenter"}
        )
        self._line_format = book.add_format({"font_name": "SimSun", "font_size": 10, "valign": "vcenter"})
        self._head = book.add_format(
            {**common, "bold": True, "bg_color": "#E8EEF7", "text_wrap": True, "align": "center"}
        )
        self._words = Words(book, **common, text_wrap=True)
        self._number = book.add_format({**common, "num_format": "0"})
        self._day = book.add_format({**common, "num_format": "yyyy-mm-dd", "align": "left"})
        self._moment = book.add_format({**common, "num_format": "yyyy-mm-dd hh:mm", "align": "left"})

    def fill(self, lines: Iterable[Line]) -> Making[int]:
        """Write every line, on another sheet where one is full; gives and returns how many are written."""
        sheet, row, written = self._begin(1), _HEADER_ROW, 0
        for line in lines:
            if row - _HEADER_ROW >= MOST_LINES:
                self._end(sheet, row)
                sheet, row = self._begin(written // MOST_LINES + 1), _HEADER_ROW
            row += 1
            for at, cell in enumerate(line):
                self._write(sheet, row, at, cell)
            written += 1
            yield written
        self._end(sheet, row)
        return written

    def _begin(self, ordinal: int) -> Any:
        name = self._name.translate(_NOT_IN_NAMES)[: _SHEET_NAME - 5]
        sheet = self._book.add_worksheet(name if ordinal == 1 else f"{name} {ordinal}")
        last = len(self._columns) - 1
        for at, column in enumerate(self._columns):
            sheet.set_column(at, at, column.width)
        # Rows are written in their order: what came before cannot be changed in constant memory.
        sheet.set_row(0, 30)
        sheet.merge_range(0, 0, 0, last, self._title, self._title_format)
        sheet.merge_range(1, 0, 1, last, self._unit_line, self._line_format)
        for at, column in enumerate(self._columns):
            sheet.write_string(_HEADER_ROW, at, self._scope.say(column.title), self._head)
        sheet.freeze_panes(_HEADER_ROW + 1, 1)
        sheet.repeat_rows(0, _HEADER_ROW)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&C&P / &N")
        return sheet

    def _end(self, sheet: Any, row: int) -> None:
        sheet.autofilter(_HEADER_ROW, 0, max(row, _HEADER_ROW + 1), len(self._columns) - 1)
        if row == _HEADER_ROW:
            nothing = self._scope.say(msg("本期没有记录。"))
            sheet.write_string(_HEADER_ROW + 1, 0, nothing, self._line_format)

    def _write(self, sheet: Any, row: int, at: int, cell: Cell) -> None:
        if isinstance(cell, datetime):
            sheet.write_datetime(row, at, cell.astimezone(SHANGHAI).replace(tzinfo=None), self._moment)
        elif isinstance(cell, date):
            sheet.write_datetime(row, at, cell, self._day)
        elif isinstance(cell, int):
            sheet.write_number(row, at, cell, self._number)
        else:
            self._words.write(sheet, row, at, cell or "")


def _unit_line(scope: Scope, made_by: str) -> str:
    """Return the line under the title; 审核 stays open for whoever signs it."""
    return scope.say(msg("单位：%(office)s    制表：%(made_by)s    审核：          日期：%(day)s")) % {
        "office": scope.tenant.name,
        "made_by": made_by,
        "day": scope.at.astimezone(SHANGHAI).date().isoformat(),
    }
