"""What the person served does with the matter itself, with its code: ask for the papers, take it back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

from django.http import HttpResponse
from django.utils.translation import gettext as _

from huiyin.doors import phrases
from huiyin.doors.access import DoorRequest
from huiyin.doors.forms import clean
from huiyin.doors.portal import display, progress
from huiyin.doors.portal.pages import expired, of_office, to_tracking, without_cookie
from huiyin.matters import actions, queries
from huiyin.rules.errors import HuiyinError, NotFound

if TYPE_CHECKING:
    from huiyin.organisation.models import Tenant

_LONGEST: Final = 500
Said = dict[str, Any]


@without_cookie
@of_office
def ask(request: DoorRequest, office: Tenant) -> HttpResponse:
    """Note that the person served wants the papers back; sending it twice changes nothing."""

    def noted(by: actions.By, number: str, code: str, said: Said) -> int:
        return _noted(lambda: actions.ask_return_as_applicant(by, number, code=code), said)

    return _act(request, office, "back", noted)


@without_cookie
@of_office
def withdraw(request: DoorRequest, office: Tenant) -> HttpResponse:
    """Take the matter back once they said that they are sure of it; why is theirs to say or not."""

    def noted(by: actions.By, number: str, code: str, said: Said) -> int:
        said["reason"] = clean(request.POST.get("reason", "")).strip()[:_LONGEST]
        if request.POST.get("sure") != "yes":
            said["error"] = _("请先勾选确认撤回，再点提交")
            return 422
        reason = str(said["reason"])
        return _noted(lambda: actions.withdraw_as_applicant(by, number, code=code, reason=reason), said)

    return _act(request, office, "withdrawal", noted)


def _act(
    request: DoorRequest,
    office: Tenant,
    form: str,
    work: Callable[[actions.By, str, str, Said], int],
) -> HttpResponse:
    """Let whoever holds the pass act, and show the matter with what came of it beside that form."""
    if request.method != "POST":
        return to_tracking(office)
    display.adopt(request)
    pair = progress.opened(request.POST.get("pass", ""), office, request.now)
    if pair is None:
        return expired(request, office)
    asker = queries.public_asker(office, request.now, "portal")
    by = actions.By(asker, request.now, request.POST.get("key", "")[:80], applicant=True)
    said: Said = {}
    status = work(by, *pair, said)
    try:
        tracked = queries.track(office, *pair, request.now, phrases.language())
    except NotFound:
        return expired(request, office)
    forms: Mapping[str, Mapping[str, Any]] = {form: said}
    return progress.page(request, office, tracked, pair[1], forms=forms, status=status)


def _noted(verb: Callable[[], actions.Receipt], said: Said) -> int:
    """Do it, and put thanks or the reason why not into `said`; returns the status of the answer."""
    try:
        verb()
    except NotFound:
        return 404
    except HuiyinError as error:
        found = phrases.refusal(error)
        said["error"] = " ".join(one for one in (found.message, found.remedy) if one)
        return error.status
    said["noted"] = True
    return 200
