"""Reading registers from sheets people filled in: what a sheet looks like, and what was wrong in it.

Pure: cells come in as lists, rows and errors go out. Opening the file is the
business of `organisation.workbook`. Forgiven are title rows, blank rows, an
example row, totals and signature lines, columns in any order, other words
for a header, and columns nobody asked for (they are named in the report and
never read).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple
from uuid import UUID

from huiyin.rules.cells import Cell, CellFault, Reader
from huiyin.rules.clutter import UNREAD, is_clutter
from huiyin.rules.errors import msg
from huiyin.rules.identifiers import narrow

MOST_ERRORS = 500
_HEADER_WITHIN = 20


@dataclass(frozen=True, slots=True)
class RowError:
    """One thing to mend. `row` is the number the spreadsheet shows; 0 means the sheet or file itself.

    `msgid` and `remedy_msgid` are message ids with `params`; `message` and
    `remedy` are the sentences in Chinese.
    """

    sheet: str
    row: int
    column: str
    msgid: str
    remedy_msgid: str = ""
    params: Mapping[str, object] = field(default_factory=dict)
    clause: str = ""

    @property
    def message(self) -> str:
        """What was wrong."""
        return self.msgid % self.params if self.params else self.msgid

    @property
    def remedy(self) -> str:
        """What to do."""
        return self.remedy_msgid % self.params if self.params else self.remedy_msgid


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, or would do (`dry_run`). With any error nothing was written.

    `rows` counts the rows that hold data; each is created, changed or
    unchanged. `more_errors` counts what was found beyond the first 500.
    `ignored` names columns that were not read, as "人员：性别". `leaving` are the
    people who go by it, so that whoever imports can be told what they leave behind.
    """

    rows: int
    created: int
    changed: int
    unchanged: int
    errors: list[RowError]
    ignored: list[str] = field(default_factory=list)
    more_errors: int = 0
    dry_run: bool = False
    leaving: frozenset[UUID] = frozenset()

    @property
    def ok(self) -> bool:
        """Everything could be used."""
        return not self.errors


class Column(NamedTuple):
    """A column: its key in code, its header in the template, how a cell is read, other headers.

    `choices` fills the drop-down of the template, `note` its explanation;
    `example` stands in the example row.
    """

    key: str
    header: str
    read: Reader
    also: tuple[str, ...] = ()
    required: bool = False
    choices: tuple[str, ...] = ()
    note: str = ""
    example: str = ""
    width: int = 14


class Sheet(NamedTuple):
    """A sheet: its name, other names for it, its columns, and the keys that make a row unique."""

    name: str
    also: tuple[str, ...]
    columns: tuple[Column, ...]
    unique: tuple[str, ...]


class Row(NamedTuple):
    """One row that holds data. `given` are the keys whose column the sheet has, filled in or not."""

    sheet: str
    number: int
    values: Mapping[str, object]
    given: Mapping[str, str]

    def text(self, key: str) -> str:
        """Return the text under `key`, "" when empty."""
        value = self.values.get(key)
        return value if isinstance(value, str) else ""


class Faults:
    """The list of what to mend, kept to a length a person can work through."""

    def __init__(self) -> None:
        """Start with none."""
        self.errors: list[RowError] = []
        self.more = 0

    def __bool__(self) -> bool:
        return bool(self.errors)

    def add(
        self,
        row: Row,
        key: str,
        msgid: str,
        remedy: str = "",
        *,
        clause: str = "",
        params: Mapping[str, object] | None = None,
    ) -> None:
        """Report what is wrong with `key` of `row`."""
        header = row.given.get(key, "")
        self.put(RowError(row.sheet, row.number, header, msgid, remedy, params or {}, clause))

    def put(self, error: RowError) -> None:
        """Keep the error, or only count it when there are too many."""
        if len(self.errors) < MOST_ERRORS:
            self.errors.append(error)
        else:
            self.more += 1


def file_report(msgid: str, remedy: str, *, dry_run: bool, **params: object) -> ImportReport:
    """Return the report on a file that could not be read at all: one clear error."""
    return ImportReport(0, 0, 0, 0, [RowError("", 0, "", msgid, remedy, params)], dry_run=dry_run)


def read_sheets(
    workbook: Mapping[str, Sequence[Sequence[Cell]]],
    sheets: Iterable[Sheet],
    faults: Faults,
    ignored: list[str],
) -> dict[str, list[Row]]:
    """Read every known sheet of a workbook; a sheet that is not there is left out of the answer.

    What is wrong is added to `faults`, columns that were not read to
    `ignored`. A workbook with none of the sheets is one fault.
    """
    known = tuple(sheets)
    found: dict[str, list[Row]] = {}
    for name, grid in workbook.items():
        sheet = next((s for s in known if header_key(name) in _names(s.name, s.also)), None)
        if sheet is None or not any(any(not _empty(c) for c in cells) for cells in grid):
            continue
        rows = _read_sheet(name, grid, sheet, faults, ignored)
        found.setdefault(sheet.name, []).extend(rows)
    if not found and not faults:
        faults.put(
            RowError(
                "",
                0,
                "",
                msg("工作簿中没有可导入的工作表"),
                msg("需要的工作表：%(sheets)s。请下载模板填写。"),
                {"sheets": "、".join(s.name for s in known)},
            )
        )
    for sheet in known:
        _report_repeats(found.get(sheet.name, []), sheet, faults)
    return found


def header_key(header: object) -> str:
    """Fold a header so that blanks, line breaks, stars, full-width and notes in brackets do not matter."""
    folded = re.sub(r"[\s*::]", "", narrow(str(header))).lower()
    return re.sub(r"[(\[【].*?[)\]】]", "", folded) or folded


def _read_sheet(
    name: str, grid: Sequence[Sequence[Cell]], sheet: Sheet, faults: Faults, ignored: list[str]
) -> list[Row]:
    top = _find_header(grid, sheet)
    if top is None:
        faults.put(
            RowError(
                name,
                0,
                "",
                msg("没有找到表头"),
                msg("表头须有这些列：%(columns)s。"),
                {"columns": "、".join(c.header for c in sheet.columns if c.required)},
            )
        )
        return []
    places = _place_columns(name, grid[top], sheet, faults, ignored)
    given = {column.key: str(grid[top][at]).strip() for at, column in places.items()}
    rows = []
    for number, cells in enumerate(grid[top + 1 :], start=top + 2):
        if _is_data(cells, places):
            row = Row(name, number, {}, given)
            rows.append(_fill(row, cells, places, faults))
    return rows


def _find_header(grid: Sequence[Sequence[Cell]], sheet: Sheet) -> int | None:
    wanted = {column.key for column in sheet.columns if column.required}
    by_header = _by_header(sheet)
    for at, cells in enumerate(grid[:_HEADER_WITHIN]):
        present = {by_header[h].key for h in map(header_key, cells) if h in by_header}
        if wanted <= present:
            return at
    return None


def _place_columns(
    name: str, header: Sequence[Cell], sheet: Sheet, faults: Faults, ignored: list[str]
) -> dict[int, Column]:
    by_header = _by_header(sheet)
    places: dict[int, Column] = {}
    for at, cell in enumerate(header):
        column = by_header.get(header_key("" if cell is None else cell))
        if column is None:
            if header_key("" if cell is None else cell) not in UNREAD:
                ignored.append(f"{name}：{str(cell).strip()[:30]}")
        elif column.key in {placed.key for placed in places.values()}:
            faults.put(
                RowError(
                    name,
                    0,
                    str(cell),
                    msg("“%(header)s”这一列出现了两次"),
                    msg("请只保留一列。"),
                    {"header": column.header},
                )
            )
        else:
            places[at] = column
    return places


def _is_data(cells: Sequence[Cell], places: Mapping[int, Column]) -> bool:
    if all(_empty(cells[at]) for at in places if at < len(cells)):
        return False
    first = next((narrow(str(cell)).strip() for cell in cells if not _empty(cell)), "")
    return not is_clutter(first)


def _fill(row: Row, cells: Sequence[Cell], places: Mapping[int, Column], faults: Faults) -> Row:
    values: dict[str, object] = {}
    for at, column in places.items():
        cell = cells[at] if at < len(cells) else None
        try:
            values[column.key] = column.read(cell)
        except CellFault as fault:
            faults.add(row, column.key, fault.msgid, fault.remedy, params=fault.params)
            continue
        if column.required and values[column.key] is None:
            faults.add(row, column.key, msg("没有填写"), msg("此列必填，请补上。"))
    return row._replace(values=values)


def _report_repeats(rows: Iterable[Row], sheet: Sheet, faults: Faults) -> None:
    first: dict[tuple[object, ...], Row] = {}
    for row in rows:
        key = tuple(_fold(row.values.get(part)) for part in sheet.unique)
        if None in key:
            continue
        earlier = first.setdefault(key, row)
        if earlier is not row:
            faults.add(
                row,
                sheet.unique[-1],
                msg("“%(value)s”与第%(row)s行重复"),
                msg("请只保留其中一行。"),
                params={"value": str(row.values[sheet.unique[-1]])[:60], "row": earlier.number},
            )


def _by_header(sheet: Sheet) -> dict[str, Column]:
    return {name: column for column in sheet.columns for name in _names(column.header, column.also)}


def _names(name: str, also: Iterable[str]) -> set[str]:
    return {header_key(name), *map(header_key, also)}


def _empty(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not narrow(cell).strip())


def _fold(value: object) -> object:
    return value.casefold() if isinstance(value, str) else value
