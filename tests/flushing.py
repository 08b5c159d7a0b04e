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
        _flush(operations, _of_what_holds_rows(sql_list))
        triggers.create(connection)


def _of_what_holds_rows(sql_list: list[str]) -> list[str]:
    """On PostgreSQL emptying a table costs files of its own, also where nothing lies in it: ask before."""
    if connection.vendor != "postgresql":
        return sql_list
    names = connection.introspection.django_table_names(only_existing=True, include_views=False)
    quoted = [connection.ops.quote_name(name) for name in names]
    with connection.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join(f"SELECT {n}, EXISTS (SELECT FROM {quoted[n]})" for n in range(len(quoted)))
        )
        return [f"DELETE FROM {quoted[n]}" for n, holds in cursor.fetchall() if holds]


@contextmanager
def allowed() -> Iterator[None]:
    with mock.patch.object(BaseDatabaseOperations, "execute_sql_flush", _flush_with_triggers_off):
        yield
