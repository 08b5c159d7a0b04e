"""What the office adopted: its rulebook, its own changes with their days, and how to change a clause."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from huiyin.doors import phrases
from huiyin.doors.access import DoorRequest
from huiyin.doors.desk import amendment_form as form
from huiyin.doors.desk import library, shell
from huiyin.doors.forms import bind, clean, read
from huiyin.organisation import actions, permissions
from huiyin.organisation import queries as organisation
from huiyin.rules import library as rule_library
from huiyin.rules.clauses import Clause
from huiyin.rules.errors import HuiyinError, NotFound
from huiyin.rules.overlays import LAW, Change
from huiyin.rules.rulebook import Rulebook

if TYPE_CHECKING:
    from huiyin.organisation.models import RulebookChange, Tenant

_HISTORY: Final = 100


@dataclass(frozen=True, slots=True)
class Line:
    """One clause that a proposal changes: what it says now and what it would say, in words."""

    id: str
    text: str
    before: list[tuple[str, str]]
    after: list[tuple[str, str]]
    wording: str


def index(request: DoorRequest) -> HttpResponse:
    """Show what the office adopted, what waits for a second person, and everything proposed before."""
    return _page(request)


def propose(request: DoorRequest, clause_id: str) -> HttpResponse:
    """Propose to change one clause from a day on, as it will be on that day."""
    tenant = organisation.tenant(request.asker.tenant_id)
    if "." not in clause_id or not shell.rulebook_of(request, tenant).has(clause_id):
        raise NotFound
    permissions.may_propose_rules(request.asker).require()
    today = form.today(request)
    since = form.day_of(request.POST.get("since", ""))
    shown = form.day_of(request.POST.get("shown", "")) or today
    seen = organisation.book_of(tenant, shown).clause(clause_id)
    if since is None:
        error = {"since": _("请填写日期，例如 2026-11-04")}
        return _again(request, seen, read(form.fields_of(seen, shown), request.POST), error, shown)
    on = max(since, today)
    clause = organisation.book_of(tenant, on).clause(clause_id)
    typed = read(form.fields_of(clause, on), request.POST)
    if since > today and form.moved_on(seen, shown, clause, since):
        kept = {name: typed.get(name, "") for name in ("since", "running", "reason")}
        error = {"since": _("到这一天，这一条已另有修订；上面换成了届时的内容，请在此基础上修改")}
        return _again(request, clause, kept, error, since)
    try:
        change = form.change_of(clause, typed, since, request)
        actions.propose_rules(tenant, [change], reason=typed["reason"], by=request.asker, at=request.now)
    except NotFound:
        raise
    except HuiyinError as refused:
        told = phrases.field_errors(refused) or {"": _whole(refused)}
        return _again(request, clause, typed, told, shown)
    messages.success(request, _("已提出，待另一人确认。"))
    return redirect("desk:amendments")


def _whole(refused: HuiyinError) -> str:
    said = phrases.refusal(refused)
    return "".join((said.message, "。" if said.remedy else "", said.remedy))


def _again(
    request: DoorRequest, clause: Clause, typed: Mapping[str, str], errors: Mapping[str, str], on: date
) -> HttpResponse:
    """Show the form once more: what was typed, else what the clause says on the day, and what is wrong."""
    fields = form.fields_of(clause, on)
    values = {one.name: one.initial for one in fields} | dict(typed) | {"shown": on.isoformat()}
    whole = "；".join(text for name, text in errors.items() if name not in values)
    amend = bind(fields, values, errors, "a")
    return library.clause(request, clause.id, amend=amend, fault=whole, status=422)


def decide(request: DoorRequest, amendment_id: UUID, what: str) -> HttpResponse:
    """Confirm, send back, withdraw, or propose to take back."""
    change = organisation.rulebook_change(request.asker, amendment_id)
    if what not in _DONE:
        raise NotFound
    by, at, why = request.asker, request.now, clean(request.POST.get("why", ""))
    try:
        if what == "confirm":
            actions.confirm_rules(change, by=by, at=at)
        elif what == "reject":
            actions.reject_rules(change, remark=why, by=by, at=at)
        elif what == "withdraw":
            actions.withdraw_rules(change, by=by, at=at)
        else:
            actions.propose_taking_back(change, reason=why, by=by, at=at)
    except HuiyinError as error:
        tried = {"tried": change.id, "tried_what": what, "why": why}
        kept = [(_("理由"), why)] if why else []
        context = {"refusal": phrases.refusal(error), "kept": kept, **tried}
        return _page(request, context, status=error.status)
    messages.success(request, _DONE[what]())
    return redirect("desk:amendments")


_DONE: Final = {
    "confirm": lambda: _("已确认，从施行之日起生效。"),
    "reject": lambda: _("已退回。"),
    "withdraw": lambda: _("已撤回。"),
    "revoke": lambda: _("已提出，待另一人确认。"),
}


def _page(
    request: DoorRequest, context: Mapping[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    asker, spoken = request.asker, phrases.language()
    tenant = organisation.tenant(asker.tenant_id)
    book, today = shell.rulebook_of(request, tenant), form.today(request)
    rows = organisation.rulebook_changes(asker)
    adopted = list(rows.filter(state="confirmed", replaces__isnull=True).order_by("since", "number"))
    kept = rule_library.by_kept(rule_library.keepings(book))
    shown = {
        "name": library.book_name(book, spoken),
        "version": book.version,
        "count": len(book.own),
        "kept": [(rule_library.word("kept", way, spoken), len(ids)) for way, ids in kept.items()],
        "layers": _layers(book),
        "to_come": [_shown(request, tenant, row) for row in adopted if row.since > today],
        "in_force": [_shown(request, tenant, row) for row in adopted if row.since <= today],
        "waiting": [_shown(request, tenant, row) for row in rows.filter(state="proposed").order_by("number")],
        "history": rows[:_HISTORY],
        "unfit": organisation.unfit(tenant).items(),
        "may_propose": bool(permissions.may_propose_rules(asker)),
        "may_try": bool(permissions.may_try_rules(asker)),
    }
    return shell.page(
        request, "desk/amendments.html", {**shown, **(context or {})}, here="library", status=status
    )


def _shown(request: DoorRequest, tenant: Tenant, row: RulebookChange) -> dict[str, Any]:
    before = organisation.book_of(tenant, row.since - timedelta(days=1))
    return {
        "change": row,
        "lines": [_line(before, one) for one in organisation.overlay_of(row).changes],
        "late": row.since <= form.today(request),
        "may_confirm": bool(permissions.may_confirm_rules(request.asker, row.proposed_by_id)),
        "may_withdraw": bool(permissions.may_withdraw(request.asker, row.proposed_by_id)),
    }


def _line(before: Rulebook, change: Change) -> Line:
    spoken = phrases.language()
    clause = before.clauses.get(change.clause)
    if clause is None:
        return Line(change.clause, "", [], library.said_values(change.read), change.zh)
    values = clause.on(change.since)
    known = {key: values[key] for key in change.read if key in values}
    return Line(
        change.clause,
        clause.en if spoken == "en" else clause.zh,
        library.said_values(known),
        library.said_values(change.read),
        change.en if spoken == "en" else change.zh,
    )


def _layers(book: Rulebook) -> list[tuple[str, int]]:
    """The laws under the regulation, each with how many of its clauses apply."""
    found: dict[str, int] = {}
    for one in book.clauses.values():
        if one.id.startswith(LAW) and one.source:
            name = one.source["en" if phrases.language() == "en" else "zh"]
            found[name] = found.get(name, 0) + 1
    return list(found.items())
