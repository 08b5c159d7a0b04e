"""Messages to the person who is signed in."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect

from huiyin.delivery import actions as delivery_actions
from huiyin.delivery import queries as delivery
from huiyin.doors.access import DoorRequest
from huiyin.doors.desk import shell


def index(request: DoorRequest) -> HttpResponse:
    """Show the latest messages."""
    return shell.page(request, "desk/inbox.html", {"found": delivery.inbox(request.asker)}, here="inbox")


def read(request: DoorRequest) -> HttpResponse:
    """Mark one message, or all that the page showed, as read."""
    delivery_actions.mark_read(request.asker, _ids(request.POST.getlist("id")), request.now)
    return redirect("desk:inbox")


def _ids(texts: list[str]) -> list[UUID]:
    found = []
    for text in texts[:200]:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found
