"""办件台账 of whatever list somebody made: the matters found, masked as on the page, newest first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from django.db.models import QuerySet

from huiyin.matters import labels
from huiyin.matters.models import Consultation, Matter
from huiyin.matters.queries import consulted, pressing
from huiyin.reports.ledgers.frame import Column, Ledger, Line, Scope
from huiyin.rules.errors import msg
from huiyin.rules.events import Route
from huiyin.storage.masking import mask_name, mask_text

COLUMNS: Final = (
    Column(msg("编号"), 20),
    Column(msg("类型"), 8),
    Column(msg("事由"), 36),
    Column(msg("申请人（脱敏）"), 12),
    Column(msg("来源"), 8),
    Column(msg("收件时间"), 17),
    Column(msg("环节"), 12),
    Column(msg("承办科室"), 14),
    Column(msg("责任人"), 10),
    Column(msg("首问责任人"), 10),
    Column(msg("亮灯"), 10),
    Column(msg("最近期限"), 17),
    Column(msg("结果"), 10),
    Column(msg("会商"), 24),
)
_READ: Final = (
    "id",
    "number",
    "kind",
    "summary",
    "applicant_name",
    "channel",
    "received_at",
    "stage",
    "closed_at",
    "outcome",
    "route",
    "unit__name",
    "custodian__name",
    "first_responder__name",
)


def of(rows: QuerySet[Matter]) -> Ledger:
    """Return a list that somebody made as a register, which has no period of its own."""
    about = msg("列出筛选出来的每一件。")
    # Read as plain values: whole matters with all their columns take three times as long.
    read = rows.values_list(*_READ, named=True)
    return Ledger("matters", msg("办件台账"), about, COLUMNS, lambda _scope: read, lines, dated=False)


def lines(matters: Sequence[Any], scope: Scope) -> Iterator[Line]:
    """Put each into words; one query for what presses most on each, one for who was asked about it."""
    ids = [one.id for one in matters]
    found, asked = pressing(ids, scope.at), consulted(ids)
    for one in matters:
        clock = found.get(one.id)
        ended = scope.say(labels.LIGHTS["grey"]) if one.closed_at else scope.say(msg("不计时"))
        yield (
            one.number,
            scope.say(labels.KINDS.get(one.kind, one.kind)),
            mask_text(one.summary),
            mask_name(one.applicant_name),
            scope.say(labels.CHANNELS.get(one.channel, one.channel)),
            one.received_at,
            scope.say(labels.STAGES.get(one.stage, one.stage)),
            one.unit__name,
            one.custodian__name,
            one.first_responder__name,
            scope.say(labels.LIGHTS[clock.light]) if clock else ended,
            clock.due_at if clock else None,
            scope.say(labels.OUTCOMES.get(one.outcome, one.outcome)),
            _joint(one, asked.get(one.id, ()), scope),
            scope.say(msg("期限暂定")) if clock and clock.provisional else "",
        )


def _joint(matter: Any, asked: Sequence[Consultation], scope: Scope) -> str:
    """Whether several bodies have to do with it, which units were asked, and which have not answered."""
    comma = scope.say(msg("、"))
    silent = [one.unit_name for one in asked if one.answered_at is None]
    units = scope.say(msg("会商%(units)s")) % {"units": comma.join(one.unit_name for one in asked)}
    waiting = scope.say(msg("%(units)s没有答复")) % {"units": comma.join(silent)}
    told = (
        scope.say(msg("职能交叉")) if matter.route == Route.SHARED else "",
        units if asked else "",
        waiting if silent else "",
    )
    return scope.say(msg("；")).join(one for one in told if one)
