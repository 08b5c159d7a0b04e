"""Refusal filings in figures: what came of them, and whether handlers and leaders kept their limits.

Shares never stand without the number they are taken of, and are not made of nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from huiyin.matters import queries as matters
from huiyin.matters.models import RefusalFiling
from huiyin.obligations.models import Obligation
from huiyin.organisation.queries import Asker
from huiyin.reports.refusals import counts_filings, under
from huiyin.rules.regimes import refusal_filing
from huiyin.rules.vocabulary import Outcome
from huiyin.rules.workdays import SHANGHAI

BY: Final = ("unit", "month", "ground", "person", "item")
"""What filings can be grouped by."""
_IN_TIME: Final = (Outcome.EARLY.value, Outcome.ON_TIME.value)
_COLUMNS: Final[dict[str, tuple[str, str]]] = {
    "unit": ("matter__unit__code", "matter__unit__name"),
    "ground": ("ground", "ground"),
    "person": ("proposed_by__staff_no", "proposed_by__name"),
    "item": ("matter__item__code", "matter__item__name"),
}


@dataclass(slots=True)
class Ended:
    """Filings by what came of them; the five endings add up to `proposed`.

    `approved` stand; `overturned` were turned down by the leader who read them; `corrected` were
    found wrong after the decision; `withdrawn` with the application; `running` have no end yet.
    `filed_due` and `signed_due` are how many limits to file and to sign are over, or past; of them
    `filed_in_time` and `signed_in_time` were kept.
    """

    key: str = ""
    name: str = ""
    proposed: int = 0
    approved: int = 0
    overturned: int = 0
    corrected: int = 0
    withdrawn: int = 0
    running: int = 0
    filed_due: int = 0
    filed_in_time: int = 0
    signed_due: int = 0
    signed_in_time: int = 0


@dataclass(frozen=True, slots=True)
class Filed:
    """One filing that somebody owed: which matter, by when, and what came of it.

    `outcome` is that of the duty: a word of `Outcome`, "missing" past the limit and not filed,
    "" while it runs. `ending` is that of the filing; "" while it has none.
    """

    number: str
    item: str
    ground: str
    began_at: datetime
    due_at: datetime
    filed_at: datetime | None
    outcome: str
    ending: str


def filings(asker: Asker, since: datetime, until: datetime, *, by: str) -> list[Ended]:
    """Return the filings proposed in a period by one of `BY`; two queries whatever their number.

    Of the units that the asker answers for; of the whole office for its main leader and efficiency office.
    """
    rows = RefusalFiling.objects.filter(
        matter__in=under(asker).values("id"), proposed_at__gte=since, proposed_at__lt=until
    ).order_by("proposed_at", "id")
    key, name = _COLUMNS.get(by, ("ground", "ground"))
    found: dict[tuple[str, str], Ended] = {}
    groups: dict[UUID, list[tuple[datetime, Ended]]] = defaultdict(list)
    for matter_id, at, ending, code, title in rows.values_list(
        "matter_id", "proposed_at", "ending", key, name
    ):
        month = at.astimezone(SHANGHAI).strftime("%Y-%m")
        group = (month, month) if by == "month" else (code or "", title or "")
        one = found.setdefault(group, Ended(*group))
        one.proposed += 1
        _count_ending(one, ending)
        groups[matter_id].append((at, one))
    _count_limits(asker, since, groups)
    return [found[group] for group in sorted(found, key=lambda one: one if by == "month" else one[::-1])]


def _count_ending(one: Ended, ending: str) -> None:
    name = ending or "running"
    setattr(one, name, getattr(one, name) + 1)


def _count_limits(asker: Asker, since: datetime, groups: dict[UUID, list[tuple[datetime, Ended]]]) -> None:
    """Count each limit to the filing that was under way when it began."""
    duties = Obligation.objects.filter(
        tenant_id=asker.tenant_id,
        what__in=(refusal_filing.FILE, refusal_filing.SIGN),
        started_at__gte=since,
        subject_id__in=under(asker).values("id"),
    ).values_list("subject_id", "what", "started_at", "due_at", "outcome")
    for matter_id, what, began, due, outcome in duties:
        of = [one for at, one in groups.get(matter_id, ()) if at <= began]
        over = outcome in {*_IN_TIME, Outcome.LATE.value} or (not outcome and due < asker.at)
        if not of or not over:
            continue
        one, kept = of[-1], int(outcome in _IN_TIME)
        if what == refusal_filing.FILE:
            one.filed_due, one.filed_in_time = one.filed_due + 1, one.filed_in_time + kept
        else:
            one.signed_due, one.signed_in_time = one.signed_due + 1, one.signed_in_time + kept


def filings_of(asker: Asker, person_id: UUID, since: datetime, until: datetime) -> list[Filed]:
    """Return the filings that one person owed in a period, latest first (p4.refusal-filing.3.a).

    Those that `refusals.filings_by_person` counts, one's own always; none where the office's rulebook
    does not have them counted. Two queries besides the rulebook's, whatever their number.
    """
    if not counts_filings(asker):
        return []
    seen = matters.untouched(asker) if person_id == asker.person_id else under(asker)
    duties = list(
        Obligation.objects.filter(
            tenant_id=asker.tenant_id,
            bearer=person_id,
            what=refusal_filing.FILE,
            started_at__gte=since,
            started_at__lt=until,
            subject_id__in=seen.values("id"),
        ).order_by("-started_at", "id")
    )
    rows = RefusalFiling.objects.filter(matter__in=[one.subject_id for one in duties])
    written = {
        (row.matter_id, row.proposed_at): row for row in rows.select_related("matter__item", "matter__tenant")
    }
    return list(_owed(asker, duties, written))


def _owed(
    asker: Asker, duties: list[Obligation], written: dict[tuple[UUID, datetime], RefusalFiling]
) -> Iterator[Filed]:
    for one in duties:
        row = written[one.subject_id, one.started_at]
        item: Any = row.matter.item
        yield Filed(
            number=row.matter.number,
            item=item.name if item else "",
            ground=row.ground,
            began_at=one.started_at,
            due_at=one.due_at,
            filed_at=row.filed_at,
            outcome=one.outcome or ("missing" if one.due_at < asker.at else ""),
            ending=row.ending,
        )
