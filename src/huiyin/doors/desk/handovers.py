"""Going away and coming back: one's own absences, the hand-over sheets to write and to sign."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from huiyin.doors import phrases
from huiyin.doors.access import DoorRequest
from huiyin.doors.desk import shell
from huiyin.doors.forms import Field, bind, clean, moment, read
from huiyin.matters import actions, event_labels, labels
from huiyin.matters import queries as matters
from huiyin.matters.queries import Task
from huiyin.organisation import actions as organisation_actions
from huiyin.organisation import queries as organisation
from huiyin.organisation import terms
from huiyin.rules.errors import HuiyinError, Invalid, NotFound, msg
from huiyin.rules.regimes import post_substitution
from huiyin.rules.workdays import SHANGHAI

if TYPE_CHECKING:
    from huiyin.organisation.models import Absence, Person

AWAY: Final = (
    Field("kind", msg("离岗事由"), "select", choices={one.value: one.label for one in terms.AbsenceKind}),
    Field("starts_at", msg("开始"), "datetime-local"),
    Field("ends_at", msg("结束"), "datetime-local"),
    Field("head_covers", msg("科室负责人代管"), "checkbox", required=False),
)
WHY: Final = Field(
    "why_unbriefed",
    msg("来不及交接的原因"),
    required=False,
    max_length=200,
    help=msg("现在就离岗、没有交接的，须写明原因；提前登记的不填，写交接单。"),
)
SHEET: Final = (
    Field("things", msg("文件、印章、钥匙等"), "textarea", required=False, max_length=2000, rows=2),
    Field("notes", msg("要交代的事"), "textarea", required=False, max_length=2000, rows=3),
)
_WORDS: Final = {True: event_labels.EVENTS, False: labels.DUTIES}
_BACK: Final = timedelta(days=31)
_AHEAD: Final = timedelta(days=180)


def index(request: DoorRequest) -> HttpResponse:
    """Show what this person has to hand over or sign, whom they may step in for, and their own absences."""
    return _page(request)


def go_away(request: DoorRequest) -> HttpResponse:
    """Record one's own absence."""
    typed = read((*AWAY, WHY), request.POST)
    try:
        person = organisation.person(request.asker, request.asker.person_id)
        starts, ends = _span(typed)
        absence = actions.go_away(
            person,
            starts_at=starts,
            ends_at=ends,
            kind=typed["kind"],
            head_covers=typed["head_covers"] == "on",
            why_unbriefed=typed["why_unbriefed"],
            by=request.asker,
            at=request.now,
        )
    except HuiyinError as error:
        return _page(request, typed, error)
    said = (
        _("已登记。请写交接单；B岗确认后离岗才开始。")
        if absence.held
        else _("离岗已登记，其间的事由B岗顶岗。")
    )
    messages.success(request, said)
    return redirect("desk:handovers")


def come_back(request: DoorRequest, own_id: UUID) -> HttpResponse:
    """End or call off an absence."""
    absence = organisation.absence(request.asker, own_id)
    organisation_actions.cancel_absence(absence, by=request.asker, at=request.now)
    messages.success(request, _("离岗已结束，事情转回本人。"))
    return redirect("desk:handovers")


def step_in(request: DoorRequest, own_id: UUID) -> HttpResponse:
    """Take over where there was no hand-over."""
    absence = organisation.absence(request.asker, own_id)
    try:
        actions.step_in(absence, by=request.asker, at=request.now)
    except NotFound:
        raise
    except HuiyinError as error:
        return _page(request, error=error)
    messages.success(request, _("已顶岗；没有交接已记在案。"))
    return redirect("desk:handovers")


def write(request: DoorRequest, absence_id: UUID, position_id: UUID, way: str) -> HttpResponse:
    """Write a hand-over sheet; a refusal keeps what was typed."""
    task = _task(request, absence_id, position_id, way)
    rows = matters.hand_over_rows(task)
    typed: dict[str, str] | None = None
    errors: Mapping[str, str] = {}
    refusal = None
    if request.method == "POST":
        typed = read(SHEET, request.POST)
        progress = {one.number: clean(request.POST.get(f"progress-{one.number}", "")) for one, _duty in rows}
        try:
            sheet = actions.write_briefing(
                task.absence,
                task.position,
                things=typed["things"],
                notes=typed["notes"],
                progress=progress,
                back=task.back,
                by=request.asker,
                at=request.now,
            )
        except NotFound:
            raise
        except HuiyinError as error:
            errors = phrases.field_errors(error)
            refusal = None if errors else phrases.refusal(error)
        else:
            messages.success(request, _("交接单已写好，等对方确认。"))
            return redirect("desk:handover", briefing_id=sheet.id)
    context = {
        "task": task,
        "rows": [(one, duty, request.POST.get(f"progress-{one.number}", "")) for one, duty in rows],
        "acts": matters.acts_of_task(task, request.now),
        "fields": bind(SHEET, typed, errors),
        "refusal": refusal,
    }
    status = 422 if errors or refusal else 200
    return shell.page(request, "desk/handover_write.html", context, here="handovers", status=status)


def show(request: DoorRequest, briefing_id: UUID) -> HttpResponse:
    """Show a sheet, to read, sign and print."""
    sheet = matters.briefing(request.asker, briefing_id)
    lines = [
        (
            one,
            phrases.label(event_labels.EVENTS if one.done else labels.DUTIES, one.what),
            _contact(request, one.matter),
        )
        for one in matters.lines_of(sheet)
    ]
    context = {
        "sheet": sheet,
        "kind": dict(terms.AbsenceKind.choices)[sheet.absence.kind],
        "done": [row for row in lines if row[0].done],
        "open_lines": [row for row in lines if not row[0].done],
        "mine": sheet.reader_id == request.asker.person_id and sheet.acknowledged_at is None,
    }
    return shell.page(request, "desk/handover.html", context, here="handovers")


def sign(request: DoorRequest, briefing_id: UUID) -> HttpResponse:
    """Acknowledge a sheet."""
    sheet = matters.briefing(request.asker, briefing_id)
    actions.acknowledge_briefing(sheet, by=request.asker, at=request.now)
    messages.success(request, _("已确认。"))
    return redirect("desk:handover", briefing_id=sheet.id)


def _page(
    request: DoorRequest, typed: dict[str, str] | None = None, error: HuiyinError | None = None
) -> HttpResponse:
    asker, now = request.asker, request.now
    errors = phrases.field_errors(error) if error else {}
    kinds = dict(terms.AbsenceKind.choices)
    own = organisation.absences(asker, since=now - _BACK, until=now + _AHEAD).filter(
        person_id=asker.person_id
    )
    sheets = matters.briefings_of(asker)[:50]
    waiting = organisation.waiting_absences(organisation.partners(asker.person_id, now), now)
    book = organisation.book_of(organisation.tenant(asker.tenant_id), now.astimezone(SHANGHAI).date())
    briefs = book.has(post_substitution.BRIEFING)
    context: dict[str, Any] = {
        "missing": matters.returns_missing_for(asker, now),
        "unbriefed": _by_person(organisation.unbriefed_this_year(asker, now)),
        "tasks": matters.tasks_of(asker, now),
        "to_sign": [one for one in sheets if one.reader_id == asker.person_id and not one.acknowledged_at],
        "to_step_in": [one for one in waiting if one.starts_at <= now],
        "covered": matters.covered(asker),
        "sheets": sheets,
        "own": [(one, kinds[one.kind], one.cancelled_at is None and one.ends_at > now) for one in own],
        "fields": bind((*AWAY, WHY) if briefs else AWAY, typed, errors),
        "refusal": phrases.refusal(error) if error and not errors else None,
    }
    return shell.page(
        request, "desk/handovers.html", context, here="handovers", status=error.status if error else 200
    )


def _by_person(found: list[Absence]) -> list[tuple[Person, list[tuple[Absence, str]]]]:
    kinds = dict(terms.AbsenceKind.choices)
    return [
        (person, [(one, str(kinds[one.kind])) for one in rows])
        for person, rows in groupby(found, key=lambda one: one.person)
    ]


def _task(request: DoorRequest, absence_id: UUID, position_id: UUID, way: str) -> Task:
    for one in matters.tasks_of(request.asker, request.now):
        if (one.absence.id, one.position.id, one.back) == (absence_id, position_id, way == "back"):
            return one
    raise NotFound


def _contact(request: DoorRequest, matter: Any) -> str:
    """The person served, as this reader may see them."""
    found = matters.applicant_of(request.asker, matter)
    return " ".join(part for part in (found.name, found.phone) if part)


def _span(typed: Mapping[str, str]) -> tuple[datetime, datetime]:
    found, wrong = [], {}
    for name in ("starts_at", "ends_at"):
        try:
            found.append(moment(typed[name]))
        except ValueError:
            wrong[name] = msg("请填写日期和时间")
    if wrong:
        raise Invalid(wrong)
    return found[0], found[1]
