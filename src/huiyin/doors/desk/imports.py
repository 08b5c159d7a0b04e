"""Imports from workbooks: a template to fill in, a trial run, and what to mend row by row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpResponse
from django.utils.translation import gettext as _

from huiyin.catalogue import actions as catalogue
from huiyin.doors import phrases
from huiyin.doors.access import DoorRequest
from huiyin.doors.desk import staff
from huiyin.doors.desk.files import XLSX, attached
from huiyin.matters import queries as matters
from huiyin.organisation import actions as people
from huiyin.organisation import queries as organisation
from huiyin.rules.errors import HuiyinError, NotFound, msg
from huiyin.rules.importing import ImportReport
from huiyin.rules.rulebook import load

LARGEST: Final = 10 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Kind:
    """A register that can be imported."""

    title: str
    run: Callable[..., ImportReport]
    template: Callable[[str], bytes]
    """Makes the workbook to fill in, for an office under the named rulebook."""


KINDS: Final = {
    "people": Kind(msg("科室、岗位与人员"), people.import_people, lambda _book: people.people_template(_)),
    "items": Kind(
        msg("办理事项与材料"), catalogue.import_items, lambda book: catalogue.items_template(_, load(book))
    ),
}


def index(request: DoorRequest) -> HttpResponse:
    """Show what can be imported."""
    return _page(request, {})


def template(request: DoorRequest, kind: str) -> HttpResponse:
    """Give the workbook to fill in."""
    found = _kind(kind)
    name = _("%(title)s导入模板") % {"title": _(found.title)} + ".xlsx"
    book = organisation.tenant(request.asker.tenant_id).rulebook
    return attached(found.template(book), XLSX, name)


def run(request: DoorRequest, kind: str) -> HttpResponse:
    """Try an import, or carry it out; with any error nothing was written."""
    found = _kind(kind)
    upload = request.FILES.get("file")
    dry_run = request.POST.get("what") != "import"
    context: dict[str, Any] = {"done": kind}
    if upload is None or not upload.size:
        return _page(request, {**context, "fault": _("请选择要导入的表格文件。")}, status=422)
    if upload.size > LARGEST:
        return _page(request, {**context, "fault": _("文件超过10MB，请分开导入。")}, status=413)
    tenant = organisation.tenant(request.asker.tenant_id)
    try:
        report = found.run(tenant, upload.read(), dry_run=dry_run, at=request.now, by=request.asker)
    except HuiyinError as error:
        return _page(request, {**context, "refusal": phrases.refusal(error)}, status=error.status)
    context |= {"report": report, "errors": _errors(report)}
    if report.leaving:
        context["left_open"] = matters.count_deserted(tenant.id, request.now, report.leaving)
    return _page(request, context, status=200 if report.ok else 422)


def _kind(kind: str) -> Kind:
    if kind not in KINDS:
        raise NotFound
    return KINDS[kind]


def _errors(report: ImportReport) -> list[dict[str, Any]]:
    return [
        {
            "sheet": one.sheet,
            "row": one.row,
            "column": one.column,
            "message": _filled(one.msgid, dict(one.params)),
            "remedy": _filled(one.remedy_msgid, dict(one.params)),
        }
        for one in report.errors
    ]


def _filled(msgid: str, params: dict[str, object]) -> str:
    text = _(msgid) if msgid else ""
    return text % params if params else text


def _page(request: DoorRequest, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    kinds = [(name, _(kind.title)) for name, kind in KINDS.items()]
    return staff.page(request, "imports", {"kinds": kinds, **context}, status=status)
