"""What has run out and waits for whoever is over it: with the clauses that may be invoked, and to urge."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from huiyin.doors import phrases
from huiyin.doors.access import DoorRequest
from huiyin.doors.desk import shell
from huiyin.doors.desk.lists import offset_of
from huiyin.matters import labels
from huiyin.matters import queries as matters
from huiyin.matters.queries.overdue import PAGE, Overdue


def index(request: DoorRequest) -> HttpResponse:
    """Show the duties that ran out on matters this person may see, longest first."""
    offset = offset_of(request.GET.get("from", ""))
    rows, more = matters.overdue(request.asker, request.now, offset=offset)
    context: dict[str, Any] = {
        "rows": [{"one": one, "grounds": _grounds(one)} for one in rows],
        "by_signer": any(one.step for one in rows),
        "first": offset + 1,
        "last": offset + len(rows),
        "earlier": f"?from={max(offset - PAGE, 0)}" if offset else "",
        "later": f"?from={offset + PAGE}" if more else "",
    }
    return shell.page(request, "desk/overdue.html", context, here="overdue")


def _grounds(one: Overdue) -> list[dict[str, str]]:
    """Return each clause that may be invoked, with the address of the matter's form filled in for it."""
    facts = _("%(duty)s期限为%(due)s，%(late)s。") % {
        "duty": phrases.label(labels.DUTIES, one.what),
        "due": phrases.moment(one.due_at),
        "late": phrases.remaining(one.minutes_left, "red"),
    }
    page = reverse("desk:matter", args=[one.number])
    english = phrases.language() == "en"
    return [
        {
            "id": clause.id,
            "text": clause.en if english else clause.zh,
            "address": f"{page}?{urlencode({'invoke': clause.id, 'facts': facts})}#verb-invoke_clause",
        }
        for clause in one.grounds
    ]
