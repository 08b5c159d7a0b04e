"""Whether the rows of matters say what their events say.

The ledger proves its own chains; this compares each matter's row with its
chain: that the chain is there, and that folding its events gives the custodian
and the pending hand-over that the row stores.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final
from uuid import UUID

from django.db.models import QuerySet

from huiyin.ledger.models import LedgerEvent
from huiyin.ledger.queries import Fault
from huiyin.matters.models import Matter
from huiyin.matters.rows import as_kept
from huiyin.storage.transactions import snapshot

BATCH: Final = 500
_CUSTODY: Final = (
    "matter.registered",
    "custody.offered",
    "custody.accepted",
    "custody.bounced",
    "custody.offer_withdrawn",
)


@dataclass(frozen=True, slots=True)
class Compared:
    """How many matters were compared with their events, and what differs."""

    matters: int
    faults: list[Fault]


@dataclass(slots=True)
class _Custody:
    """What a chain says of custody, and the last event that said it."""

    seq: int = 0
    custodian: str = ""
    offered_to: str = ""
    broken: list[str] = field(default_factory=list)

    def follow(self, seq: int, kind: str, body: dict[str, object]) -> None:
        """Take one more event of custody."""
        self.seq = seq
        if kind == "matter.registered":
            self.custodian = str(body["custodian"])
        elif kind == "custody.offered":
            self.offered_to = str(body["to"])
        else:
            if kind == "custody.accepted":
                self.custodian = self.offered_to
            self.offered_to = ""


def verify(
    tenant_id: UUID | None = None,
    matter_id: UUID | None = None,
    progress: Callable[[int], None] = lambda _: None,
) -> Compared:
    """Compare every matter of the installation, of one office, or one of them with its events.

    Faults name tenant, matter, the event and the check: `events` (a matter
    without any), `custodian` or `offered_to` (the row differs from the fold),
    `body` (an event of custody that cannot be read). `progress` is told how
    many more were compared. Reads one moment; memory does not grow with the
    number of matters.
    """
    rows = _matters(tenant_id)
    if matter_id is not None:
        rows = rows.filter(id=matter_id)
    compared, faults = 0, list[Fault]()
    with snapshot():
        last: UUID | None = None
        while batch := list((rows.filter(id__gt=last) if last else rows)[:BATCH]):
            last = batch[-1].id
            faults += _compare(batch)
            compared += len(batch)
            progress(len(batch))
    return Compared(compared, faults)


def count_matters(tenant_id: UUID | None = None) -> int:
    """Count the matters of the installation or of one office."""
    return _matters(tenant_id).count()


def ids_of_number(tenant_id: UUID | None, number: str) -> list[tuple[UUID, UUID]]:
    """Return (office, matter) of every matter with that number; for commands on the machine only."""
    found = _matters(tenant_id).filter(number=as_kept(number))
    return list(found.values_list("tenant_id", "id"))


def numbers_of(subjects: Iterable[UUID]) -> dict[str, str]:
    """Return numbers by the hexadecimal ids of matters; ids of anything else are left out."""
    found = Matter.objects.filter(id__in=list(subjects)).values_list("id", "number")
    return {key.hex: number for key, number in found}


def _matters(tenant_id: UUID | None) -> QuerySet[Matter]:
    rows = Matter.objects.only("id", "tenant_id", "custodian_id", "offered_to_id").order_by("id")
    return rows if tenant_id is None else rows.filter(tenant_id=tenant_id)


def _compare(batch: list[Matter]) -> list[Fault]:
    events = (
        LedgerEvent.objects.filter(
            subject_id__in=[row.id for row in batch], room="matters", kind__in=_CUSTODY
        )
        .order_by("subject_id", "seq")
        .values_list("tenant_id", "subject_id", "seq", "kind", "body")
    )
    chains: dict[tuple[UUID, UUID], _Custody] = {}
    for key, chain in groupby(events.iterator(), key=lambda event: (event[0], event[1])):
        custody = chains[key] = _Custody()
        for _, _, seq, kind, body in chain:
            try:
                custody.follow(seq, kind, json.loads(body))
            except (KeyError, TypeError, ValueError):
                custody.broken.append(f"event {seq} ({kind}) does not say who")
    return [fault for row in batch for fault in _faults(row, chains.get((row.tenant_id, row.id)))]


def _faults(row: Matter, custody: _Custody | None) -> list[Fault]:
    def fault(seq: int, check: str, detail: str) -> Fault:
        return Fault(row.tenant_id.hex, row.id.hex, seq, check, detail)

    if custody is None:
        return [fault(0, "events", "the matter has no events in the ledger")]
    found = [fault(custody.seq, "body", detail) for detail in custody.broken]
    stored = {"custodian": str(row.custodian_id), "offered_to": str(row.offered_to_id or "")}
    for name, value in stored.items():
        said = str(getattr(custody, name))
        if said != value and not custody.broken:
            detail = f"the row stores {value or 'nobody'}, its events give {said or 'nobody'}"
            found.append(fault(custody.seq, name, detail))
    return found
