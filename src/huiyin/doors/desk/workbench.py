"""The workbench: somebody asks, what is offered to me, what I owe."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext

from huiyin.catalogue import queries as catalogue
from huiyin.doors import access
from huiyin.doors.access import DoorRequest, Who
from huiyin.doors.desk import shell
from huiyin.doors.forms import clean
from huiyin.matters import labels
from huiyin.matters import queries as matters
from huiyin.organisation import queries as organisation
from huiyin.rules.errors import msg

ANSWERS = "desk/_answers.html"
_TOLD = {"address": msg("地址"), "phone": msg("电话"), "complaint_phone": msg("投诉电话")}


def home(request: DoorRequest) -> HttpResponse:
    """Show the workbench."""
    return page(request)


def page(
    request: DoorRequest, intake: str = "", more: dict[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    """Show the workbench with a part of the intake open, or that part alone to a script."""
    if intake and shell.is_fragment(request):
        return shell.fragment(request, intake, more or {}, status=status)
    owed = matters.owed(request.asker, request.now)
    context = {
        "intake": intake,
        # Whoever is asked has the duties and guides of their own unit before them until they look for others.
        "known": [] if intake else catalogue.at_hand(request.asker),
        "owed": owed,
        "deserted": matters.deserted(request.asker, request.now),
        "offers": matters.handovers_to(request.asker),
        "wanted_back": matters.wanted_back(request.asker),
        "missing_year": _missing_year(request),
        "unsaid": _unsaid(request),
        "given_kinds": _given_kinds(request),
        **(more or {}),
    }
    return shell.page(request, "desk/home.html", context, here="home", status=status)


def _missing_year(request: DoorRequest) -> int | None:
    """The year whose schedule somebody here should see to, for those who may; None for everybody else."""
    if not access.may_enter(Who.KEEPERS, request.asker):
        return None
    tenant = organisation.tenant(request.asker.tenant_id)
    return organisation.missing_year(organisation.calendar_of(tenant), request.now)


def _given_kinds(request: DoorRequest) -> dict[str, str]:
    """What besides questions and applications may be registered here: what the office's rulebook knows."""
    tenant = organisation.tenant(request.asker.tenant_id)
    return {one: gettext(labels.GIVEN[one]) for one in matters.kinds_taken_in(tenant, request.now)}


def changed(request: DoorRequest) -> dict[str, Any]:
    """Return what a script puts in place beside its answer once something was registered."""
    if not shell.is_fragment(request):
        return {}
    menu = shell.frame(request, "home")["menu"]
    return {"fresh_page": True, "owed": matters.owed(request.asker, request.now), "menu": menu}


def _unsaid(request: DoorRequest) -> list[str]:
    """Return what the people served do not learn of the office yet; only its administrators can tell them."""
    if not access.may_enter(Who.ADMINISTRATOR, request.asker):
        return []
    tenant = organisation.tenant(request.asker.tenant_id)
    return [gettext(label) for name, label in _TOLD.items() if not getattr(tenant, name)]


def whose(request: DoorRequest) -> HttpResponse:
    """Answer whose business something is; posted, because people type names (R56)."""
    text = clean(request.POST.get("q", ""))[:100].strip()
    answers = catalogue.whose(request.asker, text)
    past = matters.handled_like(request.asker, text)
    context = {"q": text, "answers": answers, "past": past, "short": len(text) < catalogue.SHORTEST}
    context["known"] = catalogue.at_hand(request.asker, text)
    return page(request, ANSWERS, context)


def colleagues(request: DoorRequest) -> HttpResponse:
    """Find colleagues to hand over to, for the chooser of people."""
    text = clean(request.POST.get("q", ""))[:50].strip()
    found = [one for one in organisation.colleagues(request.asker, text) if one.id != request.asker.person_id]
    return shell.fragment(request, "desk/_colleagues.html", {"q": text, "found": found})
