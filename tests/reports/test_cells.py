"""What people typed stays text."""

from __future__ import annotations

import io
import zipfile

from python_calamine import load_workbook
from xlsxwriter import Workbook  # type: ignore[import-untyped]

from huiyin.reports.cells import MOST_CHARACTERS, STAYS_TEXT, Words

RISKY = ["=1+1", "+8613800000000", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"]


def written(*texts: str) -> bytes:
    out = io.BytesIO()
    with Workbook(out, {"in_memory": True, **STAYS_TEXT}) as book:
        sheet = book.add_worksheet("字")
        words = Words(book, border=1)
        for row, text in enumerate(texts):
            words.write(sheet, row, 0, text)
    return out.getvalue()


def test_no_text_becomes_a_formula_a_link_or_a_number() -> None:
    texts = [*RISKY, "https://a.example/", "007", "低保"]
    data = written(*texts)
    found = load_workbook(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    assert [line[0] for line in found] == texts
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        sheet, styles = (book.read(name).decode() for name in ("xl/worksheets/sheet1.xml", "xl/styles.xml"))
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet
    assert 'quotePrefix="1"' in styles
    # The control: what begins like nothing else needs no quote.
    with zipfile.ZipFile(io.BytesIO(written("低保"))) as book:
        assert 's="1"' in book.read("xl/worksheets/sheet1.xml").decode()
    marked, plain = (sheet.partition(f'r="A{row}" s="')[2][0] for row in (1, len(texts)))
    assert marked != plain


def test_a_text_is_cut_to_what_a_cell_holds_and_nothing_leaves_it_empty() -> None:
    found = load_workbook(io.BytesIO(written("长" * (MOST_CHARACTERS + 1), "", "末"))).get_sheet_by_index(0)
    assert [len(str(line[0])) for line in found.to_python()] == [MOST_CHARACTERS, 0, 1]
