"""Around every operation: what is asked besides, how long an answer keeps, and no answer in another shape."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache, wraps
from http import HTTPStatus
from typing import Final, cast

from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt

from huiyin.doors.api.api import api
from huiyin.doors.api.calls import Call
from huiyin.doors.api.failing import MethodRefused, not_found
from huiyin.doors.problems import problem
from huiyin.rules.errors import Invalid, msg

View = Callable[..., HttpResponseBase]

_PARAMETER: Final = re.compile(r"<(?:\w+:)?(\w+)>")


def answering(view: View) -> View:
    """Let a view of the interface answer as every operation does."""

    @wraps(view)
    def answer(request: Call, *args: object, **kwargs: object) -> HttpResponseBase:
        request.back = {}
        response = _refused(request) or view(request, *args, **kwargs)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            allowed = response["Allow"]
            response = problem(MethodRefused())
            response["Allow"] = allowed
        if response.status_code < HTTPStatus.BAD_REQUEST:
            for name, value in request.back.items():
                response[name] = value
        response.headers.setdefault("Cache-Control", "no-store")
        patch_vary_headers(response, ("Accept-Language", "Authorization"))
        return response

    return answer


@csrf_exempt
def nothing_here(request: Call, rest: str = "") -> HttpResponseBase:
    """Answer for an address that is none, as for a matter that is none."""
    del rest
    return not_found(request)


def _refused(request: Call) -> HttpResponseBase | None:
    """Refuse what is asked in the address and would be ignored or could not be looked up."""
    if "\0" in request.path_info:
        return not_found(request)
    known = parameters().get((_path(request), (request.method or "").lower()))
    if known is None:
        return None
    wrong = {name: gettext(msg("没有这个参数")) for name in request.GET if name not in known}
    for name, values in request.GET.lists():
        if any("\0" in value for value in values):
            wrong.setdefault(name, gettext(msg("含有无法保存的字符")))
    return problem(Invalid(wrong)) if wrong else None


def _path(request: Call) -> str:
    match = request.resolver_match
    return "/" + _PARAMETER.sub(r"{\1}", match.route if match else "")


@lru_cache(maxsize=1)
def parameters() -> Mapping[tuple[str, str], frozenset[str]]:
    """Return the parameters that each operation takes in its address, as the description lists them."""
    paths = cast("dict[str, dict[str, dict[str, list[dict[str, str]]]]]", api.get_openapi_schema()["paths"])
    return {
        (path, method): frozenset(one["name"] for one in operation["parameters"] if one["in"] == "query")
        for path, operations in paths.items()
        for method, operation in operations.items()
    }
