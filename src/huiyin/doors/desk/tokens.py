"""Keys for programs: issued with a set of rights, shown in the clear this once, revoked at once."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from huiyin.doors import phrases
from huiyin.doors.access import DoorRequest
from huiyin.doors.desk import staff
from huiyin.doors.desk.people import chosen
from huiyin.doors.forms import Field, bind, moment, read
from huiyin.doors.rights import RIGHTS
from huiyin.organisation import actions
from huiyin.organisation import queries as organisation
from huiyin.rules.errors import HuiyinError, Invalid, NotFound, msg

FIELDS: Final = (
    Field("name", msg("用途"), max_length=100, help=msg("例如：政务大厅叫号系统")),
    Field("person", msg("以谁的身份"), "person", help=msg("程序能看能办的，不超过这个人")),
    Field("expires_at", msg("有效期至"), "date"),
)


def index(request: DoorRequest) -> HttpResponse:
    """Show the keys, and the form for a new one."""
    return _page(request)


def issue(request: DoorRequest) -> HttpResponse:
    """Make a key and show it this once."""
    typed = read(FIELDS, request.POST)
    rights = [right for right in request.POST.getlist("rights") if right in RIGHTS]
    try:
        person_id, expires_at = _entered(request, typed, rights)
        _, clear = actions.issue_token(
            organisation.person(request.asker, person_id),
            name=typed["name"],
            rights=rights,
            expires_at=expires_at,
            by=request.asker,
            at=request.now,
        )
    except NotFound:
        raise
    except HuiyinError as error:
        return _page(request, request.POST, typed, error)
    return _page(request, secret=clear)


def revoke(request: DoorRequest, integration_id: UUID) -> HttpResponse:
    """Stop a key."""
    found = organisation.integration(request.asker, integration_id)
    actions.revoke_token(found, by=request.asker, at=request.now)
    messages.success(request, _("令牌“%(name)s”已停用。") % {"name": found.name})
    return redirect("desk:tokens")


def _entered(request: DoorRequest, typed: dict[str, str], rights: list[str]) -> tuple[UUID, datetime]:
    """Return whose key it is and when it ends.

    Raises:
        Invalid: with every field that is empty or cannot be read, not the first alone.
        NotFound: the person is not one of this office's.
    """
    wrong: dict[str, str] = {}
    person_id, expires_at = None, None
    if not typed["name"].strip():
        wrong["name"] = msg("请填写用途")
    try:
        person_id = chosen(request.asker, typed, "person")
    except Invalid as error:
        wrong |= error.fields
    try:
        expires_at = _end_of(typed["expires_at"])
    except Invalid as error:
        wrong |= error.fields
    if not rights:
        wrong["rights"] = msg("请至少选择一项权限")
    if wrong or person_id is None or expires_at is None:
        raise Invalid(wrong)
    return person_id, expires_at


def _page(
    request: DoorRequest,
    posted: QueryDict | None = None,
    typed: dict[str, str] | None = None,
    error: HuiyinError | None = None,
    secret: str = "",
) -> HttpResponse:
    errors = phrases.field_errors(error) if error else {}
    chosen = set(posted.getlist("rights")) if posted else set()
    context: dict[str, Any] = {
        "found": organisation.integrations(request.asker),
        "fields": bind(FIELDS, typed, errors),
        "rights": [(code, phrases.label(RIGHTS, code), code in chosen) for code in RIGHTS],
        "rights_error": errors.get("rights", ""),
        "refusal": phrases.refusal(error) if error and not errors else None,
        "secret": secret,
        "shown_once": bool(secret),
    }
    return staff.page(request, "tokens", context, status=error.status if error else 200)


def _end_of(text: str) -> datetime:
    """Return the end of a day in the office's zone."""
    try:
        day = moment(text).replace(hour=0, minute=0)
    except ValueError as error:
        raise Invalid({"expires_at": msg("请填写日期")}) from error
    return day + timedelta(days=1)
