"""Inserting rows that are known to be new, with as little work in between as there can be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Final
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.models import Field, Model

from huiyin.storage.postgresql.base import FIXED

_NOTHING: Final = object()
_TAKEN_AS_IT_IS: Final[dict[type[Any], type]] = {
    models.CharField: str,
    models.TextField: str,
    models.IntegerField: int,
    models.PositiveIntegerField: int,
    models.PositiveSmallIntegerField: int,
    models.BooleanField: bool,
}
"""Columns whose values of this very type Django hands to the driver unchanged."""


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
    _stand_stored(rows)


def insert_each(rows: Sequence[Model], *, ignore_conflicts: bool = False) -> None:
    """Insert rows of one model in bulk, with a statement that is the same however many they are.

    Stores what `bulk_create` would store; with `ignore_conflicts`, a row that is there already stays as it
    is. For rows whose every column is set; none is worked out here. Raises IntegrityError.
    """
    if not rows:
        return
    stored = [vars(row) for row in rows]
    columns = {one.attname: [row[one.attname] for row in stored] for one in _fields(type(rows[0]))}
    insert_columns(type(rows[0]), columns, ignore_conflicts=ignore_conflicts)
    _stand_stored(rows)


def insert_columns(
    table: type[Model], columns: Mapping[str, Sequence[Any]], *, ignore_conflicts: bool = False
) -> None:
    """Insert rows of a model as `insert_each` does, where there are too many to make an object of each.

    `columns` holds the values of every column by its attribute, a foreign key's by its id. Raises KeyError
    for a column that is not given, and IntegrityError.
    """
    connection: Any = connections[DEFAULT_DB_ALIAS]
    fields = _fields(table)
    names, values = _named(fields, connection), _each(fields, connection)
    suffix = " ON CONFLICT DO NOTHING" if ignore_conflicts else ""
    _store(
        f"INSERT INTO {_table(table, connection)} ({', '.join(names)}) {values}{suffix}",
        [_prepared(one, columns[one.attname], connection) for one in fields],
        connection,
    )


def update_each(rows: Sequence[Model], names: Sequence[str]) -> None:
    """Write the named fields of rows that this transaction has locked, with a statement as in `insert_each`.

    Stores what `bulk_update` would store. Tells nobody how many rows changed.
    """
    if not rows:
        return
    connection: Any = connections[DEFAULT_DB_ALIAS]
    table = type(rows[0])._meta  # noqa: SLF001 - Django's own name for what is public
    fields: list[Any] = [table.get_field(name) for name in (*names, table.pk.name)]
    columns, name = _named(fields, connection), _table(type(rows[0]), connection)
    if connection.vendor == "postgresql":
        changes = [f"{one} = changed.{one}" for one in columns[:-1]]
        found = f" FROM ({_each(fields, connection)}) AS changed ({', '.join(columns)})"
        which = f"{name}.{columns[-1]} = changed.{columns[-1]}"
    else:
        changes, found, which = [f"{one} = %s" for one in columns[:-1]], "", f"{columns[-1]} = %s"
    _store(
        f"UPDATE {name} SET {', '.join(changes)}{found} WHERE {which}",  # noqa: S608 - our own columns
        [_prepared(one, [getattr(row, one.attname) for row in rows], connection) for one in fields],
        connection,
    )


def _stand_stored(rows: Sequence[Model]) -> None:
    for row in rows:
        state = row._state  # noqa: SLF001 - as `bulk_create` does
        state.adding, state.db = False, DEFAULT_DB_ALIAS


def _store(sql: str, columns: Sequence[list[Any]], connection: Any) -> None:
    """Run one prepared statement: on PostgreSQL once, with a list for each column, on SQLite for each row."""
    with connection._cursor(FIXED) as cursor:  # noqa: SLF001 - Django names cursors only here
        if connection.vendor == "postgresql":
            cursor.execute(sql, columns)
        else:
            cursor.executemany(sql, list(zip(*columns, strict=True)))


def _each(fields: Sequence[Any], connection: Any) -> str:
    """What stands for the rows to store: on SQLite for one, on PostgreSQL for all, a list for each column."""
    if connection.vendor != "postgresql":
        return f"VALUES ({', '.join(['%s'] * len(fields))})"
    # Without its length: a cast would cut off what is too long, the column refuses it.
    kinds = [str(one.db_type(connection)).partition("(")[0] for one in fields]
    return f"SELECT * FROM UNNEST({', '.join([f'%b::{kind}[]' for kind in kinds])})"  # noqa: S608 - our own columns


def _named(fields: Sequence[Any], connection: Any) -> list[str]:
    return [connection.ops.quote_name(one.column) for one in fields]


def _table(table: type[Model], connection: Any) -> str:
    name: str = connection.ops.quote_name(table._meta.db_table)  # noqa: SLF001 - as above
    return name


def _prepared(field: Any, values: Sequence[Any], connection: Any) -> list[Any]:
    """The values of a column as the driver takes them; what rows in a row share is worked out once."""
    # Not of what is encrypted: it must not come out alike twice.
    if field.get_internal_type() == "BinaryField":
        return [field.get_db_prep_save(value, connection=connection) for value in values]
    plain = _TAKEN_AS_IT_IS.get(type(field))
    if isinstance(field.target_field if field.is_relation else field, models.UUIDField):
        if connection.features.has_native_uuid_field:
            plain = UUID
        else:
            values = [value.hex if type(value) is UUID else value for value in values]
            plain = str
    found: list[Any] = []
    last, prepared = _NOTHING, None
    for value in values:
        if type(value) is plain:
            found.append(value)
            continue
        if value is not last:
            last, prepared = value, field.get_db_prep_save(value, connection=connection)
        found.append(prepared)
    return found


@lru_cache(maxsize=256)
def _statement(table: type[Model], count: int) -> str:
    quote = connections[DEFAULT_DB_ALIAS].ops.quote_name
    names = [quote(str(one.column)) for one in _fields(table)]
    places = ", ".join([f"({', '.join(['%s'] * len(names))})"] * count)
    name = quote(table._meta.db_table)  # noqa: SLF001 - Django's own name for what is public
    return f"INSERT INTO {name} ({', '.join(names)}) VALUES {places}"  # noqa: S608 - our own columns


def _fields(table: type[Model]) -> Sequence[Field[Any, Any]]:
    return table._meta.local_concrete_fields  # noqa: SLF001
