"""The list of matters with its filters, and the same as a workbook."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseBase, QueryDict

from huiyin.doors.access import DoorRequest
from huiyin.doors.desk import files, shell
from huiyin.doors.forms import Field, bind, read
from huiyin.matters import labels
from huiyin.matters import queries as matters
from huiyin.matters.queries import Found
from huiyin.reports.ledgers import listed
from huiyin.reports.ledgers.periods import Period
from huiyin.rules.errors import msg
from huiyin.rules.workdays import SHANGHAI
from huiyin.storage.masking import mask_name, mask_text

PAGE: Final = 50
_FURTHEST: Final = 1_000_000
_ANY: Final = {"": msg("全部")}
_MINE: Final = {
    "": msg("全部"),
    "custodian": msg("我负责的"),
    "first_responder": msg("我首问的"),
    "assigner": msg("我交办的"),
}
FILTERS: Final = (
    Field("text", msg("编号或事由"), "search", required=False, max_length=100),
    Field(
        "stage",
        msg("环节"),
        "select",
        required=False,
        choices={**_ANY, "open": msg("未归结"), **labels.STAGES},
    ),
    Field("kind", msg("类型"), "select", required=False, choices={**_ANY, **labels.KINDS}),
    Field("mine", msg("与我"), "select", required=False, choices=_MINE),
    Field("light", msg("亮灯"), "select", required=False, choices={**_ANY, **labels.LIGHTS}),
    Field("important", msg("重要"), "select", required=False, choices={**_ANY, "yes": msg("重大或重要的")}),
    Field("uncited", msg("依据"), "select", required=False, choices={**_ANY, "yes": msg("没有写依据的")}),
    Field(
        "joint",
        msg("会商"),
        "select",
        required=False,
        choices={**_ANY, "yes": msg("涉及多个部门的"), "waiting": msg("还有科室没答复的")},
    ),
)


def index(request: DoorRequest) -> HttpResponse:
    """Show a page of the matters this person may see."""
    wanted = _filters(request.GET)
    offset = offset_of(request.GET.get("from", ""))
    found = matters.matters(request.asker, request.now, **_sought(wanted), offset=offset, limit=PAGE)
    context: dict[str, Any] = {
        "filters": bind(FILTERS, wanted, prefix="q"),
        "rows": _rows(found),
        "first": offset + 1,
        "last": offset + len(found.rows),
        "earlier": _address(wanted, max(offset - PAGE, 0)) if offset else "",
        "later": _address(wanted, offset + PAGE) if found.more else "",
        "filtered": any(wanted.values()),
        "query": urlencode({name: value for name, value in wanted.items() if value}),
    }
    return shell.page(request, "desk/matters.html", context, here="matters")


def export(request: DoorRequest) -> HttpResponseBase:
    """Give the filtered list as a workbook, masked as on the page; what was taken is logged (R67)."""
    today = request.now.astimezone(SHANGHAI).date()
    rows = matters.sought(request.asker, request.now, **_sought(_filters(request.GET)))
    scope = files.scope_of(request, Period(today, today))
    return files.register(request, listed.of(rows), scope)


def _sought(wanted: dict[str, str]) -> dict[str, Any]:
    return {**wanted, "important": bool(wanted["important"]), "uncited": bool(wanted["uncited"])}


def _filters(asked: QueryDict) -> dict[str, str]:
    """Return the filters that are set to something known; anything else counts as not set."""
    wanted = read(FILTERS, asked)
    wanted["text"] = " ".join(wanted["text"].split())[:100]
    known = {one.name: set(one.choices) for one in FILTERS if one.choices}
    return {name: value if value in known.get(name, {value}) else "" for name, value in wanted.items()}


def offset_of(text: str) -> int:
    """Return from which row on a page of a list begins; 0 for anything that is no number of one."""
    return min(int(text), _FURTHEST) if text.isdecimal() and len(text) <= len(str(_FURTHEST)) else 0


def _address(wanted: dict[str, str], offset: int) -> str:
    kept = {name: value for name, value in wanted.items() if value}
    return "?" + urlencode({**kept, "from": offset})


def _rows(found: Found) -> list[dict[str, Any]]:
    rows = []
    for one in found.rows:
        light, due, provisional = found.lights.get(one.id, ("grey" if one.closed_at else "", None, False))
        rows.append(
            {
                "matter": one,
                "light": str(light),
                "due": due,
                "provisional": provisional,
                "applicant": mask_name(one.applicant_name),
                "summary": mask_text(one.summary),
            }
        )
    return rows
