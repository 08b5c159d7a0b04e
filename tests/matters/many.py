"""Many applications in hand, made in bulk: rows, chains and duties as the verbs would leave them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

from huiyin.ledger import actions as ledger
from huiyin.ledger.actions import Entry
from huiyin.matters.actions.saving import ROOM
from huiyin.matters.models import Matter
from huiyin.matters.queries import law_of
from huiyin.obligations import actions as obligations
from huiyin.obligations.actions import Subject
from huiyin.organisation.models import Tenant
from huiyin.rules.clocks import Clock
from huiyin.rules.docket import Owed, reckoned
from huiyin.rules.vocabulary import Limit, Unit
from huiyin.storage.ids import new_id
from huiyin.storage.transactions import write
from tests.factories import Office

BATCH = 1_000
_LIMITS = (10, 15, 20, 30)


def applications(office: Office, count: int, first: datetime, days: int = 40) -> Iterator[int]:
    """Make `count` applications, accepted over `days` days from `first`; yields how many were made so far."""
    tenant = Tenant.objects.get(id=office.tenant.id)
    for done in range(0, count, BATCH):
        numbers = range(done, min(done + BATCH, count))
        with write():
            _batch(office, tenant, {n: first + timedelta(days=n * days / count) for n in numbers})
        yield numbers.stop


def _batch(office: Office, tenant: Tenant, starts: dict[int, datetime]) -> None:
    law, clerk = law_of(tenant, min(starts.values())), office.people["clerk"]
    matters, chains, duties = [], [], []
    for number, at in starts.items():
        key = new_id()
        matters.append(_matter(office, tenant, key, number, at))
        entry = Entry("matter.registered", at, f"person:{clerk.id}", "", "desk", {"custodian": str(clerk.id)})
        chains.append(
            ledger.prepare(tenant_id=tenant.id, room=ROOM, subject_id=key, entries=[entry], recorded_at=at)
        )
        limit = Limit(_LIMITS[number % len(_LIMITS)], Unit.WORKING_DAY)
        owed = Owed("decide-1", "decide", "p4.time-limit.2", str(clerk.id), Clock(at, limit), at, at, False)  # noqa: FBT003 - provisional, reckoned below
        duties += obligations.rows(Subject(tenant.id, ROOM, key, law.book.version), [reckoned(owed, law)])
    Matter.objects.bulk_create(matters, batch_size=500)
    ledger.save_all(chains)
    obligations.save_all(duties, [])


def _matter(office: Office, tenant: Tenant, key: UUID, number: int, at: datetime) -> Matter:
    clerk = office.people["clerk"]
    return Matter(
        id=key,
        tenant=tenant,
        number=f"MANY-{number:07}",
        kind="application",
        channel="counter",
        urgency="normal",
        summary="低保",
        unit=office.units["MZ"],
        stage="in_hand",
        custodian=clerk,
        first_responder=clerk,
        received_at=at,
        accepted_at=at,
        version=1,
    )
