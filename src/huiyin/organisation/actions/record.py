"""What leaves an event in the ledger, and how: one short call for every verb of this room."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from huiyin.ledger.actions import Entry, append, prepare
from huiyin.ledger.models import Head, LedgerEvent
from huiyin.organisation.permissions import By, Operator
from huiyin.organisation.queries import Asker

ROOM = "organisation"
Plain = Mapping[str, str | int | bool | None]
_BATCH = 500


class Noted(NamedTuple):
    """One event of a bulk writer; `new` when its subject is created in the same transaction."""

    kind: str
    subject_id: UUID
    body: Plain
    new: bool


def note(
    kind: str,
    *,
    tenant_id: UUID,
    subject_id: UUID,
    by: By,
    at: datetime,
    body: Plain | None = None,
    new: bool = False,
    room: str = ROOM,
) -> None:
    """Append one event; call it inside `storage.write()`. `body` holds ids and codes, never names."""
    entries = [_entry(kind, by, at, body or {})]
    append(tenant_id=tenant_id, room=room, subject_id=subject_id, entries=entries, recorded_at=at, new=new)


def note_many(noted: Iterable[Noted], *, tenant_id: UUID, by: By, at: datetime, room: str = ROOM) -> None:
    """Append the events of an import: subjects that are new go in bulk, others one by one."""
    events: list[LedgerEvent] = []
    heads: list[Head] = []
    fresh: dict[UUID, list[Entry]] = {}
    known: dict[UUID, list[Entry]] = {}
    created = set()
    for one in noted:
        created |= {one.subject_id} if one.new else set()
        chain = fresh if one.subject_id in created else known
        chain.setdefault(one.subject_id, []).append(_entry(one.kind, by, at, one.body))
    for subject_id, entries in fresh.items():
        rows, head = prepare(
            tenant_id=tenant_id, room=room, subject_id=subject_id, entries=entries, recorded_at=at
        )
        events += rows
        heads.append(head)
    LedgerEvent.objects.bulk_create(events, batch_size=_BATCH)
    Head.objects.bulk_create(heads, batch_size=_BATCH)
    for subject_id, entries in known.items():
        append(
            tenant_id=tenant_id,
            room=room,
            subject_id=subject_id,
            entries=entries,
            recorded_at=at,
            new=False,
        )


def _entry(kind: str, by: By, at: datetime, body: Plain) -> Entry:
    actor = "system" if isinstance(by, Operator) else f"person:{by.person_id}"
    through = {"token": by.token} if isinstance(by, Asker) and by.token else {}
    return Entry(kind=kind, at=at, actor=actor, acting_for="", via=by.via, body={**body, **through})
