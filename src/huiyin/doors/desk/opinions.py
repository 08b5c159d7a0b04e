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
from huiyin.obligations import queries as duties
from huiyin.organisation import queries as organisation
from huiyin.rules.errors import HuiyinError, Invalid, NotFound, msg
from huiyin.rules.workdays import SHANGHAI
from huiyin.supervision import actions, permissions, queries
from huiyin.supervision.terms import Disposition, OpinionFinding, OpinionKind

if TYPE_CHECKING:
    from datetime import date

    from huiyin.supervision.models import Opinion

PAGE: Final = 100
_SPENT: Final = frozenset({"repeated", "key_unusable"})
TELLING: Final = (
    Field("told_how", msg("怎样告知写意见的人"), "select", required=False),
    Field("told_on", msg("哪天告知"), "date", required=False),
)
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
    Field(
        "line",
        msg("没有做到哪一条承诺"),
        required=False,
        max_length=50,
        help=msg("科室编码/版本/序号，例如 MZ/3/12，见服务承诺页。"),
    ),
    *TELLING,
)
DISPOSE: Final = (
    Field(
        "disposition",
        msg("怎样处理"),
        "select",
        choices={"": msg("请选择"), **{one.value: one.label for one in Disposition}},
    ),
    Field("words", msg("处理的依据和经过"), "textarea", max_length=2000),
    *TELLING,
)
_FORMS: Final = {"handle": HANDLE, "dispose": DISPOSE}


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
    # Whatever waits is shown however old it is.
    waiting = list(queries.opinions(request.asker, waiting=True))
    typed = typed or {"written_on": phrases.day(request.now)}
    context = {
        "kept": queries.keeps_book(tenant, request.now),
        "reads": reads,
        "waiting": [row for row in waiting if row.handled_at is None],
        "broken": [row for row in waiting if _is_open(row)],
        "handled": queries.opinions(request.asker, waiting=False)[:PAGE],
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
    """Show one entry; take what came of it, or how what was broken is dealt with. Nothing typed is lost."""
    row = queries.opinion(request.asker, opinion_id)
    line = queries.line_of(row)
    typed: dict[str, str] = {"line": line[0] if line else ""}
    fault: HuiyinError | None = None
    what = _wanted(row)
    if request.method == "POST":
        what = request.POST.get("what", what)
        typed = read(_FORMS.get(what, HANDLE), request.POST)
        try:
            _take(request, row, what, typed)
        except NotFound:
            raise
        except HuiyinError as error:
            fault = error
        else:
            messages.success(request, _("处理结果已记录，写意见的人能查到。"))
            return redirect("desk:opinion", opinion_id)
    errors = phrases.field_errors(fault) if fault else {}
    verdict = permissions.may_handle_opinion(request.asker, row)
    today = request.now.astimezone(SHANGHAI).date()
    context: dict[str, Any] = {
        "row": row,
        "line": line,
        "breach": queries.breach_of(row),
        "findings": duties.findings_of(row.id),
        "kept": _unplaced(row, what, typed) if fault else [],
        "fields": bind(_telling(row, _FORMS[_wanted(row)]), typed, errors),
        # Which clause asks for it holds before anybody has said what was found.
        "telling": queries.feedback_clause(row, OpinionFinding.CONFIRMED, today),
        "opening": queries.breach_clause(row, OpinionFinding.CONFIRMED, today, named=line is not None),
        "may_handle": bool(verdict) and row.handled_at is None,
        "may_dispose": bool(verdict) and _is_open(row),
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
        Field(
            "line",
            msg("没有做到哪一条承诺"),
            required=False,
            max_length=50,
            help=msg("科室编码/版本/序号，例如 MZ/3/12，见服务承诺页。"),
        ),
        Field("against", msg("说的是谁"), "person", required=False),
        Field("writer", msg("写意见的人"), required=False, max_length=60),
        Field("phone", msg("联系电话"), "tel", required=False, max_length=40),
        Field("written_on", msg("写在哪天"), "date"),
    )


def _is_open(row: Opinion) -> bool:
    """Whether a promise was found broken and nobody has said how that is dealt with."""
    breach = queries.breach_of(row)
    return breach is not None and breach.disposed_at is None


def _wanted(row: Opinion) -> str:
    """Which form an entry wants filled in next."""
    return "dispose" if _is_open(row) else "handle"


def _unplaced(row: Opinion, what: str, typed: dict[str, str]) -> list[tuple[str, str]]:
    """What was typed into a form that is on the page no longer, as somebody else was first."""
    if what == _wanted(row) and not (what == "handle" and row.handled_at):
        return []
    return [(_(one.label), typed[one.name]) for one in _FORMS.get(what, HANDLE) if typed.get(one.name)]


def _take(request: DoorRequest, row: Opinion, what: str, typed: dict[str, str]) -> None:
    by, at = request.asker, request.now
    if what == "dispose":
        actions.dispose_breach(
            row, disposition=typed["disposition"], words=typed["words"], told=_told(typed), by=by, at=at
        )
    else:
        actions.handle_opinion(
            row,
            finding=typed["finding"],
            result=typed["result"],
            told=_told(typed),
            line=typed["line"],
            by=by,
            at=at,
        )


def _telling(row: Opinion, fields: tuple[Field, ...]) -> tuple[Field, ...]:
    """The fields, with the ways in which the writer of an entry can be told."""
    ways = {"": msg("没有告知"), **{one.value: one.label for one in queries.ways_to_tell(row)}}
    return tuple(replace(one, choices=ways) if one.name == "told_how" else one for one in fields)


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
        line=typed["line"],
        written_on=_day(typed["written_on"], "written_on"),
    )


def _day(text: str, name: str) -> date:
    try:
        return moment(text).date()
    except ValueError as error:
        raise Invalid({name: msg("请填写日期")}) from error
