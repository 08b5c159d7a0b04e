"""The printed receipt with its query code, which no table keeps: a sealed note carries it half an hour."""

from __future__ import annotations

from datetime import timedelta
from typing import Final
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from huiyin.documents import docx
from huiyin.documents import pdf as drawing
from huiyin.documents import queries as documents
from huiyin.documents.contents import Kind, Receipt
from huiyin.doors import phrases, sealing
from huiyin.doors.access import DoorRequest
from huiyin.doors.desk.files import attached
from huiyin.matters import queries as matters
from huiyin.rules.errors import Conflict, NotFound, msg

LIFE: Final = timedelta(minutes=30)
PURPOSE: Final = "desk.receipt"


def seal(request: DoorRequest, number: str, code: str) -> str:
    """Return a note that only this person can use, for half an hour, and that shows nothing by itself."""
    facts = {"person": str(request.asker.person_id), "number": number, "code": code}
    return sealing.seal(PURPOSE, facts, request.now)


def unseal(request: DoorRequest, note: str) -> tuple[str, str]:
    """Return number and code of a note.

    Raises:
        Conflict: it is too old, changed, or somebody else's.
    """
    facts = sealing.unseal(PURPOSE, note, request.now, good_for=LIFE)
    if facts is None or facts["person"] != str(request.asker.person_id):
        raise Conflict(
            msg("打印凭据已过期"),
            code="note_expired",
            remedy=msg("如仍需查询码，请在办件页重发查询码后打印。"),
        )
    return facts["number"], facts["code"]


def receipt_pdf(request: DoorRequest) -> HttpResponse:
    """Print the receipt with its query code, which is given out this once."""
    number, code = unseal(request, request.POST.get("note", ""))
    content = _receipt(request, number)
    name = f"{_(documents.NAMES[Kind.RECEIPT])}-{number}.pdf"
    return pdf(drawing.render(Kind.RECEIPT, content, phrases.paper_language(), query_code=code), name)


def document_pdf(request: DoorRequest, number: str, document_id: UUID) -> HttpResponse:
    """Show one paper of a matter."""
    document = matters.document(request.asker, number, document_id)
    return pdf(documents.page(document), documents.file_name(document))


def document_docx(request: DoorRequest, number: str, document_id: UUID) -> HttpResponse:
    """Give one paper of a matter as a Word file."""
    document = matters.document(request.asker, number, document_id)
    name = documents.file_name(document, "docx")
    response = attached(documents.working_copy(document), docx.MEDIA_TYPE, name)
    response.headers["Cache-Control"] = "no-store"
    return response


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


def _receipt(request: DoorRequest, number: str) -> Receipt:
    """Return what the receipt says."""
    matter = matters.get(request.asker, number)
    address = reverse("portal:track-number", args=[matter.tenant.slug, number])
    # What a report says stands on nothing that may lie about.
    called = _("检举") if matter.kind == "report" else ""
    return matters.receipt_of(
        matter, request.now, track_url=request.build_absolute_uri(address), enquiry=called
    )
