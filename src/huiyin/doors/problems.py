"""Refusals as problem details (RFC 9457), for programs and in their language."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Final

from django.http import HttpResponse
from django.utils.translation import gettext

from huiyin.doors import phrases
from huiyin.rules.errors import HuiyinError, msg

MEDIA_TYPE: Final = "application/problem+json"
RETRY_AFTER: Final = 2  # seconds; the queue of writers moves on within that

TITLES: Final = {
    HTTPStatus.BAD_REQUEST: msg("请求无法识别"),
    HTTPStatus.UNAUTHORIZED: msg("需要有效的令牌"),
    HTTPStatus.FORBIDDEN: msg("没有权限"),
    HTTPStatus.NOT_FOUND: msg("没有找到"),
    HTTPStatus.METHOD_NOT_ALLOWED: msg("此地址不支持这种方法"),
    HTTPStatus.CONFLICT: msg("现在不能这样办理"),
    HTTPStatus.LENGTH_REQUIRED: msg("没有说明长度"),
    HTTPStatus.PRECONDITION_FAILED: msg("内容已有更新"),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: msg("内容过大"),
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: msg("不支持的内容类型"),
    HTTPStatus.UNPROCESSABLE_ENTITY: msg("填写的内容有误"),
    HTTPStatus.TOO_MANY_REQUESTS: msg("请求过于频繁"),
    HTTPStatus.INTERNAL_SERVER_ERROR: msg("系统出错"),
    HTTPStatus.SERVICE_UNAVAILABLE: msg("系统繁忙"),
}


def problem(error: HuiyinError, *, status: int | None = None, **more: object) -> HttpResponse:
    """Answer a program with what is wrong, and with what it may do about it.

    `type` is stable for a `code`, `title` for a status; `errors` maps each
    wrong field to its sentence. `more` adds members of one kind of problem.
    """
    status = status or error.status
    refusal = phrases.refusal(error)
    body: dict[str, object] = {
        "type": f"urn:huiyin:problem:{error.code}",
        "title": gettext(TITLES[HTTPStatus(status)]),
        "status": int(status),
        "detail": refusal.message,
        "code": error.code,
    }
    optional = {
        "clause": error.clause,
        "remedy": refusal.remedy,
        "errors": phrases.field_errors(error),
    }
    body |= {name: value for name, value in optional.items() if value} | more
    response = HttpResponse(json.dumps(body, ensure_ascii=False), status=status, content_type=MEDIA_TYPE)
    response["Cache-Control"] = "no-store"
    if status == HTTPStatus.UNAUTHORIZED:
        response["WWW-Authenticate"] = 'Bearer realm="huiyin"'
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        response["Retry-After"] = str(RETRY_AFTER)
    return response
