"""How much a request may carry, settled before a byte of it is read (R30)."""

from __future__ import annotations

import re
from collections.abc import Callable
from http import HTTPStatus
from typing import Final

from django.http import HttpRequest, HttpResponse, QueryDict

from huiyin.doors import refusals
from huiyin.rules.errors import HuiyinError, msg

Handler = Callable[[HttpRequest], HttpResponse]

LARGEST: Final = 2 * 1024 * 1024
LARGEST_IMPORT: Final = 10 * 1024 * 1024 + 64 * 1024  # ten megabytes, and the form around the file
IMPORTS: Final = "/desk/staff/imports/"
_LENGTH: Final = re.compile(r"[0-9]{1,18}")


class BodyLimits:
    """Answers what is too large, or does not say how large it is, without reading it.

    Stands before everything that looks into a form: from there on whoever reads
    stops at the announced length, so nobody fills the disk by sending more.
    """

    def __init__(self, get_response: Handler) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Compare the announced length with what the address takes."""
        announced = request.META.get("CONTENT_LENGTH") or ""
        if request.META.get("HTTP_TRANSFER_ENCODING") or not _LENGTH.fullmatch(announced or "0"):
            return _refused(request, _unmeasured())
        most = LARGEST_IMPORT if request.path.startswith(IMPORTS) else LARGEST
        if int(announced or 0) > most:
            return _refused(request, _too_big(most))
        return self._get_response(request)


def _refused(request: HttpRequest, error: HuiyinError) -> HttpResponse:
    # A page may look for the reader's choices in the form; that must not read it after all.
    request.POST = QueryDict()
    return refusals.answer(request, error)


def _unmeasured() -> HuiyinError:
    error = HuiyinError(
        msg("请求没有说明内容的长度"),
        code="length_required",
        remedy=msg("请带上 Content-Length 重新提交，不要分块传送。"),
    )
    error.status = HTTPStatus.LENGTH_REQUIRED
    return error


def _too_big(most: int) -> HuiyinError:
    error = HuiyinError(
        msg("请求内容过大"),
        code="too_big",
        params={"megabytes": most >> 20},
        remedy=msg("请把内容控制在%(megabytes)sMB以内，再提交一次。"),
    )
    error.status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    return error
