"""The list of matters with its filters, and the same as a workbook."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import urlencode

import xlsxwriter  # type: ignore[import-untyped]
from django.http import HttpResponse, QueryDict
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from huiyin.doors import phrases
from huiyin.doors.access import DoorRequest
from huiyin.doors.desk import shell
from huiyin.doors.forms import Field, bind, read
from huiyin.matters import labels
from huiyin.matters import queries as matters
from huiyin.matters.queries import Found
from huiyin.organisation import queries as organisation
from huiyin.rules.errors import msg
from huiyin.storage.masking import mask_name, mask_text

log = logging.getLogger(__name__)

PAGE: Final = 50
MOST_ROWS: Final = 5000
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
)
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def index(request: DoorRequest) -> HttpResponse:
    """Show a page of the matters this person may see."""
    wanted = _filters(request.GET)
    offset = offset_of(request.GET.get("from", ""))
    found = _found(request, wanted, offset, PAGE)
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


def export(request: DoorRequest) -> HttpResponse:
    """Give the filtered list as a workbook, masked as on the page; what was taken is logged (R67)."""
    wanted = _filters(request.GET)
    found = _found(request, wanted, 0, MOST_ROWS)
    log.info("%s exported a list of %s matters", request.asker.person_id, len(found.rows))
    tenant = organisation.tenant(request.asker.tenant_id)
    day = phrases.day(request.now)
    note = _("单位：%(office)s  导出：%(name)s  日期：%(day)s") % {
        "office": tenant.name,
        "name": request.asker.name,
        "day": day,
    }
    title = _("%(office)s办件台账") % {"office": tenant.name}
    response = HttpResponse(_workbook(title, note, found), content_type=XLSX)
    name = f"{title}-{day}.xlsx"
    response.headers["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=name) or ""
    )
    return response


def _found(request: DoorRequest, wanted: dict[str, str], offset: int, limit: int) -> Found:
    return matters.matters(
        request.asker,
        request.now,
        text=wanted["text"],
        stage=wanted["stage"],
        kind=wanted["kind"],
        mine=wanted["mine"],
        light=wanted["light"],
        important=bool(wanted["important"]),
        offset=offset,
        limit=limit,
    )


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


def _workbook(title: str, note: str, found: Found) -> bytes:
    """Write the ledger as offices know it: title row, unit line, frozen header, A4 landscape, text only."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(
        file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    sheet = book.add_worksheet(_("办件"))
    big = book.add_format({"bold": True, "font_size": 16, "align": "center", "valign": "vcenter"})
    head = book.add_format(
        {"bold": True, "border": 1, "bg_color": "#E8F1FF", "text_wrap": True, "valign": "vcenter"}
    )
    cell = book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
    headers = _headers()
    sheet.merge_range(0, 0, 0, len(headers) - 1, title, big)
    sheet.merge_range(1, 0, 1, len(headers) - 1, note)
    for column, (header, width) in enumerate(headers):
        sheet.write_string(2, column, header, head)
        sheet.set_column(column, column, width)
    for row, values in enumerate(_lines(found), start=3):
        for column, value in enumerate(values):
            sheet.write_string(row, column, value, cell)
    sheet.freeze_panes(3, 0)
    sheet.repeat_rows(2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    book.close()
    return file.getvalue()


def _headers() -> list[tuple[str, int]]:
    return [
        (_("序号"), 6),
        (_("编号"), 20),
        (_("类型"), 8),
        (_("事由"), 36),
        (_("申请人（脱敏）"), 12),
        (_("来源"), 8),
        (_("收件时间"), 17),
        (_("环节"), 12),
        (_("承办科室"), 14),
        (_("责任人"), 10),
        (_("首问责任人"), 10),
        (_("亮灯"), 10),
        (_("最近期限"), 17),
        (_("结果"), 10),
        (_("备注"), 14),
    ]


def _lines(found: Found) -> Iterator[list[str]]:
    for number, row in enumerate(_rows(found), start=1):
        one = row["matter"]
        yield [
            str(number),
            one.number,
            phrases.label(labels.KINDS, one.kind),
            row["summary"],
            row["applicant"],
            phrases.label(labels.CHANNELS, one.channel),
            phrases.moment(one.received_at),
            phrases.label(labels.STAGES, one.stage),
            one.unit.name,
            one.custodian.name,
            one.first_responder.name,
            phrases.label(labels.LIGHTS, row["light"]) if row["light"] else _("不计时"),
            phrases.moment(row["due"]) + (_("（暂定）") if row["provisional"] else ""),
            phrases.label(labels.OUTCOMES, one.outcome) if one.outcome else "",
            "",
        ]
