"""An office to measure: `python -m bench.scene` makes it where HUIYIN_HOME and DATABASE_URL say.

Prints what a client of it must know, as JSON. `scene()` gives other programs a
throwaway installation, `served()` serves it; both leave nothing behind.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from bench.clients import HOST
from huiyin.doors.cli import installation
from tools import postgres
from tools.paths import ROOT

SQLITE, POSTGRESQL = "sqlite", "postgresql"
PATIENCE = 30.0
_SETTINGS = "DJANGO_SETTINGS_MODULE"


@dataclass(frozen=True)
class Known:
    """The office as its clients know it."""

    tenant_id: str
    person_id: str
    token: str
    item: str


@dataclass(frozen=True)
class Scene:
    """An installation with an office: how its processes are to be started, and the office."""

    database: str
    environment: dict[str, str]
    known: Known

    def start(self, *module: str) -> subprocess.Popen[str]:
        """Start a module of this project against the installation."""
        return subprocess.Popen(
            [sys.executable, "-m", *module],
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )


@contextmanager
def scene(database: str, url: str = "") -> Iterator[Scene]:
    """Make a throwaway installation with one office, in a folder that goes with it.

    `database` is `sqlite` or `postgresql`; `url` names an empty PostgreSQL
    database to use instead of a server of its own.
    """
    own = postgres.server() if database == POSTGRESQL and not url else nullcontext(url)
    with tempfile.TemporaryDirectory(prefix="huiyin-bench-") as home, own as address:
        environment = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith("HUIYIN_") and name not in {"DATABASE_URL", _SETTINGS}
        }
        environment["HUIYIN_HOME"] = home
        environment["DATABASE_URL"] = address or f"sqlite:///{Path(home) / 'huiyin.sqlite3'}"
        environment[_SETTINGS] = "huiyin.settings.base"
        made = subprocess.run(
            [sys.executable, "-m", "bench.scene"],
            cwd=ROOT,
            env=environment,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
        yield Scene(database, environment, Known(**json.loads(made.stdout)))


@contextmanager
def fresh_database(url: str) -> Iterator[str]:
    """Make an empty database on the PostgreSQL server of `url` while the context lasts."""
    psycopg = import_module("psycopg")
    name = f"bench_{os.getpid()}_{time.time_ns():x}"
    with psycopg.connect(url, autocommit=True) as administration:
        administration.execute(f"CREATE DATABASE {name}")
        try:
            yield urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
        finally:
            administration.execute(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def served(place: Scene, processes: int, threads: int) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """Serve an installation; gives the server's process and its port."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port = int(probe.getsockname()[1])
    server = place.start("bench.serving", str(port), str(processes), str(threads))
    try:
        _wait(server, port)
        yield server, port
    finally:
        server.send_signal(signal.SIGTERM)
        server.communicate(timeout=PATIENCE)


def _wait(server: subprocess.Popen[str], port: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and server.poll() is None:
        try:
            socket.create_connection((HOST, port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("the server did not start")


def make() -> Known:
    """Migrate the database, open the office, and let a program register for its clerk."""
    installation.set_up()
    import_module("django.core.management").call_command("migrate", interactive=False, verbosity=0)
    import_module("bench.control").make_table()
    actions = import_module("huiyin.organisation.actions")
    at = datetime.now(UTC)
    office = import_module("tests.factories").make_office(at=at)
    person = office.people["clerk"]
    _, token = actions.issue_token(
        person,
        name="bench",
        rights=["register"],
        expires_at=at + timedelta(days=2),
        by=actions.OPERATOR,
        at=at,
    )
    return Known(str(office.tenant.id), str(person.id), token, office.items["DB-1"].code)


if __name__ == "__main__":
    print(json.dumps(asdict(make())))
