from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import psycopg
import pytest
from django.db import connection
from django.db.utils import IntegrityError, OperationalError

from huiyin.rules.errors import Busy, Conflict
from huiyin.storage.ids import new_id
from huiyin.storage.models import Counter, Void
from huiyin.storage.transactions import one_round_trip, snapshot, update_unchecked, write

NOW = datetime(2026, 11, 23, tzinfo=UTC)
pytestmark = pytest.mark.django_db(transaction=True)
postgres = pytest.mark.postgres


def row(number: int, tenant: UUID | None = None, book: str = "receipt") -> Void:
    return Void(
        tenant_id=tenant or new_id(), book=book, year=2026, number=number, reason="试验", recorded_at=NOW
    )


def test_all_or_nothing() -> None:
    with pytest.raises(RuntimeError), write():
        row(1).save()
        raise RuntimeError
    assert Void.objects.count() == 0
    with write():
        row(1).save()
    assert Void.objects.count() == 1


def test_an_inner_write_fails_by_itself() -> None:
    with write():
        row(1).save()
        with pytest.raises(RuntimeError), write():
            row(2).save()
            raise RuntimeError
    assert list(Void.objects.values_list("number", flat=True)) == [1]


@pytest.mark.parametrize("outside", [True, False])
def test_queued_inserts_arrive(outside: bool) -> None:
    tenant = new_id()
    if outside:
        with one_round_trip(), write():
            row(1, tenant).save(force_insert=True)
            Void.objects.bulk_create([row(2, tenant), row(3, tenant)])
    else:
        with write(), one_round_trip():
            row(1, tenant).save(force_insert=True)
            Void.objects.bulk_create([row(2, tenant), row(3, tenant)])
    assert Void.objects.filter(tenant_id=tenant).count() == 3


@pytest.mark.parametrize("outside", [True, False])
def test_a_broken_insert_undoes_all_and_the_connection_stays_usable(outside: bool) -> None:
    tenant = new_id()
    with pytest.raises(IntegrityError):
        if outside:
            with one_round_trip(), write():
                row(1, tenant).save(force_insert=True)
                row(1, tenant).save(force_insert=True)
                row(2, tenant).save(force_insert=True)
        else:
            with write(), one_round_trip():
                row(1, tenant).save(force_insert=True)
                row(1, tenant).save(force_insert=True)
                row(2, tenant).save(force_insert=True)
    assert not connection.in_atomic_block
    assert Void.objects.count() == 0
    with write():
        row(5).save()
    assert Void.objects.count() == 1


@pytest.mark.parametrize("outside", [True, False])
def test_an_error_of_ours_undoes_what_was_queued(outside: bool) -> None:
    with pytest.raises(Conflict):
        if outside:
            with one_round_trip(), write():
                row(1).save(force_insert=True)
                raise Conflict("…", code="x")
        else:
            with write(), one_round_trip():
                row(1).save(force_insert=True)
                raise Conflict("…", code="x")
    assert Void.objects.count() == 0


def test_reads_and_row_counts_are_right_inside() -> None:
    tenant = new_id()
    with write(), one_round_trip():
        row(1, tenant).save(force_insert=True)
        assert Void.objects.filter(tenant_id=tenant).count() == 1
        assert Void.objects.filter(tenant_id=tenant).update(reason="改") == 1
        assert Void.objects.filter(tenant_id=tenant, number=9).update(reason="改") == 0
        found = Void.objects.get(tenant_id=tenant)
        found.reason = "再改"
        found.save()
    assert Void.objects.get(tenant_id=tenant).reason == "再改"


@pytest.mark.parametrize("outside", [True, False])
def test_a_stale_update_is_a_conflict_and_undoes_all(outside: bool) -> None:
    tenant = new_id()
    Counter.objects.create(tenant_id=tenant, book="receipt", year=2026, next=3)
    with pytest.raises(Conflict) as caught:
        if outside:
            with one_round_trip() as trip, write():
                row(1).save(force_insert=True)
                trip.update(Counter.objects.filter(tenant_id=tenant, next=2), next=3)
        else:
            with write(), one_round_trip() as trip:
                row(1).save(force_insert=True)
                trip.update(Counter.objects.filter(tenant_id=tenant, next=2), next=3)
    assert caught.value.code == "stale"
    assert Void.objects.count() == 0


def test_a_fresh_update_passes() -> None:
    tenant = new_id()
    Counter.objects.create(tenant_id=tenant, book="receipt", year=2026, next=2)
    with write(), one_round_trip() as trip:
        trip.update(Counter.objects.filter(tenant_id=tenant, next=2), next=3)
        update_unchecked(Counter.objects.filter(tenant_id=tenant), book="reply")
    counter = Counter.objects.get(tenant_id=tenant)
    assert (counter.next, counter.book) == (3, "reply")


def test_a_part_that_fails_by_itself_inside_one_round_trip() -> None:
    with one_round_trip(), write():
        row(1).save(force_insert=True)
        with pytest.raises(RuntimeError), write():
            row(2).save(force_insert=True)
            raise RuntimeError
        row(3).save(force_insert=True)
    assert list(Void.objects.order_by("number").values_list("number", flat=True)) == [1, 3]


def test_two_transactions_in_one_block_both_count() -> None:
    with one_round_trip():
        with write():
            row(1).save(force_insert=True)
        with write():
            row(2).save(force_insert=True)
    assert Void.objects.count() == 2


def test_a_snapshot_sees_one_moment() -> None:
    with write():
        row(1).save()
    with snapshot():
        assert Void.objects.count() == 1
    with write(), snapshot():
        assert Void.objects.count() == 1


@postgres
def test_a_lock_that_does_not_come_is_busy_and_other_errors_stay() -> None:
    with pytest.raises(Busy), write():
        raise OperationalError from psycopg.errors.LockNotAvailable()
    with pytest.raises(OperationalError), write():
        raise OperationalError from psycopg.errors.DiskFull()
