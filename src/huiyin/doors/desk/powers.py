"""Who may refuse what (否定权限): read by whoever leads, kept by the main leader and the administrators."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from huiyin.catalogue import queries as catalogue
from huiyin.doors import phrases
from huiyin.doors.access import DoorRequest
from huiyin.doors.desk import filings, shell
from huiyin.doors.desk.receipts import uuid_or_not_found
from huiyin.doors.forms import Bound, Field, bind, read
from huiyin.matters import actions, permissions
from huiyin.matters import queries as matters
from huiyin.matters.queries import Power
from huiyin.organisation import queries as organisation
from huiyin.reports.sheets import Table
from huiyin.rules.errors import HuiyinError, NotFound, msg
from huiyin.rules.regimes import refusal_filing

FIELDS: Final = (
    Field("position", msg("岗位"), "select", required=False, help=msg("不选就是所有岗位。")),
    Field("item", msg("事项"), "select", required=False, help=msg("不选就是所有事项。")),
)


def index(request: DoorRequest) -> HttpResponse:
    """Show what each position may refuse, and take the power to refuse from one."""
    permissions.may_see_powers(request.asker).require()
    typed: dict[str, str] = {}
    fault: HuiyinError | None = None
    if request.method == "POST":
        typed = read(FIELDS, request.POST)
        try:
            actions.restrict_refusal(
                request.asker,
                position=_chosen(typed["position"]),
                item=_chosen(typed["item"]),
                at=request.now,
            )
        except NotFound:
            raise
        except HuiyinError as error:
            fault = error
        else:
            messages.success(request, _("已登记：否定前须先请示。"))
            return redirect("desk:powers")
    return _page(request, typed, fault)


def lift(request: DoorRequest, restriction_id: UUID) -> HttpResponse:
    """Give the power to refuse back."""
    actions.lift_restriction(request.asker, restriction_id, at=request.now)
    messages.success(request, _("已恢复否定权。"))
    return redirect("desk:powers")


def export(request: DoorRequest) -> HttpResponse:
    """Give the register as a workbook."""
    permissions.may_see_powers(request.asker).require()
    titles = (
        msg("科室"),
        msg("岗位编码"),
        msg("岗位"),
        msg("责任人"),
        msg("能否否定"),
        msg("须先请示的事项"),
    )
    rows = [
        [
            one.position.unit.name,
            one.position.code,
            one.position.title,
            one.holder.name if one.holder else "",
            _(_may(one)),
            "、".join(item.name for item in one.asks),
        ]
        for one in matters.powers(request.asker)
    ]
    name = phrases.office_name(organisation.tenant(request.asker.tenant_id))
    table = Table(_("否定权限"), [_(one) for one in titles], rows)
    title = _("%(office)s否定权限表") % {"office": name}
    return filings.workbook(request, "powers", title, phrases.day(request.now), [table])


def _chosen(text: str) -> UUID | None:
    return uuid_or_not_found(text) if text else None


def _page(request: DoorRequest, typed: dict[str, str], fault: HuiyinError | None) -> HttpResponse:
    asker = request.asker
    keeps = bool(permissions.may_keep_powers(asker))
    book = shell.rulebook_of(request, organisation.tenant(asker.tenant_id))
    errors = phrases.field_errors(fault) if fault else {}
    context: dict[str, Any] = {
        "clause": book.cite(refusal_filing.POWER),
        "rows": [{"power": one, "may": _(_may(one))} for one in matters.powers(asker)],
        "everywhere": [row for row in matters.restrictions(asker) if row.position_id is None],
        "restrictions": matters.restrictions(asker) if keeps else [],
        "keeps": keeps,
        "fields": _fields(request, typed, errors) if keeps else [],
        "refusal": phrases.refusal(fault) if fault and not errors else None,
    }
    return filings.page(request, "powers", "powers", context, status=fault.status if fault else 200)


def _may(one: Power) -> str:
    """What a position may refuse, as a message id."""
    if one.none:
        return msg("不可以，须先请示")
    return msg("除列出的事项外可以") if one.asks else msg("可以")


def _fields(request: DoorRequest, typed: dict[str, str], errors: dict[str, str]) -> list[Bound]:
    positions = organisation.positions(request.asker)
    choices = {
        "position": {
            "": msg("所有岗位"),
            **{str(one.id): f"{one.code} {one.title}" for one in positions},
        },
        "item": {
            "": msg("所有事项"),
            **{str(one.id): f"{one.code} {one.name}" for one in catalogue.items(request.asker)},
        },
    }
    return bind([replace(one, choices=choices[one.name]) for one in FIELDS], typed, errors, "p")
