"""What a preparation wrote, written again without preparing: statement for statement, key for key.

    made = again(("office", "zhaogong"), lambda: …)    # made the first time, played back from then on

An office is some thirty errands with all their checks; thousands of tests start from the same one, and
asking the checks once for each of them took most of a run. The statements go to the database as they did
the first time, through every constraint and trigger. Each process records for itself.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import connection

from huiyin.storage.transactions import write

Made = TypeVar("Made")

_WRITES = ("INSERT ", "UPDATE ", "DELETE ")
_KEPT: dict[Hashable, _Recording] = {}


@dataclass(frozen=True)
class _Statement:
    sql: str
    params: Any
    many: bool


@dataclass(frozen=True)
class _Recording:
    statements: tuple[_Statement, ...]
    made: Any


def again(key: Hashable, make: Callable[[], Made]) -> Made:
    """Return what `make` returns, as a copy of its own, with the same rows in the database.

    Only for what makes its own keys, reads nothing that another preparation
    wrote, and depends on nothing but `key`.
    """
    if key not in _KEPT:
        _KEPT[key] = _record(make)
    else:
        _play(_KEPT[key])
    made: Made = copy.deepcopy(_KEPT[key].made)
    return made


def _record(make: Callable[[], Any]) -> _Recording:
    statements: list[_Statement] = []

    def listen(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        answer = execute(sql, params, many, context)
        if sql.startswith(_WRITES):
            statements.append(_Statement(sql, params, many))
        return answer

    with connection.execute_wrapper(listen):
        made = make()
    return _Recording(tuple(statements), made)


def _play(recording: _Recording) -> None:
    with write(), connection.cursor() as cursor:
        for one in recording.statements:
            if one.many:
                cursor.executemany(one.sql, one.params)
            else:
                cursor.execute(one.sql, one.params)
