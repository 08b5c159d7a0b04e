"""The registers of the office: choose one and its days, see the first lines, take it as a workbook."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseBase

from huiyin.doors import phrases
from huiyin.doors.access import DoorRequest
from huiyin.doors.desk import files, shell
from huiyin.doors.forms import Field, bind, clean, moment
from huiyin.reports.ledgers import frame, workbook
from huiyin.reports.ledgers.frame import Cell, Ledger
from huiyin.reports.ledgers.periods import Period, Span, between, whole
from huiyin.reports.ledgers.registry import REGISTRY, ledger_of
from huiyin.rules.errors import Invalid, msg
from huiyin.rules.workdays import SHANGHAI

SHOWN: Final = 20
"""Lines of the register on the page."""
MUCH: Final = 10_000
"""Lines beyond which one waits for the workbook; the page then offers it by months as well."""
_SPANS: Final[Mapping[str, str]] = {
    Span.MONTH: msg("整月"),
    Span.QUARTER: msg("整季度"),
    Span.YEAR: msg("全年"),
    Span.DAYS: msg("自选起止日期"),
}


def index(request: DoorRequest) -> HttpResponse:
    """Ask for a register and its days, and show how it begins."""
    typed = _typed(request)
    try:
        ledger, period = _wanted(typed)
    except Invalid as error:
        bad = bind(_fields(), typed, phrases.field_errors(error), "l")
        return shell.page(request, "desk/ledgers.html", {"fields": bad}, here="ledgers", status=422)
    scope = files.scope_of(request, period)
    total = frame.count(ledger, scope)
    context: dict[str, Any] = {
        "fields": bind(_fields(), typed, prefix="l"),
        "title": workbook.title_of(ledger, scope),
        "about": ledger.about,
        "everything": scope.whole_office,
        "columns": [column.title for column in ledger.all_columns],
        "lines": [[_shown(cell) for cell in line] for line in frame.first_lines(ledger, scope, SHOWN)],
        "total": total,
        "more": max(total - SHOWN, 0),
        "file": _address(ledger, period),
        "parts": _parts(ledger, period) if total > MUCH else [],
    }
    return shell.page(request, "desk/ledgers.html", context, here="ledgers")


def export(request: DoorRequest, name: str) -> HttpResponseBase:
    """Give the register as a workbook; who took how many lines is logged (R67)."""
    ledger = ledger_of(name)
    typed = _typed(request)
    return files.register(request, ledger, files.scope_of(request, _period(typed)))


def _fields() -> tuple[Field, ...]:
    return (
        Field("ledger", msg("台账"), "select", choices={one.name: one.title for one in REGISTRY}),
        Field("span", msg("期间"), "select", choices=_SPANS),
        Field("from", msg("起始日期"), "date", help=msg("整月、整季度、全年按这一天所在的算。")),
        Field("to", msg("截止日期"), "date", required=False, help=msg("自选起止日期时填写，含当天。")),
    )


def _typed(request: DoorRequest) -> dict[str, str]:
    """Return what was asked for; the first register and this month where nothing was."""
    asked = {name: clean(value, 40) for name, value in request.GET.items()}
    today = request.now.astimezone(SHANGHAI).date().isoformat()
    usual = {"ledger": REGISTRY[0].name, "span": Span.MONTH.value, "from": today, "to": ""}
    return {name: asked.get(name, value) for name, value in usual.items()}


def _wanted(typed: dict[str, str]) -> tuple[Ledger, Period]:
    """Return what is asked for; raises Invalid by field."""
    known = {one.name: one for one in REGISTRY}
    if typed["ledger"] not in known:
        raise Invalid({"ledger": msg("请选择一种台账")})
    return known[typed["ledger"]], _period(typed)


def _period(typed: dict[str, str]) -> Period:
    if typed["span"] not in _SPANS:
        raise Invalid({"span": msg("请选择期间")})
    span, first = Span(typed["span"]), _day(typed["from"], "from")
    if span is not Span.DAYS:
        return whole(span, first)
    return between(first, _day(typed["to"], "to") if typed["to"] else first)


def _day(text: str, field: str) -> date:
    try:
        return moment(text).date()
    except ValueError as error:
        raise Invalid({field: msg("请填写日期，例如 2026-03-02")}) from error


def _address(ledger: Ledger, period: Period) -> str:
    days = {"span": Span.DAYS.value, "from": period.first.isoformat(), "to": period.last.isoformat()}
    return f"{ledger.name}.xlsx?{urlencode(days)}"


def _parts(ledger: Ledger, period: Period) -> list[tuple[str, str]]:
    """Each month with the address of its own workbook, which takes a moment only."""
    return [(f"{one.first:%Y-%m}", _address(ledger, one)) for one in period.months()]


def _shown(cell: Cell) -> str:
    if isinstance(cell, datetime):
        return phrases.moment(cell)
    return phrases.day(cell) if isinstance(cell, date) else str(cell if cell is not None else "")
