"""From content to page: the same content and template version give the same PDF on the same machine.

typst draws. Data reaches it as one JSON input and is placed as strings, so text
that looks like markup or code is printed as it stands. Templates are frozen per
version: a document issued under version 1 is always drawn with version 1.
"""

from __future__ import annotations

import dataclasses
import io
import json
import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import segno
import typst

from huiyin.documents import fonts
from huiyin.documents.contents import TEMPLATE_VERSION, Content, Kind, Receipt
from huiyin.documents.sheets import Sheet
from huiyin.documents.viewing import short, view, whole
from huiyin.rules.errors import HuiyinError, msg

_TEMPLATES: Final = Path(__file__).parent / "templates"
_MOST_IDLE: Final = 4
_GLYPH_TROUBLE: Final = re.compile("could not be displayed|contains the codepoint")
"""How typst says that an archival standard refuses a character."""


class _Compiler:
    """One typst compiler over one set of font folders; used by one thread at a time."""

    def __init__(self, folders: tuple[Path, ...]) -> None:
        self._typst = typst.Compiler(
            root=str(_TEMPLATES), font_paths=[str(place) for place in folders], ignore_system_fonts=True
        )

    def draw(self, template: str, data: Mapping[str, object], moment: int, *, archival: bool) -> bytes:
        """Compile one template; the moment of issue, not of drawing, is the date inside the file."""
        drawn = self._typst.compile(
            input=str(_TEMPLATES / template),
            format="pdf",
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
            pdf_standards=["a-2a", "ua-1"] if archival else None,
            timestamp=moment,
        )
        if not isinstance(drawn, bytes):
            raise TypeError("typst did not answer with one PDF")
        return drawn


class _Pool:
    """Idle compilers by font folders. A compiler refuses two threads at once and takes 0.1 s to make."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._idle: dict[tuple[Path, ...], list[_Compiler]] = {}

    @contextmanager
    def borrow(self, folders: tuple[Path, ...]) -> Iterator[_Compiler]:
        """Lend a compiler that nobody else holds; it comes back only unharmed."""
        with self._lock:
            idle = self._idle.setdefault(folders, [])
            compiler = idle.pop() if idle else None
        compiler = compiler or _Compiler(folders)
        yield compiler
        with self._lock:
            if len(idle) < _MOST_IDLE:
                idle.append(compiler)


_POOL: Final = _Pool()


def render(
    kind: str,
    content: Content | Mapping[str, Any],
    language: str = "zh-hans",
    *,
    query_code: str = "",
    template_version: str = TEMPLATE_VERSION,
) -> bytes:
    """Draw a document as PDF/A-2a and PDF/UA-1.

    Where a character has no glyph here, or none that an archive accepts, the page is drawn as
    plain PDF with a line that says so. `query_code` is printed on a receipt and kept nowhere (R43).
    Raises `Invalid` for incomplete content and `HuiyinError` for an unknown kind, language or version.
    """
    found = whole(kind, content)
    template = _template(found.kind, template_version)
    tongue = short(language)
    data = {
        "content": view(found, tongue),
        "language": tongue,
        "fonts": dataclasses.asdict(fonts.faces(fonts.directories())),
        "query_code": query_code,
        "qr": _qr(found.track_url) if isinstance(found, Receipt) and found.track_url else "",
        "warnings": [],
    }
    return _drawn(template, data, int(found.issued_at.timestamp()))


def sheet(content: Sheet, language: str = "zh-hans") -> bytes:
    """Draw a sheet for everybody, as `render` draws a document.

    Raises `HuiyinError` for an unknown language.
    """
    tongue = short(language)
    data = {
        "content": view(content, tongue),
        "language": tongue,
        "fonts": dataclasses.asdict(fonts.faces(fonts.directories())),
        "warnings": [],
    }
    template = f"{TEMPLATE_VERSION}/{content.template}.typ"
    return _drawn(template, data, int(content.issued_at.timestamp()))


def _drawn(template: str, data: Mapping[str, object], moment: int) -> bytes:
    with _POOL.borrow(fonts.directories()) as compiler:
        try:
            return compiler.draw(template, data, moment, archival=True)
        except typst.TypstError as error:
            if not _GLYPH_TROUBLE.search(str(error)):
                raise
            warned = {**data, "warnings": ["glyph.warning"]}
            return compiler.draw(template, warned, moment, archival=False)


def _template(kind: Kind, version: str) -> str:
    """The template's path below the folder of templates; versions are plain numbers, so no path escapes."""
    path = f"{version}/{kind}.typ"
    if not version.isdecimal() or not (_TEMPLATES / path).is_file():
        raise HuiyinError(
            msg("没有第%(version)s版文书样式"),
            code="unknown_template_version",
            params={"version": version},
        )
    return path


def _qr(url: str) -> str:
    """The address as a QR code in SVG, with the quiet zone the standard asks for."""
    picture = io.BytesIO()
    segno.make(url, error="m", micro=False).save(picture, kind="svg", border=4, xmldecl=False)
    return picture.getvalue().decode("ascii")
