"""Where an installation stood when it last ran, so that the next start need not look again.

A start that finds its own code, its database and its migrations unchanged
skips every check that needs the settings, and serves at once. The stamp is
never believed alone: the migrations are read from the database each time.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict, dataclass
from importlib import import_module, util
from pathlib import Path
from typing import Any, Final

from pysqlite3 import dbapi2

from huiyin.storage import home

STAMP: Final = "standing.json"
PACKAGE: Final = Path(__file__).resolve().parents[2]
_WATCHED: Final = ("*/migrations/*.py", "doors/static/**/*")
_PATIENCE: Final = 3  # seconds for a database server to answer
_APPLIED: Final = "SELECT app, name FROM django_migrations ORDER BY app, name"


@dataclass(frozen=True, slots=True)
class Standing:
    """What was true when it was written: of the code, of the database, and of who is in it.

    `demo` is the name of the demo office, "" without one; `offices` counts all.
    """

    code: str
    database: str
    offices: int
    demo: str


def recall(place: Path) -> Standing | None:
    """Return what was remembered if code and database are still the same, else None."""
    try:
        known = Standing(**json.loads((place / STAMP).read_text(encoding="utf-8")))
    except (OSError, TypeError, ValueError):
        return None
    if known.code != code_now() or not (place / "static" / "staticfiles.json").is_file():
        return None
    return known if known.database and known.database == database_now() else None


def remember(place: Path, *, offices: int, demo: str) -> None:
    """Write down how things stand now."""
    standing = Standing(code_now(), database_now(), offices, demo)
    fresh = place / f"{STAMP}.new"
    fresh.write_text(json.dumps(asdict(standing), ensure_ascii=False), encoding="utf-8")
    fresh.replace(place / STAMP)


def forget(place: Path) -> None:
    """Let the next start look for itself."""
    (place / STAMP).unlink(missing_ok=True)


def code_now() -> str:
    """Return what changes with the migrations, the static files and the installed packages."""
    found = [
        f"{path.relative_to(PACKAGE)} {path.stat().st_size} {path.stat().st_mtime_ns}" for path in _watched()
    ]
    spec = util.find_spec("django")
    if spec is not None and spec.origin:
        # Installing or removing any package touches the folder they share.
        found.append(str(Path(spec.origin).parents[1].stat().st_mtime_ns))
    return hashlib.sha256("\n".join(found).encode()).hexdigest()


def database_now() -> str:
    """Return what names the database and the migrations it has; "" when it does not answer."""
    url = home.database_url()
    config = home.database(url)
    try:
        rows = _on_postgresql(url) if config["ENGINE"] == home.POSTGRESQL_ENGINE else _on_sqlite(config)
    except (OSError, dbapi2.Error):
        return ""
    return hashlib.sha256("\n".join([url, *rows]).encode()).hexdigest()


def _watched() -> Iterator[Path]:
    for pattern in _WATCHED:
        yield from sorted(path for path in PACKAGE.glob(pattern) if path.is_file())


def _on_postgresql(url: str) -> list[str]:
    # Imported only for those who use it, because it takes as long as everything else here.
    driver = import_module("psycopg")
    try:
        with driver.connect(url, connect_timeout=_PATIENCE) as server:
            return [f"{app}.{name}" for app, name in server.execute(_APPLIED).fetchall()]
    except driver.Error as error:
        raise OSError(str(error)) from error


def _on_sqlite(config: dict[str, Any]) -> list[str]:
    path = Path(config["NAME"])
    inode = path.stat().st_ino
    with closing(dbapi2.connect(f"{path.as_uri()}?mode=ro", uri=True)) as file:
        return [str(inode), *(f"{app}.{name}" for app, name in file.execute(_APPLIED))]
