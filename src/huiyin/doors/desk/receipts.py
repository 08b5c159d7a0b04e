"""The printed receipt with its query code, which no table keeps: a sealed note carries it half an hour."""

from __future__ import annotations

from datetime import timedelta
from typing import Final
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from huiyin.documents import pdf as drawing
from huiyin.documents import queries as documents
from huiyin.documents.contents import Kind, Receipt
from huiyin.documents.parts import Contact, MaterialLine, Office
from huiyin.doors import phrases, sealing
from huiyin.doors.access import DoorRequest
from huiyin.matters import queries as matters
from huiyin.rules.errors import Conflict, NotFound, msg
from huiyin.storage.masking import mask_name, mask_text

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
    """Return what the receipt says; it lies about on counters, so the applicant is masked on it."""
    matter = matters.get(request.asker, number)
    tenant = matter.tenant
    clocks = matters.clocks_of(matter, request.now, phrases.language())
    running = [one for one in clocks if not one.ended_at and not one.awaits_event]
    due = min(running, key=lambda one: one.due_at, default=None)
    address = reverse("portal:track-number", args=[tenant.slug, number])
    return Receipt(
        number=number,
        matter_number=number,
        office=Office(
            name=tenant.name,
            name_en=tenant.name_en,
            address=tenant.address,
            phone=tenant.phone,
            complaint_phone=tenant.complaint_phone,
        ),
        item=matter.item.name if matter.item else mask_text(matter.summary),
        issued_at=matter.received_at,
        handler=Contact(
            name=matter.custodian.name,
            unit=matter.unit.name,
            phone=matter.custodian.office_phone or tenant.phone,
        ),
        applicant_masked=mask_name(matter.applicant_name) or "—",
        received_at=matter.received_at,
        track_url=request.build_absolute_uri(address),
        materials=tuple(
            MaterialLine(name=one.name, copies=one.copies, pages=one.pages or 0, original=one.original)
            for one in matters.materials_of(matter)
            if one.present
        ),
        due_at=due.due_at if due else None,
        provisional=due.provisional if due else False,
        event_hash=matters.timeline(matter)[-1].hash,
    )
