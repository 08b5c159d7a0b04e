"""The events of many matters, matter by matter, as the rules know them."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Final
from uuid import UUID

from django.db.models import QuerySet

from huiyin.ledger.models import LedgerEvent
from huiyin.matters.models import Matter
from huiyin.matters.queries.one import ROOM, visible_to
from huiyin.organisation.queries import Asker
from huiyin.rules.events import Event
from huiyin.rules.recorded import read_back
from huiyin.storage.transactions import snapshot

BATCH: Final = 200


@dataclass(frozen=True, slots=True)
class Chain:
    """One matter and what happened to it, in order; `unreadable` names the first event that is not."""

    matter_id: UUID
    number: str
    unit: str
    received_at: datetime
    events: tuple[Event, ...]
    unreadable: str = ""


def chains(
    asker: Asker | None,
    tenant_id: UUID,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    after: UUID | None = None,
    most: int = sys.maxsize,
) -> Iterator[Chain]:
    """The matters received in [since, until) that the person may see; all of the office's for None.

    None is for commands on the machine only. Reads one moment; memory does not
    grow with the number of matters. In the order of their ids: at most `most`
    of those `after` one, so that a long way can be gone in portions.
    """
    rows = _received(asker, tenant_id, since, until)
    last, left = after, most
    with snapshot():
        while batch := list((rows.filter(id__gt=last) if last else rows)[: min(BATCH, left)]):
            last, left = batch[-1].id, left - len(batch)
            found = _events(tenant_id, [row.id for row in batch])
            for row in batch:
                events, unreadable = found.get(row.id, ((), "no events"))
                yield Chain(row.id, row.number, row.unit.name, row.received_at, events, unreadable)


def count_chains(
    asker: Asker | None, tenant_id: UUID, *, since: datetime | None = None, until: datetime | None = None
) -> int:
    """How many matters `chains` gives."""
    return _received(asker, tenant_id, since, until).count()


def _received(
    asker: Asker | None, tenant_id: UUID, since: datetime | None, until: datetime | None
) -> QuerySet[Matter]:
    rows = Matter.objects.filter(tenant_id=tenant_id) if asker is None else visible_to(asker)
    if since is not None:
        rows = rows.filter(received_at__gte=since)
    if until is not None:
        rows = rows.filter(received_at__lt=until)
    return rows.select_related("unit").only("id", "number", "unit__name", "received_at").order_by("id")


def _events(tenant_id: UUID, matter_ids: list[UUID]) -> dict[UUID, tuple[tuple[Event, ...], str]]:
    rows = (
        LedgerEvent.objects.filter(tenant_id=tenant_id, subject_id__in=matter_ids, room=ROOM)
        .order_by("subject_id", "seq")
        .values_list("subject_id", "seq", "kind", "at", "actor", "acting_for", "body")
    )
    return {key: _read(chain) for key, chain in groupby(rows, key=lambda row: row[0])}


def _read(
    chain: Iterator[tuple[UUID, int, str, datetime, str, str, str]],
) -> tuple[tuple[Event, ...], str]:
    events: list[Event] = []
    for _, seq, kind, at, actor, acting_for, body in chain:
        try:
            event = read_back(kind, at=at, actor=actor, acting_for=acting_for, body=json.loads(body))
        except (KeyError, ValueError) as error:
            return tuple(events), f"event {seq}: {error}"
        if event is not None:
            events.append(event)
    return tuple(events), ""
