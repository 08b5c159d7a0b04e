"""What the office has promised in public: as a whole, and unit by unit."""

from __future__ import annotations

from http import HTTPStatus
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from huiyin.catalogue import labels
from huiyin.catalogue import queries as catalogue
from huiyin.doors import phrases, posters
from huiyin.doors.access import DoorRequest
from huiyin.doors.portal import wording
from huiyin.doors.portal.pages import FRESH, of_office, show
from huiyin.reports.promises import shown_promises
from huiyin.rules.errors import NotFound
from huiyin.rules.regimes.service_commitment import lines
from huiyin.supervision import queries as supervision

if TYPE_CHECKING:
    from datetime import datetime

    from huiyin.catalogue.models import Commitment, ServiceItem
    from huiyin.documents.sheets import Board, GuideSheet
    from huiyin.organisation.models import Tenant


@of_office
def index(request: DoorRequest, office: Tenant) -> HttpResponse:
    """Show the commitment of the office and the units that have one."""
    found = catalogue.published(office.id)
    whole = next((row for row in found if row.unit_id is None), None)
    context = {
        "section": "promises",
        "whole": _shown(whole) if whole else None,
        "units": [row for row in found if row.unit_id is not None],
        "book": supervision.keeps_book(office, request.now),
        "kept": _kept(office, request.now),
        "satisfied": _satisfied(office, request.now),
    }
    return show(request, office, "promises.html", context)


@of_office
def unit(request: DoorRequest, office: Tenant, unit_code: str) -> HttpResponse:
    """Show what one unit has promised, and how long its items take."""
    row = _of(office, unit_code)
    items = catalogue.public_items(office.id).filter(unit=row.unit_id)
    context = {
        "section": "promises",
        "one": _shown(row),
        "items": [_item(one) for one in items],
        "book": supervision.keeps_book(office, request.now),
    }
    return show(request, office, "promise.html", context)


@of_office
def board(request: DoorRequest, office: Tenant, unit_code: str = "") -> HttpResponse:
    """Give the board to print; of the office as a whole without a unit."""
    row = _of(office, unit_code)
    content = posters.board_of(row, request.GET.get("paper", ""), request.now)
    return _sheet(request, content, posters.board_name(row))


@of_office
def guide(request: DoorRequest, office: Tenant, code: str) -> HttpResponse:
    """Give the guide of an item to print or keep."""
    found = catalogue.guide(office.id, code)
    return _sheet(request, posters.guide_of(office, found), posters.guide_name(found))


def pdf(content: bytes, name: str) -> HttpResponse:
    """Answer with a PDF that anybody may see."""
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = (
        content_disposition_header(as_attachment=False, filename=name) or ""
    )
    for header, value in FRESH.items():
        response[header] = value
    return response


def _sheet(request: DoorRequest, content: Board | GuideSheet, name: str) -> HttpResponse:
    """Answer with a sheet, or that the one the browser has is still the same, which draws nothing."""
    mark = posters.mark(content)
    answer = get_conditional_response(request, etag=mark)
    if answer is None or answer.status_code != HTTPStatus.NOT_MODIFIED:
        answer = pdf(posters.drawn(content), name)
    answer["ETag"] = mark
    return answer


def _kept(office: Tenant, at: datetime) -> dict[str, Any] | None:
    """How the promises of public items were kept this year; None while nothing was decided."""
    shown = shown_promises(office, at)
    total = shown.figures.total
    if not total.promised:
        return None
    return {
        "year": shown.figures.since.year,
        "at": shown.at,
        "promised": total.promised,
        "kept": total.kept,
        "share": f"{total.kept / total.promised:.1%}",
        "days": "" if total.average_days is None else f"{total.average_days:.1f}",
    }


def _satisfied(office: Tenant, at: datetime) -> dict[str, Any] | None:
    """How satisfied people were this year, unit by unit; None where it is not shown."""
    shown = shown_promises(office, at)
    if shown.satisfied is None:
        return None
    rows = [(one.unit, f"{one.average:.1f}", one.number) for one in shown.satisfied]
    return {"rows": rows, "year": shown.figures.since.year, "at": shown.at}


def _of(office: Tenant, unit_code: str) -> Commitment:
    for row in catalogue.published(office.id):
        if (row.unit.code if row.unit else "") == unit_code:
            return row
    raise NotFound


def _shown(row: Commitment) -> dict[str, Any]:
    phone = row.said.get("complaint_phone") or row.tenant.complaint_phone
    return {
        "row": row,
        "parts": [
            (_(labels.PARTS[name]), [(one, catalogue.reference(row, one.number)) for one in told])
            for name, told in groupby(lines(row.said), key=lambda one: one.part)
        ],
        "complaint_phone": phone,
        "dial": wording.dial(phone),
        "complaint_unit": row.said.get("complaint_unit", ""),
    }


def _item(one: ServiceItem) -> dict[str, Any]:
    statutory, committed = catalogue.limits_of(one)
    return {"item": one, "statutory": phrases.limit(statutory), "committed": phrases.limit(committed)}
