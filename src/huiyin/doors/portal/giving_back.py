"""Asking for the papers back after a refusal: nobody can say no, and they go back against a signature."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse

from huiyin.doors import phrases
from huiyin.doors.access import DoorRequest
from huiyin.doors.portal import display, progress
from huiyin.doors.portal.pages import expired, of_office, to_tracking, without_cookie
from huiyin.matters import actions, queries
from huiyin.rules.errors import HuiyinError, NotFound

if TYPE_CHECKING:
    from huiyin.organisation.models import Tenant


@without_cookie
@of_office
def ask(request: DoorRequest, office: Tenant) -> HttpResponse:
    """Note that the person served wants the papers back; sending it twice changes nothing."""
    if request.method != "POST":
        return to_tracking(office)
    display.adopt(request)
    pair = progress.opened(request.POST.get("pass", ""), office, request.now)
    if pair is None:
        return expired(request, office)
    number, code = pair
    said: dict[str, object] = {}
    status = _ask(request, office, number, code, said)
    try:
        tracked = queries.track(office, number, code, request.now, phrases.language())
    except NotFound:
        return expired(request, office)
    return progress.page(request, office, tracked, code, back=said, status=status)


def _ask(request: DoorRequest, office: Tenant, number: str, code: str, said: dict[str, object]) -> int:
    """Ask, and put thanks or the reason why not into `said`; returns the status of the answer."""
    asker = queries.public_asker(office, request.now, "portal")
    by = actions.By(asker, request.now, request.POST.get("key", "")[:80], applicant=True)
    try:
        actions.ask_return_as_applicant(by, number, code=code)
    except NotFound:
        return 404
    except HuiyinError as error:
        said["error"] = phrases.refusal(error).message
        return error.status
    said["noted"] = True
    return 200
