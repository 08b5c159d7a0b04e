"""How each position's responsibility was carried out in a year, from the records, for the assessment."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from huiyin.matters.models import Matter
from huiyin.obligations import queries as duties
from huiyin.organisation import queries as organisation
from huiyin.organisation.models import Tenant
from huiyin.rules.events import MatterKind
from huiyin.rules.regimes import post_responsibility
from huiyin.rules.workdays import SHANGHAI


@dataclass(frozen=True, slots=True)
class Assessed:
    """One position: its record now, and what was found this year against whoever held it at the time.

    `overdue` counts limits that passed, `pointed_out` clauses that a person pointed out, `other` what
    else was found; `whole` says that the record of the position lacks nothing the rulebook asks for.
    """

    record: organisation.Record
    overdue: int
    pointed_out: int
    other: int

    @property
    def whole(self) -> bool:
        """Whether nothing is missing."""
        return not self.record.gaps


def assessed(tenant: Tenant, at: datetime) -> tuple[str, list[Assessed]]:
    """Return the clause that makes it part of the assessment, and every position in the year of `at`.

    Both are empty where the office's rulebook does not (p4.post-responsibility.6). What counts no
    longer is left out. What was found while somebody held a position stays with the position when
    another takes it; a holder of several positions has the same findings at each.
    """
    local = at.astimezone(SHANGHAI)
    law = organisation.book_of(tenant, local.date())
    if not law.has(post_responsibility.ASSESSED):
        return "", []
    since = local.replace(month=1, day=1, hour=0, minute=0, second=0, microsecond=0)
    # What a misconduct report brought to light is not told by a number either.
    reports = Matter.objects.filter(tenant=tenant, kind=MatterKind.REPORT).values("id")
    found = duties.found_against(tenant.id, since, at, apart=reports)
    counts: dict[UUID, Counter[str]] = {}
    for held in organisation.held_as_a(tenant.id, since.date(), local.date()):
        for moment, what in found.get(held.person_id, ()):
            if organisation.holds_on(held, moment.astimezone(SHANGHAI).date()):
                counts.setdefault(held.position_id, Counter())[what] += 1
    return law.cite(post_responsibility.ASSESSED), [
        _assessed(record, counts.get(record.held.position.id, Counter()))
        for record in organisation.records(tenant, at)
    ]


def _assessed(record: organisation.Record, own: Counter[str]) -> Assessed:
    overdue, pointed_out = own["overdue"], own["invoked"]
    return Assessed(record, overdue, pointed_out, own.total() - overdue - pointed_out)
