"""签批超期台账: the steps of approvals that were not signed in time, by whoever was to sign them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from django.db.models import Q, QuerySet

from huiyin.matters.models import Matter
from huiyin.matters.queries import steps_waiting
from huiyin.obligations.models import Obligation
from huiyin.reports.ledgers.frame import Column, Ledger, Line, Scope
from huiyin.rules.errors import msg
from huiyin.rules.signing import SIGN
from huiyin.rules.vocabulary import Limit, Outcome, Unit

COLUMNS: Final = (
    Column(msg("签批人"), 10),
    Column(msg("编号"), 18),
    Column(msg("事项"), 24),
    Column(msg("环节"), 16),
    Column(msg("环节时限"), 12),
    Column(msg("送签时间"), 16),
    Column(msg("签批期限"), 16),
    Column(msg("签批时间"), 16),
    Column(msg("依据条款"), 26),
)


def rows(scope: Scope) -> QuerySet[Obligation]:
    """Every step due in the period that was not signed by then, signed late or not yet, by its signer."""
    late = Q(overdue_noted=True) | Q(outcome=Outcome.LATE.value)
    waiting = Q(ended_at__isnull=True, paused=False, due_at__lt=scope.at)
    theirs = Q(subject_id__in=scope.matters().values("id")) | Q(bearer__in=scope.me)
    found = Obligation.objects.filter(late | waiting, theirs, scope.within("due_at"))
    found = found.filter(tenant_id=scope.tenant.id, what=SIGN)
    return found.select_related("bearer").order_by("bearer__name", "bearer_id", "due_at", "id")


def lines(found: Sequence[Any], scope: Scope) -> Iterator[Line]:
    """Put each into words; three queries for the matters and the names of the steps of all of them."""
    subjects = {row.subject_id for row in found}
    matters = Matter.objects.select_related("item").in_bulk(subjects)
    named = steps_waiting(found, list(matters.values()))
    for row in found:
        matter = matters[row.subject_id]
        signed = row.outcome not in {"", Outcome.WAIVED.value}
        waived = scope.say(msg("不再需要签批")) if row.outcome == Outcome.WAIVED.value else ""
        yield (
            row.bearer.name,
            matter.number,
            matter.item.name if matter.item else "",
            named[row.id][1],
            scope.say_limit(Limit(row.limit_amount, Unit(row.limit_unit))),
            row.started_at,
            row.due_at,
            row.ended_at if signed else None,
            row.clause,
            waived,
        )


LEDGER: Final = Ledger(
    "late-steps",
    msg("签批超期台账"),
    msg("按签批人列出签批期限在期间内、没有按时签批的每个审批环节。"),
    COLUMNS,
    rows,
    lines,
)
