"""What somebody was asked first and still follows, what nobody answered, and papers that did not arrive."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseBase

from huiyin.doors.access import DoorRequest
from huiyin.doors.desk import files, shell
from huiyin.matters import queries as matters
from huiyin.reports.ledgers import unserved
from huiyin.reports.ledgers.periods import Period
from huiyin.reports.ratings import receptions
from huiyin.rules.workdays import SHANGHAI


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


def export(request: DoorRequest) -> HttpResponseBase:
    """Give every paper that did not arrive as a workbook; what was taken is logged (R67)."""
    today = request.now.astimezone(SHANGHAI).date()
    scope = files.scope_of(request, Period(today, today))
    return files.register(request, unserved.LEDGER, scope)
