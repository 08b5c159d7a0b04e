"""The live evidence of clauses: how often each applied in an office, was met, was breached."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Max, Q, QuerySet

from huiyin.matters.models import Matter
from huiyin.matters.queries import visible_to
from huiyin.obligations.models import Finding, Obligation
from huiyin.organisation.queries import Asker
from huiyin.rules.lifecycle import VOIDED
from huiyin.rules.vocabulary import Outcome
from huiyin.supervision.queries import opinions

_MET = (Outcome.EARLY.value, Outcome.ON_TIME.value)


@dataclass(frozen=True, slots=True)
class Figures:
    """How a clause fared: duties it set, those met, late and still open, and findings that cite it."""

    applied: int = 0
    met: int = 0
    late: int = 0
    open: int = 0
    findings: int = 0

    @property
    def share_met(self) -> float | None:
        """Of the duties that ended, the share that was met; None while none has ended."""
        ended = self.met + self.late
        return self.met / ended if ended else None


@dataclass(frozen=True, slots=True)
class Applied:
    """One matter that a clause applied to, most recent first."""

    number: str
    summary: str
    at: datetime
    what: str
    outcome: str


def figures(asker: Asker, clauses: Collection[str] | None = None) -> Mapping[str, Figures]:
    """Figures by clause, over the matters the person may see; two queries whatever the number.

    What looking into an entry of the opinion book found counts for who reads the book. A duty set
    aside (waived) counts as applied, and neither as met nor as late. A document that was entered by
    mistake counts nowhere.
    """
    seen = visible_to(asker).exclude(outcome=VOIDED).values("id")
    duties = _within(Obligation.objects.filter(tenant_id=asker.tenant_id, subject_id__in=seen), clauses)
    counted = duties.values("clause").annotate(
        applied=Count("id"),
        met=Count("id", filter=Q(outcome__in=_MET)),
        late=Count("id", filter=Q(outcome=Outcome.LATE.value) | Q(ended_at__isnull=True, overdue_noted=True)),
        open=Count("id", filter=Q(ended_at__isnull=True)),
    )
    found = {
        row["clause"]: Figures(row["applied"], row["met"], row["late"], row["open"])
        for row in counted.order_by()
    }
    entries = opinions(asker).order_by().values("id")
    about = Q(subject_id__in=seen) | Q(subject_id__in=entries)
    findings = _within(Finding.objects.filter(about, tenant_id=asker.tenant_id), clauses)
    for clause, count in findings.values_list("clause").annotate(Count("id")).order_by():
        one = found.get(clause, Figures())
        found[clause] = Figures(one.applied, one.met, one.late, one.open, count)
    return found


def applied_to(asker: Asker, clause: str, most: int = 10) -> list[Applied]:
    """The matters that the clause set a duty on last, that the person may see; two queries."""
    seen = visible_to(asker).values("id")
    rows = (
        Obligation.objects.filter(tenant_id=asker.tenant_id, clause=clause, subject_id__in=seen)
        .values("subject_id")
        .annotate(last=Max("started_at"))
        .order_by("-last", "subject_id")[:most]
    )
    return _described(asker, clause, {row["subject_id"]: row["last"] for row in rows})


def _described(asker: Asker, clause: str, when: Mapping[UUID, datetime]) -> list[Applied]:
    matters = {row.id: row for row in Matter.objects.filter(tenant_id=asker.tenant_id, id__in=when)}
    duties = {
        (row.subject_id, row.started_at): row
        for row in Obligation.objects.filter(clause=clause, subject_id__in=when)
    }
    found = []
    for key, at in when.items():
        duty = duties[key, at]
        found.append(Applied(matters[key].number, matters[key].summary, at, duty.what, duty.outcome))
    return found


def _within(
    rows: QuerySet[Obligation] | QuerySet[Finding], clauses: Collection[str] | None
) -> QuerySet[Obligation] | QuerySet[Finding]:
    return rows if clauses is None else rows.filter(clause__in=clauses)
