"""Were the promises kept? The figures of a period as a table, a chart and a workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from urllib.parse import urlencode

from django.http import HttpResponse
from django.utils.translation import gettext as _

from huiyin.doors import phrases
from huiyin.doors.access import DoorRequest
from huiyin.doors.desk import promises
from huiyin.doors.desk.files import XLSX, attached, log_taken
from huiyin.doors.desk.folding import Folded, folded
from huiyin.doors.forms import Field, bind, clean, moment
from huiyin.organisation import queries as organisation
from huiyin.reports.promise_sheets import promises_workbook
from huiyin.reports.promises import Kept, Promises, promises_kept
from huiyin.rules.errors import msg
from huiyin.rules.identifiers import narrow
from huiyin.rules.workdays import SHANGHAI

PERIOD: Final = (
    Field("since", msg("办结日期从"), "date", required=False),
    Field("until", msg("到"), "date", required=False),
)

_OPEN: Final = 5
"""Lines of each of the three tables before the fold."""
_FIGURES: Final = {
    "decided": msg("办结"),
    "kept": msg("承诺兑现率"),
    "within": msg("法定时限内"),
    "early": msg("提前"),
    "late": msg("超期"),
    "days": msg("平均用时（工作日）"),
    "speedup": msg("承诺提速率"),
}


def index(request: DoorRequest) -> HttpResponse:
    """Show how the promises were kept, over the matters that this person may see."""
    since, until = period(request.GET, request.now.astimezone(SHANGHAI).date())
    found = promises_kept(request.asker, since, until)
    typed = {"since": since.isoformat(), "until": until.isoformat()}
    text = clean(request.GET.get("q", "")).strip()[:50]
    months = sorted(found.months.items())
    context = {
        "fields": bind(PERIOD, typed, prefix="q"),
        "query": urlencode(typed),
        "text": text,
        "total": shown(found.total),
        "units": _table(msg("科室"), [one for one in found.units.items() if _holds(text, one[0])]),
        "groups": _groups(found, text),
        # The newest stand open, as they are asked after most.
        "months": _table(msg("月份"), months[::-1]),
        "chart": {
            "months": [month for month, _one in months],
            "decided": [one.decided for _month, one in months],
            "kept": [
                None if one.share_kept is None else round(one.share_kept * 100, 1) for _month, one in months
            ],
            "words": {"decided": _("办结"), "kept": _("承诺兑现率")},
        },
    }
    return promises.page(request, "kept", "kept", context)


def _table(head: str, rows: Sequence[tuple[str, Kept]]) -> Folded:
    lines = [(name, "", [shown(one)[figure] for figure in _FIGURES]) for name, one in rows]
    return folded(head, list(_FIGURES.values()), lines, keep=_OPEN)


@dataclass(frozen=True, slots=True)
class Group:
    """The items of one unit: what the unit comes to, and its table."""

    unit: str
    total: dict[str, Any]
    table: Folded


def _groups(found: Promises, text: str) -> list[Group]:
    """The items by unit, those that are looked for; a long list is read one unit at a time."""
    rows: dict[str, list[tuple[str, Kept]]] = {}
    for one in found.items:
        if _holds(text, f"{one.item} {one.code} {one.unit}"):
            rows.setdefault(one.unit, []).append((f"{one.item} · {one.code}", one.figures))
    return [
        Group(unit, shown(found.units.get(unit, Kept())), _table(msg("事项"), some))
        for unit, some in sorted(rows.items())
    ]


def _holds(text: str, name: str) -> bool:
    return narrow(text).casefold() in narrow(name).casefold()


def export(request: DoorRequest) -> HttpResponse:
    """Give the same figures as a workbook."""
    since, until = period(request.GET, request.now.astimezone(SHANGHAI).date())
    tenant = organisation.tenant(request.asker.tenant_id)
    title = _("%(office)s承诺兑现情况") % {"office": phrases.office_name(tenant)}
    found = promises_kept(request.asker, since, until)
    log_taken(request, "promises-kept", len(found.items), f"{since} – {until}")
    return attached(promises_workbook(found, title, _), XLSX, f"{title}.xlsx")


def period(asked: Mapping[str, str], today: date) -> tuple[date, date]:
    """Read the period asked for; what is no day, or none, gives the year up to today."""
    until = _day(asked.get("until", "")) or today
    since = _day(asked.get("since", "")) or date(until.year, 1, 1)
    return min(since, until), max(since, until)


def shown(one: Kept) -> dict[str, Any]:
    """Return the figures as people read them; a share always with the number it rests on."""
    return {
        "decided": one.decided,
        "early": one.early,
        "late": one.late,
        "kept": _share(one.share_kept, one.kept, one.promised),
        "within": _share(one.share_within, one.within, one.lawful),
        "days": "—" if one.average_days is None else f"{one.average_days:.1f}",
        "speedup": "—" if one.speedup is None else f"{one.speedup:.1%} (n={one.both})",
    }


def _share(share: float | None, met: int, of: int) -> str:
    return "—" if share is None else f"{share:.1%} ({met}/{of})"


def _day(text: str) -> date | None:
    try:
        return moment(text).date()
    except ValueError:
        return None
