from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

from huiyin.ledger.actions import Entry, append
from huiyin.ledger.models import Head
from huiyin.storage.ids import new_id
from huiyin.storage.transactions import write

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)


def entry(number: int, actor: str = "applicant") -> Entry:
    return Entry(
        kind="matter.received",
        at=NOON + timedelta(minutes=number),
        actor=actor,
        via="desk",
        body={"number": number, "说明": "件件有着落"},
    )


def chain(tenant_id: UUID, length: int = 4, room: str = "matters") -> Head:
    with write():
        return append(
            tenant_id=tenant_id,
            room=room,
            subject_id=new_id(),
            entries=[entry(number) for number in range(length)],
            recorded_at=NOON + timedelta(hours=1),
            new=True,
        )
