"""One call of a program: what its token opens, whom it acts for, its key, and the version it saw."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any, Final, cast
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext
from ninja.responses import Status

from huiyin.doors.access import DoorRequest
from huiyin.doors.api.answers import receipts
from huiyin.doors.rights import RIGHTS, Right
from huiyin.matters import actions
from huiyin.organisation import queries as organisation
from huiyin.organisation.queries import Asker
from huiyin.rules.errors import Forbidden, HuiyinError, NotFound, msg

MATTERS: Final = "/api/v1/matters"
ITEMS: Final = "/api/v1/items"
KEY: Final = "Idempotency-Key"
VERSION: Final = "If-Match"
ACTING_FOR: Final = "Huiyin-Acting-For"
REPLAY: Final = "Idempotent-Replay"

_KEY: Final = re.compile(r"[\x21-\x7e]{1,80}")
_VERSION: Final = re.compile(r'(?:W/)?"(\d{1,9})"')


class Call(DoorRequest):
    """A request that passed the gate. `back` are headers its answer carries besides."""

    back: dict[str, str]


class Token:
    """The token of an operation: the gate has found who it is, here its right is asked for."""

    openapi_security_schema: Final = {
        "type": "http",
        "scheme": "bearer",
        "description": msg("系统管理员签发的接口令牌；以令牌所代表的人的身份办理"),
    }

    def __init__(self, right: Right) -> None:
        """Keep the right."""
        self._right = right

    def __call__(self, request: HttpRequest) -> Asker:
        """Return who asks; raises Forbidden for a token without the right."""
        asker = cast("Call", request).asker
        if asker.rights is None or self._right not in asker.rights:
            raise Forbidden(
                msg("此令牌没有“%(right)s”的权限"),
                code="right_missing",
                params={"right": gettext(RIGHTS[self._right])},
                remedy=msg("请系统管理员签发带有此项权限的令牌。"),
            )
        return asker


def by_of(request: Call) -> actions.By:
    """Return who commands: the program's person, or the absent colleague they stand in for.

    Raises:
        HuiyinError: without an idempotency key, or with headers that cannot be read (400).
        Forbidden: for a colleague who is here, or whose stand-in this is not.
    """
    key = key_of(request)
    return actions.By(
        request.asker, request.now, key, acting_for=_principal(request), version=_version(request)
    )


def key_of(request: Call) -> str:
    """Return the idempotency key; raises HuiyinError (400) without a usable one."""
    key = request.headers.get(KEY, "").strip()
    if not _KEY.fullmatch(key):
        raise HuiyinError(
            msg("缺少 Idempotency-Key 头，或不是1至80个可见字符"),
            code="key_missing",
            remedy=msg("请为每次提交生成一个唯一标识，例如 UUID；重试时用同一个。"),
        )
    return key


def done(
    request: Call, verb: Callable[..., actions.Receipt], number: str, fields: Mapping[str, object]
) -> Status[receipts.Receipt]:
    """Do a verb on a matter and answer with its receipt."""
    by = by_of(request)
    return answered(request, by, verb(by, number, **fields))


def answered(
    request: Call, by: actions.By, found: actions.Receipt, status: int = HTTPStatus.OK
) -> Status[receipts.Receipt]:
    """Answer with a receipt; one from an earlier moment says that it was asked for before."""
    request.back["ETag"] = etag(found.version)
    if found.at != by.at.isoformat():
        request.back[REPLAY] = "true"
    return Status(int(status), receipts.receipt(found))


def address(number: str) -> str:
    """Return where a matter lives."""
    return f"{MATTERS}/{number}"


def etag(version: int) -> str:
    """Return a version as If-Match takes it."""
    return f'"{version}"'


def person_id(asker: Asker, staff_no: str) -> UUID:
    """Return who has a staff number in the asker's office, or raise NotFound."""
    return organisation.person_by_staff_no(asker, staff_no).id


def _principal(request: Call) -> UUID | None:
    """The absent colleague; strangers, people of other offices and people who are here answer alike."""
    staff_no = _header(request, ACTING_FOR)
    if not staff_no:
        return None
    asker = request.asker
    try:
        found: UUID | None = person_id(asker, staff_no)
    except NotFound:
        found = None
    if found is None or found not in asker.stands_in_for:
        raise Forbidden(msg("您现在不是这位同事的顶岗人"), code="not_stand_in")
    return found


def _header(request: Call, name: str) -> str:
    """A header's text; staff numbers may hold more than ASCII, which arrives as UTF-8 in Latin-1."""
    raw = request.headers.get(name, "").replace("\0", "").strip()
    try:
        return raw.encode("latin-1").decode()
    except UnicodeError:
        return raw


def _version(request: Call) -> int | None:
    given = request.headers.get(VERSION, "").strip()
    if given in {"", "*"}:
        return None
    found = _VERSION.fullmatch(given)
    if found is None:
        raise HuiyinError(
            msg("If-Match 应为带双引号的版本号"),
            code="version_unreadable",
            remedy=msg('请照查询办件时所给的 ETag 填写，例如 "3"。'),
        )
    return int(found[1])


def header(name: str, description: str, *, required: bool = False, **schema: Any) -> dict[str, object]:
    """Return a header as a parameter of an operation."""
    return {
        "in": "header",
        "name": name,
        "required": required,
        "description": description,
        "schema": {"type": "string", **schema},
    }
