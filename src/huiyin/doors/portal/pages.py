"""What every page of the portal has in common: its office, its look, and how long it may be kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, Final, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from huiyin.doors import phrases
from huiyin.doors.access import DoorRequest
from huiyin.organisation import queries as organisation
from huiyin.rules.errors import Forbidden, NotFound, msg

if TYPE_CHECKING:
    from huiyin.organisation.models import Tenant

P = ParamSpec("P")

PRIVATE: Final = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}
FRESH: Final = {"Cache-Control": "private, no-cache"}


def show(
    request: DoorRequest,
    office: Tenant | None,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    status: int = 200,
    private: bool = False,
) -> HttpResponse:
    """Render a page of an office, or of none.

    A `private` page shows what number and code open: no cache keeps it and no
    other site learns of it (R57). The others are asked for anew each time, but
    a browser going back shows them with everything that was typed.
    """
    page = {**_frame(office, request.now), **(context or {})}
    response = render(request, f"portal/{template}", page, status=status)
    for name, value in (PRIVATE if private else FRESH).items():
        response[name] = value
    return response


def around(request: HttpRequest) -> Mapping[str, Any]:
    """Return the frame of a refusal: the header and the footer of the office that the address names.

    Nothing for an address that names none, and for what was refused before the gate.
    """
    if not hasattr(request, "now"):
        return {}
    try:
        return _frame(organisation.tenant_by_slug(request.path.split("/")[1]), request.now)
    except NotFound:
        return {}


def office_name(office: Tenant | None) -> str:
    """Return the office's name in the reader's language."""
    return phrases.office_name(office) if office else ""


def _frame(office: Tenant | None, at: datetime) -> dict[str, Any]:
    return {
        "shows_posts": office is not None and bool(organisation.shown_by(office, at)),
        "office": office,
        "office_name": office_name(office),
        "others": office is not None and organisation.tenants().count() > 1,
    }


def of_office(
    view: Callable[Concatenate[DoorRequest, Tenant, P], HttpResponse],
) -> Callable[..., HttpResponse]:
    """Give a view the office that the address names; an unknown one is not found."""

    @wraps(view)
    def found(request: DoorRequest, slug: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        return view(request, organisation.tenant_by_slug(slug), *args, **kwargs)

    return found


def without_cookie(view: Callable[P, HttpResponse]) -> Callable[P, HttpResponse]:
    """Let a view take a POST without a form token.

    Only for forms that need no right a browser carries by itself: number and
    code, or a sealed token, come with the form. On a page that sends no
    referrer browsers hide the origin too, and a form token would be refused.
    A browser that says the form came from another site is refused here.
    """

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        request = args[0]
        headers = getattr(request, "headers", {})
        if headers.get("Sec-Fetch-Site") == "cross-site" and getattr(request, "method", "") == "POST":
            raise Forbidden(
                msg("这个表单不是从本网站提交的"), code="cross_site", remedy=msg("请从首页重新进入。")
            )
        return view(*args, **kwargs)

    return csrf_exempt(guarded)


def to_tracking(office: Tenant) -> HttpResponse:
    """Lead somebody who comes back to an address that only takes forms to where they can go on."""
    return redirect(reverse("portal:track", args=[office.slug]))


def expired(request: DoorRequest, office: Tenant) -> HttpResponse:
    """Answer a sealed token that no longer opens: enter number and code again."""
    context = {
        "what": _("页面已过期"),
        "back": reverse("portal:track", args=[office.slug]),
        "remedy": _("为了保护您的信息，页面只保留一段时间。请重新输入编号和查询码。"),
    }
    return show(request, office, "expired.html", context, status=403, private=True)
