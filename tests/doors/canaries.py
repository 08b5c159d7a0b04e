"""Looks for another office's data in whatever comes out of a door.

Everything an office of `tests.factories` holds contains 丙<its slug>丁, so a
foreign one in an answer, a workbook or a PDF is a leak, whichever view made it.
"""

from __future__ import annotations

import io
import re
import zipfile
from html import unescape

from django.http import HttpResponse
from pypdf import PdfReader

CANARY = re.compile(r"丙([a-z]+)丁")


def offices_in(response: HttpResponse) -> set[str]:
    """Return the slugs of the offices whose canaries the answer holds."""
    body = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
    kind = response.headers.get("Content-Type", "")
    text = _text(body, kind) + "".join(f"{name}: {value}\n" for name, value in response.headers.items())
    return set(CANARY.findall(text))


def _text(body: bytes, kind: str) -> str:
    if "spreadsheetml" in kind:
        with zipfile.ZipFile(io.BytesIO(body)) as book:
            return unescape("".join(book.read(name).decode("utf-8", "replace") for name in book.namelist()))
    if kind.startswith("application/pdf"):
        return "".join(page.extract_text() for page in PdfReader(io.BytesIO(body)).pages)
    text = body.decode("utf-8", "replace")
    if "json" in kind:
        text += text.encode().decode("unicode_escape", "replace") if "\\u" in text else ""
    return unescape(text)
