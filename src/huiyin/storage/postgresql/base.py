"""The database backend `huiyin.storage.postgresql`.

It adds three things to Django's: time-outs on every statement and lock; a
commit whose wait for the standby was cancelled is not acknowledged; and whole
transactions that travel in one round trip, from BEGIN to COMMIT.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import psycopg
from django.db.backends.postgresql import base as stock
from psycopg.errors import Diagnostic

from huiyin.rules.errors import Busy, msg

UNCONFIRMED = "unconfirmed"
"""The code of `Busy` for a commit that is durable here and perhaps nowhere else."""

FIXED = "fixed"
"""The name of a cursor for the few statements whose text is always the same."""

POOL = {"min_size": 1, "max_size": 8, "timeout": 15.0}
"""Connections of one process, and the seconds that a request waits for one."""

TIME_LIMITS = (
    "-c statement_timeout=60s -c lock_timeout=10s -c idle_in_transaction_session_timeout=60s"
    " -c synchronous_commit=on"
)
_WAIT_FOR_STANDBY = "SyncRepWaitForLSN"
"""The server function that reports a cancelled wait; its name, unlike the message, is never translated."""


# The stubs leave out the private half of a backend.
_Cursor: Any = stock.Cursor
_Stock: Any = stock.DatabaseWrapper


class PipelineCursor(_Cursor):  # type: ignore[misc]
    """Django's cursor; asking for the row count fetches what the pipeline still owes."""

    @property
    def rowcount(self) -> int:
        """Rows changed or returned by the last statement, or -1."""
        self._fetch_pipeline()
        return int(super().rowcount)


class DatabaseWrapper(_Stock):  # type: ignore[misc]
    """One connection to PostgreSQL, from the pool of this process."""

    def __init__(self, settings_dict: dict[str, Any], alias: str = "default") -> None:
        super().__init__(settings_dict, alias)
        settings_dict["OPTIONS"].setdefault("pool", dict(POOL))
        self._before_commit: Callable[[], None] | None = None
        self._pipeline: psycopg.Pipeline | None = None

    @contextmanager
    def in_one_round_trip(self, before_commit: Callable[[], None]) -> Iterator[None]:
        """Send the next transaction as a whole; `before_commit` may still refuse it by raising."""
        self._before_commit = before_commit
        try:
            yield
        finally:
            self._before_commit = None

    def get_connection_params(self) -> dict[str, Any]:
        """Add the time limits and the cursor; limits in DATABASE_URL come later and win."""
        params: dict[str, Any] = super().get_connection_params()
        params["cursor_factory"] = PipelineCursor
        # Only cursors that leave the values to the server prepare: here those named FIXED.
        params["prepare_threshold"] = 0
        params["options"] = f"{TIME_LIMITS} {params.get('options', '')}".strip()
        return params

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Take a connection and listen for cancelled waits on it."""
        connection = super().get_new_connection(conn_params)
        if not isinstance(getattr(connection, "cancelled_waits", None), CancelledWaits):
            connection.cancelled_waits = CancelledWaits(connection.add_notice_handler)
        return connection

    def create_cursor(self, name: str | None = None) -> Any:
        """Return a cursor; with one named `FIXED` the server plans a statement once and keeps it."""
        if name != FIXED:
            return super().create_cursor(name)
        usual = self.connection.cursor_factory
        self.connection.cursor_factory = stock.ServerBindingCursor
        try:
            return super().create_cursor()
        finally:
            self.connection.cursor_factory = usual

    def _set_autocommit(self, autocommit: bool) -> None:
        # Asking the driver for what it does already would end the pipeline.
        if self.connection.autocommit != autocommit:
            super()._set_autocommit(autocommit)

    def _start_transaction_under_autocommit(self) -> None:
        # The driver would wait for the answer to its own BEGIN; ours is queued with what follows.
        with self.wrap_database_errors:
            if self._before_commit is not None:
                self._pipeline = self.connection.pipeline()
                self._pipeline.__enter__()
            self.connection.execute("BEGIN")

    def _commit(self) -> None:
        if self._pipeline is None or self._before_commit is None:
            super()._commit()
        else:
            with self.wrap_database_errors:
                try:
                    self._before_commit()
                    self.connection.execute("COMMIT")
                except Exception:
                    self._rollback()
                    raise
                pipeline, self._pipeline = self._pipeline, None
                pipeline.__exit__(None, None, None)
        if self.connection is not None and self.connection.cancelled_waits.take():
            raise Busy(msg("系统繁忙，登记结果尚未得到备机确认"), code=UNCONFIRMED)

    def _rollback(self) -> None:
        self._abandon_pipeline()
        super()._rollback()

    def _close(self) -> None:
        self._abandon_pipeline()
        super()._close()

    def _abandon_pipeline(self) -> None:
        """Read and forget what is still under way; a second error would hide the first."""
        pipeline, self._pipeline = self._pipeline, None
        if pipeline is not None and not self.connection.closed:
            with suppress(psycopg.Error):
                pipeline.__exit__(None, None, None)


class CancelledWaits:
    """Remembers whether the server gave up waiting for the standby on one connection.

    Such a commit is durable here and perhaps nowhere else, so it must not be
    acknowledged; repeating the command with its key settles it.
    """

    def __init__(self, listen: Callable[[Callable[[Diagnostic], None]], None]) -> None:
        self._seen = False
        listen(self.notice)

    def notice(self, diagnostic: psycopg.errors.Diagnostic) -> None:
        """Look at one message of the server."""
        if diagnostic.source_function == _WAIT_FOR_STANDBY:
            self._seen = True

    def take(self) -> bool:
        """Tell whether a wait was cancelled since the last call."""
        seen, self._seen = self._seen, False
        return seen
