"""Answers that are files: what a workbook is, and how a file is handed out."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from typing import Final

from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from huiyin.doors import phrases
from huiyin.doors.access import DoorRequest
from huiyin.organisation import queries as organisation
from huiyin.reports.ledgers import frame, workbook
from huiyin.reports.ledgers.frame import Ledger, Scope
from huiyin.reports.ledgers.periods import Period
from huiyin.reports.making import Making, finish

log = logging.getLogger(__name__)

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TOLD: Final = "application/vnd.huiyin.told"
"""A file with how far it is before it."""
STEP: Final = 200


def attached(content: bytes, media_type: str, name: str) -> HttpResponse:
    """Answer with a file to be saved under a name."""
    response = HttpResponse(content, content_type=media_type)
    response.headers["Content-Disposition"] = _to_be_saved(name)
    return response


def _to_be_saved(name: str) -> str:
    return content_disposition_header(as_attachment=True, filename=name) or ""


def made(
    request: DoorRequest, making: Making[bytes], media_type: str, name: str, *, of: int
) -> HttpResponseBase:
    """Answer with a file that is made line by line, of so many.

    The page's script asks with `X-Progress` to be told how far it is: the answer then begins at once,
    with a line like `400/6000` now and then, and an empty one before the file itself.
    """
    if "X-Progress" not in request.headers:
        return attached(finish(making), media_type, name)
    response = StreamingHttpResponse(_told(making, of, get_language()), content_type=TOLD)
    response.headers["Content-Disposition"] = _to_be_saved(name)
    return response


def _told(making: Making[bytes], of: int, spoken: str | None) -> Iterator[bytes]:
    # The answer is read when the view has returned, and the language of the request is gone.
    with override(spoken):
        while True:
            try:
                done = next(making)
            except StopIteration as end:
                yield b"\n"
                yield end.value
                return
            if done % STEP == 0:
                yield b"%d/%d\n" % (done, max(done, of))


def log_taken(request: DoorRequest, what: str, lines: int, period: str = "") -> None:
    """Log who took how many lines of what, and of which days (R67); whom they are about stays out of it."""
    about = f" of {period}" if period else ""
    log.info("%s exported %s lines of %s%s", request.asker.person_id, lines, what, about)


def scope_of(request: DoorRequest, period: Period) -> Scope:
    """Return the reader's part of the office's registers, in the reader's words."""
    tenant = organisation.tenant(request.asker.tenant_id)
    return Scope(tenant, request.asker, period, request.now, say=_said, say_limit=phrases.limit)


def register(request: DoorRequest, ledger: Ledger, scope: Scope) -> HttpResponseBase:
    """Give a register as a workbook; who took how many lines of what is logged (R67)."""
    name = f"{workbook.title_of(ledger, scope)}.xlsx"
    return made(request, _register(request, ledger, scope), XLSX, name, of=frame.count(ledger, scope))


def _register(request: DoorRequest, ledger: Ledger, scope: Scope) -> Making[bytes]:
    file = io.BytesIO()
    lines = yield from workbook.writing(file, ledger, scope, made_by=request.asker.name)
    log_taken(request, ledger.name, lines)
    return file.getvalue()


def _said(msgid: str) -> str:
    """Translate; nothing stays nothing, which gettext answers with its header."""
    return _(msgid) if msgid else ""
