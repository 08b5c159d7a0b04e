"""Writers wait in line, nobody starves, and nobody reads "database is locked"."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from pathlib import Path
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


DIES_HOLDING_THE_TURN = """
import os, sys
from huiyin.storage.sqlite.queue import Queue
Queue(sys.argv[1], 5).acquire()
print("held", flush=True)
sys.stdin.readline()
os._exit(9)
"""


def test_a_second_writer_waits_and_the_limit_answers_busy(tmp_path: Path) -> None:
    first, second = Queue(str(tmp_path / "db"), 1), Queue(str(tmp_path / "db"), 0.1)
    first.acquire()
    first.acquire()
    began = time.monotonic()
    with pytest.raises(Busy):
        second.acquire()
    assert 0.09 < time.monotonic() - began < 1
    first.release()
    second.acquire()
    assert second.held
    second.close()
    second.release()
    first.acquire()
    first.close()


def test_whoever_stands_behind_a_stuck_one_is_answered_too(tmp_path: Path) -> None:
    path = str(tmp_path / "db")
    holder = Queue(path, 1)
    holder.acquire()
    waits: list[float] = []

    def wait() -> None:
        began = time.monotonic()
        with pytest.raises(Busy):
            Queue(path, 0.3).acquire()
        waits.append(time.monotonic() - began)

    threads = [threading.Thread(target=wait) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    holder.close()
    assert len(waits) == 5
    assert max(waits) < 0.9


def test_the_turn_of_a_process_that_dies_is_free(tmp_path: Path) -> None:
    path = str(tmp_path / "db")
    with subprocess.Popen(
        [sys.executable, "-c", DIES_HOLDING_THE_TURN, path],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        with pytest.raises(Busy):
            Queue(path, 0.05).acquire()
        process.communicate("now\n")
    assert process.returncode == 9
    queue = Queue(path, 1)
    queue.acquire()
    queue.close()


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
    assert library.version() >= library.SAFE_VERSION
    assert not library.is_safe((3, 51, 2))
    assert connection.Database is pysqlite3.dbapi2


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
