"""What became of the refusals that were filed: figures with a chart, each person's record, a workbook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from huiyin.doors import phrases
from huiyin.doors.access import DoorRequest, Who, may_enter
from huiyin.doors.desk import shell
from huiyin.doors.desk.files import XLSX, attached, log_taken
from huiyin.doors.desk.folding import Folded, folded
from huiyin.doors.desk.kept import period
from huiyin.doors.forms import Field, bind
from huiyin.matters import labels, refusal_labels
from huiyin.organisation import queries as organisation
from huiyin.reports import filings, refusals
from huiyin.reports.filings import Ended, Filed
from huiyin.reports.refusals import PersonFilings, Share
from huiyin.reports.sheets import Table, tables_workbook
from huiyin.rules.errors import NotFound, msg
from huiyin.rules.regimes import refusal_filing
from huiyin.rules.workdays import SHANGHAI

OWN: Final = "refusals-own"
TABS: Final = (("refusals", msg("报备统计")), ("powers", msg("否定权限")), (OWN, msg("我的报备情况")))
GROUPS: Final[Mapping[str, str]] = {
    "unit": msg("按科室"),
    "month": msg("按月份"),
    "ground": msg("按适用情形"),
    "person": msg("按提出人"),
    "item": msg("按事项"),
}
HEADS: Final[Mapping[str, str]] = {
    "unit": msg("科室"),
    "month": msg("月份"),
    "ground": msg("适用情形"),
    "person": msg("提出人"),
    "item": msg("事项"),
}
OUTCOMES: Final[Mapping[str, str]] = {
    **labels.PUNCTUALITY,
    "missing": msg("逾期未报"),
    "": msg("未到期"),
}
FIELDS: Final = (
    Field("since", msg("提出日期从"), "date", required=False),
    Field("until", msg("到"), "date", required=False),
    Field("by", msg("分组"), "select", choices=GROUPS),
)
_RESULTS: Final = (
    msg("提出的报备"),
    msg("审批同意"),
    msg("审批时纠正"),
    msg("决定后纠正"),
    msg("已撤回"),
    msg("审批中"),
)
_OWED: Final = (
    msg("应报备的"),
    msg("按时报备"),
    msg("逾期报备"),
    msg("逾期未报"),
    msg("不再需要"),
    msg("未到期"),
)
_COUNTS: Final = ("proposed", "approved", "overturned", "corrected", "withdrawn", "running")
_UNSAID: Final = msg("没有列明")


def page(
    request: DoorRequest, template: str, tab: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """Answer with one of the pages about refusals, with the tabs to the others."""
    leads = may_enter(Who.LEADERS, request.asker)
    tabs = [(name, reverse(f"desk:{name}"), _(label)) for name, label in TABS if leads or name in {tab, OWN}]
    # Of one's own there is something to read only where filings are counted.
    if tab != OWN and not refusals.counts_filings(request.asker):
        tabs = [one for one in tabs if one[0] != OWN]
    more = {"tabs": tabs, "tab": tab, "leads": leads, **context}
    here = "refusals" if leads else OWN
    return shell.page(request, f"desk/{template}.html", more, here=here, status=status)


def index(request: DoorRequest) -> HttpResponse:
    """Show the filings of a period by the group asked for, the rates, and each person's record."""
    typed, (since, until) = _asked(request)
    found = filings.filings(request.asker, since, until, by=typed["by"])
    total = _sum(found)
    dated = urlencode({"since": typed["since"], "until": typed["until"]})
    context = {
        "fields": bind(FIELDS, typed, prefix="q"),
        "query": dated,
        "grouped": _(GROUPS[typed["by"]]),
        "everything": refusals.sees_all(request.asker),
        "regulated": _regulated(request),
        "total": _line(total, ""),
        "results": _results(found, typed["by"]),
        "rates": _rates(_shares(request, since, until, typed["by"]), _grouping(typed["by"])),
        "people": _people(refusals.filings_by_person(request.asker, since, until), dated),
        "counted": refusals.counts_filings(request.asker),
        "chart": _chart(found, typed["by"]),
    }
    return page(request, "refusals", "refusals", context)


def own(request: DoorRequest) -> HttpResponse:
    """Show one's own record."""
    return _record(request, request.asker.person_id, OWN)


def person(request: DoorRequest, person_id: UUID) -> HttpResponse:
    """Show one person's record to whoever answers for their refusals; to everybody else it is not there."""
    return _record(request, person_id, "refusals")


def _record(request: DoorRequest, person_id: UUID, tab: str) -> HttpResponse:
    """Show each filing that somebody owed in a period, when it was due, what came of it."""
    someone = organisation.person(request.asker, person_id)
    typed, (since, until) = _asked(request)
    found = filings.filings_of(request.asker, person_id, since, until)
    posts = organisation.posts_of([person_id], request.now).select_related("position")
    units = {one.position.unit_id for one in posts}
    # What somebody owed in a unit that they have left is still its leaders' to read.
    if not found and not refusals.answers_for(request.asker, person_id, units):
        raise NotFound
    context = {
        "name": someone.name,
        "fields": bind(FIELDS[:2], typed, prefix="q"),
        "query": urlencode({"since": typed["since"], "until": typed["until"]}),
        "rows": [_filed(one) for one in found],
        "counted": refusals.counts_filings(request.asker),
    }
    return page(request, "refusals_person", tab, context)


def export(request: DoorRequest) -> HttpResponse:
    """Give the figures of the period as a workbook, every group on a sheet of its own."""
    typed, (since, until) = _asked(request)
    tables = [_table(filings.filings(request.asker, since, until, by=group), group) for group in filings.BY]
    people = refusals.filings_by_person(request.asker, since, until)
    if refusals.counts_filings(request.asker):
        tables.append(_people_table(people))
    name = _office(request)
    title = _("%(office)s否定报备统计") % {"office": name}
    return workbook(request, "refusals", title, f"{typed['since']} – {typed['until']}", tables)


def workbook(request: DoorRequest, what: str, title: str, about: str, tables: list[Table]) -> HttpResponse:
    """Answer with tables as a workbook under its title; what was taken is logged as `what` (R67)."""
    log_taken(request, what, sum(len(one.rows) for one in tables), about)
    return attached(tables_workbook(title, about, tables), XLSX, f"{title}.xlsx")


def _office(request: DoorRequest) -> str:
    return phrases.office_name(organisation.tenant(request.asker.tenant_id))


def _regulated(request: DoorRequest) -> bool:
    tenant = organisation.tenant(request.asker.tenant_id)
    return shell.rulebook_of(request, tenant).has(refusal_filing.FORM)


def _asked(request: DoorRequest) -> tuple[dict[str, str], tuple[datetime, datetime]]:
    """Read what was asked for: the year up to today by unit where nothing was."""
    first, last = period(request.GET, request.now.astimezone(SHANGHAI).date())
    by = request.GET.get("by", "")
    typed = {
        "since": first.isoformat(),
        "until": last.isoformat(),
        "by": by if by in GROUPS else filings.BY[0],
    }
    return typed, (_midnight(first), _midnight(last + timedelta(days=1)))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), SHANGHAI)


def _shares(request: DoorRequest, since: datetime, until: datetime, by: str) -> list[Share]:
    """The rates by the same group; a decision has no ground, so by unit there."""
    return refusals.shares(request.asker, since, until, by=_grouping(by))


def _grouping(by: str) -> str:
    """The group in which decisions can be counted."""
    return by if by in refusals.BY else refusals.BY[0]


def _sum(found: list[Ended]) -> Ended:
    names = (*_COUNTS, "filed_due", "filed_in_time", "signed_due", "signed_in_time")
    return replace(Ended(), **{name: sum(getattr(one, name) for one in found) for name in names})


def _line(one: Ended, by: str) -> dict[str, Any]:
    """The figures of a group as people read them; a share always with the number it rests on."""
    return {
        "name": _named(one, by),
        **{name: getattr(one, name) for name in _COUNTS},
        "filed": _share(one.filed_in_time, one.filed_due),
        "signed": _share(one.signed_in_time, one.signed_due),
        # A dash for want of anything to count needs a word of why.
        "uncounted": not (one.filed_due and one.signed_due),
    }


def _named(one: Ended, by: str) -> str:
    if by == "ground":
        return phrases.label(refusal_labels.GROUNDS, one.key) if one.key else _(_UNSAID)
    return one.name or _(_UNSAID)


def _results(found: list[Ended], by: str) -> Folded:
    """What came of the filings of each group."""
    heads = [*_RESULTS, msg("按时报备率"), msg("按时审批率")]
    names = (*_COUNTS, "filed", "signed")
    lines = [_line(one, by) for one in found]
    return folded(HEADS[by], heads, [(str(one["name"]), "", [one[name] for name in names]) for one in lines])


def _rates(found: list[Share], by: str) -> Folded:
    rows = [
        (
            one.name,
            "",
            [
                one.decided,
                _share(one.refused, one.decided),
                _share(one.corrected + one.overturned, one.refused + one.overturned),
            ],
        )
        for one in found
    ]
    return folded(HEADS[by], (msg("已决定"), msg("否定率"), msg("纠正率")), rows)


def _people(found: list[PersonFilings], dated: str) -> Folded:
    """Each person's counts, with the way to their record."""
    rows = [
        (
            one.name,
            f"{reverse('desk:refusals-person', args=[one.person_id])}?{dated}",
            [one.owed, one.in_time, one.late, one.missing, one.waived, one.running],
        )
        for one in found
    ]
    return folded(msg("姓名"), _OWED, rows)


def _share(met: int, of: int) -> str:
    return f"{met / of:.1%} ({met}/{of})" if of else "—"


def _chart(found: list[Ended], by: str) -> dict[str, Any]:
    names = ("approved", "overturned", "corrected", "withdrawn", "running")
    return {
        "groups": [_named(one, by) for one in found],
        "series": [
            {
                "code": name,
                "name": _(refusal_labels.ENDINGS["" if name == "running" else name]),
                "counts": [getattr(one, name) for one in found],
            }
            for name in names
        ],
    }


def _filed(one: Filed) -> dict[str, Any]:
    return {
        "one": one,
        "ground": phrases.label(refusal_labels.GROUNDS, one.ground) if one.ground else "",
        "outcome": phrases.label(OUTCOMES, one.outcome),
        "late": one.outcome in {"late", "missing"},
        "ending": phrases.label(refusal_labels.ENDINGS, one.ending),
    }


def _table(found: list[Ended], by: str) -> Table:
    titles = (
        HEADS[by],
        *_RESULTS,
        msg("应报备的"),
        msg("按时报备"),
        msg("按时报备率"),
        msg("应审批的"),
        msg("按时审批"),
        msg("按时审批率"),
    )
    rows: list[list[str | int | float | None]] = [
        [
            _named(one, by),
            *(getattr(one, name) for name in _COUNTS),
            one.filed_due,
            one.filed_in_time,
            one.filed_in_time / one.filed_due if one.filed_due else None,
            one.signed_due,
            one.signed_in_time,
            one.signed_in_time / one.signed_due if one.signed_due else None,
        ]
        for one in found
    ]
    return Table(_(GROUPS[by]), [_(one) for one in titles], rows, frozenset({9, 12}))


def _people_table(people: list[PersonFilings]) -> Table:
    titles = (msg("姓名"), *_OWED)
    rows: list[list[str | int | float | None]] = [
        [one.name, one.owed, one.in_time, one.late, one.missing, one.waived, one.running] for one in people
    ]
    return Table(_("报备情况"), [_(one) for one in titles], rows)
