"""The only writer of the ledger."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import connection

from huiyin.ledger.encoding import ALGORITHM, NOTHING, Values, canonical, event_hash, moment
from huiyin.ledger.models import Head, LedgerEvent
from huiyin.rules.vocabulary import JSONValue
from huiyin.storage.inserting import insert, insert_each, update_each
from huiyin.storage.transactions import update_unchecked

_ACTOR = re.compile(r"person:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|applicant|system|import")


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened, before it has a place in a chain.

    `at` is aware; `actor` is "person:<uuid>", "applicant", "system" or
    "import", `acting_for` the same or ""; `via` names the door. `body` holds
    no personal data: free text and applicants only as `crypto.digest`.
    Raises ValueError for a naive moment or another actor.
    """

    kind: str
    at: datetime
    actor: str
    acting_for: str = ""
    via: str = ""
    body: Mapping[str, JSONValue] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse what could not be read back with the same meaning."""
        if self.at.tzinfo is None:
            raise ValueError("a moment in the ledger needs its time zone")
        if not _ACTOR.fullmatch(self.actor) or (self.acting_for and not _ACTOR.fullmatch(self.acting_for)):
            raise ValueError(f"not an actor: {self.actor!r} for {self.acting_for!r}")


def append(
    *,
    tenant_id: UUID,
    room: str,
    subject_id: UUID,
    entries: Sequence[Entry],
    recorded_at: datetime,
    new: bool,
) -> Head:
    """Append entries to a subject's chain and return its new head.

    Must run inside `storage.write()`, in the transaction of what the entries
    tell of. `new=True` says the subject is being created in this transaction:
    nothing is read then. Otherwise the head is locked, so two commands on one
    subject follow each other. Raises RuntimeError outside a transaction,
    ValueError without entries, `Head.DoesNotExist` for a subject of another
    tenant or without a chain, IntegrityError for a `new` one that has a chain.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("the ledger is written in the transaction of what it records")
    before = None if new else Head.objects.select_for_update().get(subject_id=subject_id, tenant_id=tenant_id)
    events, head = prepare(
        tenant_id=tenant_id,
        room=room,
        subject_id=subject_id,
        entries=entries,
        recorded_at=recorded_at,
        before=before,
    )
    insert(events)
    if before is None:
        insert([head])
    else:
        # The row is locked, so its count is known and not worth a round trip.
        rows = Head.objects.filter(subject_id=subject_id, seq=before.seq)
        update_unchecked(rows, seq=head.seq, hash=head.hash, recorded_at=head.recorded_at)
    return head


def append_many(
    *, tenant_id: UUID, room: str, chains: Mapping[UUID, Sequence[Entry]], recorded_at: datetime
) -> None:
    """Append entries to many chains of one office and room that exist already, as `append` does to one.

    The heads are locked in the order of their subjects. Raises RuntimeError outside a transaction and
    `Head.DoesNotExist` when a subject has no chain in this office.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("the ledger is written in the transaction of what it records")
    found = Head.objects.select_for_update().filter(tenant_id=tenant_id, subject_id__in=list(chains))
    before = {head.subject_id: head for head in found.order_by("subject_id")}
    if len(before) != len(chains):
        raise Head.DoesNotExist(f"{len(chains) - len(before)} subjects have no chain")
    made = [
        prepare(
            tenant_id=tenant_id,
            room=room,
            subject_id=subject_id,
            entries=entries,
            recorded_at=recorded_at,
            before=before[subject_id],
        )
        for subject_id, entries in chains.items()
    ]
    insert_each([event for events, _ in made for event in events])
    update_each([head for _, head in made], ["seq", "hash", "recorded_at"])


def save_all(chains: Sequence[tuple[list[LedgerEvent], Head]]) -> None:
    """Insert many new chains made by `prepare`, in the caller's transaction."""
    if not connection.in_atomic_block:
        raise RuntimeError("the ledger is written in the transaction of what it records")
    insert_each([event for events, _ in chains for event in events])
    insert_each([head for _, head in chains])


def prepare(
    *,
    tenant_id: UUID,
    room: str,
    subject_id: UUID,
    entries: Sequence[Entry],
    recorded_at: datetime,
    before: Head | None = None,
) -> tuple[list[LedgerEvent], Head]:
    """Return the unsaved rows that `append` would write, for those who write many chains at once.

    `before` is the present head, None for a new chain; it is not changed.
    Raises ValueError without entries or when `room` is not that of the chain.
    """
    if not entries:
        raise ValueError("nothing to append")
    if before is not None and (before.room, before.tenant_id) != (room, tenant_id):
        raise ValueError("a chain stays in its room and its office")
    # A clock that steps back must not turn the order of the record round.
    recorded = recorded_at if before is None else max(recorded_at, before.recorded_at)
    seq = 0 if before is None else before.seq
    last = NOTHING if before is None else bytes(before.hash)
    events = []
    for entry in entries:
        seq += 1
        event = LedgerEvent(
            tenant_id=tenant_id,
            room=room,
            subject_id=subject_id,
            seq=seq,
            kind=entry.kind,
            at=entry.at,
            recorded_at=recorded,
            actor=entry.actor,
            acting_for=entry.acting_for,
            via=entry.via,
            body=canonical(entry.body),
            algorithm=ALGORITHM,
            prev=last,
        )
        last = event.hash = event_hash(_values(event, last))
        events.append(event)
    head = Head(
        subject_id=subject_id, tenant_id=tenant_id, room=room, seq=seq, hash=last, recorded_at=recorded
    )
    return events, head


def _values(event: LedgerEvent, prev: bytes) -> Values:
    return (
        event.algorithm,
        event.tenant_id.hex,
        event.room,
        event.subject_id.hex,
        event.seq,
        event.id.hex,
        event.kind,
        moment(event.at),
        moment(event.recorded_at),
        event.actor,
        event.acting_for,
        event.via,
        event.body,
        prev,
    )
