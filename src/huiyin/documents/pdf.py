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
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

import segno
import typst

from huiyin.documents import fonts
from huiyin.documents.contents import TEMPLATE_VERSION, Content, Kind, Receipt, content_type
from huiyin.documents.serialise import from_json
from huiyin.rules.errors import HuiyinError, Invalid, msg
from huiyin.rules.vocabulary import Limit, Unit
from huiyin.rules.workdays import SHANGHAI

_SHORT: Final = {"zh-hans": "zh", "en": "en"}
_TEMPLATES: Final = Path(__file__).parent / "templates"
_SHORT_HASH: Final = 16
_MOST_IDLE: Final = 4
_MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_LIMITS: Final = {
    Unit.AT_ONCE: ("即时办理", "at once", "at once"),
    Unit.WORKING_HOUR: ("{n}个工作小时", "{n} working hour", "{n} working hours"),
    Unit.WORKING_DAY: ("{n}个工作日", "{n} working day", "{n} working days"),
    Unit.CALENDAR_DAY: ("{n}日", "{n} calendar day", "{n} calendar days"),
    Unit.MONTH: ("{n}个月", "{n} month", "{n} months"),
    Unit.YEAR: ("{n}年", "{n} year", "{n} years"),
    Unit.CLOCK_HOUR: ("{n}小时（不分昼夜）", "{n} clock hour", "{n} clock hours"),
    Unit.BEFORE_EVENT: ("活动举行前", "before the event", "before the event"),
}
# Control characters and the marks that reverse the direction of text could make a page
# read differently from what is stored; they are shown as what they are: not characters.
_MISLEADING: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")

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
    whole = _whole(kind, content)
    template = _template(whole.kind, template_version)
    short = _short(language)
    folders = fonts.directories()
    faces = fonts.faces(folders)
    data = {
        "content": _view(whole, short),
        "language": short,
        "fonts": dataclasses.asdict(faces),
        "query_code": query_code,
        "qr": _qr(whole.track_url) if isinstance(whole, Receipt) else "",
        "warnings": [],
    }
    moment = int(whole.issued_at.timestamp())
    with _POOL.borrow(folders) as compiler:
        try:
            return compiler.draw(template, data, moment, archival=True)
        except typst.TypstError as error:
            if not _GLYPH_TROUBLE.search(str(error)):
                raise
            warned = {**data, "warnings": ["glyph.warning"]}
            return compiler.draw(template, warned, moment, archival=False)


def _whole(kind: str, content: Content | Mapping[str, Any]) -> Content:
    if not isinstance(content, Content):
        return from_json(kind, content)
    if content.kind != content_type(kind).kind:
        raise Invalid({"kind": msg("文书种类与内容不符")}, code="document_kind_mismatch")
    return content


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


def _short(language: str) -> str:
    """The template's name of a language; it knows two."""
    try:
        return _SHORT[language]
    except KeyError as error:
        raise HuiyinError(
            msg("文书没有“%(language)s”这种语言"), code="unknown_language", params={"language": language}
        ) from error


def _view(value: Any, language: str) -> Any:
    """What the template sees: moments and limits in words, text without characters that mislead."""
    if isinstance(value, datetime):
        return _moment(value.astimezone(SHANGHAI), language)
    if isinstance(value, Limit):
        return _limit(value, language)
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, str):
        return _MISLEADING.sub("\N{REPLACEMENT CHARACTER}", value.replace("\r\n", "\n"))
    if isinstance(value, tuple):
        return [_view(one, language) for one in value]
    if dataclasses.is_dataclass(value):
        shown = {
            field.name: _view(getattr(value, field.name), language) for field in dataclasses.fields(value)
        }
        return _shortened(shown) if isinstance(value, Receipt) else shown
    return value


def _shortened(receipt: dict[str, Any]) -> dict[str, Any]:
    """The first characters of the event's digest, in fours, so that a person can compare them."""
    start = receipt["event_hash"][:_SHORT_HASH]
    return {**receipt, "event_hash": " ".join(start[place : place + 4] for place in range(0, len(start), 4))}


def _moment(at: datetime, language: str) -> dict[str, str]:
    """A day and a moment as the office writes them."""
    if language == "en":
        date = f"{at.day} {_MONTHS[at.month - 1]} {at.year}"
        return {"date": date, "time": f"{at:%H:%M}", "moment": f"{date}, {at:%H:%M}"}
    date = f"{at.year}年{at.month}月{at.day}日"
    return {"date": date, "time": f"{at:%H:%M}", "moment": f"{date} {at:%H:%M}"}


def _limit(limit: Limit, language: str) -> str:
    chinese, one, many = _LIMITS[limit.unit]
    english = one if limit.amount == 1 else many
    return (english if language == "en" else chinese).format(n=limit.amount)


def _qr(url: str) -> str:
    """The address as a QR code in SVG, with the quiet zone the standard asks for."""
    picture = io.BytesIO()
    segno.make(url, error="m", micro=False).save(picture, kind="svg", border=4, xmldecl=False)
    return picture.getvalue().decode("ascii")
