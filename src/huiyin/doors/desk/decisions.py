"""The leaders' inbox: what waits for a decision, with its facts, reasons and basis."""

from __future__ import annotations

from django.http import HttpResponse

from huiyin.doors import phrases
from huiyin.doors.access import DoorRequest
from huiyin.doors.desk import shell
from huiyin.matters import queries as matters
from huiyin.matters.queries import Decision
from huiyin.organisation import queries as organisation
from huiyin.rules.workdays import Calendar

_VERBS = {
    "extension": ("approve_extension", "refuse_extension"),
    "refusal": ("approve_refusal", "overturn_refusal"),
}


def index(request: DoorRequest) -> HttpResponse:
    """Show what waits, longest first; one's own requests stand there without buttons."""
    tenant = organisation.tenant(request.asker.tenant_id)
    calendar = organisation.calendar_of(tenant)
    found = [
        {
            "decision": one,
            "waited_words": phrases.duration(_waited(one, calendar, request)),
            "yes": _VERBS[one.kind][0],
            "no": _VERBS[one.kind][1],
        }
        for one in matters.decisions(request.asker, request.now)
    ]
    return shell.page(request, "desk/decisions.html", {"found": found}, here="decisions")


def _waited(one: Decision, calendar: Calendar, request: DoorRequest) -> int:
    """Return for how many working minutes it has waited."""
    return max(calendar.count_minutes(one.asked_at, request.now), 0)
