"""Rating a matter: voluntary, by the person served, once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.http import HttpResponse
from django.utils.translation import gettext as _

from huiyin.doors import phrases
from huiyin.doors.access import DoorRequest
from huiyin.doors.forms import clean
from huiyin.doors.portal import display, progress, wording
from huiyin.doors.portal.pages import expired, of_office, to_tracking, without_cookie
from huiyin.matters import actions, queries
from huiyin.rules.errors import HuiyinError, NotFound

if TYPE_CHECKING:
    from huiyin.organisation.models import Tenant

_LONGEST: Final = 500


@without_cookie
@of_office
def rate(request: DoorRequest, office: Tenant) -> HttpResponse:
    """Take a rating and thank for it; sending it twice changes nothing."""
    if request.method != "POST":
        return to_tracking(office)
    display.adopt(request)
    pair = progress.opened(request.POST.get("pass", ""), office, request.now)
    if pair is None:
        return expired(request, office)
    number, code = pair
    score = request.POST.get("score", "")
    comment = clean(request.POST.get("comment", "")).strip()[:_LONGEST]
    known = score in map(str, wording.SCORES)
    missed = tuple(clean(one) for one in request.POST.getlist("missed"))
    said: dict[str, Any] = {
        "score": int(score) if known else 0,
        "comment": comment,
        "missed": missed,
        "reception": _reception(request.POST.get("reception", "")),
    }
    if not known:
        said["error"] = _("请先选一项满意程度，再点提交")
        status = 422
    else:
        status = _rate(request, office, number, code, said)
    try:
        tracked = queries.track(office, number, code, request.now, phrases.language())
    except NotFound:
        return expired(request, office)
    return progress.page(request, office, tracked, code, rating=said, status=status)


def _rate(request: DoorRequest, office: Tenant, number: str, code: str, said: dict[str, Any]) -> int:
    """Rate, and put thanks or the reason why not into `said`; returns the status of the answer."""
    asker = queries.public_asker(office, request.now, "portal")
    by = actions.By(asker, request.now, request.POST.get("key", "")[:80], applicant=True)
    try:
        actions.rate(
            by,
            number,
            code=code,
            score=said["score"],
            comment=said["comment"],
            missed=said["missed"],
            reception=said["reception"],
        )
    except NotFound:
        return 404
    except HuiyinError as error:
        said["error"] = phrases.refusal(error).message
        return error.status
    said["thanks"] = True
    return 200


def _reception(typed: str) -> int:
    """How they were received; 0 where nothing was chosen."""
    return int(typed) if typed in map(str, wording.SCORES) else 0
