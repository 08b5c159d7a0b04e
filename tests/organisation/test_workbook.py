"""Files that are no workbooks, workbooks that are traps, and files the office gives out."""

from __future__ import annotations

import io
import os
import zipfile
from xml.etree import ElementTree as ET

import pytest
import xlsxwriter  # type: ignore[import-untyped]

from huiyin.organisation import workbook as books
from huiyin.organisation.sheets import PEOPLE
from huiyin.organisation.workbook import Content, NotAWorkbook, read_workbook, write_workbook
from tests.workbooks import workbook


def repacked(data: bytes, changes: dict[str, bytes]) -> bytes:
    """Return the archive with some parts replaced or added."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, changes.pop(name, old.read(name)))
        for name, body in changes.items():
            new.writestr(name, body)
    return buffer.getvalue()


def sheet(body: str, head: str = "") -> bytes:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    page = f'<worksheet xmlns="{main}"><sheetData>{body}</sheetData></worksheet>'
    return f'<?xml version="1.0"?>{head}{page}'.encode()


GOOD = workbook({"人员": [["工号", "姓名"], [1001, "张三"]], "空": []})


PART = "xl/worksheets/sheet1.xml"


def test_a_workbook_reads_with_its_row_numbers() -> None:
    found = read_workbook(workbook({"人员": [[], [None, "工号"], [None, 1.0]]}))
    assert found["人员"][1][1] == "工号"
    assert found["人员"][2][1] == 1.0


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "不是 XLSX"),
        (b"name,no\n1,2\n", "不是 XLSX"),
        (os.urandom(10 * 1024 * 1024), "不是 XLSX"),
        (b"PK\x03\x04" + os.urandom(10_000), "不是 XLSX"),
        (b"\xd0\xcf\x11\xe0" + bytes(1000), "旧版"),
        (GOOD[:-200], "不是 XLSX"),
        (bytes(21 * 1024 * 1024), "超过20MB"),
    ],
    ids=["empty", "csv", "noise", "zip noise", "xls", "cut", "large"],
)
def test_what_is_no_workbook_gives_one_clear_error(data: bytes, word: str) -> None:
    with pytest.raises(NotAWorkbook, match=word) as caught:
        read_workbook(data)
    assert caught.value.remedy


def test_a_plain_zip_is_no_workbook() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.txt", "x")
    with pytest.raises(NotAWorkbook, match="不是 XLSX"):
        read_workbook(buffer.getvalue())


def test_an_archive_that_unpacks_to_too_much_is_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(books, "MOST_UNPACKED", 1_000_000)
    bomb = repacked(GOOD, {"xl/media/zeros.bin": bytes(2_000_000)})
    assert len(bomb) < 20_000
    with pytest.raises(NotAWorkbook, match="展开后过大"):
        read_workbook(bomb)


def test_a_size_that_is_lied_about_is_found_out() -> None:
    bomb = bytearray(repacked(GOOD, {PART: sheet("<row r='1'/>" * 5000)}))
    with zipfile.ZipFile(io.BytesIO(bytes(bomb))) as archive:
        size = archive.getinfo(PART).file_size
    assert bomb.count(size.to_bytes(4, "little")) == 2  # local header and directory
    lied = bytes(bomb).replace(size.to_bytes(4, "little"), (100).to_bytes(4, "little"))
    with pytest.raises(NotAWorkbook, match="不是 XLSX"):
        read_workbook(lied)


@pytest.mark.parametrize(
    "body",
    [
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        '<row><c r="XFD1"><v>1</v></c></row>',
        '<row r="1"><c r="A1000000"><v>1</v></c></row>',
        "<row/>" * (books.MOST_ROWS + 1),
        "<row>" + "<c/>" * (books.MOST_COLUMNS + 1) + "</row>",
    ],
    ids=["last corner", "last column", "cell far below", "many rows", "many columns"],
)
def test_a_sheet_that_is_too_large_is_not_opened(body: str) -> None:
    with pytest.raises(NotAWorkbook, match="超过50000行或200列"):
        read_workbook(repacked(GOOD, {PART: sheet(body)}))


SHARED = "xl/sharedStrings.xml"


def with_texts(texts: list[str], shown: list[int]) -> bytes:
    """A workbook whose cells show shared texts by their places, one to a row."""
    rows = "".join(f'<row><c t="s"><v>{place}</v></c></row>' for place in shown)
    items = "".join(f"<si><t>{text}</t></si>" for text in texts)
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    table = f'<?xml version="1.0"?><sst xmlns="{main}">{items}</sst>'.encode()
    return repacked(GOOD, {PART: sheet(rows), SHARED: table})


def test_a_long_text_that_many_cells_show_is_not_opened() -> None:
    text = "长" * books.MOST_IN_A_CELL
    enough = books.MOST_CHARACTERS // len(text)
    bomb = with_texts([text], [0] * (enough + 1))
    assert len(bomb) < 20_000
    with pytest.raises(NotAWorkbook, match="展开后过大"):
        read_workbook(bomb)
    # Negative control: one cell fewer opens, and so does a text as long as a cell may hold.
    assert len(read_workbook(with_texts([text, "短"], [0] * (enough - 1) + [1]))["人员"]) == enough


@pytest.mark.parametrize(
    "parts", [["长" * 32_768], ["</t><t>".join(["长" * 20_000] * 2)]], ids=["one", "runs"]
)
def test_a_text_longer_than_a_cell_may_hold_is_not_opened(parts: list[str]) -> None:
    with pytest.raises(NotAWorkbook, match="文字超过32767字"):
        read_workbook(with_texts(parts, [0]))


def test_a_long_text_inside_a_cell_is_not_opened() -> None:
    with pytest.raises(NotAWorkbook, match="文字超过32767字"):
        read_workbook(repacked(GOOD, {PART: sheet(f'<row><c t="str"><v>{"长" * 32_768}</v></c></row>')}))


def test_a_reference_to_a_text_far_away_is_not_opened() -> None:
    with pytest.raises(NotAWorkbook, match="展开后过大"):
        read_workbook(with_texts(["短"], [books.MOST_TEXTS]))


def test_one_part_declared_as_many_sheets_is_counted_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(books, "MOST_CHARACTERS", 1_000)
    with zipfile.ZipFile(io.BytesIO(GOOD)) as archive:
        names = archive.read("xl/workbook.xml").decode()
    one = names[names.index("<sheet ") : names.index("/>", names.index("<sheet ")) + 2]
    many = "".join(one.replace("人员", f"人员{number}") for number in range(5))
    data = repacked(with_texts(["长" * 300], [0]), {"xl/workbook.xml": names.replace(one, many).encode()})
    with pytest.raises(NotAWorkbook, match="展开后过大"):
        read_workbook(data)


def test_a_sheet_under_another_name_is_looked_at_too() -> None:
    with pytest.raises(NotAWorkbook, match="超过50000行"):
        read_workbook(repacked(GOOD, {"xl/notes.dat": sheet('<row r="1048576"/>')}))


@pytest.mark.parametrize(
    "head",
    ['<!DOCTYPE x [<!ENTITY a "b">]>', '<!DOCTYPE x SYSTEM "file:///etc/passwd">'],
)
def test_document_types_are_refused(head: str) -> None:
    with pytest.raises(NotAWorkbook, match="已损坏"):
        read_workbook(repacked(GOOD, {PART: sheet("<row/>", head)}))


def test_broken_xml_is_refused() -> None:
    with pytest.raises(NotAWorkbook):
        read_workbook(repacked(GOOD, {PART: sheet("<row")}))


FORMULAS = [
    "=1+1",
    "+cmd|' /C calc'!A0",
    "-1+1",
    "@SUM(1)",
    "\t=1",
    "＝1",
    "http://evil.example",
    "=HYPERLINK(1)",
    "%0A=1",
]


def elements(data: bytes) -> set[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        page = ET.fromstring(archive.read("xl/worksheets/sheet1.xml"))
    return {element.tag.rpartition("}")[2] for element in page.iter()}


def test_nothing_we_write_is_a_formula_or_a_link() -> None:
    data = write_workbook("导出", [Content(PEOPLE, [FORMULAS])])
    assert not {"f", "hyperlink"} & elements(data)
    # Reading it back gives the original.
    assert [str(cell).strip() for cell in read_workbook(data)["人员"][2]] == [v.strip() for v in FORMULAS]


def test_the_look_for_formulas_finds_one() -> None:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        book.add_worksheet().write_row(0, 0, FORMULAS)
    assert {"f", "hyperlink"} <= elements(buffer.getvalue())
