from __future__ import annotations

import sqlite3
import sys

import pysqlite3
import pytest

from huiyin.storage import library


def test_every_later_import_gets_the_repaired_library() -> None:
    assert sys.modules["sqlite3"] is pysqlite3
    assert sys.modules["sqlite3.dbapi2"] is pysqlite3.dbapi2
    assert sqlite3.sqlite_version == pysqlite3.sqlite_version
    assert library.is_safe(library.version())


@pytest.mark.parametrize(
    ("version", "safe"),
    [((3, 40, 1), False), ((3, 51, 2), False), ((3, 51, 3), True), ((3, 53, 4), True), ((4, 0, 0), True)],
)
def test_versions_with_the_bug_are_known(version: tuple[int, ...], safe: bool) -> None:
    assert library.is_safe(version) is safe
