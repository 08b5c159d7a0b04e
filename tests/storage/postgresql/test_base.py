from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.db import connections
from django.db.utils import OperationalError

from huiyin.rules.errors import Busy
from huiyin.storage.ids import new_id
from huiyin.storage.models import Counter, Void
from huiyin.storage.transactions import one_round_trip, update_unchecked, write

NOW = datetime(2026, 11, 23, tzinfo=UTC)
connection: Any = connections["default"]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


def row(number: int, tenant: UUID | None = None, book: str = "receipt") -> Void:
    return Void(
        tenant_id=tenant or new_id(), book=book, year=2026, number=number, reason="试验", recorded_at=NOW
    )


class Trips:
    count = 0


@contextmanager
def counted(folder: Path) -> Iterator[Trips]:
    """Count how often the conversation turns from us to the server's answer: once a round trip."""
    connection.ensure_connection()
    trips = Trips()
    log = folder / f"{new_id()}.trace"
    with log.open("wb") as file:
        connection.connection.pgconn.trace(file.fileno())
        try:
            yield trips
        finally:
            connection.connection.pgconn.untrace()
    sides = "".join(line.split("\t")[1] for line in log.read_text("utf-8", "replace").splitlines())
    trips.count = sides.count("FB")


def test_round_trips_saved(tmp_path: Path) -> None:
    tenant = new_id()
    Counter.objects.create(tenant_id=tenant, book="receipt", year=2026, next=2)

    def work() -> None:
        row(1, new_id()).save(force_insert=True)
        Void.objects.bulk_create([row(2), row(3)])
        row(4).save(force_insert=True)
        update_unchecked(Counter.objects.filter(tenant_id=tenant), next=4)

    with counted(tmp_path) as plain, write():
        work()
    with counted(tmp_path) as inside, write(), one_round_trip():
        work()
    with counted(tmp_path) as outside, one_round_trip(), write():
        work()
    with counted(tmp_path) as checked, one_round_trip() as trip, write():
        work()
        trip.update(Counter.objects.filter(tenant_id=tenant), next=5)
    assert checked.count == 2
    assert (plain.count, inside.count, outside.count) == (6, 6, 1)


def test_a_cancelled_wait_for_the_standby_is_not_acknowledged() -> None:
    connection.ensure_connection()

    class Warned:
        source_function = "SyncRepWaitForLSN"

    with pytest.raises(Busy) as caught, write():
        row(1).save()
        connection.connection.cancelled_waits.notice(Warned())
    assert caught.value.code == "unconfirmed"
    with write():
        row(2).save()
    assert Void.objects.count() == 2


def test_every_statement_has_a_limit() -> None:
    def ask(name: str) -> object:
        with connection.cursor() as cursor:
            cursor.execute(f"SHOW {name}")
            return cursor.fetchone()[0]

    assert [ask(name) for name in ("statement_timeout", "lock_timeout", "synchronous_commit")] == [
        "1min",
        "10s",
        "on",
    ]
    assert ask("idle_in_transaction_session_timeout") == "1min"


def test_a_connection_lost_inside_a_pipeline_is_replaced() -> None:
    with pytest.raises(OperationalError), one_round_trip(), write():
        row(1).save(force_insert=True)
        assert Void.objects.count() == 1
        info = connection.connection.info
        with psycopg.connect(info.dsn, password=info.password, autocommit=True) as other:
            other.execute("SELECT pg_terminate_backend(%s)", [connection.connection.info.backend_pid])
        row(2).save(force_insert=True)
    connection.close()
    assert Void.objects.count() == 0
    with write():
        row(3).save()
    assert Void.objects.count() == 1
