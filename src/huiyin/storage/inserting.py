"""Inserting rows that are known to be new, with as little work in between as there can be."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Field, Model

from huiyin.storage.postgresql.base import FIXED


def insert(rows: Sequence[Model]) -> None:
    """Insert rows of one model in one statement; on PostgreSQL it can wait for its round trip.

    Stores what `bulk_create` would store. For rows that bring their own keys;
    a few at a time, not for bulk. Raises IntegrityError, in a round trip when
    that ends.
    """
    if not rows:
        return
    connection: Any = connections[DEFAULT_DB_ALIAS]
    fields = _fields(type(rows[0]))
    params = [
        one.get_db_prep_save(one.pre_save(row, add=True), connection=connection)
        for row in rows
        for one in fields
    ]
    with connection._cursor(FIXED) as cursor:  # noqa: SLF001 - Django names cursors only here
        cursor.execute(_statement(type(rows[0]), len(rows)), params)
    for row in rows:
        state = row._state  # noqa: SLF001 - as `bulk_create` does
        state.adding, state.db = False, DEFAULT_DB_ALIAS


def update_each(rows: Sequence[Model], names: Sequence[str]) -> None:
    """Write the named fields of rows that this transaction has locked: one prepared statement for all.

    Stores what `bulk_update` would store, without a statement that grows with the rows. Tells nobody how
    many rows changed.
    """
    if not rows:
        return
    connection: Any = connections[DEFAULT_DB_ALIAS]
    table = type(rows[0])._meta  # noqa: SLF001 - Django's own name for what is public
    fields: list[Any] = [table.get_field(name) for name in (*names, table.pk.name)]
    quote = connection.ops.quote_name
    columns = [f"{quote(one.column)} = %s" for one in fields]
    sql = f"UPDATE {quote(table.db_table)} SET {', '.join(columns[:-1])} WHERE {columns[-1]}"  # noqa: S608 - our own columns
    with connection.cursor() as cursor:
        cursor.executemany(
            sql,
            [
                [one.get_db_prep_save(getattr(row, one.attname), connection=connection) for one in fields]
                for row in rows
            ],
        )


@lru_cache(maxsize=256)
def _statement(table: type[Model], count: int) -> str:
    quote = connections[DEFAULT_DB_ALIAS].ops.quote_name
    names = [quote(str(one.column)) for one in _fields(table)]
    places = ", ".join([f"({', '.join(['%s'] * len(names))})"] * count)
    name = quote(table._meta.db_table)  # noqa: SLF001 - Django's own name for what is public
    return f"INSERT INTO {name} ({', '.join(names)}) VALUES {places}"  # noqa: S608 - our own columns


def _fields(table: type[Model]) -> Sequence[Field[Any, Any]]:
    return table._meta.local_concrete_fields  # noqa: SLF001
