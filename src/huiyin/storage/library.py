"""One SQLite library for the whole process: the one without the WAL-reset bug.

SQLite 3.7.0 to 3.51.2 can corrupt a WAL database when two connections write
or checkpoint at once, which is what several web and worker processes do. The
`pysqlite3` wheel carries a repaired library; it stands in for the standard
module before Django's backend asks for it.
"""

import sys

import pysqlite3
from pysqlite3 import dbapi2

SAFE_VERSION = (3, 51, 3)
"""The first SQLite release in which the WAL-reset bug is repaired."""


def install() -> None:
    """Make every later `import sqlite3` yield `pysqlite3`; repeating changes nothing."""
    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = dbapi2


def version() -> tuple[int, ...]:
    """Return the version of the SQLite library in use, for example (3, 53, 4)."""
    return tuple(dbapi2.sqlite_version_info)


def is_safe(found: tuple[int, ...]) -> bool:
    """Tell whether a SQLite of version `found` may be trusted with several writers."""
    return found >= SAFE_VERSION
