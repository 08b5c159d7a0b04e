"""From content to a Word file, for offices that finish or file a paper in their own text program.

The page (`pdf`) is what was issued; this is the same text to work on, laid out after GB/T 9704, and its
footer says which of the two counts. The package is written here part by part: the same content gives
the same bytes, and nothing in it is a field, a link or a macro that text of a person could reach.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, Final
from xml.sax.saxutils import escape, quoteattr

from huiyin.documents.blocks import Grid, Outline, Paragraph, Table
from huiyin.documents.contents import TEMPLATE_VERSION, Content
from huiyin.documents.forms import Form
from huiyin.documents.outlines import form_outline, outline
from huiyin.documents.viewing import whole

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FANG: Final = "仿宋_GB2312"
HEI: Final = "黑体"
TITLE: Final = "方正小标宋简体"
LATIN: Final = "Times New Roman"
# Names under which the same faces go on other machines; the first is what the standard names.
_ALSO: Final = {
    FANG: ("FangSong_GB2312", "仿宋", "FangSong", "FandolFang R"),
    HEI: ("SimHei", "Noto Sans CJK SC"),
    TITLE: ("FZXiaoBiaoSong-B05S", "方正小标宋_GBK", "宋体", "SimSun"),
}
_MAIN: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATED: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_DECLARED: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_EARLIEST: Final = (1980, 1, 1, 0, 0, 0)
# The type area of GB/T 9704 on A4: 37 mm above, 28 left, 26 right, 35 below, in twentieths of a point.
_LETTER: Final = {"top": 2098, "left": 1588, "right": 1474, "bottom": 1985}
_FORM: Final = {"top": 1418, "left": 1474, "right": 1361, "bottom": 1588}
_TEXT_WIDTH: Final = 11906 - 1588 - 1474
_TEXT_ACROSS: Final = 16838 - 1474 - 1361
# A line of handwriting, in twentieths of a point: 7 mm.
_HAND: Final = 397
_GRID: Final = '<w:docGrid w:type="linesAndChars" w:linePitch="580" w:charSpace="-848"/>'
# Pieces of a paragraph's properties, which stand in the order of the standard: snapToGrid, spacing, ind, jc.
_FREE: Final = '<w:snapToGrid w:val="0"/>'
_SINGLE: Final = '<w:spacing w:line="240" w:lineRule="auto" w:before="40" w:after="40"/>'
_FLUSH: Final = '<w:ind w:firstLineChars="0" w:firstLine="0"/>'


def render(
    kind: str,
    content: Content | Mapping[str, Any],
    language: str = "zh-hans",
    *,
    template_version: str = TEMPLATE_VERSION,
) -> bytes:
    """Return the document as DOCX; the query code of a receipt is never in it.

    Raises `Invalid` for incomplete content and `HuiyinError` for an unknown kind or language.
    """
    found = whole(kind, content)
    return _package(outline(found, language, template_version), found.issued_at)


def form(content: Form, language: str = "zh-hans") -> bytes:
    """Return a form as DOCX, to be filled in further and filed.

    Raises `HuiyinError` for an unknown language.
    """
    return _package(form_outline(content, language), content.issued_at)


def _package(page: Outline, at: datetime) -> bytes:
    moment = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations(
            ("officeDocument", "word/document.xml"),
            ("metadata/core-properties", "docProps/core.xml"),
        ),
        "docProps/core.xml": _core(page, moment),
        "word/document.xml": _document(page),
        "word/styles.xml": _styles(page),
        "word/fontTable.xml": _fonts(),
        "word/footer1.xml": _footer(page),
        "word/_rels/document.xml.rels": _relations(
            ("styles", "styles.xml"), ("fontTable", "fontTable.xml"), ("footer", "footer1.xml")
        ),
    }
    return _zipped(parts)


def _zipped(parts: Mapping[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            entry = zipfile.ZipInfo(name, _EARLIEST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, _DECLARED + text)
    return out.getvalue()


def _document(page: Outline) -> str:
    body = "".join([*_head(page), *_blocks(page), *_closing(page), _section(page)])
    return f'<w:document xmlns:w="{_MAIN}" xmlns:r="{_RELATED}"><w:body>{body}</w:body></w:document>'


def _head(page: Outline) -> Iterator[str]:
    if page.letter:
        yield _paragraph(page.office, "Letterhead")
    else:
        yield _paragraph(page.office, "Unit")
    yield _paragraph(f"{page.matter}\t{page.number}", "Numbers")
    yield _paragraph(page.title, "Title")
    if page.addressee:
        yield _paragraph(page.addressee, "Flush")


def _blocks(page: Outline) -> Iterator[str]:
    styles = {"body": "Normal", "heading": "Heading2", "small": "Small", "line": "Flush"}
    for block in page.blocks:
        if isinstance(block, Paragraph):
            for line in block.text.split("\n"):
                if line.strip():
                    yield _paragraph(line, styles[block.style])
        elif isinstance(block, Grid):
            yield _grid(block, _width(page))
        else:
            yield _table(block, _width(page))


def _closing(page: Outline) -> Iterator[str]:
    if page.contact:
        yield _paragraph(page.contact, "Normal")
        yield _paragraph("", "Flush")
        yield _paragraph(page.office, "Signed")
        yield _paragraph(page.date, "Signed")
    else:
        yield _paragraph(page.date, "Signed")
    for words in page.signatures:
        yield _paragraph(f"{words}\t", "Sign")


def _paragraph(text: str, style: str) -> str:
    runs = "<w:r><w:tab/></w:r>".join(
        f'<w:r><w:t xml:space="preserve">{escape(piece)}</w:t></w:r>' if piece else ""
        for piece in text.split("\t")
    )
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{runs}</w:p>'


def _width(page: Outline) -> int:
    return _TEXT_ACROSS if page.across else _TEXT_WIDTH


def _table(table: Table, across: int) -> str:
    shares = table.widths if table.header else (1, 4)
    widths = [across * share // sum(shares) for share in shares]
    rows = [_row(table.header, widths, head=len(table.header), repeat=True)] if table.header else []
    rows += [_row(row, widths, head=0 if table.header else 1) for row in table.rows]
    return _framed(widths, rows)


def _grid(grid: Grid, across: int) -> str:
    label = across // 6
    text = across // 2 - label
    widths = [label, text, label, text]
    rows = []
    for line in grid.lines:
        spans = [1, 1, 1, 1][: len(line) * 2] if len(line) > 1 else [1, 3]
        cells = "".join(
            _cell(
                said,
                span,
                sum(widths[at * 2 + place : at * 2 + place + span]),
                "Cell" if place else "CellHead",
            )
            for at, (name, value, _room) in enumerate(line)
            for place, said, span in ((0, name, spans[at * 2]), (1, value, spans[at * 2 + 1]))
        )
        room = max(one[2] for one in line) * _HAND
        high = f'<w:trHeight w:val="{room + _HAND}" w:hRule="atLeast"/>' if room else ""
        rows.append(f"<w:tr><w:trPr>{high}</w:trPr>{cells}</w:tr>")
    return _framed(widths, rows)


def _cell(text: str, span: int, width: int, style: str) -> str:
    spanned = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    lines = "".join(_paragraph(line, style) for line in text.split("\n"))
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{spanned}<w:vAlign w:val="center"/></w:tcPr>'
        f"{lines}</w:tc>"
    )


def _framed(widths: list[int], rows: list[str]) -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    edges = "".join(
        f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    style = (
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{edges}</w:tblBorders>'
        '<w:tblLayout w:type="fixed"/>'
    )
    # A paragraph has to part two tables, else they become one.
    gap = _paragraph("", "Gap")
    return f"<w:tbl><w:tblPr>{style}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>{gap}"


def _row(cells: tuple[str, ...], widths: list[int], *, head: int, repeat: bool = False) -> str:
    found = "".join(
        _cell(cell, 1, width, "CellHead" if at < head else "Cell")
        for at, (cell, width) in enumerate(zip(cells, widths, strict=True))
    )
    marks = "<w:cantSplit/>" + ("<w:tblHeader/>" if repeat else "")
    return f"<w:tr><w:trPr>{marks}</w:trPr>{found}</w:tr>"


def _section(page: Outline) -> str:
    margins = _LETTER if page.letter else _FORM
    sides = "".join(f' w:{side}="{width}"' for side, width in margins.items())
    grid = _GRID if page.letter and page.language == "zh" else ""
    paper = (
        '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>'
        if page.across
        else '<w:pgSz w:w="11906" w:h="16838"/>'
    )
    return (
        '<w:sectPr><w:footerReference w:type="default" r:id="rId3"/>'
        f'{paper}<w:pgMar{sides} w:header="851" w:footer="992" w:gutter="0"/>'
        f"{grid}</w:sectPr>"
    )


def _footer(page: Outline) -> str:
    """The number and the page, and which text counts."""
    field = '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    dash = '<w:r><w:t xml:space="preserve">{}</w:t></w:r>'
    numbered = (
        '<w:p><w:pPr><w:pStyle w:val="Footer"/><w:jc w:val="center"/></w:pPr>'
        f"{dash.format('— ')}{field}{dash.format(' —')}</w:p>"
    )
    said = f"{page.number}  {page.date}\t{page.standing}"
    return f'<w:ftr xmlns:w="{_MAIN}">{numbered}{_paragraph(said, "Footer")}</w:ftr>'


def _styles(page: Outline) -> str:
    language = '<w:lang w:val="en-US" w:eastAsia="zh-CN"/>'
    defaults = (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{_faces(FANG)}{language}</w:rPr></w:rPrDefault></w:docDefaults>"
    )
    return (
        f'<w:styles xmlns:w="{_MAIN}">{defaults}{"".join([*_large(page), *_small(_width(page))])}</w:styles>'
    )


def _large(page: Outline) -> Iterator[str]:
    """The styles of the body and the head, by the kind of document and its language."""
    zh = page.language == "zh"
    size = (32 if zh else 26) if page.letter else 24
    line = (
        '<w:spacing w:line="580" w:lineRule="exact"/>'
        if page.letter and zh
        else '<w:spacing w:line="360" w:lineRule="auto"/>'
    )
    indent = '<w:ind w:firstLineChars="200" w:firstLine="640"/>' if zh else '<w:ind w:firstLine="0"/>'
    yield _style("Normal", "Normal", f'{line}{indent}<w:jc w:val="both"/>', _run(FANG, size), default=True)
    yield _style("Flush", "Flush", _FLUSH)
    yield _style("Heading2", "heading 2", '<w:keepNext/><w:outlineLvl w:val="1"/>', _run(HEI, size))
    yield _style(
        "Letterhead",
        "Letterhead",
        '<w:pBdr><w:bottom w:val="thickThinSmallGap" w:sz="24" w:space="6" w:color="C00000"/></w:pBdr>'
        f'{_FREE}<w:spacing w:line="240" w:lineRule="auto" w:after="160"/>{_FLUSH}<w:jc w:val="center"/>',
        _run(TITLE, 60 if zh else 44, color="C00000", bold=True),
    )
    yield _style(
        "Numbers",
        "Numbers",
        f'<w:tabs><w:tab w:val="right" w:pos="{_width(page)}"/></w:tabs>{_FREE}{_SINGLE}{_FLUSH}',
        _run(FANG, 28 if page.letter else 24),
    )
    yield _style(
        "Title",
        "Title",
        f'{_FREE}<w:spacing w:line="640" w:lineRule="exact" w:before="320" w:after="320"/>{_FLUSH}'
        '<w:jc w:val="center"/><w:outlineLvl w:val="0"/>',
        _run(TITLE, 44, bold=True),
    )


def _small(width: int) -> Iterator[str]:
    """The styles of what stands around the body, the same in every document."""
    plain = f"{_FREE}{_SINGLE}{_FLUSH}"
    yield _style("Unit", "Unit", f'{plain}<w:jc w:val="left"/>', _run(FANG, 24))
    yield _style("Small", "Small", plain, _run(FANG, 21))
    yield _style("Cell", "Cell", f'{plain}<w:jc w:val="left"/>', _run(FANG, 22))
    yield _style("CellHead", "Cell Head", f'{plain}<w:jc w:val="center"/>', _run(HEI, 22))
    gap = f'{_FREE}<w:spacing w:line="120" w:lineRule="exact"/>{_FLUSH}'
    yield _style("Gap", "Gap", gap, _run(FANG, 4))
    yield _style(
        "Signed",
        "Signed",
        '<w:keepLines/><w:ind w:right="640" w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="right"/>',
    )
    yield _style(
        "Sign",
        "Sign",
        f'<w:tabs><w:tab w:val="right" w:leader="underscore" w:pos="{width // 2}"/></w:tabs>{_FREE}{_FLUSH}',
        _run(FANG, 24),
    )
    yield _style(
        "Footer",
        "footer",
        f'<w:tabs><w:tab w:val="right" w:pos="{width}"/></w:tabs>{_FREE}'
        f'<w:spacing w:line="240" w:lineRule="auto"/>{_FLUSH}',
        _run(FANG, 18),
    )


def _style(key: str, name: str, paragraph: str, run: str = "", *, default: bool = False) -> str:
    based = "" if default else '<w:basedOn w:val="Normal"/>'
    mark = ' w:default="1"' if default else ""
    shown = f"<w:rPr>{run}</w:rPr>" if run else ""
    return (
        f'<w:style w:type="paragraph"{mark} w:styleId="{key}"><w:name w:val="{name}"/>{based}<w:qFormat/>'
        f"<w:pPr>{paragraph}</w:pPr>{shown}</w:style>"
    )


def _run(face: str, size: int, *, color: str = "", bold: bool = False) -> str:
    weight = "<w:b/>" if bold else ""
    tint = f'<w:color w:val="{color}"/>' if color else ""
    return f'{_faces(face)}{weight}{tint}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'


def _faces(east: str) -> str:
    return f'<w:rFonts w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:eastAsia={quoteattr(east)} w:cs="{LATIN}"/>'


def _fonts() -> str:
    found = "".join(
        f"<w:font w:name={quoteattr(name)}><w:altName w:val={quoteattr(','.join(others))}/>"
        '<w:charset w:val="86"/></w:font>'
        for name, others in _ALSO.items()
    )
    return f'<w:fonts xmlns:w="{_MAIN}">{found}</w:fonts>'


def _core(page: Outline, moment: str) -> str:
    dates = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{moment}</dcterms:{name}>'
        for name in ("created", "modified")
    )
    return (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(page.title)}</dc:title><dc:creator>{escape(page.office)}</dc:creator>{dates}"
        "</cp:coreProperties>"
    )


def _relations(*found: tuple[str, str]) -> str:
    kinds = {
        kind: f"http://schemas.openxmlformats.org/package/2006/relationships/{kind}"
        if kind.startswith("metadata/")
        else f"{_RELATED}/{kind}"
        for kind, _ in found
    }
    rows = "".join(
        f'<Relationship Id="rId{at}" Type="{kinds[kind]}" Target="{target}"/>'
        for at, (kind, target) in enumerate(found, start=1)
    )
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{space}">{rows}</Relationships>'


def _content_types() -> str:
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    parts = {
        "/word/document.xml": f"{word}.document.main+xml",
        "/word/styles.xml": f"{word}.styles+xml",
        "/word/fontTable.xml": f"{word}.fontTable+xml",
        "/word/footer1.xml": f"{word}.footer+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    }
    space = "http://schemas.openxmlformats.org/package/2006/content-types"
    rows = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in parts.items())
    return (
        f'<Types xmlns="{space}"><Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{rows}</Types>'
    )
