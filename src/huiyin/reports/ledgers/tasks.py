"""督办台账: tasks and motions that were given to the office, how far they are, and when they ended."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from huiyin.ledger.models import LedgerEvent
from huiyin.matters import labels
from huiyin.matters.labelled import GOALS, NEXT, PARTNERS, PROBLEMS, parts_of
from huiyin.matters.models import ExtensionRequest, Matter, StepNote
from huiyin.obligations import queries as duties
from huiyin.obligations.models import Obligation
from huiyin.organisation import queries as organisation
from huiyin.reports.ledgers.applications import extended, light
from huiyin.reports.ledgers.frame import Column, Ledger, Line, Scope
from huiyin.rules.clocks import workdays_taken
from huiyin.rules.errors import msg
from huiyin.rules.events import MatterKind, ProgressReported
from huiyin.rules.regimes.time_limit import parts

COLUMNS: Final = (
    Column(msg("督办编号"), 18),
    Column(msg("立项日期"), 16),
    Column(msg("任务来源"), 12),
    Column(msg("任务内容"), 30),
    Column(msg("责任领导"), 10),
    Column(msg("牵头单位"), 14),
    Column(msg("配合单位"), 12),
    Column(msg("责任人"), 10),
    Column(msg("完成时限"), 16),
    Column(msg("阶段目标"), 14),
    Column(msg("进展"), 30),
    Column(msg("存在问题"), 14),
    Column(msg("下步措施"), 14),
    Column(msg("亮灯"), 10),
    Column(msg("延期情况"), 14),
    Column(msg("销号日期"), 16),
    Column(msg("用时（工作日）"), 8),
    Column(msg("期限（工作日）"), 8),
)
KINDS: Final = (MatterKind.TASK.value, MatterKind.PROPOSAL.value)


def rows(scope: Scope) -> QuerySet[Matter]:
    """Every task and motion taken in during the period, in the order it came."""
    found = scope.matters().filter(scope.within("received_at"), kind__in=KINDS)
    granted = ExtensionRequest.objects.filter(granted=True).defer("reason", "opinion")
    return (
        found.select_related("unit", "custodian", "first_responder", "assigner")
        .prefetch_related(Prefetch("extensions", granted.order_by("decided_at", "id")))
        .defer("rating_comment", "applicant_email", "applicant_id_number")
        .order_by("received_at", "id")
    )


def lines(matters: Sequence[Any], scope: Scope) -> Iterator[Line]:
    """Put each into words; three queries for clocks and reports of progress of all of them.

    Who works along and the goals of the stages stand labelled in what was asked, what is in the way and
    what comes next in the last report (`matters.labelled`).
    """
    ids = [matter.id for matter in matters]
    clocks = _settling(ids)
    told = _progress(scope, ids)
    for matter in matters:
        clock = clocks.get(matter.id)
        asked = parts_of(scope.text(matter, matter.details))
        said = parts_of(scope.text(matter, told.get(matter.id, "")))
        yield (
            matter.number,
            matter.received_at,
            scope.say(labels.SOURCES.get(matter.source, "")),
            scope.text(matter, matter.question) or matter.summary,
            matter.assigner.name if matter.assigner else "",
            matter.unit.name,
            asked.get(PARTNERS, ""),
            matter.custodian.name,
            clock.due_at if clock else None,
            asked.get(GOALS, ""),
            scope.text(matter, matter.reply) or said[""],
            said.get(PROBLEMS, ""),
            said.get(NEXT, ""),
            light(clock, scope),
            extended(matter, scope),
            matter.closed_at,
            *_taken(clock, scope),
            matter.origin,
        )


def _taken(clock: Obligation | None, scope: Scope) -> tuple[int | None, int | None]:
    """The working days it took, once it is done, and those it was allowed (p4.time-limit.0)."""
    if clock is None:
        return None, None
    began, calendar = duties.clock_of(clock), organisation.calendar_of(scope.tenant)
    used = workdays_taken(began, clock.ended_at, calendar) if clock.ended_at else None
    return used, workdays_taken(began, clock.due_at, calendar)


def _settling(ids: Sequence[UUID]) -> Mapping[UUID, Obligation]:
    """The last clock for settling each; the others were set aside for it."""
    found = Obligation.objects.filter(subject_id__in=ids, what=parts.SETTLE)
    return {row.subject_id: row for row in found.order_by("started_at", "key")}


def _progress(scope: Scope, ids: Sequence[UUID]) -> Mapping[UUID, str]:
    """The words of the last report of progress of each."""
    events = LedgerEvent.objects.filter(
        tenant_id=scope.tenant.id, subject_id__in=ids, kind=ProgressReported.kind
    )
    last = dict(events.order_by("seq").values_list("subject_id", "seq"))
    notes = StepNote.objects.filter(matter__in=last, seq__in=set(last.values()))
    return {note.matter_id: note.text for note in notes if last[note.matter_id] == note.seq}


LEDGER: Final = Ledger(
    "tasks",
    msg("督办台账"),
    msg("按立项日期列出每一件交办督办和议案提案。"),
    COLUMNS,
    rows,
    lines,
)
