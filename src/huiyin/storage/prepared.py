"""Queries that are worked out once and then only run.

Turning a QuerySet into SQL costs Django more processor time than most
databases take to answer. Where that is felt, at the gate and at intake, the
query is written as ever, once, with `given` in the place of values:

    _BY_NUMBER = Prepared(lambda: Matter.objects.filter(number=given("number", CharField())))
    rows = _BY_NUMBER.rows(number="…")

Nothing that was read is kept: every run asks the database.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Expression, Field, Model, QuerySet
from django.db.models import query as stock
from django.db.models.query import ModelIterable

from huiyin.storage.postgresql.base import FIXED

Row = TypeVar("Row")
Make = Callable[[Sequence[Any]], Any]

# The stubs are of a later Django, where it takes one argument more.
_populators: Any = stock.get_related_populators


def given(name: str, kind: Field[Any, Any]) -> Any:
    """Return what stands in a query for a value that is told when it runs; `kind` says how it is stored."""
    return _Given(name, kind)


class Prepared(Generic[Row]):
    """A query that is compiled when it first runs on a connection, and never again on that one."""

    def __init__(self, build: Callable[[], QuerySet[Any, Row]]) -> None:
        """Keep how to build it: models cannot be asked for queries while they are being imported."""
        self._build = build

    def rows(self, **values: object) -> list[Row]:
        """Run it with these values; raises KeyError when one is missing."""
        connection = connections[DEFAULT_DB_ALIAS]
        known: dict[Prepared[Any], _Compiled] = vars(connection).setdefault("_prepared", {})
        compiled = known.get(self)
        if compiled is None:
            compiled = known[self] = _compiled(self._build(), connection)
        return compiled.run(connection, values)

    def first(self, **values: object) -> Row | None:
        """Run it and return the first row, None when there is none; the query itself limits what is read."""
        return next(iter(self.rows(**values)), None)


class _Given(Expression):
    """A place in a query. Compiled, it is its own parameter."""

    def __init__(self, name: str, kind: Field[Any, Any]) -> None:
        super().__init__(output_field=kind)
        self.name = name
        self.kind = kind

    def as_sql(self, _compiler: Any, _connection: Any) -> Any:
        """Return a parameter that is still open."""
        return "%s", [self]


@dataclass(frozen=True, slots=True)
class _Compiled:
    """SQL for one connection, and how its rows become what the QuerySet would have given."""

    sql: str
    params: tuple[Any, ...]
    convert: Callable[[list[Any]], Iterator[list[Any]]]
    make: Make = field(repr=False)

    def run(self, connection: Any, values: dict[str, object]) -> list[Any]:
        params = [
            one.kind.get_db_prep_value(values[one.name], connection) if isinstance(one, _Given) else one
            for one in self.params
        ]
        with connection._cursor(FIXED) as cursor:  # noqa: SLF001 - Django names cursors only here
            cursor.execute(self.sql, params)
            found = cursor.fetchall()
        return [self.make(row) for row in self.convert(found)]


def _compiled(rows: QuerySet[Any, Any], connection: Any) -> _Compiled:
    compiler: Any = rows.query.get_compiler(connection=connection)
    sql, params = compiler.as_sql()
    columns = [column for column, _, _ in compiler.select[: compiler.col_count]]
    converters = compiler.get_converters(columns)
    is_model = issubclass(rows._iterable_class, ModelIterable)  # noqa: SLF001 - as Django's own iterables do
    return _Compiled(
        sql,
        tuple(params),
        lambda found: compiler.apply_converters(found, converters),
        _maker(compiler, connection.alias) if is_model else tuple,
    )


def _maker(compiler: Any, alias: str) -> Make:
    """Do for one row what Django's ModelIterable does."""
    table: type[Model] = compiler.klass_info["model"]
    places = compiler.klass_info["select_fields"]
    start, end = places[0], places[-1] + 1
    names = [column.target.attname for column, _, _ in compiler.select[start:end]]
    related = _populators(compiler.klass_info, compiler.select, alias)
    annotations = list(compiler.annotation_col_map.items())

    def make(row: Sequence[Any]) -> Model:
        found = table.from_db(alias, names, row[start:end])
        for one in related:
            one.populate(row, found)
        for name, place in annotations:
            setattr(found, name, row[place])
        return found

    return make
