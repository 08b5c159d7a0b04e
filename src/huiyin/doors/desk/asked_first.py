"""What somebody was asked first and still follows, what nobody answered, and papers that did not arrive."""

from __future__ import annotations

from django.http import HttpResponse

from huiyin.doors.access import DoorRequest
from huiyin.doors.desk import shell
from huiyin.matters import queries as matters
from huiyin.reports.ratings import receptions


def index(request: DoorRequest) -> HttpResponse:
    """Show the lists that wait for this person, oldest first."""
    asker = request.asker
    context = {
        "followed": matters.followed(asker),
        "unanswered": matters.unanswered(asker),
        "unled": matters.unled(asker),
        "unreviewed": matters.unreviewed(asker),
        "unserved": matters.unserved(asker),
        "papers": matters.papers_waiting(asker),
        "asked": matters.asked_of(asker),
        "receptions": receptions(asker),
    }
    return shell.page(request, "desk/first.html", context, here="first")
