"""What has run out and waits to be dealt with, and what may be urged today."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, NamedTuple
from uuid import UUID

from huiyin.matters.models import Matter
from huiyin.matters.queries.one import law_for, visible_to
from huiyin.matters.queries.stepping import steps_waiting
from huiyin.obligations import queries as duties
from huiyin.obligations.models import Obligation
from huiyin.organisation import queries as organisation
from huiyin.organisation.queries import Asker
from huiyin.rules import clocks, invoking
from huiyin.rules import events as e
from huiyin.rules.clauses import Clause
from huiyin.rules.regimes import time_limit
from huiyin.rules.reminding import same_working_day
from huiyin.rules.rulebook import Rulebook
from huiyin.storage.masking import mask_name

PAGE: Final = 50
_LONGEST_HOLIDAY: Final = timedelta(days=30)


class ToUrge(NamedTuple):
    """The duties that may be urged now, and whether others were urged on this working day already."""

    rows: list[Obligation]
    urged: bool


@dataclass(frozen=True, slots=True)
class Overdue:
    """One duty that has run out: whose, for how long, and what may be invoked for it.

    `minutes_left` are working minutes, negative as in `lists.Owed`.

    `step` names the step of an approval that waits to be signed, "" for anything else.

    `reminded` counts what was told of it; `explained` says whether the person served knows why, None where
    no law wants it or nobody outside waits, as for a document or a step to be signed. Nothing is offered
    against the asker.
    """

    number: str
    summary: str
    applicant: str
    unit: str
    what: str
    step: str
    clause: str
    book: Rulebook
    due_at: datetime
    minutes_left: int
    bearer: str
    own: bool
    reminded: int
    explained: bool | None
    grounds: list[Clause]


def overdue(asker: Asker, at: datetime, *, offset: int = 0, limit: int = PAGE) -> tuple[list[Overdue], bool]:
    """Duties on matters this person may see that ran out, longest first, and whether there are more.

    Constant query count.
    """
    late = Obligation.objects.filter(
        tenant_id=asker.tenant_id,
        ended_at__isnull=True,
        paused=False,
        due_at__lt=at,
        subject_id__in=visible_to(asker).values("id"),
    )
    found = list(late.select_related("bearer").order_by("due_at", "id")[offset : offset + limit + 1])
    more, found = len(found) > limit, found[:limit]
    subjects = {row.subject_id for row in found}
    matters = Matter.objects.select_related("tenant", "unit").in_bulk(subjects)
    told = duties.count_reminders(row.id for row in found)
    named = steps_waiting(found, matters.values())
    return [
        _line(row, matters[row.subject_id], asker, told.get(row.id, 0), named.get(row.id, (0, ""))[1])
        for row in found
    ], more


def _line(row: Obligation, matter: Matter, asker: Asker, told: int, step: str) -> Overdue:
    book = law_for(matter, asker.at).book
    own = row.bearer_id == asker.person_id
    wanted = time_limit.wants_reason(e.MatterKind(matter.kind), book)
    calendar = organisation.calendar_of(matter.tenant)
    return Overdue(
        number=matter.number,
        summary=matter.summary,
        applicant=mask_name(matter.applicant_name),
        unit=matter.unit.name,
        what=row.what,
        step=step,
        clause=row.clause,
        book=book,
        due_at=row.due_at,
        minutes_left=clocks.remaining_minutes(row.due_at, calendar, asker.at),
        bearer=row.bearer.name,
        own=own,
        reminded=told,
        explained=matter.delay_explained if wanted and row.what not in time_limit.INSIDE else None,
        grounds=[] if own else invoking.for_overrun(book),
    )


def to_urge(matter: Matter, but: Collection[UUID], at: datetime) -> ToUrge:
    """The running duties of a matter whose bearer is none of `but` and was not urged on this working day."""
    running = [
        row
        for row in duties.of_subject(matter.id)
        if row.ended_at is None and not row.paused and row.bearer_id not in but
    ]
    if not running:
        return ToUrge([], urged=False)
    calendar = organisation.calendar_of(matter.tenant)
    last = duties.urged_since(matter.id, at - _LONGEST_HOLIDAY)
    today = {row_id for row_id, told_at in last.items() if same_working_day(calendar, told_at, at)}
    rows = [row for row in running if row.id not in today]
    return ToUrge(rows, urged=len(rows) < len(running))


def overran(matter: Matter, at: datetime, *, but: Collection[str] = ()) -> bool:
    """Whether a limit of a matter was overrun, noted yet or not; of the duties named in `but` none counts."""
    return any(
        row.overdue_noted or (row.ended_at is None and not row.paused and row.due_at < at)
        for row in duties.of_subject(matter.id)
        if row.what not in but
    )
