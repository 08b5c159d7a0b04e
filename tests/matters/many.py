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
from huiyin.rules.facts import Fact, Paused, Resumed
from huiyin.rules.vocabulary import Limit, Unit
from huiyin.storage.ids import new_id
from huiyin.storage.transactions import write
from tests.factories import Office

BATCH = 1_000
BASIS = "p4.9"
"""Stands in the facts of the clocks that were paused."""
_LIMITS = (10, 15, 20, 30)
# Share no divisor with the number of limits, so that every limit is among them.
_PAUSED_EVERY = 19
_WRITES_EVERY = 3


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
        clock, by = Clock(at, limit, _facts(number, at)), str(clerk.id)
        owed = Owed("decide-1", "decide", "p4.time-limit.2", by, clock, at, at, provisional=False)
        duties += obligations.rows(Subject(tenant.id, ROOM, key, law.book.version), [reckoned(owed, law)])
    Matter.objects.bulk_create(matters, batch_size=500)
    ledger.save_all(chains)
    obligations.save_all(duties, [])


def _facts(number: int, at: datetime) -> tuple[Fact, ...]:
    """What has happened to the clock: one in a few stood still for some days."""
    if number % _PAUSED_EVERY:
        return ()
    return Paused("hearing", BASIS, at + timedelta(days=1), 5), Resumed(at + timedelta(days=4))


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
        applicant_email="wang@example.cn" if number % _WRITES_EVERY == 0 else "",
        version=1,
    )
