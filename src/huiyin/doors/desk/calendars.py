"""The office's calendar: what each year rests on, what waits for a second person, and how to change it."""

from __future__ import annotations

import calendar as months
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from huiyin.doors import phrases
from huiyin.doors.access import DoorRequest
from huiyin.doors.desk import shell
from huiyin.doors.desk.files import XLSX, attached
from huiyin.doors.forms import Field, bind, clean, read
from huiyin.obligations import queries as obligations
from huiyin.organisation import actions, permissions
from huiyin.organisation import queries as organisation
from huiyin.organisation.calendar_files import Read, read_schedule
from huiyin.organisation.queries import Preview
from huiyin.rules.errors import HuiyinError, Invalid, NotFound, msg
from huiyin.rules.workdays import SHANGHAI, Calendar
from huiyin.rules.yearfiles import Change, Drafted, named, unnamed

if TYPE_CHECKING:
    from huiyin.obligations.models import Recomputation
    from huiyin.organisation.models import CalendarChange, Tenant

LARGEST: Final = 2 * 1024 * 1024
PROPOSAL: Final = (
    Field("text", msg("通知原文"), "textarea", required=False, rows=8, max_length=20_000),
    Field("year", msg("年度"), "number", required=False, help=msg("原文或文件里写明了的，不必填写")),
    Field("title", msg("通知名称"), required=False, max_length=200),
    Field("number", msg("文号"), required=False, max_length=60),
    Field("issued", msg("印发日期"), "date", required=False),
)
LOCAL: Final = (
    Field("name", msg("名称"), max_length=50, help=msg("日历上显示的名称，例如“台风停工”")),
    Field("english", msg("英文名称"), required=False, max_length=60, help=msg("供英文页面显示")),
    Field("off", msg("放假的日期"), required=False, help=msg("例如 2026-08-05，几天用、隔开")),
    Field("worked", msg("上班的周末"), required=False, help=msg("只能是今天以后的周六、周日")),
    Field("reason", msg("理由和依据"), "textarea", rows=2, max_length=200),
    Field("number", msg("文号"), required=False, max_length=60),
)
_YEARS: Final = range(1950, 2200)
_HISTORY: Final = 50


@dataclass(frozen=True, slots=True)
class Day:
    """One day as the page shows it: `mark` is a sign that does without colour, `what` the words for it.

    `lang` is "zh" for a Chinese name on the English page, so that it is read out as what it is.
    """

    date: date
    kind: str
    mark: str
    what: str
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Changed:
    """One day that a proposal changes: what it is now, and what it would be."""

    before: Day
    after: Day


def index(request: DoorRequest) -> HttpResponse:
    """Show a year."""
    return _page(request)


def template(request: DoorRequest) -> HttpResponse:  # noqa: ARG001 - every view is given it
    """Give the workbook to fill in."""
    book = actions.calendar_template(_, english=phrases.language() == "en")
    name = _("放假安排导入模板") + ".xlsx"
    return attached(book, XLSX, name)


def propose(request: DoorRequest) -> HttpResponse:
    """Read what was pasted or sent; say what was understood, or propose it."""
    typed = read(PROPOSAL, request.POST)
    upload = request.FILES.get("file")
    if upload is not None and upload.size and upload.size > LARGEST:
        return _page(request, {"fault": _("文件超过2MB，放假安排不会这么大。")}, typed=typed, status=413)
    data = upload.read() if upload is not None and upload.size else typed["text"].encode()
    if not data.strip():
        return _page(request, {"fault": _("请贴入通知原文，或选择文件。")}, typed=typed, status=422)
    wrong: dict[str, str] = {}
    year, issued = _number(typed["year"], wrong), _day(typed["issued"], "issued", wrong)
    if wrong:
        return _page(request, typed=typed, errors={k: _(v) for k, v in wrong.items()}, status=422)
    found = read_schedule(data, year=year, title=typed["title"], number=typed["number"], issued=issued)
    return _understood(request, typed, found)


def local(request: DoorRequest) -> HttpResponse:
    """Propose days of the office's own."""
    typed = read(LOCAL, request.POST)
    wrong: dict[str, str] = {}
    off, worked = _days(typed["off"], "off", wrong), _days(typed["worked"], "worked", wrong)
    if wrong:
        return _page(request, local=typed, local_errors={k: _(v) for k, v in wrong.items()}, status=422)
    tenant = organisation.tenant(request.asker.tenant_id)
    try:
        change = actions.propose_local(
            tenant,
            name=typed["name"],
            english=typed["english"],
            off=off,
            worked=worked,
            reason=typed["reason"],
            number=typed["number"],
            by=request.asker,
            at=request.now,
        )
    except NotFound:
        raise
    except HuiyinError as error:
        told = phrases.field_errors(error)
        context = {} if told else {"refusal": phrases.refusal(error)}
        return _page(request, context, local=typed, local_errors=told, status=error.status)
    messages.success(request, _("已提出，待另一人确认。"))
    return _back(change.year)


def decide(request: DoorRequest, change_id: UUID, what: str) -> HttpResponse:
    """Confirm, send back, withdraw, or propose to revoke."""
    change = organisation.calendar_change(request.asker, change_id)
    if what not in _DONE:
        raise NotFound
    by, at, why = request.asker, request.now, clean(request.POST.get("why", ""))
    try:
        if what == "confirm":
            actions.confirm_calendar(change, by=by, at=at)
        elif what == "reject":
            actions.reject_calendar(change, remark=why, by=by, at=at)
        elif what == "withdraw":
            actions.withdraw_calendar(change, by=by, at=at)
        else:
            actions.propose_revocation(change, reason=why, by=by, at=at)
    except HuiyinError as error:
        tried = {"tried": change.id, "tried_what": what, "why": why}
        kept = [(_("理由"), why)] if why else []
        context = {"refusal": phrases.refusal(error), "kept": kept, **tried}
        return _page(request, context, year=change.year, status=error.status)
    messages.success(request, _DONE[what]())
    return _back(change.year)


_DONE: Final = {
    "confirm": lambda: _("已确认并生效，受影响的期限正在重新计算。"),
    "reject": lambda: _("已退回。"),
    "withdraw": lambda: _("已撤回。"),
    "revoke": lambda: _("已提出，待另一人确认。"),
}


def _understood(request: DoorRequest, typed: dict[str, str], found: Read) -> HttpResponse:
    if found.drafted is None:
        return _page(request, {"read": found, "file_errors": _errors(found)}, typed=typed, status=422)
    tenant = organisation.tenant(request.asker.tenant_id)
    asked = _names_to_ask(found.drafted)
    english = read(asked.values(), request.POST)
    drafted = named(found.drafted, {zh: english[field.name] for zh, field in asked.items()})
    try:
        if request.POST.get("what") == "propose":
            actions.propose_year(tenant, drafted, by=request.asker, at=request.now)
            messages.success(request, _("已提出，待另一人确认。"))
            return _back(drafted.year)
        shown = _previewed(organisation.preview(tenant, drafted))
    except HuiyinError as error:
        return _page(request, {"refusal": phrases.refusal(error)}, typed=typed, status=error.status)
    return _page(request, {**shown, "names": bind(asked.values(), english)}, typed=typed, year=drafted.year)


def _names_to_ask(drafted: Drafted) -> dict[str, Field]:
    """A field for the English name of each holiday that has none, by its Chinese name."""
    return {
        zh: Field(f"english-{place}", _("“%(name)s”的英文名称") % {"name": zh}, required=False, max_length=60)
        for place, zh in enumerate(unnamed(drafted))
    }


def _previewed(preview: Preview) -> dict[str, Any]:
    return {
        "preview": preview,
        "preview_off": [_shown(preview.after, day) for day in sorted(preview.year.off)],
        "preview_worked": sorted(preview.year.worked),
        "still_worked": _("、").join(day.isoformat() for day in preview.still_worked),
        "preview_changes": _changed(preview.now, preview.after, [*preview.earlier, *preview.in_force]),
    }


def _changed(now: Calendar, after: Calendar, changes: Iterable[Change]) -> list[Changed]:
    return [Changed(_shown(now, one.day), _shown(after, one.day)) for one in changes]


def _page(
    request: DoorRequest,
    context: dict[str, Any] | None = None,
    *,
    typed: dict[str, str] | None = None,
    errors: dict[str, str] | None = None,
    local: dict[str, str] | None = None,
    local_errors: dict[str, str] | None = None,
    year: int = 0,
    status: int = 200,
) -> HttpResponse:
    asker = request.asker
    tenant = organisation.tenant(asker.tenant_id)
    law = organisation.calendar_of(tenant)
    chosen = year or _chosen(request)
    own = organisation.local_changes(tenant.id, chosen)
    job = obligations.recomputation_of(tenant.id)
    shown = {
        "year": chosen,
        "years": organisation.years_of(law, chosen).items(),
        "official": law.is_official(chosen),
        "notices": law.notices(chosen),
        "months": [(f"{chosen}-{number:02}", _month(law, chosen, number)) for number in range(1, 13)],
        "named": _named(law, chosen),
        "weekdays": [_("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"), _("周日")],
        "own": own,
        "waiting": [_waiting(request, tenant, row) for row in organisation.waiting_changes(tenant.id)],
        "history": organisation.calendar_changes(asker)[:_HISTORY],
        "job": job if job and _is_moving(tenant, law, job) else None,
        # Until the worker comes by, the numbers are still those of the calendar before.
        "job_begun": job is not None and job.calendar == law.version,
        "missing": organisation.missing_year(law, request.now),
        "fields": bind(PROPOSAL, typed, errors),
        "local_fields": bind(LOCAL, local, local_errors, prefix="l"),
    }
    return shell.page(
        request, "desk/calendar.html", {**shown, **(context or {})}, here="calendar", status=status
    )


def _is_moving(tenant: Tenant, law: Calendar, job: Recomputation) -> bool:
    """Whether limits are reckoned anew because the calendar changed: an office's first look is no news."""
    if job.finished_at is not None and job.calendar == law.version:
        return False
    return bool(tenant.calendar_digest) or obligations.had_another_calendar(tenant.id)


def _waiting(request: DoorRequest, tenant: Tenant, row: CalendarChange) -> dict[str, Any]:
    proposed_by = row.proposed_by_id
    try:
        after, changes = organisation.effect(tenant, row)
    except Invalid as error:
        shown: dict[str, Any] = {"fault": phrases.refusal(error).message}
    else:
        shown = {"changes": _changed(organisation.calendar_of(tenant), after, changes)}
    return {
        **shown,
        "change": row,
        "may_confirm": bool(permissions.may_confirm_calendar(request.asker, proposed_by)),
        "may_withdraw": bool(permissions.may_withdraw(request.asker, proposed_by)),
    }


def _month(law: Calendar, year: int, number: int) -> list[list[Day | None]]:
    weeks = months.Calendar().monthdatescalendar(year, number)
    return [[_shown(law, day) if day.month == number else None for day in week] for week in weeks]


def _named(law: Calendar, year: int) -> list[tuple[Day, date, date]]:
    """The holidays of a year and the office's own days off, each with its first and last day."""
    found: list[tuple[Day, date, date]] = []
    for day in (date.fromordinal(n) for n in range(*(date(y, 1, 1).toordinal() for y in (year, year + 1)))):
        shown = _shown(law, day)
        if shown.kind not in {"off", "local"}:
            continue
        if found and found[-1][0].what == shown.what and (day - found[-1][2]).days == 1:
            found[-1] = (shown, found[-1][1], day)
        else:
            found.append((shown, day, day))
    return found


def _shown(law: Calendar, day: date) -> Day:
    why = law.why(day)
    if why == "workday":
        return Day(day, "workday", "", _("上班"))
    if why == "weekend":
        return Day(day, "weekend", "", _("周末休息"))
    if why == "shifted_workday":
        return Day(day, "shifted", _("班"), _("调休上班日"))
    chinese, english = law.holiday_name(why)
    kind = "local" if why.startswith("local_") else "off"
    if phrases.language() != "en":
        return Day(day, kind, _("休"), chinese)
    return Day(day, kind, _("休"), english, "" if english != chinese or chinese.isascii() else "zh")


def _errors(found: Read) -> list[str]:
    return [_(one.msgid) % one.params if one.params else _(one.msgid) for one in found.errors]


def _chosen(request: DoorRequest) -> int:
    text = request.GET.get("year", "")
    year = int(text) if re.fullmatch(r"\d{4}", text, re.ASCII) else 0
    return year if year in _YEARS else request.now.astimezone(SHANGHAI).year


def _number(text: str, wrong: dict[str, str]) -> int | None:
    if not text.strip():
        return None
    if re.fullmatch(r"\d{4}", text.strip(), re.ASCII) and int(text) in _YEARS:
        return int(text)
    wrong["year"] = msg("请填写四位年份，例如 2027")
    return None


def _day(text: str, name: str, wrong: dict[str, str]) -> date | None:
    try:
        return date.fromisoformat(text.strip()) if text.strip() else None
    except ValueError:
        wrong[name] = msg("请填写日期，例如 2026-11-04")
        return None


def _days(text: str, name: str, wrong: dict[str, str]) -> list[date]:
    parts = [part for part in re.split(r"[、，,;；\s]+", text) if part]
    return [day for part in parts if (day := _day(part, name, wrong)) is not None]


def _back(year: int) -> HttpResponse:
    response = redirect("desk:calendar")
    response.headers["Location"] += f"?year={year}"
    return response
