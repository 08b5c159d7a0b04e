"""When an office's calendar changes, what is owed falls due when the new one says: once, and on the record.

The errand compares the version of each office's calendar with the one its
duties were last reckoned under, so it does not matter whether somebody
confirmed a year or an update brought it. It goes through the open duties
subject by subject; what moved is written in small transactions together with
the events, the messages and how far it got. Killed anywhere, it goes on from
there; run twice or by two workers, it finds nothing left to move.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import F

from huiyin.delivery import actions as delivery
from huiyin.ledger import actions as ledger
from huiyin.ledger.actions import Entry
from huiyin.matters import queries
from huiyin.matters.actions import messages
from huiyin.matters.models import Matter
from huiyin.obligations import actions as obligations
from huiyin.obligations import queries as duties
from huiyin.obligations.models import Obligation, Recomputation
from huiyin.organisation import queries as organisation
from huiyin.organisation.models import Tenant
from huiyin.rules.docket import Law
from huiyin.rules.events import ClockRecomputed
from huiyin.rules.pauses import midnight
from huiyin.rules.recomputing import Moments, Reckoner, marks, touched_from
from huiyin.rules.regimes import time_limit
from huiyin.rules.workdays import SHANGHAI
from huiyin.storage.transactions import write

ROOM: Final = "matters"
READ: Final = 50_000
"""Duties looked at in one turn of the errand: a second or so, and then letters have their turn."""
WRITTEN: Final = 1_000
"""Matters written in one turn."""
PAGE: Final = 5_000
TOGETHER: Final = 50
MOST_OF_ONE: Final = 1_000_000
"""Matters in one transaction: others wait for it on SQLite."""
SETTLED: Final = timedelta(seconds=60)
"""Longer than any transaction that began under the old calendar can still be under way."""
# Days that the person served reads on the receipt and on the progress page.
_TOLD: Final = frozenset({time_limit.ANSWER, time_limit.DECIDE})

Move = tuple[Obligation, Moments]


@dataclass(slots=True)
class _Turn:
    """One turn's work for one office."""

    tenant: Tenant
    law: Law
    reckoner: Reckoner
    glance: Glance
    at: datetime
    moved: int = 0
    waiting: dict[UUID, None] = field(default_factory=dict)


def recompute_due_dates(at: datetime, *, read: int = READ, written: int = WRITTEN) -> int:
    """Do one turn for every office whose calendar has changed; returns how many duties moved.

    Looks at up to about `read` duties and writes up to about `written` matters of each.
    """
    known = duties.recomputations()
    return sum(_turn(tenant, known.get(tenant.id), at, read, written) for tenant in organisation.tenants())


def is_recomputing() -> bool:
    """Whether any office's recomputation is under way or about to begin."""
    known = duties.recomputations()
    return any(
        (job := known.get(tenant.id)) is None
        or job.finished_at is None
        or job.calendar != organisation.calendar_of(tenant).version
        for tenant in organisation.tenants()
    )


def _turn(tenant: Tenant, job: Recomputation | None, at: datetime, read: int, written: int) -> int:
    law = queries.law_of(tenant, at)
    if job is None or job.calendar != law.calendar.version:
        job = _begin(tenant, job, law, at)
    if job is None or job.finished_at is not None:
        return 0
    reckoner = Reckoner(law)
    turn = _Turn(tenant, law, reckoner, Glance(reckoner), at)
    _go_on(turn, job, read, written)
    return turn.moved


def _begin(tenant: Tenant, before: Recomputation | None, law: Law, at: datetime) -> Recomputation | None:
    """A recomputation for the present calendar, from the first day on which it may answer otherwise."""
    found = marks(law.calendar)
    since = touched_from(before.marks, found) if before else None
    with write():
        # Read again under the lock that a confirmation takes: two workers begin one recomputation.
        Tenant.objects.select_for_update().get(id=tenant.id)
        latest = duties.recomputation_of(tenant.id)
        if latest is not None and (before is None or latest.id != before.id):
            return latest if latest.calendar == law.calendar.version else None
        if before is not None and before.finished_at is None:
            since = min(since, before.since) if since and before.since else None
        total = duties.open_rows(tenant.id, ROOM, since=_moment(since)).count()
        return obligations.begin_recomputation(
            tenant.id, law.calendar.version, found, since=since, total=total, at=at
        )


def _go_on(turn: _Turn, job: Recomputation, read: int, written: int) -> None:
    """Look at the duties from where the last turn ended, and write what moved."""
    reached, seen, total = job.cursor, 0, 0
    while page := _page(turn.tenant.id, _moment(job.since), reached):
        for subject, row in page:
            if subject != reached and len(turn.waiting) >= TOGETHER:
                if not _write(turn, job, reached, seen) or turn.moved >= written:
                    return
                seen = 0
            reached, seen, total = subject, seen + 1, total + 1
            if turn.glance.is_moved(row):
                turn.waiting[subject] = None
        if total >= read:
            _write(turn, job, reached, seen)
            return
    _write(turn, job, reached, seen, ended=True)


def _page(tenant_id: UUID, since: datetime | None, after: UUID | None) -> list[tuple[UUID, duties.Stored]]:
    """The duties of the next subjects, none cut; read whole, so that no read is open while writing."""
    limit = PAGE
    while True:
        rows = duties.stored_clocks(tenant_id, ROOM, since=since, after=after, limit=limit)
        if len(rows) == limit:
            last = rows[-1].subject_id
            rows = [row for row in rows if row.subject_id != last]
        if rows or limit > MOST_OF_ONE:
            return [(row.subject, row) for row in rows]
        limit *= 2


class Glance:
    """Tells duties that moved from those that did not, by what the database holds, without reckoning each."""

    def __init__(self, reckoner: Reckoner) -> None:
        """Know nothing yet."""
        self._reckoner = reckoner
        self._known: dict[tuple[object, ...], tuple[Any, Any, bool] | None] = {}

    def is_moved(self, row: duties.Stored) -> bool:
        """Whether the row holds other moments than its clock now gives."""
        at = row.start
        key = (at.toordinal(), at.hour, at.utcoffset(), row.limit_amount, row.limit_unit, row.facts)
        if key not in self._known:
            self._known[key] = self._of_the_hour(row)
        expected = self._known[key] or self._stored(self._moments(row, row.start))
        return expected != (row.due_at, row.yellow_at, bool(row.provisional))

    def _of_the_hour(self, row: duties.Stored) -> tuple[Any, Any, bool] | None:
        """What every clock of that hour gives; None when the minute matters."""
        first = row.start.replace(minute=0, second=0, microsecond=0)
        found = self._moments(row, first)
        last = self._moments(row, first + timedelta(minutes=59, seconds=59, microseconds=999_999))
        return self._stored(found) if found == last else None

    def _moments(self, row: duties.Stored, start: datetime) -> Moments:
        facts = [] if row.facts == "[]" else json.loads(row.facts)
        return self._reckoner.moments(start, row.limit_amount, row.limit_unit, facts)

    @staticmethod
    def _stored(found: Moments) -> tuple[Any, Any, bool]:
        return duties.as_stored(found.due), duties.as_stored(found.yellow), found.provisional


def _write(turn: _Turn, job: Recomputation, reached: UUID | None, seen: int, *, ended: bool = False) -> bool:
    """Write what moved up to `reached`, and that it is done; False when another worker was faster."""
    with write():
        row = obligations.locked_recomputation(job)
        if row is None:
            return False
        moved = _move_waiting(turn) if turn.waiting else 0
        row.cursor, row.seen, row.moved = reached, row.seen + seen, row.moved + moved
        if ended and row.pass_begun_at >= row.begun_at + SETTLED:
            row.finished_at = turn.at
        elif ended and turn.at >= row.begun_at + SETTLED:
            # Once more from the beginning, for what was on its way in when the first pass began.
            row.cursor, row.seen, row.pass_begun_at = None, 0, turn.at
        obligations.save_recomputation(row)
    job.cursor, job.seen, job.moved = row.cursor, row.seen, row.moved
    turn.moved += moved
    turn.waiting.clear()
    return True


def _move_waiting(turn: _Turn) -> int:
    """Reckon the waiting matters' duties again under lock; store, record and tell what moved."""
    ids = list(turn.waiting)
    locked = Matter.objects.select_for_update(of=("self",)).filter(id__in=ids).order_by("id")
    matters = {
        matter.id: matter for matter in locked.only("number", "version", "tenant_id", "applicant_email")
    }
    owed = duties.open_rows(turn.tenant.id, ROOM).filter(subject_id__in=ids).select_related("bearer")
    found = list(_moves(turn.reckoner, owed))
    chains: dict[UUID, list[Entry]] = {}
    told: dict[UUID, list[Move]] = {}
    lifted = []
    for row, moments in found:
        again = row.overdue_noted and moments.due >= turn.at
        if again:
            lifted.append(row.id)
            obligations.lift_overdue(row, turn.at)
        chains.setdefault(row.subject_id, []).append(_entry(turn, row, moments, lifted=again))
        if moments.due != row.due_at:
            told.setdefault(row.subject_id, []).append((row, moments))
    obligations.move(found, lifted=lifted)
    ledger.append_many(tenant_id=turn.tenant.id, room=ROOM, chains=chains, recorded_at=turn.at)
    _count_versions(chains)
    drafts = [
        draft for key, moves in told.items() for draft in messages.due_moved(turn.tenant, matters[key], moves)
    ]
    delivery.post(drafts, at=turn.at)
    return len(found)


def _moves(reckoner: Reckoner, rows: Iterable[Obligation]) -> Iterator[Move]:
    for row in rows:
        found = reckoner.moments(row.started_at, row.limit_amount, row.limit_unit, row.facts)
        if (found.due, found.yellow, found.provisional) != (row.due_at, row.yellow_at, row.provisional):
            yield row, found


def _entry(turn: _Turn, row: Obligation, moments: Moments, *, lifted: bool) -> Entry:
    event = ClockRecomputed(
        at=turn.at,
        actor="system",
        key=row.key,
        clause=row.clause,
        due_before=row.due_at.astimezone(SHANGHAI),
        due=moments.due,
        provisional=moments.provisional,
        calendar=turn.law.calendar.version,
        earlier_than_told=row.what in _TOLD and moments.due < row.due_at,
        lifted=lifted,
    )
    return Entry(kind=event.kind, at=event.at, actor="system", via="worker", body=event.body())


def _count_versions(chains: dict[UUID, list[Entry]]) -> None:
    """A matter's version counts its events; whoever looks at an older one is told so."""
    by_count: dict[int, list[UUID]] = {}
    for key, entries in chains.items():
        by_count.setdefault(len(entries), []).append(key)
    for count, ids in by_count.items():
        Matter.objects.filter(id__in=ids).update(version=F("version") + count)


def _moment(day: date | None) -> datetime | None:
    return midnight(day) if day else None
