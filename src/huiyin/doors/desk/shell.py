"""What surrounds every desk page: the office's name, the menu with its counts, who is signed in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from huiyin.delivery import queries as delivery
from huiyin.doors import access, phrases
from huiyin.doors.access import DoorRequest, Who
from huiyin.matters import queries as matters
from huiyin.organisation import permissions
from huiyin.organisation import queries as organisation
from huiyin.organisation.queries import Asker, asker_for_account
from huiyin.rules.errors import HuiyinError, msg
from huiyin.rules.regimes import refusal_filing
from huiyin.rules.rulebook import Rulebook
from huiyin.rules.workdays import SHANGHAI

if TYPE_CHECKING:
    from datetime import datetime

    from huiyin.organisation.models import Tenant


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the menu, with how many things wait there."""

    name: str
    address: str
    icon: str
    label: str
    count: int = 0
    current: bool = False


OWN_FILINGS = "refusals-own"
_MENU = (
    ("home", "home", msg("工作台"), Who.STAFF),
    ("matters", "list", msg("办件"), Who.STAFF),
    ("first", "arrow", msg("我首问的"), Who.STAFF),
    ("documents-in", "sheet", msg("公文"), Who.STAFF),
    ("decisions", "seal", msg("待我审批"), Who.STAFF),
    ("handovers", "arrow", msg("离岗与交接"), Who.STAFF),
    ("positions", "people", msg("岗位责任"), Who.STAFF),
    ("inbox", "mail", msg("消息"), Who.STAFF),
    ("overdue", "warn", msg("超期待处理"), Who.LEADERS),
    ("lights", "board", msg("亮灯看板"), Who.LEADERS),
    ("refusals", "seal", msg("否定报备"), Who.LEADERS),
    (OWN_FILINGS, "seal", msg("我的报备情况"), Who.STAFF),
    ("ledgers", "sheet", msg("台账"), Who.STAFF),
    ("promises", "done", msg("承诺与指南"), Who.STAFF),
    ("library", "book", msg("制度库"), Who.STAFF),
    ("calendar", "clock", msg("放假安排"), Who.KEEPERS),
    ("staff", "people", msg("岗位与人员"), Who.ADMINISTRATOR),
)


def page(
    request: DoorRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    here: str = "",
    status: int = 200,
) -> HttpResponse:
    """Answer with a whole page inside the desk's frame."""
    return render(request, template, {**frame(request, here), **(context or {})}, status=status)


def fragment(
    request: DoorRequest, template: str, context: Mapping[str, Any], *, status: int = 200
) -> HttpResponse:
    """Answer with a part of a page, for a script that puts it in place."""
    tenant = organisation.tenant(request.asker.tenant_id)
    more = {"asker": request.asker, "now": request.now, "rulebook": rulebook_of(request, tenant)}
    return render(request, template, {**more, **context}, status=status)


def frame(request: DoorRequest, here: str) -> dict[str, Any]:
    """Return what the frame shows."""
    asker = request.asker
    tenant = organisation.tenant(asker.tenant_id)
    book = rulebook_of(request, tenant)
    return {
        "asker": asker,
        "now": request.now,
        "tenant": tenant,
        "office_name": phrases.office_name(tenant),
        "rulebook": book,
        "menu": _menu(asker, book, waiting(asker, request.now), here),
    }


def waiting(asker: Asker, now: datetime) -> dict[str, int]:
    """Return how many things wait for this person behind each entry of the menu that counts any."""
    return {
        "home": matters.on_the_desk(asker),
        "decisions": sum(not one.own for one in matters.decisions(asker, now)),
        "inbox": delivery.unread_count(asker),
        "handovers": matters.waiting_sheets(asker),
        "documents-in": matters.count_before(asker),
        "library": _rules_to_confirm(asker),
    }


def rulebook_of(request: DoorRequest, tenant: Tenant) -> Rulebook:
    """Return what the office is bound by today."""
    return organisation.book_of(tenant, request.now.astimezone(SHANGHAI).date())


def around(request: HttpRequest) -> Mapping[str, Any]:
    """Return the frame of a refusal, so that the menu stays; nothing for somebody who is not signed in."""
    account, now = getattr(request, "user", None), getattr(request, "now", None)
    if now is None or account is None or not account.is_authenticated or account.must_change_password:
        return {}
    try:
        request.asker = asker_for_account(account, now)  # type: ignore[attr-defined]
    except HuiyinError:
        return {}
    return frame(cast("DoorRequest", request), "")


def is_fragment(request: DoorRequest) -> bool:
    """Say whether a script asks for a part of the page."""
    return "HX-Request" in request.headers


def _rules_to_confirm(asker: Asker) -> int:
    """Return how many changes of the rulebook wait for this person; asks only who may confirm any."""
    if not permissions.may_confirm_rules(asker, None):
        return 0
    return (
        organisation.rulebook_changes(asker)
        .filter(state="proposed")
        .exclude(proposed_by=asker.person_id)
        .count()
    )


def _menu(asker: Asker, book: Rulebook, waiting: Mapping[str, int], here: str) -> list[Entry]:
    # Leaders find their own record beside everybody's; where filings are not counted there is none.
    leads = access.may_enter(Who.LEADERS, asker)
    hidden = {OWN_FILINGS} if leads or not book.has(refusal_filing.COUNTED) else set()
    return [
        Entry(name, reverse(f"desk:{name}"), icon, gettext(label), waiting.get(name, 0), name == here)
        for name, icon, label, who in _MENU
        if access.may_enter(who, asker) and name not in hidden
    ]
