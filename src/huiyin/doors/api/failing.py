"""How a call fails: unreadable, not allowed, or gone wrong here; never with a trace, never with a page."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any, Final, NoReturn

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.utils.translation import gettext
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.parser import Parser

from huiyin.doors.problems import problem
from huiyin.rules.errors import HuiyinError, Invalid, NotFound, msg

log = logging.getLogger(__name__)

JSON: Final = "application/json"

_QUOTED: Final = re.compile("'([^']*)'")
_SHAPES: Final = frozenset({"granted", "refused"})
_MISSING: Final = msg("此项必填")
_UNKNOWN: Final = msg("没有这个字段")
_UNSTORABLE: Final = msg("含有无法保存的字符")
_OTHER: Final = msg("内容不符合要求")
# What pydantic finds wrong, in the office's words.
_SENTENCES: Final[Mapping[str, str]] = {
    "missing": _MISSING,
    "extra_forbidden": _UNKNOWN,
    "string_type": msg("应为文字"),
    "string_too_long": msg("请不超过%(max_length)s个字"),
    "string_too_short": _MISSING,
    "too_short": _MISSING,
    "string_unicode": _UNSTORABLE,
    "unstorable": _UNSTORABLE,
    "literal_error": msg("应为以下之一：%(expected)s"),
    "enum": msg("应为以下之一：%(expected)s"),
    "union_tag_invalid": msg("应为以下之一：%(expected_tags)s"),
    "union_tag_not_found": _MISSING,
    "bool_type": msg("应为 true 或 false"),
    "int_type": msg("应为整数"),
    "int_parsing": msg("应为整数"),
    "int_parsing_size": msg("应为整数"),
    "int_from_float": msg("应为整数"),
    "greater_than_equal": msg("不应小于%(ge)s"),
    "less_than_equal": msg("不应大于%(le)s"),
    "date_parsing": msg("请写成日期，例如2026-03-02"),
    "date_from_datetime_parsing": msg("请写成日期，例如2026-03-02"),
    "datetime_parsing": msg("请写成带时区的时间，例如2026-03-02T09:00:00+08:00"),
    "timezone_aware": msg("请写成带时区的时间，例如2026-03-02T09:00:00+08:00"),
    "list_type": msg("应为列表"),
    "too_long": msg("最多%(max_length)s项"),
    "model_type": msg("应为对象"),
    "model_attributes_type": msg("应为对象"),
    "dict_type": msg("应为对象"),
}


_LOOK_AGAIN: Final = msg("请重新查询这件事，照 lawful 所列的操作继续。")
# What a program does where a person would look at the page again.
_INSTEAD: Final[Mapping[str, str]] = {
    "stale": msg("请重新查询，看过最新内容再决定；仍要办理的，用新的 ETag 和新的标识提交。"),
    **dict.fromkeys(("not_now", "nothing_waiting", "nothing_to_sign", "already_accepted"), _LOOK_AGAIN),
    "key_reused": msg("每一项内容用一个新的标识；重试原来那一项的，内容要与原来一样。"),
}


class WrongMediaType(Exception):
    """The body is something else than JSON, or does not say what it is."""


class Reader(Parser):
    """Reads a body as JSON, strictly: what two programs could read differently is refused."""

    def parse_body(self, request: HttpRequest) -> Any:
        """Return what the body says.

        Raises:
            WrongMediaType: it does not say that it is JSON.
            ValueError: it is not JSON.
        """
        if (request.content_type or "").lower() != JSON:
            raise WrongMediaType
        return json.loads(request.body, parse_constant=_no_number, object_pairs_hook=_once)


class MethodRefused(HuiyinError):
    """The address exists and does not answer this method."""

    status = HTTPStatus.METHOD_NOT_ALLOWED

    def __init__(self) -> None:
        """Say what to look at."""
        super().__init__(
            msg("此地址不支持这种方法"), code="method_not_allowed", remedy=msg("请对照接口说明。")
        )


def register_handlers(api: NinjaAPI) -> None:
    """Let every failure of an operation be answered here."""
    handlers: dict[type[Exception], Callable[[HttpRequest, Any], HttpResponse]] = {
        Exception: broken,
        HuiyinError: refused,
        Http404: not_found,
        HttpError: unreadable,
        ValidationError: wrong_fields,
        SuspiciousOperation: unreadable,
        UnreadablePostError: unreadable,
        RequestDataTooBig: too_big,
    }
    for kind, handler in handlers.items():
        api.add_exception_handler(kind, handler)


def refused(_request: HttpRequest, error: HuiyinError) -> HttpResponse:
    """Answer what a room refuses; what was stale is a failed precondition (RFC 9110, 13.1.1)."""
    status = HTTPStatus.PRECONDITION_FAILED if error.code == "stale" else error.status
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        log.error("refused with %s: %s", status, error.code)
    more = {"remedy": gettext(_INSTEAD[error.code])} if error.code in _INSTEAD else {}
    response = problem(error, status=status, **more)
    wait = getattr(error, "wait", 0)
    if wait:
        response["Retry-After"] = str(wait)
    return response


def not_found(_request: HttpRequest, _error: Exception | None = None) -> HttpResponse:
    """Answer for what is not there."""
    return problem(NotFound())


def wrong_fields(_request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Answer with a sentence for each field that cannot be used."""
    found: dict[str, str] = {}
    for one in error.errors:
        if one["loc"][0] == "path":
            return problem(NotFound())
        found.setdefault(_field(one), _sentence(one))
    return problem(Invalid(found))


def unreadable(_request: HttpRequest, error: Exception) -> HttpResponse:
    """Answer for a body that is no JSON, or that says it is something else."""
    if isinstance(error.__cause__, WrongMediaType):
        return problem(
            HuiyinError(
                msg("请求的内容类型应为 application/json"),
                code="media_type",
                remedy=msg("请设置 Content-Type: application/json。"),
            ),
            status=HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
        )
    return problem(
        HuiyinError(
            msg("请求内容不是有效的 JSON"), code="unreadable", remedy=msg("请检查内容与编码（UTF-8）。")
        )
    )


def too_big(_request: HttpRequest, _error: Exception) -> HttpResponse:
    """Answer for a body larger than any operation needs."""
    return problem(
        HuiyinError(msg("请求内容过大"), code="too_big"), status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    )


def broken(request: HttpRequest, error: Exception) -> HttpResponse:
    """Answer when the fault is on this side; the trace goes to the log and nowhere else."""
    log.error("%s %s failed", request.method, request.path, exc_info=error)
    return problem(
        HuiyinError(
            msg("系统出错，内容可能没有保存"),
            code="broken",
            remedy=msg("请用同一标识重试；如再次出错，请告知系统管理员。"),
        ),
        status=HTTPStatus.INTERNAL_SERVER_ERROR,
    )


def _field(error: Mapping[str, Any]) -> str:
    """Return the dotted name of the field, without where it came from and which shape it was read as."""
    source, *rest = error["loc"]
    if source == "body":
        rest = rest[1:]
    if error["type"].startswith("union_tag"):
        rest = [*rest, str(error["ctx"]["discriminator"]).strip("'")]
    elif len(rest) > 1 and rest[0] in _SHAPES:
        rest = rest[1:]
    return ".".join(str(part) for part in rest) or "body"


def _sentence(error: Mapping[str, Any]) -> str:
    """Return what is wrong with a field, in the language of the moment."""
    text = gettext(_SENTENCES.get(error["type"], _OTHER))
    context = {name: _listed(value) for name, value in (error.get("ctx") or {}).items()}
    return text % context


def _listed(value: object) -> object:
    """Turn pydantic's "'a', 'b' or 'c'" into a, b, c."""
    found = [word for word in _QUOTED.findall(value) if word] if isinstance(value, str) else []
    return ", ".join(found) if found else value


def _no_number(text: str) -> NoReturn:
    raise ValueError(f"{text} is no JSON")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name occurs twice")
    return found
