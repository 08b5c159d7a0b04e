"""Service commitments at the desk: who has promised what, what is lacking, what hangs where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from huiyin.catalogue import actions, labels, permissions
from huiyin.catalogue import queries as catalogue
from huiyin.doors import phrases, posters
from huiyin.doors.access import DoorRequest
from huiyin.doors.desk import shell
from huiyin.doors.desk.receipts import pdf, uuid_or_not_found
from huiyin.doors.forms import Bound, Field, bind, clean, moment, read
from huiyin.organisation import queries as organisation
from huiyin.rules.errors import HuiyinError, Invalid, NotFound, msg
from huiyin.rules.regimes.service_commitment import PROCEDURES, demanded, lines
from huiyin.rules.workdays import SHANGHAI

if TYPE_CHECKING:
    from huiyin.catalogue.models import Commitment, Posting
    from huiyin.catalogue.queries import Gap
    from huiyin.organisation.models import Tenant, Unit

OFFICE: Final = "office"
TABS: Final = (
    ("promises", msg("服务承诺")),
    ("items", msg("办理事项")),
    ("gaps", msg("缺项")),
    ("kept", msg("承诺兑现")),
    ("opinions", msg("意见簿")),
)
_LINES: Final = ("complaint_phone", "complaint_unit")
FIELDS: Final = tuple(
    Field(name, label, "tel" if name == "complaint_phone" else "text", required=False, max_length=100)
    if name in _LINES
    else Field(name, label, "textarea", required=False, max_length=5000, rows=4)
    for name, label in labels.PARTS.items()
)
WALL: Final = (
    Field("place", msg("上墙地点"), max_length=100),
    Field("day", msg("上墙日期"), "date"),
)


@dataclass(frozen=True, slots=True)
class Tried:
    """What was refused on a page of several forms: which one, what was typed into it, and why not."""

    what: str = ""
    typed: Mapping[str, str] = field(default_factory=dict)
    fault: HuiyinError | None = None


NOTHING: Final = Tried()
_DRAFTING: Final = frozenset({"draft", "publish"})


def page(
    request: DoorRequest, template: str, tab: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """Answer with one of the pages about what is promised, with the tabs to the others."""
    more = {"tabs": [(name, reverse(f"desk:{name}"), _(label)) for name, label in TABS], "tab": tab}
    return shell.page(request, f"desk/{template}.html", {**more, **context}, here="promises", status=status)


def index(request: DoorRequest) -> HttpResponse:
    """Show the office and each unit with what it has published, what is being written, and where it hangs."""
    tenant = organisation.tenant(request.asker.tenant_id)
    hanging = [row for row in catalogue.hanging(tenant.id) if row.commitment is not None]
    rows = [
        {
            "name": one.unit.name if one.unit else phrases.office_name(tenant),
            "whose": str(one.unit.id) if one.unit else OFFICE,
            "one": one,
            "places": [row for row in hanging if _is_of(row, one.published)],
            "may_draft": bool(
                permissions.may_draft_commitment(request.asker, one.unit.id if one.unit else None)
            ),
        }
        for one in catalogue.standings(tenant.id)
    ]
    context = {
        "rows": rows,
        "hanging": [{"posting": row, "outdated": catalogue.is_outdated(row)} for row in hanging],
    }
    return page(request, "promises", "promises", context)


def gaps(request: DoorRequest) -> HttpResponse:
    """List what should be public and is not, with the clause that asks for it."""
    tenant = organisation.tenant(request.asker.tenant_id)
    found = catalogue.gaps(tenant, _today(request))
    return page(request, "promises_gaps", "gaps", {"rows": [_gap(one) for one in found]})


def edit(request: DoorRequest, whose: str) -> HttpResponse:
    """Show a commitment with its draft to write on; a refusal keeps what was typed."""
    tenant, unit = _whose(request, whose)
    if request.method != "POST":
        return _edit_page(request, whose)
    typed, seen = read(FIELDS, request.POST), request.POST.get("seen", "")[:9]
    try:
        _save(request, tenant, unit, typed, seen)
    except NotFound:
        raise
    except HuiyinError as error:
        return _edit_page(request, whose, Tried("draft", typed, error))
    messages.success(request, _("草稿已保存，还没有公布。"))
    return redirect("desk:promise", whose)


def decide(request: DoorRequest, whose: str, act: str) -> HttpResponse:
    """Publish the draft, or take down what is published."""
    unit = _whose(request, whose)[1]
    by, at = request.asker, request.now
    why = clean(request.POST.get("why", ""))
    rows = {row.state: row for row in reversed(catalogue.history(by, unit.id if unit else None))}
    row = rows.get({"publish": "draft", "withdraw": "published"}.get(act, ""))
    if row is None:
        raise NotFound
    try:
        if act == "publish":
            actions.publish_commitment(row, by=by, at=at)
            messages.success(request, _("承诺已公布，网上办事大厅已能看到；请打印公示牌上墙并登记。"))
        else:
            actions.withdraw_commitment(row, why=why, by=by, at=at)
            messages.success(request, _("承诺已撤下。"))
    except NotFound:
        raise
    except HuiyinError as error:
        return _edit_page(request, whose, Tried(act, {"why": why}, error))
    return redirect("desk:promise", whose)


def board(request: DoorRequest, commitment_id: UUID) -> HttpResponse:
    """Print a version of a commitment as a board, on A4 or A3."""
    row = catalogue.commitment(request.asker, commitment_id)
    if not any(row.said.get(one.name) for one in FIELDS if one.name not in _LINES):
        raise Invalid({"content": msg("承诺是空的，请先填写内容")}, code="commitment_empty")
    return pdf(
        posters.drawn(posters.board_of(row, request.GET.get("paper", ""), request.now)),
        posters.board_name(row),
    )


def post(request: DoorRequest, commitment_id: UUID) -> HttpResponse:
    """Record where a board hangs since when; a refusal keeps what was typed."""
    row = catalogue.commitment(request.asker, commitment_id)
    whose = str(row.unit_id or OFFICE)
    typed = read(WALL, request.POST)
    try:
        actions.post_board(
            row, place=typed["place"], day=day_of(typed["day"]), by=request.asker, at=request.now
        )
    except NotFound:
        raise
    except HuiyinError as error:
        return _edit_page(request, whose, Tried("wall", typed, error))
    messages.success(request, _("上墙情况已登记。"))
    return redirect("desk:promise", whose)


def down(request: DoorRequest, posting_id: UUID) -> HttpResponse:
    """Record that something was taken down today."""
    posting = catalogue.posting(request.asker, posting_id)
    actions.take_down(posting, day=_today(request), by=request.asker, at=request.now)
    messages.success(request, _("已登记取下。"))
    return redirect("desk:promises")


def day_of(text: str) -> date:
    """Read a day of the office's calendar.

    Raises:
        Invalid: it is none.
    """
    try:
        return moment(text).date()
    except ValueError as error:
        raise Invalid({"day": msg("请填写日期")}) from error


def wall_form(request: DoorRequest, prefix: str, tried: Tried = NOTHING) -> list[Bound]:
    """Return the fields for where something hangs: as they were refused, or with today filled in."""
    if tried.what == "wall" and tried.fault is not None:
        return bind(WALL, tried.typed, phrases.field_errors(tried.fault), prefix)
    return bind(WALL, {"day": _today(request).isoformat()}, prefix=prefix)


def _edit_page(request: DoorRequest, whose: str, tried: Tried = NOTHING) -> HttpResponse:
    tenant, unit = _whose(request, whose)
    standing = next(
        one
        for one in catalogue.standings(tenant.id)
        if one.unit == unit or (unit is None and one.unit is None)
    )
    typed = dict(tried.typed) if tried.what == "draft" else _said(standing.draft or standing.published)
    context = _edited(request, standing, whose, typed, tried)
    # Whoever saves again after reading this has seen the draft as it is now.
    context["seen"] = str(standing.draft.revision if standing.draft else 0)
    context["refusal"] = phrases.refusal(tried.fault) if tried.fault else None
    status = tried.fault.status if tried.fault else 200
    return page(request, "promise", "promises", context, status=status)


def _save(request: DoorRequest, tenant: Tenant, unit: Unit | None, typed: dict[str, str], seen: str) -> None:
    actions.draft_commitment(
        tenant,
        unit,
        said=typed,
        seen=int(seen) if seen.isdecimal() else -1,
        by=request.asker,
        at=request.now,
    )


def _edited(
    request: DoorRequest,
    standing: catalogue.Standing,
    whose: str,
    typed: dict[str, str],
    tried: Tried,
) -> dict[str, Any]:
    unit = standing.unit
    errors = phrases.field_errors(tried.fault) if tried.fault and tried.what in _DRAFTING else {}
    tenant = organisation.tenant(request.asker.tenant_id)
    asked = demanded(organisation.book_of(tenant, _today(request)), _today(request))
    versions = catalogue.history(request.asker, unit.id if unit else None)
    return {
        **_on_a_day(request, tenant, unit),
        "name": unit.name if unit else phrases.office_name(tenant),
        "whose": whose,
        "standing": standing,
        "fields": [
            one
            for one in bind(_asked(asked), typed, errors)
            if one.field.name in asked or one.value or not asked or one.field.name in {"content", *_LINES}
        ],
        "clauses": list(dict.fromkeys(asked.values())),
        "said": [(_(label), typed[name]) for name, label in labels.PARTS.items() if typed.get(name)],
        "versions": versions,
        "numbered": [_numbered(row) for row in versions if row.published_at is not None],
        "postings": [
            {"posting": row, "outdated": catalogue.is_outdated(row)}
            for row in catalogue.postings_of(request.asker, commitments=versions)
        ],
        "wall": wall_form(request, "wall", tried),
        "tried": tried.what,
        "why": tried.typed.get("why", ""),
        "kept": [(_("撤下的理由"), tried.typed["why"])] if tried.typed.get("why") else [],
        "may_draft": bool(permissions.may_draft_commitment(request.asker, unit.id if unit else None)),
        "may_publish": bool(permissions.may_publish_commitment(request.asker)),
        "may_post": bool(permissions.may_record_posting(request.asker, unit.id if unit else None)),
    }


def _on_a_day(request: DoorRequest, tenant: Tenant, unit: Unit | None) -> dict[str, Any]:
    """Which version was in force on the day somebody asks for, where a clause wants past ones shown."""
    book = organisation.book_of(tenant, _today(request))
    if not book.has(PROCEDURES):
        return {"asks_day": ""}
    typed = request.GET.get("on", "")[:10]
    found, wrong = None, ""
    if typed:
        try:
            found = catalogue.commitment_on(
                request.asker, unit.id if unit else None, date.fromisoformat(typed)
            )
            wrong = "" if found else _("这一天没有公布的承诺")
        except (ValueError, OverflowError):
            wrong = _("请填写日期")
    return {"asks_day": book.cite(PROCEDURES), "on": typed, "on_wrong": wrong, "on_found": found}


def _asked(asked: Mapping[str, str]) -> list[Field]:
    """The fields, those marked that must be filled in before the commitment is published."""
    return [
        replace(one, required=True, help=msg("公布前必填")) if one.name in asked else one for one in FIELDS
    ]


def _numbered(row: Commitment) -> dict[str, Any]:
    """A version that is or was public, line by line, each with the reference by which it is cited."""
    parts = [
        (_(labels.PARTS[name]), [(one, catalogue.reference(row, one.number)) for one in told])
        for name, told in groupby(lines(row.said), key=lambda one: one.part)
    ]
    return {"row": row, "parts": parts}


def _said(row: Commitment | None) -> dict[str, str]:
    return {name: str(row.said.get(name, "")) if row else "" for name in labels.PARTS}


def _whose(request: DoorRequest, whose: str) -> tuple[Tenant, Unit | None]:
    tenant = organisation.tenant(request.asker.tenant_id)
    if whose == OFFICE:
        return tenant, None
    found = organisation.unit(request.asker, uuid_or_not_found(whose))
    if found not in catalogue.serving_units(tenant.id):
        raise NotFound
    return tenant, found


def _is_of(row: Posting, published: Commitment | None) -> bool:
    return published is not None and row.commitment_id == published.id


def _gap(one: Gap) -> dict[str, Any]:
    if one.item_id is not None:
        address = reverse("desk:item", args=[one.item_id])
    else:
        address = reverse("desk:promise", args=[str(one.unit_id or OFFICE)])
    return {
        "gap": one,
        "what": phrases.label(labels.GAPS, one.what),
        "parts": [phrases.label(labels.CONTENTS, part) for part in one.parts],
        "address": address,
    }


def _today(request: DoorRequest) -> date:
    return request.now.astimezone(SHANGHAI).date()
