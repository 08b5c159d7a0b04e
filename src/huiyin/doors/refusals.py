"""How a refusal reaches people as a page, a script as a fragment, and a program as problem details."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from http import HTTPStatus
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import Resolver404, reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _

from huiyin.doors import phrases, returning
from huiyin.doors.problems import problem
from huiyin.rules.errors import HuiyinError, NotFound, msg

log = logging.getLogger(__name__)

_API: Final = "/api/"
_DESK: Final = "/desk/"

Frame = Callable[[HttpRequest], Mapping[str, Any]]
_FRAMES: Final[dict[str, Frame]] = {}

_NO_PAGE: Final = HuiyinError(
    msg("没有这个页面"),
    code="no_page",
    remedy=msg("网址可能抄错了，或者这一页已经撤下。"),
)
_NOT_READ: Final = HuiyinError(
    msg("这个地址不能直接打开"),
    code="method_not_allowed",
    remedy=msg("它只接收页面上提交的内容，什么也没有改动。请返回原来的页面操作。"),
)


def frame(prefix: str, around: Frame) -> None:
    """Let a door put around its refusals what surrounds its other pages.

    `around` answers with what its templates show there, or with nothing where
    the request has not come far enough to know.
    """
    _FRAMES[prefix] = around


def answer(request: HttpRequest, error: HuiyinError) -> HttpResponse:
    """Answer with what the error says, its remedy and its clause, in the form the caller reads."""
    if error.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        log.error("refused with %s: %s", error.status, error.code)
    if isinstance(error, NotFound):
        return not_found(request)
    if request.path.startswith(_API):
        return problem(error)
    refusal = phrases.refusal(error)
    if "HX-Request" in request.headers:
        return render(request, "huiyin/_refusal.html", {"refusal": refusal}, status=error.status)
    return _page(request, "refused.html", refusal, error.status)


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


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer for what is not there and for what is not theirs: byte for byte the same."""
    if request.path.startswith(_API):
        return problem(NotFound())
    error = _NO_PAGE if isinstance(exception, Resolver404) else NotFound()
    return _page(request, "404.html", phrases.refusal(error), HTTPStatus.NOT_FOUND)


def not_allowed(request: HttpRequest, methods: Iterable[str]) -> HttpResponse:
    """Answer a method that an address does not take, with the page that leads on (RFC 9110, 15.5.6)."""
    if request.path.startswith(_API):
        response = problem(_NOT_READ, status=HTTPStatus.METHOD_NOT_ALLOWED)
    else:
        refusal = phrases.refusal(_NOT_READ)
        response = _page(request, "refused.html", refusal, HTTPStatus.METHOD_NOT_ALLOWED)
    response["Allow"] = ", ".join(methods)
    return response


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
    return _page(request, "refused.html", refusal, status)


def _page(request: HttpRequest, name: str, refusal: phrases.Refusal, status: int) -> HttpResponse:
    """Answer in the look of the door, with its frame where there is one: nobody loses their way."""
    desk = request.path.startswith(_DESK)
    around = _FRAMES.get(_DESK if desk else "/")
    # What went wrong on this side may go wrong in the frame too.
    framed = around(request) if around is not None and status < HTTPStatus.INTERNAL_SERVER_ERROR else {}
    template = f"huiyin/{name}" if desk else f"portal/{name}"
    if desk and framed:
        template = "desk/refused.html"
    # An address that was not found is kept out of the answer, which is the same for all of them.
    back = returning.nearest(request.path) if status != HTTPStatus.NOT_FOUND else ""
    return render(request, template, {**framed, "refusal": refusal, "back": back}, status=status)
