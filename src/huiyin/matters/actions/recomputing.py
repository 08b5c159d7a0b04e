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
from collections.abc import Iterable, Iterator, Sequence
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
READ: Final = 500_000
"""Duties looked at in one turn of the errand: a few seconds, and then letters have their turn."""
WRITTEN: Final = 8_000
"""Matters written in one turn: a few seconds, too."""
PAGE: Final = 10_000
TOGETHER: Final = 100
"""Matters in one transaction, less than a tenth of a second: others wait for it on SQLite."""
MOST_OF_ONE: Final = 1_000_000
SETTLED: Final = timedelta(seconds=60)
"""Longer than any transaction that began under the old calendar can still be under way."""
_TO_THE_HOUR: Final = len("2026-12-21 09")
_NO_FACTS: Final = "[]"
# Days that the person served reads on the receipt and on the progress page.
_TOLD: Final = time_limit.AWAITED

Move = tuple[Obligation, Moments]
Row = tuple[Any, ...]
"""The values of an `obligations.queries.Stored`."""


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
    # One law for every matter: how time is counted and lit is one for the office (`rules.overlays`).
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
    if before is not None and before.finished_at is None:
        since = min(since, before.since) if since and before.since else None
    # Counted before anybody has to wait: it takes as long as looking at every duty.
    total = duties.open_rows(tenant.id, ROOM, since=_moment(since)).count()
    with write():
        # Read again under the lock that a confirmation takes: two workers begin one recomputation.
        Tenant.objects.select_for_update().get(id=tenant.id)
        latest = duties.recomputation_of(tenant.id)
        if latest is not None and (before is None or latest.id != before.id):
            return latest if latest.calendar == law.calendar.version else None
        return obligations.begin_recomputation(
            tenant.id, law.calendar.version, found, since=since, total=total, at=at
        )


def _go_on(turn: _Turn, job: Recomputation, read: int, written: int) -> None:
    """Look at the duties from where the last turn ended, and write what moved."""
    reached, seen, total = job.cursor, 0, 0
    while page := _page(turn.tenant.id, _moment(job.since), reached):
        counted = 0
        for place in turn.glance.moved(page):
            subject = UUID(page[place][0])
            if subject not in turn.waiting and len(turn.waiting) >= TOGETHER:
                before = _first_of_subject(page, place)
                reached = UUID(page[before - 1][0]) if before else reached
                if not _write(turn, job, reached, seen + before - counted) or turn.moved >= written:
                    return
                seen, counted = 0, before
            turn.waiting[subject] = None
        reached, seen, total = UUID(page[-1][0]), seen + len(page) - counted, total + len(page)
        if total >= read:
            _write(turn, job, reached, seen)
            return
    _write(turn, job, reached, seen, ended=True)


def _first_of_subject(page: Sequence[Row], place: int) -> int:
    """Where the subject of the row at `place` begins: rows before it are done with."""
    while place and page[place - 1][0] == page[place][0]:
        place -= 1
    return place


def _page(tenant_id: UUID, since: datetime | None, after: UUID | None) -> list[Row]:
    """The duties of the next subjects, none cut; read whole, so that no read is open while writing."""
    limit = PAGE
    while True:
        rows = duties.stored_clocks(tenant_id, ROOM, since=since, after=after, limit=limit)
        if len(rows) == limit:
            last = rows[-1][0]
            rows = [row for row in rows if row[0] != last]
        if rows or limit > MOST_OF_ONE:
            return rows
        limit *= 2


class Glance:
    """Tells duties that moved from those that did not, by what the database holds, without reckoning each.

    Most duties began in an hour, and hold moments, that many others share: once one has not moved, the
    others are only looked up. Not where the minute of the start counts, nor where something has happened
    to the clock.
    """

    def __init__(self, reckoner: Reckoner) -> None:
        """Know nothing yet."""
        self._reckoner = reckoner
        self._of_hours: dict[tuple[object, ...], Moments | None] = {}
        self._unmoved: set[tuple[object, ...]] = set()

    def moved(self, page: Iterable[Row]) -> list[int]:
        """Return the places of the rows that hold other moments than their clocks now give."""
        unmoved, found = self._unmoved, []
        for place, row in enumerate(page):
            key = (row[1][:_TO_THE_HOUR], row[2:])
            if key not in unmoved and self._judge(duties.Stored(*row), key):
                found.append(place)
        return found

    def _judge(self, row: duties.Stored, key: tuple[object, ...]) -> bool:
        shared = self._of_the_hour(row) if row.facts == _NO_FACTS else None
        moved = (shared or self._moments(row, row.start)) != row.moments
        if shared is not None and not moved:
            self._unmoved.add(key)
        return moved

    def _of_the_hour(self, row: duties.Stored) -> Moments | None:
        """What every clock of that hour gives; None when the minute matters."""
        key = (row.started_at[:_TO_THE_HOUR], row.limit_amount, row.limit_unit)
        if key not in self._of_hours:
            first = row.start.replace(minute=0, second=0, microsecond=0)
            found = self._moments(row, first)
            last = self._moments(row, first + timedelta(minutes=59, seconds=59, microseconds=999_999))
            self._of_hours[key] = found if found == last else None
        return self._of_hours[key]

    def _moments(self, row: duties.Stored, start: datetime) -> Moments:
        facts = [] if row.facts == _NO_FACTS else json.loads(row.facts)
        return self._reckoner.moments(start, row.limit_amount, row.limit_unit, facts)


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
    matters = {row[0]: messages.Served(*row) for row in locked.values_list(*messages.Served._fields)}
    owed = duties.open_rows(turn.tenant.id, ROOM).filter(subject_id__in=ids).prefetch_related("bearer")
    found = list(_moves(turn.reckoner, owed))
    chains: dict[UUID, list[Entry]] = {}
    told: dict[UUID, list[Move]] = {}
    lifted = []
    for row, moments in found:
        again = row.overdue_noted and moments.due >= turn.at
        if again:
            lifted.append(row.id)
            obligations.lift(row, turn.at)
        chains.setdefault(row.subject_id, []).append(_entry(turn, row, moments, lifted=again))
        if moments.due != row.due_at:
            told.setdefault(row.subject_id, []).append((row, moments))
    obligations.move(found, lifted=lifted)
    ledger.append_many(tenant_id=turn.tenant.id, room=ROOM, chains=chains, recorded_at=turn.at)
    _count_versions(chains)
    instead = messages.instead_of_bearers(told, turn.at)
    drafts = [
        draft
        for key, moves in told.items()
        for draft in messages.due_moved(turn.tenant, matters[key], moves, instead)
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
