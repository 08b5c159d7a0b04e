"""Refusals in figures: how they were filed and by whom, how often something is refused, how often corrected.

Shares never stand without the number they are taken of, and are not made of nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Coalesce, TruncMonth

from huiyin.matters import queries as matters
from huiyin.matters.models import Matter, RefusalFiling
from huiyin.obligations.models import Obligation
from huiyin.organisation import queries as organisation
from huiyin.organisation.queries import Asker
from huiyin.rules.regimes import refusal_filing
from huiyin.rules.workdays import SHANGHAI


@dataclass(frozen=True, slots=True)
class PersonFilings:
    """One person's duties to file in a period: how many, and how they ended. Numbers, no score.

    `late` were filed after their limit; `missing` are past it and not filed at all.
    """

    person_id: UUID
    name: str
    owed: int
    in_time: int
    late: int
    missing: int
    waived: int
    running: int


@dataclass(frozen=True, slots=True)
class Share:
    """A group's decisions: of `decided` applications `refused`, of those `corrected` afterwards.

    `overturned` are filings that a leader turned down; no decision came of them.
    """

    key: str
    name: str
    decided: int
    refused: int
    corrected: int
    overturned: int

    @property
    def refusal_rate(self) -> float | None:
        """The share refused of what was decided; None where nothing was."""
        return self.refused / self.decided if self.decided else None

    @property
    def correction_rate(self) -> float | None:
        """The share found wrong of the refusals that leaders saw; None where they saw none."""
        seen = self.refused + self.overturned
        return (self.corrected + self.overturned) / seen if seen else None


BY: Final = ("unit", "person", "item", "month")


def filings_by_person(asker: Asker, since: datetime, until: datetime) -> list[PersonFilings]:
    """How the filings begun in a period were kept to their limit, person by person (p4.refusal-filing.3.a).

    Of the matters `under` the asker; empty where the office's rulebook does not have
    them counted. One query besides the rulebook's, whatever the number.
    """
    if not counts_filings(asker):
        return []
    rows = (
        Obligation.objects.filter(
            tenant_id=asker.tenant_id,
            what=refusal_filing.FILE,
            started_at__gte=since,
            started_at__lt=until,
            subject_id__in=under(asker).values("id"),
        )
        .values(person_id=F("bearer"), name=F("bearer__name"))
        .annotate(
            owed=Count("id"),
            in_time=Count("id", filter=Q(outcome__in=["early", "on_time"])),
            late=Count("id", filter=Q(outcome="late")),
            waived=Count("id", filter=Q(outcome="waived")),
            missing=Count("id", filter=Q(ended_at__isnull=True, due_at__lt=asker.at)),
            running=Count("id", filter=Q(ended_at__isnull=True, due_at__gte=asker.at)),
        )
        .order_by("-late", "-missing", "name")
    )
    return [PersonFilings(**row) for row in rows]


def counts_filings(asker: Asker) -> bool:
    """Say whether the rulebook has filings counted for the year's assessment (p4.refusal-filing.3.a)."""
    tenant = organisation.tenant(asker.tenant_id)
    return matters.law_of(tenant, asker.at).book.has(refusal_filing.COUNTED)


def under(asker: Asker) -> QuerySet[Matter]:
    """Return the matters whose refusals somebody answers for.

    All for the main leader and the efficiency office; those of the units that one heads or
    oversees; none for anybody else, also not one's own.
    """
    rows = matters.untouched(asker)
    if sees_all(asker):
        return rows
    return rows.filter(unit__in=asker.headed_unit_ids | asker.overseen_unit_ids)


def answers_for(asker: Asker, person_id: UUID, unit_ids: Collection[UUID]) -> bool:
    """Say whether somebody's record, who sits in `unit_ids`, is theirs to look at: one's own, and as `under`.

    Not that of a colleague one stands in for: it is about them, and not their work.
    """
    leads = not (asker.headed_unit_ids | asker.overseen_unit_ids).isdisjoint(unit_ids)
    return person_id == asker.person_id or sees_all(asker) or leads


def sees_all(asker: Asker) -> bool:
    """Say whether the whole office's refusals are theirs to look at."""
    return "main_leader" in asker.ranks or "efficiency_office" in asker.roles


def shares(asker: Asker, since: datetime, until: datetime, *, by: str) -> list[Share]:
    """Refusal and correction rates of a period by unit, person, item or month; four queries.

    Of the matters `under` the asker. A refusal counts on the day it was decided, a correction on the
    day it was corrected, an overturned filing on the day it was. By person a refusal is that of
    who proposed it, whoever has the matter in hand since, and a grant that of who gave it.
    """
    seen = under(asker)
    decided = seen.filter(decided_at__gte=since, decided_at__lt=until)
    filings = RefusalFiling.objects.filter(matter__in=seen.values("id"))
    stands = filings.filter(ending="approved", matter__in=decided.filter(outcome="refused").values("id"))
    corrected = filings.filter(corrected_at__gte=since, corrected_at__lt=until)
    overturned = filings.filter(ending="overturned", ended_at__gte=since, ended_at__lt=until)
    granted = _group(decided.filter(outcome="granted"), by, "decided_at")
    refused = _group(stands, by, "matter__decided_at")
    undone = _group(corrected, by, "corrected_at")
    stopped = _group(overturned, by, "ended_at")
    named = dict(key for found in (granted, refused, undone, stopped) for key in found)
    return [
        Share(
            key=key,
            name=name,
            # What was corrected is undecided again, and was refused all the same.
            decided=granted[key, name] + refused[key, name] + undone[key, name],
            refused=refused[key, name] + undone[key, name],
            corrected=undone[key, name],
            overturned=stopped[key, name],
        )
        for key, name in sorted(named.items(), key=lambda one: one if by == "month" else (one[1], one[0]))
    ]


def _group(rows: QuerySet[Matter] | QuerySet[RefusalFiling], by: str, when: str) -> Counter[tuple[str, str]]:
    """How many rows there are by key and name of the group; of a month by the day of `when`."""
    if by == "month":
        months = (
            rows.annotate(month=TruncMonth(when, tzinfo=SHANGHAI)).values("month").annotate(n=Count("id"))
        )
        return Counter({(one["month"].strftime("%Y-%m"),) * 2: one["n"] for one in months.order_by()})
    key, name = _columns(by, of_filings=rows.model is RefusalFiling)
    groups = rows.values(group=key, title=name).annotate(n=Count("id")).order_by()
    return Counter({(one["group"] or "", one["title"] or ""): one["n"] for one in groups})


def _columns(by: str, *, of_filings: bool) -> tuple[F | Coalesce, F | Coalesce]:
    """Where the key and the name of a group stand, on a filing or on a matter."""
    if by == "person" and of_filings:
        return F("proposed_by__staff_no"), F("proposed_by__name")
    if by == "person":
        # Who decided is known of what was decided since it is kept; before, who has the matter.
        return (
            Coalesce("decided_by__staff_no", "custodian__staff_no"),
            Coalesce("decided_by__name", "custodian__name"),
        )
    prefix = "matter__" if of_filings else ""
    return F(f"{prefix}{by}__code"), F(f"{prefix}{by}__name")
