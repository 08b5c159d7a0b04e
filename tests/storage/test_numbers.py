from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from django.db import connection, connections
from django.db.utils import IntegrityError, OperationalError

from huiyin.rules.errors import Busy
from huiyin.storage.ids import new_id
from huiyin.storage.models import Void
from huiyin.storage.numbers import WITHOUT_WAITING, allot, in_series, reserved, unused, void
from huiyin.storage.transactions import one_round_trip, write

NOW = datetime(2026, 11, 23, tzinfo=UTC)
TENANT = new_id()
pytestmark = pytest.mark.django_db(transaction=True)


@contextmanager
def numbered() -> Iterator[int]:
    """A command that takes one receipt number, as intake does."""
    with reserved(TENANT, ["receipt"], 2026, NOW) as take, one_round_trip(), write():
        yield take("receipt")


def test_each_book_of_each_office_counts_from_one() -> None:
    assert [allot(TENANT, "receipt", 2026) for _ in range(3)] == [1, 2, 3]
    assert allot(TENANT, "receipt", 2027) == 1
    assert allot(TENANT, "reply", 2026) == 1
    assert allot(new_id(), "receipt", 2026) == 1


def test_a_number_travels_with_its_row() -> None:
    with numbered() as number:
        Void(tenant_id=TENANT, book="x", year=1, number=number, reason="行", recorded_at=NOW).save(
            force_insert=True
        )
    assert Void.objects.get().number == 1


def test_a_failed_command_leaves_no_gap_or_an_explained_one() -> None:
    for _ in range(2):
        with pytest.raises(RuntimeError), numbered():
            raise RuntimeError
    with pytest.raises(IntegrityError), numbered():
        for _ in range(2):
            Void(tenant_id=TENANT, book="x", year=1, number=1, reason="行", recorded_at=NOW).save(
                force_insert=True
            )
    with numbered() as number:
        pass
    gaps = list(Void.objects.filter(book="receipt").order_by("number").values_list("number", "reason"))
    if connection.vendor == "sqlite":
        assert (number, gaps) == (1, [])
    else:
        assert (number, gaps) == (4, [(1, "RuntimeError"), (2, "RuntimeError"), (3, "IntegrityError")])
    assert unused(TENANT, "receipt", 2026, [number]) == []


def test_a_command_reserves_what_it_may_need() -> None:
    with reserved(TENANT, ["receipt", "reply"], 2026, NOW) as take, write():
        first = take("receipt")
        second = take("receipt")
    assert (first, second) == (1, 2)
    with pytest.raises(RuntimeError), reserved(TENANT, ["receipt"], 2026, NOW), write():
        raise RuntimeError
    assert unused(TENANT, "receipt", 2026, [first, second]) == []
    assert unused(TENANT, "reply", 2026, []) == []


@pytest.mark.postgres
@pytest.mark.parametrize("error", [OperationalError(), Busy(code="unconfirmed")])
def test_a_number_of_unknown_fate_is_not_called_void(error: Exception) -> None:
    with pytest.raises(type(error)), numbered():
        raise error
    assert unused(TENANT, "receipt", 2026, []) == [1]


def test_what_is_neither_used_nor_void_is_named() -> None:
    for _ in range(5):
        allot(TENANT, "receipt", 2026)
    void(TENANT, "receipt", 2026, 2, reason="试验", at=NOW)
    void(TENANT, "receipt", 2026, 2, reason="试验", at=NOW)
    assert unused(TENANT, "receipt", 2026, [1, 5]) == [3, 4]
    assert unused(TENANT, "nothing", 2026, []) == []


def test_inside_a_transaction_it_counts_too() -> None:
    with write():
        assert [allot(TENANT, "receipt", 2026), allot(TENANT, "receipt", 2026)] == [1, 2]
    assert allot(TENANT, "receipt", 2026) == 3


def test_a_series_goes_on_where_the_book_stands_and_leaves_it_there() -> None:
    allot(TENANT, "series", 2026)
    with write(), in_series(TENANT) as take:
        assert [take("series", 2026) for _ in range(3)] == [2, 3, 4]
        assert [take("series", 2027), take("other", 2026)] == [1, 1]
        assert take("series", 2026) == 5
    assert [allot(TENANT, "series", 2026), allot(TENANT, "series", 2027)] == [6, 2]


def test_a_number_that_is_brought_stays_and_the_next_are_above_it() -> None:
    with write(), in_series(TENANT) as take:
        assert [take("brought", 2026, 3), take("brought", 2026), take("brought", 2026, 2)] == [3, 4, 2]
    assert allot(TENANT, "brought", 2026) == 5
    with write(), in_series(TENANT) as take:
        assert take("brought", 2026, 1) == 1
    assert allot(TENANT, "brought", 2026) == 6


def test_a_series_that_fails_gives_its_numbers_back() -> None:
    allot(TENANT, "failed", 2026)
    with pytest.raises(ZeroDivisionError), write(), in_series(TENANT) as take:
        take("failed", 2026)
        raise ZeroDivisionError
    assert allot(TENANT, "failed", 2026) == 2


def test_nobody_gets_the_same_number() -> None:
    got: list[int] = []

    def work() -> None:
        try:
            for _ in range(25):
                with numbered() as number:
                    got.append(number)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(got) == list(range(1, 151))


@pytest.mark.postgres
def test_the_number_alone_does_not_wait_for_the_disk_but_the_session_does_again() -> None:
    def asked(sql: str) -> object:
        with connection.cursor() as cursor:
            cursor.execute(sql)
            cursor.nextset()
            return cursor.fetchone()

    assert asked(f"{WITHOUT_WAITING} SHOW synchronous_commit") == ("off",)
    allot(TENANT, "receipt", 2026)
    assert asked("SELECT 1; SHOW synchronous_commit") == ("on",)
