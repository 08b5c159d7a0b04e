"""Words in workbooks: what people typed stays text, also when somebody edits the cell later."""

from __future__ import annotations

from typing import Any, Final

STAYS_TEXT: Final = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
"""Options of a workbook with which no cell becomes a formula, a link or a number."""
MOST_CHARACTERS: Final = 32_767
"""What one cell of a workbook holds."""
_RISKY: Final = ("=", "+", "-", "@", "\t", "\r", "\n")


class Words:
    """Writes words into the cells of one workbook, in one look.

    What begins like a formula is marked as text (a quote before it), so that it is none either where
    somebody opens the cell, or another program reads the file.
    """

    def __init__(self, book: Any, **look: object) -> None:
        """Prepare the formats; `look` is that of every cell."""
        self._plain = book.add_format({**look, "num_format": "@"})
        self._typed = book.add_format({**look, "num_format": "@", "quote_prefix": True})

    def write(self, sheet: Any, row: int, at: int, text: str) -> None:
        """Write a text, cut to what a cell holds; nothing gives an empty cell in the same look."""
        if text:
            look = self._typed if text.startswith(_RISKY) else self._plain
            sheet.write_string(row, at, text[:MOST_CHARACTERS], look)
        else:
            sheet.write_blank(row, at, None, self._plain)
