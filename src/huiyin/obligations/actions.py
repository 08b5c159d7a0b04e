"""The only writers of duties and findings. Both run inside the caller's transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from huiyin.obligations.models import Finding, Obligation
from huiyin.rules import clocks
from huiyin.rules import vocabulary as v
from huiyin.rules.docket import Owed
from huiyin.storage.inserting import insert


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
        if owed.key in known and known[owed.key] != owed:
            Obligation.objects.filter(subject_id=subject.id, key=owed.key).update(**_changing(owed))


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
        )
        for one in findings
    ]


def save_all(duties: list[Obligation], findings: list[Finding]) -> None:
    """Insert prepared rows in bulk."""
    Obligation.objects.bulk_create(duties, batch_size=500)
    Finding.objects.bulk_create(findings, batch_size=500)


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
