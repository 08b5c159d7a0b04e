"""How everything is written: one short transaction, in as few round trips as the database allows."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.db import DEFAULT_DB_ALIAS, connection, connections, models, transaction
from django.db.models.sql import UpdateQuery
from django.db.utils import OperationalError

from huiyin.rules.errors import Busy, Conflict, msg
from huiyin.storage.postgresql.base import DatabaseWrapper as PostgreSQL

_TRY_AGAIN = (
    psycopg.errors.LockNotAvailable,
    psycopg.errors.DeadlockDetected,
    psycopg.errors.SerializationFailure,
    psycopg.errors.QueryCanceled,
)


@contextmanager
def write() -> Iterator[None]:
    """One short write transaction: all of it is kept, durably, or none.

    On SQLite it stands in the orderly queue and holds the only write lock, so
    keep everything slow outside. Inside another `write()` it is a part of that
    one that can fail by itself. Raises `Busy` when the turn or a lock does not
    come in time; nothing was written then and repeating is safe.
    """
    try:
        with transaction.atomic():
            yield
    except OperationalError as error:
        if isinstance(error.__cause__, _TRY_AGAIN):
            raise Busy from error
        raise


class RoundTrip:
    """What is under way in `one_round_trip()`: updates whose effect is checked before the commit."""

    def __init__(self, *, late: bool) -> None:
        """With `late`, counts are checked before the commit, else at once."""
        self._late = late
        self._expected: list[tuple[Any, int]] = []

    def update(self, rows: models.QuerySet[Any], *, expected: int = 1, **values: object) -> None:
        """Queue `rows.update(**values)`; before the commit exactly `expected` rows must have changed.

        A plain `update()` works too, but it asks at once how many rows changed
        and so costs a round trip of its own. Raises `Conflict` when the number
        differs: before the commit where the transaction travels as a whole,
        else at once.
        """
        cursor = _send_update(rows, values)
        if self._late:
            self._expected.append((cursor, expected))
        else:
            _check(cursor, expected)

    def check(self) -> None:
        """Compare every queued update with what was expected of it."""
        queued, self._expected = self._expected, []
        for cursor, expected in queued:
            _check(cursor, expected)


@contextmanager
def one_round_trip() -> Iterator[RoundTrip]:
    """Send the transaction of the block together: a psycopg pipeline on PostgreSQL, nothing on SQLite.

        with one_round_trip() as trip, write():
            …

    From BEGIN to COMMIT it is one round trip, and one more when `trip.update`
    must be checked before the commit. Inserts with their own keys
    (`bulk_create`, `save(force_insert=True)`), `trip.update`,
    `update_unchecked` and raw statements are queued; whatever reads a result
    still works and costs a round trip. **Errors come late**: an
    `IntegrityError` of a queued statement may be raised only when `write()`
    ends, so do not catch one inside. Inside a transaction that is already open
    it changes nothing.
    """
    backend = connections[DEFAULT_DB_ALIAS]
    if not isinstance(backend, PostgreSQL) or backend.in_atomic_block:
        yield RoundTrip(late=False)
        return
    trip = RoundTrip(late=True)
    with backend.in_one_round_trip(trip.check):
        yield trip


@contextmanager
def snapshot() -> Iterator[None]:
    """Everything read in the block belongs to one moment; writers go on meanwhile.

    Nothing may be written inside. Within a transaction that is already open it
    adds nothing on SQLite, which has one moment anyway, and on PostgreSQL
    only what that transaction's isolation gives.
    """
    if connection.in_atomic_block:
        yield
        return
    if connection.vendor == "postgresql":
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
        return
    # Not `atomic()`, which would stand in the queue and keep every writer waiting.
    with connection.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


def update_unchecked(rows: models.QuerySet[Any], **values: object) -> None:
    """Like `rows.update(**values)`, without asking how many rows changed: it fits in a pipeline.

    Only for rows that this transaction has locked or made.
    """
    _send_update(rows, values).close()


def _send_update(rows: models.QuerySet[Any], values: dict[str, object]) -> Any:
    query: Any = rows.query.chain(UpdateQuery)
    query.add_update_values(values)
    query.annotations = {}
    sql, params = query.get_compiler(connection=connection).as_sql()
    cursor = connection.cursor()
    cursor.execute(sql, params)
    return cursor


def _check(cursor: Any, expected: int) -> None:
    try:
        found = cursor.rowcount
    finally:
        cursor.close()
    if found != expected:
        raise Conflict(
            msg("内容刚刚已被他人改动"), code="stale", remedy=msg("请刷新后查看最新内容，再决定是否继续。")
        )
