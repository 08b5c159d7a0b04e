"""Whether the rows of matters say what their events say.

The ledger proves its own chains; this compares each matter's row with its
chain: that the chain is there, that the row has followed it to its end, and that
folding its events gives the custodian, the pending hand-over, the stage, the
outcome and the moments that the row stores.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Final
from uuid import UUID

from django.db.models import QuerySet

from huiyin.ledger.models import LedgerEvent
from huiyin.ledger.queries import Fault
from huiyin.matters.models import Handover, Matter
from huiyin.matters.queries.folding import SPEAKING, Told
from huiyin.matters.rows import as_kept
from huiyin.rules.lifecycle import Stage
from huiyin.storage.transactions import snapshot

BATCH: Final = 500
_IDS: Final = ("custodian", "first_responder", "offered_to")
_COLUMNS: Final = (
    "number",
    "kind",
    "stage",
    "outcome",
    "accepted_at",
    "deemed_at",
    "decided_at",
    "closed_at",
    "refusal_approved_at",
)


@dataclass(frozen=True, slots=True)
class Compared:
    """How many matters were compared with their events, and what differs."""

    matters: int
    faults: list[Fault]


def verify(
    tenant_id: UUID | None = None,
    matter_id: UUID | None = None,
    progress: Callable[[int], None] = lambda _: None,
) -> Compared:
    """Compare every matter of the installation, of one office, or one of them with its events.

    Faults name tenant, matter, the event and the check: `events` (a matter
    without any), `version` (the row is not at the end of its chain), the name
    of a column that differs from the fold, such as `custodian` or `stage`,
    `handover` (an offer that waits for an answer in its own row, or in the matter's,
    and not in the other), or `body` (an event that cannot be read). `progress` is told how
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
    ids = [f"{name}_id" for name in _IDS]
    rows = Matter.objects.only("id", "tenant_id", "version", *ids, *_COLUMNS).order_by("id")
    return rows if tenant_id is None else rows.filter(tenant_id=tenant_id)


def _compare(batch: list[Matter]) -> list[Fault]:
    events = (
        LedgerEvent.objects.filter(subject_id__in=[row.id for row in batch], room="matters")
        .order_by("subject_id", "seq")
        .values_list("tenant_id", "subject_id", "seq", "kind", "at", "body")
    )
    chains: dict[tuple[UUID, UUID], Told] = {}
    for key, chain in groupby(events.iterator(), key=lambda event: (event[0], event[1])):
        told = chains[key] = Told()
        for _, _, seq, kind, at, body in chain:
            try:
                told.follow(seq, kind, at, json.loads(body) if kind in SPEAKING else {})
            except (KeyError, TypeError, ValueError):
                told.broken.append(f"event {seq} ({kind}) does not say what happened")
    found = [fault for row in batch for fault in _faults(row, chains.get((row.tenant_id, row.id)))]
    wrong = {fault.subject for fault in found}
    return found + _offers([row for row in batch if row.id.hex not in wrong])


def _offers(batch: list[Matter]) -> list[Fault]:
    """Offers of custody that only one of two rows knows of: nobody could answer or take back such a one."""
    open_offers = Handover.objects.filter(matter__in=[row.id for row in batch], ended_at=None)
    waiting = dict(open_offers.values_list("matter", "taker"))
    found = []
    for row in batch:
        # Whom a document was sent to handle signs for it; that is no hand-over.
        offered = None if row.stage == Stage.SENT else row.offered_to_id
        if waiting.get(row.id) != offered:
            detail = f"the matter is offered to {offered or 'nobody'}, an offer waits for "
            detail += str(waiting.get(row.id) or "nobody")
            found.append(Fault(row.tenant_id.hex, row.id.hex, row.version, "handover", detail))
    return found


def _faults(row: Matter, told: Told | None) -> list[Fault]:
    def fault(check: str, detail: str) -> Fault:
        return Fault(row.tenant_id.hex, row.id.hex, told.seq if told else 0, check, detail)

    if told is None:
        return [fault("events", "the matter has no events in the ledger")]
    found = [fault("body", detail) for detail in told.broken]
    if row.version != told.seq:
        found.append(fault("version", f"the row has followed {row.version} events of {told.seq}"))
    if told.broken:
        return found
    stored: dict[str, object] = {name: str(getattr(row, f"{name}_id") or "") for name in _IDS}
    stored |= {name: getattr(row, name) for name in _COLUMNS}
    for name, value in stored.items():
        said = getattr(told, name)
        if said != value:
            detail = f"the row stores {value or 'nothing'}, its events give {said or 'nothing'}"
            found.append(fault(name, detail))
    return found
