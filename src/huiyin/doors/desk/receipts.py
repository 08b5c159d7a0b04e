"""The printed receipt with its query code, which no table keeps: a sealed note carries it half an hour."""

from __future__ import annotations

import base64
import binascii
import json
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.core import signing
from django.http import HttpResponse
from django.utils.http import content_disposition_header

from huiyin.documents import queries as documents
from huiyin.documents.contents import Kind
from huiyin.doors.access import DoorRequest
from huiyin.matters import queries as matters
from huiyin.organisation.queries import Asker
from huiyin.rules.errors import Conflict, NotFound, msg
from huiyin.storage import crypto

LIFE: Final = timedelta(minutes=30)
_signer = signing.TimestampSigner(salt="desk.receipt")


def seal(asker: Asker, number: str, code: str) -> str:
    """Return a note that only this person can use, for half an hour, and that shows nothing by itself."""
    plain = json.dumps([str(asker.person_id), number, code])
    return _signer.sign(base64.urlsafe_b64encode(crypto.encrypt(plain)).decode("ascii"))


def unseal(asker: Asker, note: str) -> tuple[str, str]:
    """Return number and code of a note.

    Raises:
        Conflict: it is too old, changed, or somebody else's.
    """
    try:
        sealed = base64.urlsafe_b64decode(_signer.unsign(note, max_age=LIFE))
        person, number, code = json.loads(crypto.decrypt(sealed))
    except (signing.BadSignature, binascii.Error, ValueError, crypto.Unreadable) as error:
        raise _stale() from error
    if person != str(asker.person_id):
        raise _stale()
    return number, code


def receipt_pdf(request: DoorRequest) -> HttpResponse:
    """Print the receipt with its query code, which is given out this once."""
    number, code = unseal(request.asker, request.POST.get("note", ""))
    matter = matters.get(request.asker, number)
    document = documents.latest(matter.tenant_id, matter.id, Kind.RECEIPT)
    if document is None:
        raise NotFound
    return pdf(documents.page(document, query_code=code), documents.file_name(document))


def document_pdf(request: DoorRequest, number: str, document_id: UUID) -> HttpResponse:
    """Show one paper of a matter."""
    document = matters.document(request.asker, number, document_id)
    return pdf(documents.page(document), documents.file_name(document))


def pdf(content: bytes, name: str) -> HttpResponse:
    """Answer with a PDF to be shown or saved, and kept by nobody on the way."""
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = (
        content_disposition_header(as_attachment=False, filename=name) or ""
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def uuid_or_not_found(text: str) -> UUID:
    """Read an id; one that is none is answered like one that does not exist."""
    try:
        return UUID(text)
    except ValueError as error:
        raise NotFound from error


def _stale() -> Conflict:
    return Conflict(
        msg("打印凭据已过期"),
        code="note_expired",
        remedy=msg("如仍需查询码,请在办件页重发查询码后打印。"),
    )
