"""The database backend `huiyin.storage.sqlite`.

Every connection runs with WAL, `synchronous=FULL` (a receipt, once shown,
survives a power cut), foreign keys and `secure_delete`. Every transaction is
IMMEDIATE and stands in the orderly queue, and so does a single write
statement outside a transaction. "database is locked" never reaches a caller:
when the turn does not come in time, `Busy` does, and nothing was written.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db.backends.sqlite3 import base as stock
from pysqlite3 import dbapi2

from huiyin.rules.errors import Busy
from huiyin.storage import library
from huiyin.storage.sqlite.queue import Queue

WAIT_LIMIT = 15.0
"""Seconds that a writer waits for its turn."""

_SETTINGS = (
    "PRAGMA synchronous = FULL",
    "PRAGMA secure_delete = ON",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cache_size = -32000",
    "PRAGMA journal_size_limit = 67108864",
)
_FIRST_WORD = re.compile(r"(?:\s|--[^\n]*\n|/\*.*?\*/)*([A-Za-z]+)", re.DOTALL)
_WRITES = frozenset(
    {"INSERT", "UPDATE", "DELETE", "REPLACE", "CREATE", "DROP", "ALTER", "REINDEX", "ANALYZE", "VACUUM"}
)
_WRITE_INSIDE = re.compile(r"\b(?:INSERT|UPDATE|DELETE|REPLACE)\b", re.IGNORECASE)
_BUSY = 5


def is_write(sql: str) -> bool:
    """Tell whether a statement may write; when in doubt (a WITH that names a write verb), yes."""
    found = _FIRST_WORD.match(sql)
    word = found[1].upper() if found else ""
    return word in _WRITES or (word == "WITH" and _WRITE_INSIDE.search(sql) is not None)


def is_busy(error: BaseException) -> bool:
    """Tell whether SQLite answered that another connection holds the lock."""
    code = getattr(error.__cause__ or error, "sqlite_errorcode", None)
    if code is not None:
        return int(code) & 0xFF == _BUSY
    return "database is locked" in str(error)


# The stubs know neither the driver nor the private half of a backend.
_Stock: Any = stock.DatabaseWrapper
_driver: Any = dbapi2


class DatabaseWrapper(_Stock):  # type: ignore[misc]
    """One connection to the SQLite file, with its place in the queue."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._place: Queue | None = None

    @property
    def place(self) -> Queue:
        """The place in the queue of the file this connection has now (a test run changes the name)."""
        if self._place is None:
            self._place = Queue(str(self.settings_dict["NAME"]), WAIT_LIMIT)
        return self._place

    def get_connection_params(self) -> dict[str, Any]:
        """Refuse what could not keep the promises, and add ours."""
        if self.is_in_memory_db():
            raise ImproperlyConfigured("A database in memory keeps nothing; name a file.")
        params: dict[str, Any] = super().get_connection_params()
        params.setdefault("timeout", WAIT_LIMIT)
        self.transaction_mode = "IMMEDIATE"
        return params

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Open the file with the settings above; changing to WAL for the first time takes a turn."""
        connection = super().get_new_connection(conn_params)
        for setting in _SETTINGS:
            connection.execute(setting)
        if connection.execute("PRAGMA journal_mode").fetchone() != ("wal",):
            with self._turn():
                connection.execute("PRAGMA journal_mode = WAL")
        return connection

    def check_database_version_supported(self) -> None:
        """Refuse a SQLite library that has the WAL-reset bug."""
        super().check_database_version_supported()
        if not library.is_safe(self.Database.sqlite_version_info):
            found = self.Database.sqlite_version
            raise ImproperlyConfigured(
                f"SQLite {found} can corrupt this database; 3.51.3 or newer is needed (install pysqlite3)."
            )

    def create_cursor(self, name: str | None = None) -> Any:  # noqa: ARG002 - Django's signature
        """Return a cursor whose single writes stand in line."""
        cursor = self.connection.cursor(factory=QueueingCursor)
        cursor.wrapper = self
        return cursor

    def _start_transaction_under_autocommit(self) -> None:
        self.place.acquire()
        try:
            super()._start_transaction_under_autocommit()
        except BaseException:
            self.place.release()
            raise

    def _commit(self) -> None:
        super()._commit()
        self.place.release()

    def _rollback(self) -> None:
        try:
            super()._rollback()
        finally:
            self.place.release()

    def _close(self) -> None:
        try:
            super()._close()
        finally:
            if self._place is not None:
                self._place.close()
                self._place = None

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Hold the queue for one statement, unless this connection holds it already."""
        if self.place.held:
            yield
            return
        self.place.acquire()
        try:
            yield
        finally:
            self.place.release()


class QueueingCursor(stock.SQLiteCursorWrapper):
    """Django's cursor, which takes a turn for a write outside a transaction."""

    wrapper: DatabaseWrapper

    def execute(self, query: str, params: Any = None) -> Any:
        """Run one statement; raises `Busy` instead of "database is locked"."""
        with self._orderly(query):
            return super().execute(query, params)

    def executemany(self, query: str, param_list: Any) -> Any:
        """Run one statement for many rows; raises `Busy` instead of "database is locked"."""
        with self._orderly(query):
            return super().executemany(query, param_list)

    @contextmanager
    def _orderly(self, query: str) -> Iterator[None]:
        try:
            if not self.wrapper.place.held and is_write(query):
                with self.wrapper._turn():  # noqa: SLF001 - the cursor is part of its connection
                    yield
            else:
                yield
        except _driver.OperationalError as error:
            if is_busy(error):
                raise Busy from error
            raise
