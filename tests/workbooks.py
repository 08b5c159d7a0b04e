"""Workbooks as people would make them, for tests of imports."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime

import xlsxwriter  # type: ignore[import-untyped]

Value = str | int | float | bool | date | datetime | None


def workbook(sheets: Mapping[str, Sequence[Sequence[Value]]]) -> bytes:
    """Return an XLSX with these cells: numbers as numbers, days as dates, the rest as text."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
        for name, rows in sheets.items():
            page = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, value in enumerate(row):
                    if isinstance(value, str):
                        page.write_string(number, column, value)
                    elif value is not None:
                        page.write(number, column, value)
    return buffer.getvalue()
