"""Forms to print or to finish in a text program: drawn from what is on record, for whoever sees the page."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from huiyin.documents import docx
from huiyin.documents import pdf as drawing
from huiyin.documents.forms import Form
from huiyin.doors import phrases
from huiyin.doors.access import DoorRequest
from huiyin.doors.desk.files import attached, log_taken
from huiyin.doors.desk.receipts import pdf
from huiyin.matters import queries as matters
from huiyin.organisation import queries as organisation
from huiyin.reports.forms import responsibility, standing_in
from huiyin.reports.forms.matters import form_of
from huiyin.reports.forms.words import Words
from huiyin.rules.errors import NotFound

_PDF, _DOCX = "pdf", "docx"


def of_matter(request: DoorRequest, number: str, form: str, ending: str) -> HttpResponse:
    """Give a form of a matter."""
    matter = matters.get(request.asker, number)
    return _answer(request, form_of(request.asker, matter, form, _words()), ending)


def of_hand_over(request: DoorRequest, briefing_id: UUID, ending: str) -> HttpResponse:
    """Give a hand-over as its form."""
    sheet = matters.briefing(request.asker, briefing_id)
    return _answer(request, standing_in.hand_over(request.asker, sheet, _words()), ending)


def pairs(request: DoorRequest, ending: str) -> HttpResponse:
    """Give the table of who holds each position as A and as B."""
    tenant = organisation.tenant(request.asker.tenant_id)
    return _answer(request, standing_in.pairs(tenant, request.now, _words()), ending)


def book(request: DoorRequest, ending: str) -> HttpResponse:
    """Give the whole responsibility book."""
    tenant = organisation.tenant(request.asker.tenant_id)
    return _answer(request, responsibility.book(tenant, request.now, _words()), ending)


def of_post(request: DoorRequest, post: str, ending: str) -> HttpResponse:
    """Give one position's page of the responsibility book."""
    tenant = organisation.tenant(request.asker.tenant_id)
    found = organisation.record(request.asker, post, request.now)
    return _answer(request, responsibility.of_post(tenant, found, _words()), ending)


def _words() -> Words:
    return Words(lambda msgid: _(msgid) if msgid else "", phrases.paper_language())


def _answer(request: DoorRequest, form: Form, ending: str) -> HttpResponse:
    """Give the form; that it was taken is logged by its number (R67)."""
    name = f"{form.title}-{form.number.replace('/', '-')}.{ending}"
    if ending in {_PDF, _DOCX}:
        log_taken(request, f"form {form.number}", len(form.blocks))
    if ending == _PDF:
        return pdf(drawing.sheet(form, phrases.paper_language()), name)
    if ending != _DOCX:
        raise NotFound
    response = attached(docx.form(form, phrases.paper_language()), docx.MEDIA_TYPE, name)
    response.headers["Cache-Control"] = "no-store"
    return response
