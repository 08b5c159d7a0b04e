"""Where a matter stands, for whoever holds its number and its code."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Final
from uuid import UUID

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from huiyin.documents import queries as documents
from huiyin.doors import phrases
from huiyin.doors.access import DoorRequest
from huiyin.doors.headers import client_address
from huiyin.doors.portal import display, progress
from huiyin.doors.portal.pages import PRIVATE, expired, of_office, show, to_tracking, without_cookie
from huiyin.matters import queries
from huiyin.rules.errors import NotFound
from huiyin.rules.identifiers import narrow, parse_receipt_number
from huiyin.storage import limits

if TYPE_CHECKING:
    from huiyin.organisation.models import Tenant

_PURPOSE: Final = "track"
_LONGEST: Final = 60
_LOOK_ALIKES: Final = str.maketrans("OIL", "011")


@without_cookie
@of_office
def track(request: DoorRequest, office: Tenant) -> HttpResponse:
    """Ask for number and code, and show what they open.

    A wrong number, a wrong code and a number of another office are answered
    alike to the byte: nothing typed comes back, and the code is hashed and the
    try is counted in each case.
    """
    if request.method != "POST":
        return _form(request, office)
    if "pass" in request.POST:
        return _again(request, office)
    number, code = request.POST.get("number", ""), request.POST.get("code", "")
    missing = _missing(number, code)
    if missing:
        return _form(request, office, number=normal_number(number), errors=missing, status=422)
    return _look_up(request, office, normal_number(number), normal_code(code))


@of_office
def from_receipt(request: DoorRequest, office: Tenant, number: str) -> HttpResponse:
    """Where the receipt's QR code leads: the form with the number filled in, known or not."""
    return _form(request, office, number=str(parse_receipt_number(number) or ""))


@without_cookie
@of_office
def paper_pdf(request: DoorRequest, office: Tenant) -> HttpResponse:
    """One paper addressed to whoever opened the page; its form brings number and code, sealed."""
    if request.method != "POST":
        return to_tracking(office)
    pair = progress.opened(request.POST.get("pass", ""), office, request.now)
    if pair is None:
        return expired(request, office)
    try:
        found = queries.tracked_paper(office, *pair, UUID(request.POST.get("paper", "")))
    except (NotFound, ValueError):
        return expired(request, office)
    response = HttpResponse(documents.page(found), content_type="application/pdf")
    name = documents.file_name(found)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    for header, value in PRIVATE.items():
        response[header] = value
    return response


def normal_number(text: str) -> str:
    """Return a receipt number in its printed form; what is none stays as typed, shortened."""
    return str(parse_receipt_number(text) or narrow(text[:_LONGEST]).strip().upper())


def normal_code(text: str) -> str:
    """Return a query code in its one form: blanks and signs dropped, O for 0 and I or L for 1 forgiven."""
    return re.sub(r"[^0-9A-Z]", "", narrow(text[:_LONGEST]).upper()).translate(_LOOK_ALIKES)


def _look_up(request: DoorRequest, office: Tenant, number: str, code: str) -> HttpResponse:
    asked = {"address": client_address(request), "target": number}
    standing = limits.standing(_PURPOSE, **asked, at=request.now)
    if standing.barred:
        return _wait(request, office, number, standing.wait)
    try:
        tracked = queries.track(office, number, code, request.now, phrases.language())
    except NotFound:
        limits.note_wrong(_PURPOSE, **asked, at=request.now)
        if standing.wait:
            return _wait(request, office, number, standing.wait)
        return _wrong(request, office, number)
    return progress.page(request, office, tracked, code)


def _again(request: DoorRequest, office: Tenant) -> HttpResponse:
    """Show it once more, in another language or type size, or after rating."""
    display.adopt(request)
    pair = progress.opened(request.POST.get("pass", ""), office, request.now)
    if pair is None:
        return display.remember(request, expired(request, office))
    try:
        tracked = queries.track(office, *pair, request.now, phrases.language())
    except NotFound:
        return display.remember(request, expired(request, office))
    return display.remember(request, progress.page(request, office, tracked, pair[1]))


def _missing(number: str, code: str) -> dict[str, str]:
    missing = {}
    if not number.strip():
        missing["number"] = _("请填写回执上的编号")
    if not code.strip():
        missing["code"] = _("请填写回执上的查询码")
    return missing


def _wrong(request: DoorRequest, office: Tenant, number: str) -> HttpResponse:
    problem = phrases.Refusal(
        _("编号和查询码对不上"),
        _("请对照回执再输一遍；回执丢了，请带身份证件到窗口补打，或打下面的电话。")
        if office.phone
        else _("请对照回执再输一遍；回执丢了，请带身份证件到窗口补打。"),
        "",
        "",
    )
    return _form(request, office, number=number, problem=problem, status=404)


def _wait(request: DoorRequest, office: Tenant, number: str, seconds: int) -> HttpResponse:
    minutes = math.ceil(seconds / 60)
    length = ngettext("%(count)s分钟", "%(count)s分钟", minutes) % {"count": minutes}
    problem = phrases.Refusal(
        _("输错的次数太多，请过%(length)s再试") % {"length": length},
        _("着急的话，请打下面的电话，或到窗口查询。") if office.phone else _("着急的话，请到窗口查询。"),
        "",
        "",
    )
    response = _form(request, office, number=number, problem=problem, status=429)
    response["Retry-After"] = str(seconds)
    return response


def _form(
    request: DoorRequest,
    office: Tenant,
    *,
    number: str = "",
    errors: dict[str, str] | None = None,
    problem: phrases.Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "number": number,
        "errors": errors or {},
        "trouble": problem,
        "wrong": errors or problem,
        "section": "track",
        "back": request.path,
    }
    return show(request, office, "track.html", context, status=status, private=True)
