"""Trying another rulebook, or a change that is proposed, on the office's own record; nothing is written.

The page's script asks for one month after the other, and for a long month in portions, so that
no answer takes long and everybody sees how far it is; without a script all months come at once.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _

from huiyin.doors import phrases
from huiyin.doors.access import DoorRequest
from huiyin.doors.desk import library, shell
from huiyin.doors.desk.files import XLSX, made
from huiyin.doors.forms import Field, bind
from huiyin.organisation import permissions
from huiyin.organisation import queries as organisation
from huiyin.reports import dry_runs, sheets
from huiyin.reports.dry_runs import DryRun, Theirs
from huiyin.reports.making import Making, finish
from huiyin.rules import rulebook as rulebooks
from huiyin.rules.errors import Invalid, NotFound, msg
from huiyin.rules.rulebook import RulebookError
from huiyin.rules.workdays import SHANGHAI

if TYPE_CHECKING:
    from huiyin.organisation.models import RulebookChange, Tenant

SHOWN: Final = dry_runs.COUNTS
CHARTED: Final = ("newly_late", "saved")
_MOST_MONTHS: Final = 60
_YEAR: Final = 12
_PORTION: Final = 50
"""Matters told in one answer to the script, in well under 150 ms."""
_LISTED: Final = 5
"""Matters listed for each month."""
_EXPORTED: Final = 100_000
"""Matters that the workbook lists."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody wants tried: `key` names it in addresses, `months` are the first days of months."""

    key: str
    theirs: Theirs
    months: list[date]

    @property
    def since(self) -> datetime:
        """The beginning of the first month."""
        return _midnight(self.months[0])

    @property
    def until(self) -> datetime:
        """The end of the last month, not included."""
        return _midnight(_next(self.months[-1]))


def index(request: DoorRequest) -> HttpResponse:
    """Ask what to try, or show the frame that the months are put into."""
    permissions.may_try_rules(request.asker).require()
    tenant = organisation.tenant(request.asker.tenant_id)
    context = _frame(request, tenant)
    if "rules" not in request.GET:
        return shell.page(request, "desk/dry_run.html", context, here="library")
    try:
        asked = _asked(request, tenant)
    except Invalid as error:
        bad = bind(_fields(request, tenant), request.GET.dict(), phrases.field_errors(error), "t")
        return shell.page(
            request, "desk/dry_run.html", {**context, "fields": bad}, here="library", status=422
        )
    context |= {
        "fields": bind(_fields(request, tenant), request.GET.dict(), prefix="t"),
        "months": [f"{day:%Y-%m}" for day in asked.months],
        "key": asked.key,
        "what": next(text for key, text in _choices(request, tenant).items() if key == asked.key),
        "query": request.GET.urlencode(),
        "listed": _LISTED,
        "count": dry_runs.count(tenant, asker=request.asker, since=asked.since, until=asked.until),
    }
    if request.GET.get("all"):
        found = [_of_month(day, _run(request, tenant, asked, day)) for day in asked.months]
        total: Counter[str] = sum((Counter(one["figures"]) for one in found), Counter())
        context |= {"found": found, "totals": _named(total), "differing": total["matters_changed"]}
    return shell.page(request, "desk/dry_run.html", context, here="library")


def month(request: DoorRequest) -> HttpResponse:
    """Give one month's rows to the page's script, of a long month those of the portion `after` a matter."""
    permissions.may_try_rules(request.asker).require()
    tenant = organisation.tenant(request.asker.tenant_id)
    asked = _asked(request, tenant)
    day = _first(request.GET.get("month", ""))
    if day is None or day not in asked.months:
        raise NotFound
    after = _matter(request.GET.get("after", ""))
    context = {"one": _of_month(day, _run(request, tenant, asked, day, after=after, portion=_PORTION))}
    return shell.fragment(request, "desk/_dry_run_month.html", context)


def export(request: DoorRequest) -> HttpResponseBase:
    """Give the whole dry run as a workbook."""
    permissions.may_try_rules(request.asker).require()
    tenant = organisation.tenant(request.asker.tenant_id)
    asked = _asked(request, tenant)
    count = dry_runs.count(tenant, asker=request.asker, since=asked.since, until=asked.until)
    return made(request, _workbook(request, tenant, asked), XLSX, _("制度试算") + ".xlsx", of=count)


def _workbook(request: DoorRequest, tenant: Tenant, asked: Asked) -> Making[bytes]:
    found = yield from dry_runs.dry_run(
        tenant,
        asked.theirs,
        asker=request.asker,
        at=request.now,
        since=asked.since,
        until=asked.until,
        most=_EXPORTED,
    )
    return sheets.dry_run_workbook(found, _)


def _run(
    request: DoorRequest,
    tenant: Tenant,
    asked: Asked,
    day: date,
    *,
    after: UUID | None = None,
    portion: int = sys.maxsize,
) -> DryRun:
    """Tell the matters of the month that begins on a day, or a portion of them."""
    return finish(
        dry_runs.dry_run(
            tenant,
            asked.theirs,
            asker=request.asker,
            at=request.now,
            since=_midnight(day),
            until=_midnight(_next(day)),
            most=_LISTED,
            after=after,
            portion=portion,
        )
    )


def _of_month(day: date, found: DryRun) -> dict[str, Any]:
    return {
        "month": f"{day:%Y-%m}",
        "last": found.last,
        "figures": {name: found.total[name] for name in SHOWN},
        "units": [
            (unit, [(_(sheets.LABELS[name]), figures[name]) for name in SHOWN])
            for (unit, _month), figures in sorted(found.by_month.items())
        ],
        "affected": [
            {"number": one.number, "unit": one.unit, "difference": one.difference} for one in found.affected
        ],
    }


def _frame(request: DoorRequest, tenant: Tenant) -> dict[str, Any]:
    return {
        "fields": bind(_fields(request, tenant), prefix="t"),
        "heads": [_(sheets.LABELS[name]) for name in SHOWN],
        "totals": _named(Counter()),
        "charted": {name: _(sheets.LABELS[name]) for name in CHARTED},
    }


def _named(total: Counter[str]) -> list[tuple[str, str, int]]:
    return [(name, _(sheets.LABELS[name]), total[name]) for name in SHOWN]


def _fields(request: DoorRequest, tenant: Tenant) -> tuple[Field, ...]:
    choices = _choices(request, tenant)
    last = request.now.astimezone(SHANGHAI).date().replace(day=1)
    first = last
    for _step in range(_YEAR - 1):
        first = _before(first)
    wanted = f"change:{request.GET['change']}" if "change" in request.GET else ""
    return (
        Field("rules", msg("试算什么"), "select", choices=choices, initial=wanted),
        Field("from", msg("从哪个月收到的事"), "month", initial=f"{first:%Y-%m}"),
        Field("to", msg("到哪个月"), "month", initial=f"{last:%Y-%m}"),
    )


def _choices(request: DoorRequest, tenant: Tenant) -> dict[str, str]:
    """What may be tried: changes that are not in force yet, then the other shipped rulebooks."""
    spoken = phrases.language()
    found = {
        f"change:{row.id}": _("第%(n)s号修订：%(clauses)s")
        % {"n": row.number, "clauses": " ".join(row.clauses)}
        for row in _open_changes(request)
    }
    others = (slug for slug in rulebooks.available() if slug != tenant.rulebook)
    return found | {f"book:{slug}": library.book_name(rulebooks.load(slug), spoken) for slug in others}


def _open_changes(request: DoorRequest) -> list[RulebookChange]:
    today = request.now.astimezone(SHANGHAI).date()
    rows = organisation.rulebook_changes(request.asker).filter(replaces__isnull=True)
    return [
        row for row in rows if row.state == "proposed" or (row.state == "confirmed" and row.since > today)
    ]


def _asked(request: DoorRequest, tenant: Tenant) -> Asked:
    """What the address asks for; raises Invalid by field."""
    typed = {name: str(text) for name, text in request.GET.items()}
    first, last = _first(typed.get("from", "")), _first(typed.get("to", ""))
    wrong: dict[str, str] = {}
    if typed.get("rules") not in _choices(request, tenant):
        wrong["rules"] = msg("请选择要试算的修订或制度")
    for name, day in (("from", first), ("to", last)):
        if day is None:
            wrong[name] = msg("请填写月份，例如 2026-03")
    months = _months(first, last) if first and last else []
    if first and last and not months:
        wrong["to"] = msg("结束的月份早于开始的月份")
    elif len(months) > _MOST_MONTHS:
        wrong["from"] = msg("一次最多试算60个月")
    if wrong:
        raise Invalid(wrong)
    return Asked(typed["rules"], _theirs(request, tenant, typed["rules"], months[0]), months)


def _theirs(request: DoorRequest, tenant: Tenant, key: str, since: date) -> Theirs:
    kind, _colon, name = key.partition(":")
    if kind == "book":
        return dry_runs.under(rulebooks.load(name))
    row = next(row for row in _open_changes(request) if str(row.id) == name)
    try:
        return dry_runs.trying(tenant, organisation.overlay_of(row), since)
    except RulebookError as error:
        raise Invalid({"rules": msg("这份修订与制度不符：%(why)s")}, params={"why": str(error)}) from error


def _months(first: date, last: date) -> list[date]:
    found: list[date] = []
    while first <= last and len(found) <= _MOST_MONTHS:
        found.append(first)
        first = _next(first)
    return found


def _first(text: str) -> date | None:
    """The first day of a month written as 2026-03; None for what is none."""
    if not re.fullmatch(r"(19|20|21)\d\d-(0[1-9]|1[0-2])", text, re.ASCII):
        return None
    return date.fromisoformat(f"{text}-01")


def _matter(text: str) -> UUID | None:
    """The matter that a portion begins after, None for the first portion; raises NotFound for none."""
    try:
        return UUID(text) if text else None
    except ValueError:
        raise NotFound from None


def _next(day: date) -> date:
    return date(day.year + day.month // _YEAR, day.month % _YEAR + 1, 1)


def _before(day: date) -> date:
    return date(day.year - (day.month == 1), (day.month - 2) % _YEAR + 1, 1)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), SHANGHAI)
