"""Messages to the person who is signed in."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from huiyin.delivery import actions as delivery_actions
from huiyin.delivery import queries as delivery
from huiyin.delivery.queries import PAGE
from huiyin.doors.access import DoorRequest
from huiyin.doors.desk import shell
from huiyin.doors.desk.lists import offset_of


def index(request: DoorRequest) -> HttpResponse:
    """Show a page of the messages, the latest first."""
    offset = offset_of(request.GET.get("from", ""))
    found = delivery.inbox(request.asker, limit=PAGE + 1, offset=offset)
    context = {
        "found": found[:PAGE],
        "first": offset + 1,
        "last": offset + len(found[:PAGE]),
        "earlier": f"?from={max(offset - PAGE, 0)}" if offset else "",
        "later": f"?from={offset + PAGE}" if len(found) > PAGE else "",
        "until": request.now.isoformat(),
    }
    return shell.page(request, "desk/inbox.html", context, here="inbox")


def read(request: DoorRequest) -> HttpResponse:
    """Mark one message as read, or all there were when the page was opened, also those on other pages."""
    asker, now = request.asker, request.now
    until = _moment(request.POST.get("until", ""))
    if until is None:
        delivery_actions.mark_read(asker, _ids(request.POST.getlist("id")), now)
    else:
        delivery_actions.mark_all_read(asker, until, now)
    offset = offset_of(request.POST.get("from", ""))
    return redirect(reverse("desk:inbox") + (f"?from={offset}" if offset else ""))


def _moment(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else None


def _ids(texts: list[str]) -> list[UUID]:
    found = []
    for text in texts[:200]:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found
