"""Connections are durable, writers wait in line, and nobody reads "database is locked"."""

from __future__ import annotations

import threading
from typing import Any

import pysqlite3
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connections, transaction
from django.db.utils import OperationalError

from huiyin.rules.errors import Busy
from huiyin.storage import library
from huiyin.storage.ids import new_id
from huiyin.storage.models import Counter
from huiyin.storage.sqlite import base
from huiyin.storage.sqlite.queue import Queue
from huiyin.storage.transactions import snapshot, write

connection: Any = connections["default"]
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="the queue is SQLite's"),
]


def test_every_connection_is_durable_and_strict() -> None:
    def ask(name: str) -> object:
        with connection.cursor() as cursor:
            return cursor.execute(f"PRAGMA {name}").fetchone()[0]

    assert [ask(name) for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")] == [
        "wal",
        2,
        1,
        1,
    ]


def test_an_old_library_and_a_database_in_memory_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    connection.ensure_connection()
    monkeypatch.setattr(library, "SAFE_VERSION", (9, 0, 0))
    with pytest.raises(ImproperlyConfigured, match="corrupt"):
        connection.check_database_version_supported()
    settings = {**connection.settings_dict, "NAME": ":memory:"}
    with pytest.raises(ImproperlyConfigured, match="memory"):
        base.DatabaseWrapper(settings).get_connection_params()


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("SELECT 1", False),
        ("  -- hi\n insert into x values (1)", True),
        ("/* a */ UPDATE x SET a = 1", True),
        ("WITH a AS (SELECT 1) SELECT * FROM a", False),
        ("WITH a AS (SELECT 1) DELETE FROM x", True),
        ("BEGIN IMMEDIATE", False),
        ("PRAGMA foreign_keys", False),
        ("REPLACE INTO x VALUES (1)", True),
        ("", False),
    ],
)
def test_writes_are_told_from_reads(sql: str, expected: bool) -> None:
    assert base.is_write(sql) is expected


def test_a_transaction_holds_the_turn_and_gives_it_back() -> None:
    place = connection.place
    with write():
        assert place.held
        with write():
            Counter.objects.count()
        assert place.held
    assert not place.held
    with pytest.raises(RuntimeError), write():
        raise RuntimeError
    assert not place.held
    with pytest.raises(OperationalError), connection.cursor() as cursor:
        cursor.execute("INSERT INTO nowhere VALUES (1)")
    assert not place.held
    with transaction.atomic():
        connection.close()
    assert connection._place is None
    with write():
        assert connection.place.held


def test_reading_never_waits() -> None:
    other = Queue(str(connection.settings_dict["NAME"]), 1)
    other.acquire()
    try:
        connection.close()
        assert Counter.objects.count() == 0
        with snapshot():
            assert Counter.objects.count() == 0
    finally:
        other.close()


def test_a_stranger_who_holds_the_file_makes_us_busy_not_locked(monkeypatch: pytest.MonkeyPatch) -> None:
    connection.close()
    monkeypatch.setitem(connection.settings_dict["OPTIONS"], "timeout", 0.05)
    stranger = pysqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
    stranger.execute("BEGIN IMMEDIATE")
    try:
        with pytest.raises(Busy), write():
            pytest.fail("the transaction must not begin")
        with pytest.raises(Busy):
            Counter.objects.create(tenant_id=new_id(), book="b", year=1, next=1)
        assert not connection.place.held
    finally:
        stranger.close()
        connection.close()


def test_threads_take_turns_and_lose_nothing() -> None:
    row = Counter.objects.create(tenant_id=new_id(), book="b", year=1, next=0)
    errors: list[BaseException] = []

    def work() -> None:
        try:
            for _ in range(40):
                with write():
                    counter = Counter.objects.get(pk=row.pk)
                    counter.next += 1
                    counter.save()
                Counter.objects.create(tenant_id=new_id(), book="b", year=1, next=0)
        except BaseException as error:  # noqa: BLE001 - shown by the assertion
            errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    row.refresh_from_db()
    assert (row.next, Counter.objects.count()) == (240, 241)
