"""办件台账: every application with its limits, how long it took, and which light it ended under."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from huiyin.ledger.models import LedgerEvent
from huiyin.matters import labels, notice_labels
from huiyin.matters.models import ExtensionRequest, Matter, Pause
from huiyin.matters.rows import limit_from
from huiyin.obligations import queries as duties
from huiyin.obligations.models import Obligation
from huiyin.organisation import queries as organisation
from huiyin.reports.ledgers.frame import Column, Ledger, Line, Scope
from huiyin.rules.errors import msg
from huiyin.rules.events import Delivered, MatterKind
from huiyin.rules.regimes import time_limit
from huiyin.rules.workdays import SHANGHAI, Calendar
from huiyin.storage.masking import mask_id_number

COLUMNS: Final = (
    Column(msg("办件编号"), 18),
    Column(msg("事项名称"), 22),
    Column(msg("办件类型"), 8),
    Column(msg("申请人"), 12),
    Column(msg("证件号（脱敏）"), 20),
    Column(msg("联系电话"), 14),
    Column(msg("收件时间"), 16),
    Column(msg("受理时间"), 16),
    Column(msg("法定时限"), 10),
    Column(msg("承诺时限"), 10),
    Column(msg("应办结时间"), 16),
    Column(msg("实际办结时间"), 16),
    Column(msg("用时（工作日）"), 8),
    Column(msg("办理结果"), 10),
    Column(msg("亮灯"), 10),
    Column(msg("暂停天数及原因"), 20),
    Column(msg("延期"), 16),
    Column(msg("承办人"), 10),
    Column(msg("取件人签收"), 16),
    Column(msg("评价"), 8),
)
RATINGS: Final = {
    5: msg("非常满意"),
    4: msg("满意"),
    3: msg("基本满意"),
    2: msg("不满意"),
    1: msg("非常不满意"),
}


def rows(scope: Scope) -> QuerySet[Matter]:
    """Every application received in the period, in the order it came."""
    found = scope.matters().filter(scope.within("received_at"), kind=MatterKind.APPLICATION)
    return (
        found.select_related("item", "custodian", "first_responder")
        .prefetch_related(
            Prefetch("pauses", Pause.objects.defer("basis").order_by("started_at", "id")),
            Prefetch(
                "extensions",
                ExtensionRequest.objects.filter(granted=True)
                .defer("reason", "opinion")
                .order_by("decided_at", "id"),
            ),
        )
        .defer("details", "reply", "rating_comment", "applicant_email")
        .order_by("received_at", "id")
    )


def lines(matters: Sequence[Any], scope: Scope) -> Iterator[Line]:
    """Put each into words; two queries for clocks and deliveries of all of them.

    Who collects signs on the paper; the register says how and when the decision reached them.
    """
    delivered = _delivered(scope, [matter.id for matter in matters])
    clocks = _deciding_clocks([matter.id for matter in matters])
    calendar = organisation.calendar_of(scope.tenant)
    for matter in matters:
        clock = clocks.get(matter.id)
        done = matter.decided_at or matter.closed_at
        yield (
            matter.number,
            matter.item.name if matter.item else matter.summary,
            scope.say(msg("即办件") if matter.instant else msg("承诺件")),
            scope.name(matter),
            mask_id_number(matter.applicant_id_number),
            scope.phone(matter),
            matter.received_at,
            matter.accepted_at,
            scope.say_limit(limit_from(matter.statutory_amount, matter.statutory_unit)),
            scope.say_limit(limit_from(matter.committed_amount, matter.committed_unit)),
            clock.due_at if clock else None,
            done,
            _days_taken(matter, calendar) if done else None,
            scope.say(labels.OUTCOMES.get(matter.outcome, "")),
            light(clock, scope),
            _paused(matter, calendar, scope),
            extended(matter, scope),
            matter.custodian.name,
            delivered.get(matter.id, ""),
            scope.say(RATINGS.get(matter.rating, "")),
            _remark(matter, clock, scope),
        )


def _deciding_clocks(ids: Sequence[UUID]) -> Mapping[UUID, Obligation]:
    """The last deciding clock of each matter; the others were set aside for it."""
    found = Obligation.objects.filter(subject_id__in=ids, what=time_limit.DECIDE)
    return {row.subject_id: row for row in found.order_by("started_at", "key")}


_DELIVERED: Final = {**notice_labels.WAYS, **labels.DELIVERIES}


def _delivered(scope: Scope, ids: Sequence[UUID]) -> Mapping[UUID, str]:
    """How and on which day each decision reached the applicant."""
    events = LedgerEvent.objects.filter(tenant_id=scope.tenant.id, subject_id__in=ids, kind=Delivered.kind)
    return {
        one.subject_id: " ".join(
            (
                scope.say(_DELIVERED.get(json.loads(one.body)["how"], "")),
                one.at.astimezone(SHANGHAI).date().isoformat(),
            )
        )
        for one in events.order_by("seq")
    }


def _days_taken(matter: Any, calendar: Calendar) -> int:
    """Return the working days from acceptance or receipt to the end, without pauses."""
    begun = matter.accepted_at or matter.received_at
    done = matter.decided_at or matter.closed_at
    paused = sum(_paused_days(one, calendar) for one in matter.pauses.all() if one.ended_at)
    return max(_workdays(calendar, begun, done) - paused, 0)


def _paused_days(one: Pause, calendar: Calendar) -> int:
    return _workdays(calendar, one.started_at, one.ended_at)


def _workdays(calendar: Calendar, after: Any, upto: Any) -> int:
    return calendar.count_workdays(after.astimezone(SHANGHAI).date(), upto.astimezone(SHANGHAI).date())


def light(clock: Obligation | None, scope: Scope) -> str:
    """Return the light of a clock, or how it ended; nothing for none."""
    if clock is None:
        return ""
    if clock.outcome:
        return scope.say(labels.PUNCTUALITY[clock.outcome])
    return scope.say(labels.LIGHTS[duties.light_of(clock, scope.at).value])


def _paused(matter: Any, calendar: Calendar, scope: Scope) -> str:
    running = scope.say(msg("%(why)s，进行中（预计%(days)s个工作日）"))
    over = scope.say(msg("%(why)s%(days)s个工作日"))
    return scope.say(msg("；")).join(
        (over if one.ended_at else running)
        % {
            "why": scope.say(labels.PROCEDURES.get(one.procedure, one.procedure)),
            "days": _paused_days(one, calendar) if one.ended_at else one.planned_days,
        }
        for one in matter.pauses.all()
    )


def extended(matter: Any, scope: Scope) -> str:
    """Return the extensions that were granted, which the rows must have brought along."""
    found = [scope.say_limit(limit_from(one.amount, one.unit)) for one in matter.extensions.all()]
    return scope.say(msg("；")).join(found)


def _remark(matter: Any, clock: Obligation | None, scope: Scope) -> str:
    provisional = clock is not None and clock.provisional and not clock.outcome
    remarks = [msg("视为受理")] if matter.deemed_at else []
    remarks += [msg("期限暂定")] if provisional else []
    return scope.say(msg("；")).join(map(scope.say, remarks))


LEDGER: Final = Ledger(
    "applications",
    msg("办件台账（限时办结）"),
    msg("按收件时间列出每一件申请。"),
    COLUMNS,
    rows,
    lines,
)
