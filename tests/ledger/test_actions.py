from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.db.utils import IntegrityError

from huiyin.ledger.actions import Entry, append, append_many, prepare
from huiyin.ledger.models import Head, LedgerEvent
from huiyin.ledger.queries import events_of, head_of, verify
from huiyin.storage.ids import new_id
from huiyin.storage.transactions import one_round_trip, write
from tests.ledger.chains import NOON, chain, entry

TENANT, OTHER = new_id(), new_id()
pytestmark = pytest.mark.django_db


def test_a_chain_is_appended_to_and_verifies() -> None:
    head = chain(TENANT, 3)
    with write():
        after = append(
            tenant_id=TENANT,
            room="matters",
            subject_id=head.subject_id,
            entries=[entry(9, actor=f"person:{new_id()}")],
            recorded_at=NOON + timedelta(hours=2),
            new=False,
        )
    assert [event.seq for event in events_of(TENANT, head.subject_id)] == [1, 2, 3, 4]
    assert after.seq == 4
    stored = head_of(TENANT, head.subject_id)
    assert stored is not None
    assert bytes(stored.hash) == after.hash
    assert verify().ok
    assert verify(TENANT, head.subject_id).events == 4


def test_a_stranger_sees_no_chain() -> None:
    head = chain(TENANT)
    assert events_of(OTHER, head.subject_id) == []
    assert head_of(OTHER, head.subject_id) is None
    with pytest.raises(Head.DoesNotExist), write():
        append(
            tenant_id=OTHER,
            room="matters",
            subject_id=head.subject_id,
            entries=[entry(1)],
            recorded_at=NOON,
            new=False,
        )


def test_the_record_keeps_its_order_when_the_clock_steps_back() -> None:
    head = chain(TENANT)
    with write():
        append(
            tenant_id=TENANT,
            room="matters",
            subject_id=head.subject_id,
            entries=[entry(5)],
            recorded_at=NOON - timedelta(days=1),
            new=False,
        )
    assert verify().ok


def test_a_new_chain_needs_one_round_trip() -> None:
    with write(), one_round_trip():
        head = append(
            tenant_id=TENANT,
            room="matters",
            subject_id=new_id(),
            entries=[entry(1), entry(2)],
            recorded_at=NOON,
            new=True,
        )
    assert verify(TENANT, head.subject_id).events == 2


def test_new_twice_is_refused() -> None:
    head = chain(TENANT)
    with pytest.raises(IntegrityError), write():
        append(
            tenant_id=TENANT,
            room="matters",
            subject_id=head.subject_id,
            entries=[entry(1)],
            recorded_at=NOON,
            new=True,
        )


def test_prepare_gives_the_same_bytes() -> None:
    subject = new_id()
    events, head = prepare(
        tenant_id=TENANT, room="matters", subject_id=subject, entries=[entry(1), entry(2)], recorded_at=NOON
    )
    LedgerEvent.objects.bulk_create(events)
    Head.objects.bulk_create([head])
    assert verify(TENANT, subject).ok
    with pytest.raises(ValueError, match="room"):
        prepare(
            tenant_id=TENANT,
            room="delivery",
            subject_id=subject,
            entries=[entry(1)],
            recorded_at=NOON,
            before=head,
        )


def test_what_cannot_be_read_back_is_refused() -> None:
    with pytest.raises(ValueError, match="actor"):
        Entry(kind="x", at=NOON, actor="张三")
    with pytest.raises(ValueError, match="time zone"):
        Entry(kind="x", at=datetime(2026, 1, 1), actor="system")
    with pytest.raises(ValueError, match="JSON compliant"):
        prepare(
            tenant_id=TENANT,
            room="matters",
            subject_id=new_id(),
            entries=[Entry(kind="x", at=NOON, actor="system", body={"nan": float("nan")})],
            recorded_at=NOON,
        )
    with pytest.raises(ValueError, match="nothing"):
        prepare(tenant_id=TENANT, room="matters", subject_id=new_id(), entries=[], recorded_at=NOON)


def test_moments_with_and_without_microseconds_verify() -> None:
    for at in (datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 1, 0, 0, 0, 1, UTC), NOON):
        with write():
            append(
                tenant_id=TENANT,
                room="matters",
                subject_id=new_id(),
                entries=[Entry(kind="x", at=at, actor="system")],
                recorded_at=at,
                new=True,
            )
    assert verify().faults == []


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_nothing_is_recorded() -> None:
    assert not connection.in_atomic_block
    with pytest.raises(RuntimeError):
        append(
            tenant_id=TENANT,
            room="matters",
            subject_id=new_id(),
            entries=[entry(1)],
            recorded_at=NOON,
            new=True,
        )


def test_many_chains_are_appended_to_at_once_and_verify() -> None:
    heads = [chain(TENANT, length) for length in (1, 2, 3)]
    with write():
        append_many(
            tenant_id=TENANT,
            room="matters",
            chains={head.subject_id: [entry(7), entry(8)] for head in heads},
            recorded_at=NOON + timedelta(hours=2),
        )
    assert [len(events_of(TENANT, head.subject_id)) for head in heads] == [3, 4, 5]
    assert verify().ok
    stranger = chain(OTHER)
    with pytest.raises(Head.DoesNotExist), write():
        append_many(
            tenant_id=TENANT,
            room="matters",
            chains={stranger.subject_id: [entry(7)]},
            recorded_at=NOON,
        )
