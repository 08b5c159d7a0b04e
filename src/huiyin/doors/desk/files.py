"""Answers that are files: what a workbook is, and how a file is handed out."""

from __future__ import annotations

import io
import logging
from typing import Final

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from huiyin.doors import phrases
from huiyin.doors.access import DoorRequest
from huiyin.organisation import queries as organisation
from huiyin.reports.ledgers import workbook
from huiyin.reports.ledgers.frame import Ledger, Scope
from huiyin.reports.ledgers.periods import Period

log = logging.getLogger(__name__)

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def attached(content: bytes, media_type: str, name: str) -> HttpResponse:
    """Answer with a file to be saved under a name."""
    response = HttpResponse(content, content_type=media_type)
    response.headers["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=name) or ""
    )
    return response


def log_taken(request: DoorRequest, what: str, lines: int, period: str = "") -> None:
    """Log who took how many lines of what, and of which days (R67); whom they are about stays out of it."""
    about = f" of {period}" if period else ""
    log.info("%s exported %s lines of %s%s", request.asker.person_id, lines, what, about)


def scope_of(request: DoorRequest, period: Period) -> Scope:
    """Return the reader's part of the office's registers, in the reader's words."""
    tenant = organisation.tenant(request.asker.tenant_id)
    return Scope(tenant, request.asker, period, request.now, say=_said, say_limit=phrases.limit)


def register(ledger: Ledger, scope: Scope, *, made_by: str) -> HttpResponse:
    """Give a register as a workbook; who took how many lines of what is logged (R67)."""
    file = io.BytesIO()
    lines = workbook.write(file, ledger, scope, made_by=made_by)
    log.info("%s exported %s lines of %s", scope.asker.person_id if scope.asker else "", lines, ledger.name)
    return attached(file.getvalue(), XLSX, f"{workbook.title_of(ledger, scope)}.xlsx")


def _said(msgid: str) -> str:
    """Translate; nothing stays nothing, which gettext answers with its header."""
    return _(msgid) if msgid else ""
