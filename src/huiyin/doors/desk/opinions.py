"""The opinion book at the desk: copied in by anybody, read and handled by who is not concerned."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from huiyin.doors import phrases
from huiyin.doors.access import DoorRequest
from huiyin.doors.desk import promises
from huiyin.doors.desk.people import chosen
from huiyin.doors.desk.receipts import uuid_or_not_found
from huiyin.doors.forms import Field, bind, moment, read
from huiyin.organisation import queries as organisation
from huiyin.rules.errors import HuiyinError, Invalid, NotFound, msg
from huiyin.rules.workdays import SHANGHAI
from huiyin.supervision import actions, permissions, queries
from huiyin.supervision.terms import OpinionFinding, OpinionKind

if TYPE_CHECKING:
    from datetime import date

    from huiyin.supervision.models import Opinion

PAGE: Final = 100
_SPENT: Final = frozenset({"repeated", "key_unusable"})
HANDLE: Final = (
    Field(
        "finding",
        msg("查处结论"),
        "select",
        choices={"": msg("请选择"), **{one.value: one.label for one in OpinionFinding}},
    ),
    Field(
        "result", msg("处理结果"), "textarea", max_length=2000, help=msg("写意见的人凭编号和查询码能看到。")
    ),
    Field("told_how", msg("怎样告知写意见的人"), "select", required=False),
    Field("told_on", msg("哪天告知"), "date", required=False),
)


def index(
    request: DoorRequest,
    *,
    typed: dict[str, str] | None = None,
    errors: dict[str, str] | None = None,
    fault: HuiyinError | None = None,
    entered: actions.Entered | None = None,
) -> HttpResponse:
    """Show the book to who reads it, those that wait first, and to everybody the form to copy from paper."""
    tenant = organisation.tenant(request.asker.tenant_id)
    reads = bool(permissions.may_read_opinions(request.asker))
    rows = list(queries.opinions(request.asker)[:PAGE])
    typed = typed or {"written_on": phrases.day(request.now)}
    context = {
        "kept": queries.keeps_book(tenant, request.now),
        "reads": reads,
        "waiting": [row for row in rows if row.handled_at is None],
        "handled": [row for row in rows if row.handled_at is not None],
        "fields": bind(_fields(request), typed, errors),
        # What was refused may be sent again; under a key that stands for something else it could not.
        "key": request.POST.get("key", "") if fault and fault.code not in _SPENT else "",
        "entered": entered,
        "shown_once": entered is not None,
        "refusal": phrases.refusal(fault) if fault else None,
    }
    return promises.page(request, "opinions", "opinions", context, status=fault.status if fault else 200)


def copy(request: DoorRequest) -> HttpResponse:
    """Copy an entry from the paper book; its number and code show this once, for the writer."""
    tenant = organisation.tenant(request.asker.tenant_id)
    typed = read(_fields(request), request.POST)
    try:
        words = _words(request, typed)
        entered = actions.write_opinion(
            tenant, words, by=request.asker, at=request.now, key=request.POST.get("key", "")[:80]
        )
    except NotFound:
        raise
    except HuiyinError as error:
        return index(request, typed=typed, errors=phrases.field_errors(error), fault=error)
    return index(request, entered=entered)


def show(request: DoorRequest, opinion_id: UUID) -> HttpResponse:
    """Show one entry, and take what came of it; a refusal keeps what was typed."""
    row = queries.opinion(request.asker, opinion_id)
    typed: dict[str, str] = {}
    fault: HuiyinError | None = None
    if request.method == "POST":
        typed = read(HANDLE, request.POST)
        try:
            actions.handle_opinion(
                row,
                finding=typed["finding"],
                result=typed["result"],
                told=_told(typed),
                by=request.asker,
                at=request.now,
            )
        except NotFound:
            raise
        except HuiyinError as error:
            fault = error
        else:
            messages.success(request, _("处理结果已记录，写意见的人能查到。"))
            return redirect("desk:opinion", opinion_id)
    errors = phrases.field_errors(fault) if fault else {}
    verdict = permissions.may_handle_opinion(request.asker, row)
    context: dict[str, Any] = {
        "row": row,
        "fields": bind(_handling(row), typed, errors),
        # Which clause asks for it holds before anybody has said what was found.
        "telling": queries.feedback_clause(
            row, OpinionFinding.CONFIRMED, request.now.astimezone(SHANGHAI).date()
        ),
        "may_handle": bool(verdict) and row.handled_at is None,
        "reason": "" if verdict else _(verdict.reason),
        "refusal": phrases.refusal(fault) if fault else None,
    }
    return promises.page(request, "opinion", "opinions", context, status=fault.status if fault else 200)


def _fields(request: DoorRequest) -> tuple[Field, ...]:
    units = {str(one.id): one.name for one in organisation.units(request.asker)}
    return (
        Field(
            "kind",
            msg("种类"),
            "select",
            choices={"": msg("请选择"), **{one.value: one.label for one in OpinionKind}},
        ),
        Field("text", msg("意见内容"), "textarea", max_length=2000, rows=4),
        Field("unit", msg("说的是哪个科室"), "select", required=False, choices={"": msg("没有说"), **units}),
        Field("against", msg("说的是谁"), "person", required=False),
        Field("writer", msg("写意见的人"), required=False, max_length=60),
        Field("phone", msg("联系电话"), "tel", required=False, max_length=40),
        Field("written_on", msg("写在哪天"), "date"),
    )


def _handling(row: Opinion) -> tuple[Field, ...]:
    """The fields for what came of an entry, with the ways in which its writer can be told."""
    ways = {"": msg("没有告知"), **{one.value: one.label for one in queries.ways_to_tell(row)}}
    return tuple(replace(one, choices=ways) if one.name == "told_how" else one for one in HANDLE)


def _told(typed: dict[str, str]) -> actions.Told:
    if not typed["told_on"]:
        return actions.Told(typed["told_how"])
    return actions.Told(typed["told_how"], _day(typed["told_on"], "told_on"))


def _words(request: DoorRequest, typed: dict[str, str]) -> actions.Words:
    against = typed["against"] or typed.get("against_text", "")
    person = organisation.person(request.asker, chosen(request.asker, typed, "against")) if against else None
    unit = organisation.unit(request.asker, uuid_or_not_found(typed["unit"])) if typed["unit"] else None
    return actions.Words(
        kind=typed["kind"],
        text=typed["text"],
        unit=unit,
        against=person,
        writer=typed["writer"],
        phone=typed["phone"],
        written_on=_day(typed["written_on"], "written_on"),
    )


def _day(text: str, name: str) -> date:
    try:
        return moment(text).date()
    except ValueError as error:
        raise Invalid({name: msg("请填写日期")}) from error
