"""The only writers of duties, findings and recomputations. They run inside the caller's transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db.models import F, Q, QuerySet

from huiyin.obligations import queries
from huiyin.obligations.models import Finding, Obligation, Recomputation, Reminder
from huiyin.rules import clocks, lifting
from huiyin.rules import vocabulary as v
from huiyin.rules.docket import Owed
from huiyin.rules.recomputing import Moments
from huiyin.storage.ids import new_id
from huiyin.storage.inserting import insert, insert_columns, insert_each, update_each

MOST_AT_ONCE: Final = 10_000
"""How many reminders are changed in one statement."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What duties are about: a room's row in one office, under one rulebook version."""

    tenant_id: UUID
    room: str
    id: UUID
    rulebook: str


def settle(subject: Subject, before: Sequence[Owed], after: Sequence[Owed]) -> None:
    """Store what changed between two dockets: new duties inserted, touched ones updated."""
    known = {owed.key: owed for owed in before}
    opened = [owed for owed in after if owed.key not in known]
    if opened:
        insert(rows(subject, opened))
    for owed in after:
        old = known.get(owed.key)
        if old is not None and old != owed:
            # Who was reminded of another moment, or another person, was not reminded of this.
            again = {} if (old.due, old.bearer) == (owed.due, owed.bearer) else {"reminded": 0}
            rows_of = Obligation.objects.filter(subject_id=subject.id, key=owed.key)
            rows_of.update(**_changing(owed), **again)


def note(subject: Subject, findings: Iterable[v.Finding]) -> None:
    """Store findings."""
    insert(finding_rows(subject, findings))


def rows(subject: Subject, owed: Iterable[Owed]) -> list[Obligation]:
    """Unsaved rows for duties; the replay of histories saves them in bulk."""
    return [
        Obligation(
            tenant_id=subject.tenant_id,
            room=subject.room,
            subject_id=subject.id,
            key=one.key,
            what=one.what,
            clause=one.clause,
            rulebook=subject.rulebook,
            started_at=one.clock.start,
            limit_amount=one.clock.limit.amount,
            limit_unit=one.clock.limit.unit.value,
            **_changing(one),
        )
        for one in owed
    ]


def finding_rows(subject: Subject, findings: Iterable[v.Finding]) -> list[Finding]:
    """Unsaved rows for findings."""
    return [
        Finding(
            tenant_id=subject.tenant_id,
            room=subject.room,
            subject_id=subject.id,
            what=one.what,
            clause=one.clause,
            found_at=one.at,
            against_id=UUID(one.against) if one.against else None,
            measure=one.measure,
            gravity=one.gravity,
        )
        for one in findings
    ]


def begin_recomputation(
    tenant_id: UUID, calendar: str, marks: Mapping[str, str], *, since: date | None, total: int, at: datetime
) -> Recomputation:
    """Make a new current recomputation of an office's duties; the one before becomes history."""
    Recomputation.objects.filter(tenant_id=tenant_id, current=True).update(current=False)
    return Recomputation.objects.create(
        tenant_id=tenant_id,
        calendar=calendar,
        marks=dict(marks),
        since=since,
        total=total,
        begun_at=at,
        pass_begun_at=at,
    )


def locked_recomputation(known: Recomputation) -> Recomputation | None:
    """The row, locked, if nobody else has taken it further since it was read; else None."""
    row = Recomputation.objects.select_for_update().get(id=known.id)
    same = row.current and row.finished_at is None and row.cursor == known.cursor
    return row if same and row.pass_begun_at == known.pass_begun_at else None


def save_recomputation(row: Recomputation) -> None:
    """Store how far it got."""
    row.save(update_fields=["cursor", "seen", "moved", "total", "pass_begun_at", "finished_at"])


def move(moved: Iterable[tuple[Obligation, Moments]], *, lifted: Iterable[UUID] = ()) -> None:
    """Store new moments of locked duties; those of `lifted` run again."""
    again = set(lifted)
    rows = []
    for row, moments in moved:
        row.reminded = row.reminded if row.due_at == moments.due else 0
        row.due_at, row.yellow_at, row.provisional = moments.due, moments.yellow, moments.provisional
        row.overdue_noted = row.overdue_noted and row.id not in again
        rows.append(row)
    update_each(rows, ["due_at", "yellow_at", "provisional", "overdue_noted", "reminded"])


def lift(row: Obligation, at: datetime) -> None:
    """Mark what was found when a duty's limit had passed as no longer counting; it stays on record.

    Also against whoever stood in, or held the matter, then; not what another's duty of that moment made.
    """
    names = lifting.found_by_passing(row.what)
    found = Finding.objects.filter(subject_id=row.subject_id, what__in=names, found_at=row.due_at)
    then = Obligation.objects.filter(subject_id=row.subject_id, due_at=row.due_at)
    others = then.exclude(bearer=row.bearer_id).values("bearer")
    found.filter(lifted_at__isnull=True).exclude(against__in=others).update(lifted_at=at)


def remind(reminders: Sequence[Reminder]) -> None:
    """Store who is to be reminded, each once."""
    insert_each(reminders, ignore_conflicts=True)


class ToRemind(NamedTuple):
    """Somebody to be reminded of a duty at a stage; the columns of `Reminder` that differ."""

    duty_id: UUID
    due_at: datetime
    stage: str
    bearer_id: UUID
    person_id: UUID


def climb(
    tenant_id: UUID, found: Sequence[ToRemind], climbed: Mapping[int, Sequence[UUID]], at: datetime
) -> None:
    """Store who is to be reminded, each once, and how far up the locked duties are now, by their stage.

    No object is made of a reminder: after a long night there are tens of thousands of them.
    """
    if found:
        count = len(found)
        columns: dict[str, Sequence[Any]] = dict(zip(ToRemind._fields, zip(*found, strict=True), strict=True))
        columns |= {"id": [new_id() for _ in found], "tenant_id": [tenant_id] * count}
        columns |= {"found_at": [at] * count, "told_at": [None] * count}
        columns |= {"moot_at": [None] * count, "digest": [False] * count}
        insert_columns(Reminder, columns, ignore_conflicts=True)
    for stage, ids in climbed.items():
        Obligation.objects.filter(id__in=ids).update(reminded=stage)


def drop_moot(tenant_id: UUID, at: datetime) -> int:
    """Take out of an office's waiting reminders those whose duty is done, stopped, moved or another's."""
    gone = Q(duty__ended_at__isnull=False) | Q(duty__paused=True)
    moved = ~Q(duty__due_at=F("due_at")) | ~Q(duty__bearer=F("bearer"))
    return _a_few_at_a_time(queries.waiting_reminders(tenant_id).filter(gone | moved), moot_at=at)


def told(waiting: QuerySet[Reminder], at: datetime, *, digest: bool) -> int:
    """Note that these, all of which wait, were told, one by one or in a digest; returns how many."""
    return _a_few_at_a_time(waiting, told_at=at, digest=digest)


def _a_few_at_a_time(waiting: QuerySet[Reminder], **change: Any) -> int:
    """Change reminders so that they wait no longer: SQLite keeps in memory what one statement may undo."""
    count = 0
    while True:
        some = waiting.order_by().values("id")[:MOST_AT_ONCE]
        changed = Reminder.objects.filter(id__in=some).update(**change)
        count += changed
        if changed < MOST_AT_ONCE:
            return count


def save_all(duties: list[Obligation], findings: list[Finding]) -> None:
    """Insert prepared rows in bulk."""
    insert_each(duties)
    insert_each(findings)


def _changing(owed: Owed) -> dict[str, object]:
    return {
        "bearer_id": UUID(owed.bearer),
        "facts": clocks.facts_to_json(owed.clock.facts),
        "due_at": owed.due,
        "yellow_at": owed.yellow,
        "provisional": owed.provisional,
        "paused": owed.paused,
        "ended_at": owed.ended_at,
        "outcome": owed.outcome.value if owed.outcome else "",
        "overdue_noted": owed.overdue_noted,
    }
