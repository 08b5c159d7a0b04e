"""Service items at the desk: what is offered, how an item came to be as it is, its guide, and changing it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from huiyin.catalogue import actions, labels, permissions
from huiyin.catalogue import queries as catalogue
from huiyin.catalogue.bases import demanding
from huiyin.catalogue.simplified import Difference, differences
from huiyin.catalogue.terms import Category
from huiyin.doors import phrases, posters
from huiyin.doors.access import DoorRequest
from huiyin.doors.desk import item_form, promises
from huiyin.doors.desk.promises import NOTHING, Tried
from huiyin.doors.desk.receipts import pdf, uuid_or_not_found
from huiyin.doors.forms import bind, clean, read
from huiyin.matters import queries as matters
from huiyin.organisation import queries as organisation
from huiyin.rules.errors import HuiyinError, Invalid, NotFound, msg
from huiyin.rules.regimes import service_commitment
from huiyin.rules.rulebook import Rulebook
from huiyin.rules.vocabulary import Limit
from huiyin.rules.workdays import SHANGHAI

if TYPE_CHECKING:
    from uuid import UUID

    from huiyin.catalogue.models import ServiceItem
    from huiyin.matters.models import Matter
    from huiyin.organisation.models import Position

PAGE: Final = 200
NAMES: Final = {
    "name": msg("事项名称"),
    "unit": msg("承办科室"),
    "position": msg("承办岗位"),
    "category": msg("事项类别"),
    "instant": msg("即办件"),
    "open_to_public": msg("向社会公开"),
    "statutory": msg("法定时限"),
    "committed": msg("承诺时限"),
    "bases": msg("规定时限的法律条款"),
    "step": msg("环节"),
    "signer": msg("签批岗位"),
    "material": msg("材料"),
    **{name: labels.CONTENTS[name] for name in ("legal_basis", "conditions", "procedure", "fee")},
}


def index(request: DoorRequest) -> HttpResponse:
    """List the items of the office, or those that hold what is looked for."""
    text = clean(request.GET.get("q", ""))[:50].strip()
    found = catalogue.items(request.asker, active=None)
    if text:
        found = found.filter(name__icontains=text) | found.filter(code__icontains=text)
    rows = list(found[: PAGE + 1])
    context = {
        "text": text,
        "more": len(rows) > PAGE,
        "rows": [_row(one) for one in rows[:PAGE]],
        "may_edit": bool(permissions.may_edit_items(request.asker)),
    }
    return promises.page(request, "items", "items", context)


def show(request: DoorRequest, item_id: UUID) -> HttpResponse:
    """Show one item: as it stands, what each version changed, where its guide hangs, who was given one."""
    return _page(request, item_id)


def _page(request: DoorRequest, item_id: UUID, tried: Tried = NOTHING) -> HttpResponse:
    fault = tried.fault
    item = catalogue.item_by_id(request.asker, item_id)
    versions = catalogue.versions(request.asker, item_id)
    kept = [guide for _since, guide in versions]
    told = [
        {"since": since, "guide": guide, "changes": [_said(one) for one in differences(before, guide)]}
        for (since, guide), before in zip(versions, [*kept[1:], kept[-1]], strict=True)
    ]
    context = {
        "row": _row(item),
        "guide": kept[0],
        "category": Category(item.category).label,
        "steps": [(one.name, phrases.limit(one.limit), one.post) for one in kept[0].steps],
        "bases": [(one, phrases.limit(one.limit)) for one in kept[0].bases],
        "versions": told,
        **_on_a_day(request, item_id),
        "postings": [
            {"posting": one, "outdated": catalogue.is_outdated(one)}
            for one in catalogue.postings_of(request.asker, item_id=item_id)
        ],
        "given": catalogue.guides_given(request.asker, item_id=item_id, most=20),
        "logs_guides": _book(request).has(catalogue.GIVEN),
        "wall": promises.wall_form(request, "wall", tried),
        "tried": tried.what,
        "number": tried.typed.get("number", ""),
        "number_error": phrases.field_errors(fault).get("number", "") if fault else "",
        "may_edit": bool(permissions.may_edit_items(request.asker)),
        "may_post": bool(permissions.may_record_posting(request.asker, item.unit_id)),
        "refusal": phrases.refusal(fault) if fault else None,
    }
    return promises.page(request, "item", "items", context, status=fault.status if fault else 200)


def _on_a_day(request: DoorRequest, item_id: UUID) -> dict[str, Any]:
    """How the item stood on the day somebody asks for, where a clause wants past versions shown."""
    book = _book(request)
    if not book.has(service_commitment.PROCEDURES):
        return {"asks_day": ""}
    typed = request.GET.get("on", "")
    found, wrong = None, ""
    if typed:
        try:
            found = catalogue.version_on(request.asker, item_id, date.fromisoformat(typed))
            wrong = "" if found else _("这一天还没有登记这个事项")
        except (ValueError, OverflowError):
            wrong = _("请填写日期")
    return {
        "asks_day": book.cite(service_commitment.PROCEDURES),
        "rulebook": book,
        "on": typed[:10],
        "on_wrong": wrong,
        "on_found": found,
        "on_limits": [phrases.limit(one) for one in (found[1].statutory, found[1].committed)]
        if found
        else [],
        "on_steps": [(one.name, phrases.limit(one.limit)) for one in found[1].steps] if found else [],
    }


def edit(request: DoorRequest, item_id: UUID) -> HttpResponse:
    """Change an item: first shown what would change, then saved as the next version."""
    permissions.may_edit_items(request.asker).require()
    item = catalogue.item_by_id(request.asker, item_id)
    since, now = catalogue.versions(request.asker, item_id)[0]
    typed, seen = item_form.typed_of(now, active=item.active), str(item.version)
    asked = item_form.fields(request.asker, new=False)
    fault: HuiyinError | None = None
    shown: dict[str, Any] = {}
    if request.method == "POST":
        typed, seen = read(asked, request.POST), request.POST.get("seen", "")[:9]
        try:
            shown = _change(request, item, now, typed, seen)
        except NotFound:
            raise
        except HuiyinError as error:
            fault = error
            seen = str(item.version) if error.code == "stale" else seen
        else:
            if shown.get("saved"):
                messages.success(request, _("事项已保存为新版本；办理中的事项仍按受理时的版本。"))
                return redirect("desk:item", item_id)
    context = {
        "row": _row(item),
        "since": since,
        "fields": bind(asked, typed, phrases.field_errors(fault) if fault else {}),
        "seen": seen,
        "refusal": phrases.refusal(fault) if fault else None,
        **shown,
    }
    return promises.page(request, "item_edit", "items", context, status=fault.status if fault else 200)


def add(request: DoorRequest) -> HttpResponse:
    """Add an item in its first version; a refusal keeps what was typed."""
    permissions.may_edit_items(request.asker).require()
    asked = item_form.fields(request.asker, new=True)
    typed: dict[str, str] | None = None
    fault: HuiyinError | None = None
    if request.method == "POST":
        typed = read(asked, request.POST)
        try:
            item = _add(request, typed)
        except NotFound:
            raise
        except HuiyinError as error:
            fault = error
        else:
            messages.success(request, _("事项已登记。"))
            return redirect("desk:item", item.id)
    context = {
        "row": None,
        "fields": bind(asked, typed, phrases.field_errors(fault) if fault else {}),
        "refusal": phrases.refusal(fault) if fault else None,
    }
    return promises.page(request, "item_edit", "items", context, status=fault.status if fault else 200)


def guide_pdf(request: DoorRequest, item_id: UUID) -> HttpResponse:
    """Print the guide of an item, public or not."""
    item = catalogue.item_by_id(request.asker, item_id)
    guide = catalogue.guide(item.tenant_id, item.code, public=False)
    return pdf(posters.drawn(posters.guide_of(item.tenant, guide)), posters.guide_name(guide))


def give(request: DoorRequest, item_id: UUID) -> HttpResponse:
    """Record that somebody was given the guide, about a matter of theirs or about none."""
    item = catalogue.item_by_id(request.asker, item_id)
    typed = clean(request.POST.get("number", ""))[:60]
    try:
        matter = _matter(request, typed)
        actions.give_guide(
            item,
            by=request.asker,
            at=request.now,
            subject_id=matter.id if matter else None,
            number=matter.number if matter else "",
        )
    except NotFound:
        raise
    except HuiyinError as error:
        return _page(request, item_id, Tried("give", {"number": typed}, error))
    messages.success(request, _("指南发放已登记。"))
    return redirect("desk:item", item_id)


def post(request: DoorRequest, item_id: UUID) -> HttpResponse:
    """Record where the guide hangs since when."""
    item = catalogue.item_by_id(request.asker, item_id)
    typed = read(promises.WALL, request.POST)
    try:
        actions.post_guide(
            item, place=typed["place"], day=promises.day_of(typed["day"]), by=request.asker, at=request.now
        )
    except NotFound:
        raise
    except HuiyinError as error:
        return _page(request, item_id, Tried("wall", typed, error))
    messages.success(request, _("上墙情况已登记。"))
    return redirect("desk:item", item_id)


def _matter(request: DoorRequest, typed: str) -> Matter | None:
    number = typed.strip().upper()
    try:
        return matters.get(request.asker, number) if number else None
    except NotFound as error:
        raise Invalid({"number": msg("没有找到这个编号的办件")}) from error


def _change(
    request: DoorRequest, item: ServiceItem, now: catalogue.Guide, typed: dict[str, str], seen: str
) -> dict[str, Any]:
    """Save what was typed when it was confirmed, else say what it would change; nothing is written then."""
    lawful = bool(demanding(_book(request), typed["category"]))
    if typed["statutory"] == item_form.typed_of(now, active=True)["statutory"] and lawful:
        typed = {**typed, "statutory": ""}
    asked = item_form.understood(typed, lawful=lawful)
    position = _position(request, asked.position_id)
    tried = actions.try_change(
        item,
        by=request.asker,
        at=request.now,
        position=position,
        seen=int(seen) if seen.isdecimal() else -1,
        save=request.POST.get("confirm") == "yes",
        **asked.changes,
    )
    changes = [_said(one) for one in differences(now, tried)]
    closed = item.active != asked.changes["active"]
    return {
        "saved": request.POST.get("confirm") == "yes",
        "changes": changes,
        "closed": closed,
        "unchanged": not changes and not closed,
        "checked": True,
    }


def _add(request: DoorRequest, typed: dict[str, str]) -> ServiceItem:
    lawful = bool(demanding(_book(request), typed["category"]))
    asked = item_form.understood(typed, lawful=lawful)
    position = _position(request, asked.position_id)
    return actions.add_item(position, code=typed["code"], by=request.asker, at=request.now, **asked.changes)


def _position(request: DoorRequest, chosen: str) -> Position:
    if not chosen:
        raise Invalid({"position": msg("请选择承办岗位")})
    return organisation.position(request.asker, uuid_or_not_found(chosen))


def _row(item: ServiceItem) -> dict[str, Any]:
    statutory, committed = catalogue.limits_of(item)
    return {
        "item": item,
        "statutory": phrases.limit(statutory),
        "committed": phrases.limit(committed),
    }


def _said(one: Difference) -> dict[str, Any]:
    """A difference in words: what, before, after, and whether people wait or bring less."""
    return {
        "what": _(NAMES[one.field]),
        "name": one.name,
        "before": _value(one.field, one.before),
        "after": _value(one.field, one.after),
        "shorter": one.shorter,
    }


def _value(field: str, value: Limit | str | None) -> str:
    if isinstance(value, Limit):
        return phrases.limit(value)
    if field == "category":
        return str(Category(value or "").label)
    return {"True": _("是"), "False": _("否")}.get(value or "", value or "—")


def _book(request: DoorRequest) -> Rulebook:
    tenant = organisation.tenant(request.asker.tenant_id)
    return organisation.book_of(tenant, request.now.astimezone(SHANGHAI).date())
