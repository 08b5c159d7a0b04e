"""How a refusal reaches people as a page, a script as a fragment, and a program as problem details."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _

from huiyin.doors import phrases
from huiyin.doors.problems import problem
from huiyin.rules.errors import HuiyinError, NotFound, msg

log = logging.getLogger(__name__)

_API: Final = "/api/"
_DESK: Final = "/desk/"


def answer(request: HttpRequest, error: HuiyinError) -> HttpResponse:
    """Answer with what the error says, its remedy and its clause, in the form the caller reads."""
    if error.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        log.error("refused with %s: %s", error.status, error.code)
    if isinstance(error, NotFound):
        return not_found(request)
    if request.path.startswith(_API):
        return problem(error)
    refusal = phrases.refusal(error)
    fragment = "HX-Request" in request.headers
    template = "huiyin/_refusal.html" if fragment else _page(request, "refused.html")
    return render(request, template, {"refusal": refusal}, status=error.status)


def no_token(_request: HttpRequest) -> HttpResponse:
    """Answer a program without a valid token; unknown, expired and revoked ones alike."""
    error = HuiyinError(
        msg("缺少有效的接口令牌"),
        code="token_missing",
        remedy=msg("请在 Authorization 头中以 Bearer 方式给出有效的令牌。"),
    )
    error.status = HTTPStatus.UNAUTHORIZED
    return problem(error)


def sign_in_first(request: HttpRequest) -> HttpResponse:
    """Send a stranger to the sign-in page, and afterwards back to where they wanted to go."""
    address = reverse("desk:sign-in")
    if "HX-Request" in request.headers:
        return HttpResponse(status=HTTPStatus.UNAUTHORIZED, headers={"HX-Redirect": address})
    if request.method in {"GET", "HEAD"} and request.path != reverse("desk:home"):
        address = f"{address}?{urlencode({'next': request.get_full_path()})}"
    return HttpResponseRedirect(address)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """Answer for what is not there and for what is not theirs: byte for byte the same."""
    if request.path.startswith(_API):
        return problem(NotFound())
    return render(request, _page(request, "404.html"), {"refusal": phrases.refusal(NotFound())}, status=404)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """Answer what cannot even be read."""
    return _plain(request, _("请求无法识别"), _("请返回上一页重新操作。"), HTTPStatus.BAD_REQUEST)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """Answer what Django itself refuses."""
    return _plain(request, _("不能这样操作"), _("请返回首页重新进入。"), HTTPStatus.FORBIDDEN)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Answer a form whose token is missing or too old."""
    return _plain(
        request,
        _("页面已失效，内容没有提交"),
        _("请返回上一页，刷新后重新提交；若仍不行，请检查浏览器是否禁用了Cookie。"),
        HTTPStatus.FORBIDDEN,
    )


def locked_out(request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
    """Answer somebody who guessed wrong too often at this address."""
    return _plain(
        request,
        _("输错次数过多，暂时不能登录"),
        _("请15分钟后再试；忘记密码请联系系统管理员发放临时密码。"),
        HTTPStatus.TOO_MANY_REQUESTS,
    )


def broken(request: HttpRequest) -> HttpResponse:
    """Answer when the fault is on this side."""
    return _plain(
        request,
        _("系统出错，内容可能没有保存"),
        _("请稍后重试；如再次出现，请把发生的时间告诉系统管理员。"),
        HTTPStatus.INTERNAL_SERVER_ERROR,
    )


def safe_next(request: HttpRequest, address: str, otherwise: str) -> str:
    """Return an address of this site to go on to, or `otherwise` (R26)."""
    if address.startswith("/") and url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        return address
    return otherwise


def _plain(request: HttpRequest, message: str, remedy: str, status: HTTPStatus) -> HttpResponse:
    if request.path.startswith(_API):
        return problem(HuiyinError(message, code=status.name.lower(), remedy=remedy), status=status)
    refusal = phrases.Refusal(message=message, remedy=remedy, clause="", code="")
    return render(request, _page(request, "refused.html"), {"refusal": refusal}, status=status)


def _page(request: HttpRequest, name: str) -> str:
    """The page in the look of the door: the desk's for its people, the portal's for everybody."""
    return f"huiyin/{name}" if request.path.startswith(_DESK) else f"portal/{name}"
