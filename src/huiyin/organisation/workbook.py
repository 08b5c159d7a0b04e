"""XLSX in and out: files people send are opened with care, files the office gives are harmless to open.

Reading goes through gates before the spreadsheet library sees a byte: size,
the directory of the archive, and a streaming look at each part for the size of
sheets, for document types and for how much text the cells will hold. So neither
an archive that unpacks to gigabytes, nor a lone cell in the last corner of a
sheet, nor one long text that every cell repeats takes the memory.
"""

from __future__ import annotations

import io
import re
import zipfile
from array import array
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple
from xml.parsers import expat

import python_calamine
import xlsxwriter  # type: ignore[import-untyped]

from huiyin.rules.cells import Cell
from huiyin.rules.errors import msg
from huiyin.rules.importing import Column, Sheet

MOST_BYTES = 20 * 1024 * 1024
MOST_UNPACKED = 200 * 1024 * 1024
MOST_PARTS = 2_000
MOST_ROWS = 50_000
MOST_COLUMNS = 200
MOST_IN_A_CELL = 32_767  # what a spreadsheet program itself allows
MOST_TEXTS = 2_000_000  # different ones
MOST_CHARACTERS = 20_000_000  # in all cells together, a text counted as often as it is shown
MOST_CELLS = 10_000_000
_CHUNK = 1 << 16
_OLD_XLS = b"\xd0\xcf\x11\xe0"
_XML_STARTS = (b"<", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


class NotAWorkbook(Exception):
    """The file cannot be read as XLSX; two message ids with params: what is wrong, what to do."""

    def __init__(
        self, msgid: str, remedy: str = msg("请下载模板，填写后存为 .xlsx 再导入。"), **params: object
    ) -> None:
        """Keep the parts for the report."""
        self.msgid, self.remedy, self.params = msgid, remedy, params
        super().__init__(msgid % params if params else msgid)


class Content(NamedTuple):
    """A sheet to write: its columns and its rows as texts in the order of the columns."""

    sheet: Sheet
    rows: Sequence[Sequence[str]]


def read_workbook(data: bytes) -> dict[str, list[list[Cell]]]:
    """Return each visible or hidden sheet's cells by sheet name; row 1 of the sheet is item 0.

    Raises:
        NotAWorkbook: no XLSX, damaged, locked with a password, or larger than
            20 MB, 50,000 rows, 200 columns, 32,767 characters in a cell or
            20 million characters in all cells.
    """
    _examine(data)
    try:
        workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        return _read(workbook)
    except (KeyboardInterrupt, SystemExit, MemoryError, NotAWorkbook):
        raise
    except BaseException as fault:  # a panic of the Rust library is not an Exception
        raise _damaged() from fault


def write_workbook(
    title: str,
    contents: Sequence[Content],
    notes: Sequence[str] = (),
    say: Callable[[str], str] = str,
) -> bytes:
    """Return an XLSX: per sheet a title row, a header row, an example row where columns have one, then rows.

    Every cell is text, so nothing that a person typed is run as a formula or
    becomes a link; columns with choices get a drop-down. `notes` fill a last
    sheet called 说明. `say` translates title, notes and explanations; a header
    keeps its own words, by which it is known on the way in, and gets their
    translation in brackets, which are not looked at then.
    """
    buffer = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(buffer, options) as workbook:
        styles = {
            "title": workbook.add_format({"bold": True, "font_size": 14, "align": "center"}),
            "header": workbook.add_format(
                {"bold": True, "border": 1, "bg_color": "#D9E8FB", "text_wrap": True}
            ),
            "example": workbook.add_format({"italic": True, "font_color": "#7F7F7F", "num_format": "@"}),
            "text": workbook.add_format({"num_format": "@", "text_wrap": True, "valign": "top"}),
        }
        for content in contents:
            _write_sheet(workbook, styles, f"{say(title)} · {content.sheet.name}", content, say)
        if notes:
            page = workbook.add_worksheet(say(msg("说明")))
            page.set_column(0, 0, 100)
            for at, note in enumerate(notes):
                page.write_string(at, 0, say(note), styles["text"])
    return buffer.getvalue()


def _read(workbook: python_calamine.CalamineWorkbook) -> dict[str, list[list[Cell]]]:
    """Every sheet; several may be declared over one part, so what was looked at once is counted again."""
    found: dict[str, list[list[Cell]]] = {}
    characters = cells = 0
    for sheet in workbook.sheets_metadata:
        if sheet.typ != python_calamine.SheetTypeEnum.WorkSheet:
            continue
        rows = found[sheet.name] = [list[Cell](row) for row in _rows(workbook, sheet.name)]
        cells += sum(map(len, rows))
        characters += sum(len(cell) for row in rows for cell in row if isinstance(cell, str))
        if cells > MOST_CELLS or characters > MOST_CHARACTERS:
            raise _too_much()
    return found


def _rows(workbook: python_calamine.CalamineWorkbook, name: str) -> Iterable[Iterable[Cell]]:
    return workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)


def _examine(data: bytes) -> None:
    if len(data) > MOST_BYTES:
        raise NotAWorkbook(
            msg("文件超过%(megabytes)sMB"), msg("请拆成几个文件分别导入。"), megabytes=MOST_BYTES >> 20
        )
    if data.startswith(_OLD_XLS):
        raise NotAWorkbook(
            msg("这是旧版 .xls 文件，或设有打开密码"), msg("请取消密码，另存为 .xlsx 再导入。")
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _examine_parts(archive)
    except (
        zipfile.BadZipFile,
        expat.ExpatError,
        OSError,
        EOFError,
        ValueError,
        NotImplementedError,
    ) as fault:
        raise NotAWorkbook(msg("这不是 XLSX 文件，或文件已损坏")) from fault
    except Exception as fault:
        if isinstance(fault, NotAWorkbook):
            raise
        raise _damaged() from fault


def _examine_parts(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise _too_much()
    names = {part.filename.lower() for part in parts}
    if "[content_types].xml" not in names or len(names) != len(parts):
        raise zipfile.BadZipFile("no office document")
    texts = _Texts()
    for part in parts:
        # Any part may be declared a sheet, whatever its name. Comments (.vml) are often no good XML.
        # Reading to the end makes zipfile compare the announced size and the checksum.
        with archive.open(part) as stream:
            chunk = stream.read(_CHUNK)
            looks = not part.filename.lower().endswith(".vml") and chunk.lstrip().startswith(_XML_STARTS)
            gate = _PartGate(texts) if looks else None
            while chunk:
                if gate:
                    gate.feed(chunk)
                chunk = stream.read(_CHUNK)
    if texts.characters() > MOST_CHARACTERS:
        raise _too_much()


class _Texts:
    """How long each shared text is and how often cells show it, whichever part comes first."""

    def __init__(self) -> None:
        self.plain = 0
        self._lengths = array("I")
        self._shown = array("I")

    def characters(self) -> int:
        """What all cells hold together."""
        shown = zip(self._lengths, self._shown, strict=False)
        return self.plain + sum(length * times for length, times in shown)

    def share(self, at: int, length: int) -> None:
        """The text of that place has this length, or was longer in another part."""
        _reach(self._lengths, at)
        self._lengths[at] = max(self._lengths[at], length)

    def show(self, at: int) -> None:
        """One more cell shows the text of that place."""
        _reach(self._shown, at)
        self._shown[at] += 1


class _PartGate:
    """Counts rows, columns and texts of a part as it streams by, and refuses document types."""

    def __init__(self, texts: _Texts) -> None:
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._rows = self._column = 0
        self._texts = texts
        self._place = 0
        self._within = ""
        self._length = 0
        self._reference: str | None = None

    def feed(self, chunk: bytes) -> None:
        self._parser.Parse(chunk, False)  # noqa: FBT003  (expat takes it by position)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        element = name.rpartition(":")[2]
        if element == "row":
            self._rows = max(self._rows + 1, _digits(attributes.get("r", "")))
            self._column = 0
        elif element == "c":
            self._column = max(self._column + 1, _column_number(attributes.get("r", "")))
            self._rows = max(self._rows, _digits(attributes.get("r", "")))
        if element in {"c", "si"}:
            self._within, self._length = element, 0
            self._reference = "" if attributes.get("t") == "s" else None
        if self._rows > MOST_ROWS or self._column > MOST_COLUMNS:
            raise NotAWorkbook(
                msg("工作表超过%(rows)s行或%(columns)s列"),
                msg("请删去多余的行列（包括看似空白、带格式的），另存后再试。"),
                rows=MOST_ROWS,
                columns=MOST_COLUMNS,
            )

    def _characters(self, text: str) -> None:
        if not self._within:
            return
        self._length += len(text)
        if self._length > MOST_IN_A_CELL:
            raise NotAWorkbook(
                msg("有单元格的文字超过%(characters)s字"),
                msg("请把这段文字改短后再导入。"),
                characters=MOST_IN_A_CELL,
            )
        if self._reference is not None:
            self._reference += text

    def _end(self, name: str) -> None:
        if name.rpartition(":")[2] != self._within:
            return
        if self._within == "si":
            self._texts.share(self._place, self._length)
            self._place += 1
        elif self._reference is not None:
            self._texts.show(_digits(self._reference))
        else:
            self._texts.plain += self._length
        self._within = ""

    def _doctype(self, *_ignored: object) -> None:
        raise _damaged()


def _reach(counts: array[int], at: int) -> None:
    if at >= MOST_TEXTS:
        raise _too_much()
    counts.extend([0] * (at + 1 - len(counts)))


def _digits(reference: str) -> int:
    return int("0" + re.sub(r"\D", "", reference)[:9])


def _column_number(reference: str) -> int:
    number = 0
    for letter in re.sub(r"[^A-Za-z]", "", reference).upper()[:6]:
        number = number * 26 + ord(letter) - 64
    return number


def _too_much() -> NotAWorkbook:
    return NotAWorkbook(msg("文件展开后过大，不予打开"), msg("请只保留要导入的工作表，另存后再试。"))


def _damaged() -> NotAWorkbook:
    return NotAWorkbook(msg("文件已损坏，无法读出内容"))


def _write_sheet(
    workbook: xlsxwriter.Workbook,
    styles: dict[str, xlsxwriter.format.Format],
    title: str,
    content: Content,
    say: Callable[[str], str],
) -> None:
    columns = content.sheet.columns
    page = workbook.add_worksheet(content.sheet.name)
    page.merge_range(0, 0, 0, max(len(columns) - 1, 1), title, styles["title"])
    page.freeze_panes(2, 1)
    for at, column in enumerate(columns):
        page.set_column(at, at, column.width, styles["text"])
        page.write_string(1, at, _header(column, say), styles["header"])
        if column.note:
            page.write_comment(1, at, say(column.note))
        if column.choices:
            page.data_validation(2, at, MOST_ROWS, at, {"validate": "list", "source": list(column.choices)})
    examples = [column.example for column in columns]
    has_examples = any(examples) and not content.rows
    if has_examples:
        for at, example in enumerate(examples):
            page.write_string(2, at, example, styles["example"])
    for number, row in enumerate(content.rows, start=2):
        for at, value in enumerate(row):
            page.write_string(number, at, value, styles["text"])


def _header(column: Column, say: Callable[[str], str]) -> str:
    header = f"{column.header}*" if column.required else column.header
    # One pair of brackets is dropped on the way in; a second one inside would not be.
    said = re.sub(r"[()\[\]]", "", say(column.header))
    return header if said == column.header else f"{header} ({said})"
