"""Lets tests that commit for real empty the database afterwards, which the ledger's triggers refuse."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

from django.db import connection, transaction
from django.db.backends.base.operations import BaseDatabaseOperations

from huiyin.ledger import triggers

_flush = BaseDatabaseOperations.execute_sql_flush


def _flush_with_triggers_off(operations: Any, sql_list: list[str]) -> None:
    with transaction.atomic():
        triggers.drop(connection)
        _flush(operations, sql_list)
        triggers.create(connection)


@contextmanager
def allowed() -> Iterator[None]:
    with mock.patch.object(BaseDatabaseOperations, "execute_sql_flush", _flush_with_triggers_off):
        yield
