from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql

from huiyin.doors.cli import running, standing
from huiyin.doors.cli.demo import roles
from huiyin.rules.errors import HuiyinError
from huiyin.storage import home
from tests.doors.cli.conftest import Run

PATIENCE = 90  # seconds; the machine may be busy with the rest of the tests


class Office:
    """A `huiyin run` of a home of its own, in processes of its own."""

    def __init__(self, place: Path, port: int, database: str) -> None:
        self.place = place
        self.port = port
        self.database = database
        environment = {
            name: value for name, value in os.environ.items() if not name.startswith(("HUIYIN", "DJANGO"))
        }
        self.begun = time.monotonic()
        command = "from huiyin.doors.cli import main; main()"
        with (place / "out").open("wb") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-c", command, "run", "--empty", "--port", str(port)],
                env=environment | {"HUIYIN_HOME": str(place), "LANG": "C.UTF-8", "DATABASE_URL": database},
                stdout=out,
                stderr=subprocess.STDOUT,
            )

    def said(self) -> str:
        return (self.place / "out").read_text(encoding="utf-8")

    def wait_until(self, reached: Callable[[], object]) -> None:
        while not reached():
            if self.process.poll() is not None or time.monotonic() - self.begun > PATIENCE:
                pytest.fail(f"it never came to that; it said:\n{self.said()}")
            time.sleep(0.05)

    def answers(self) -> int:
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)) as asking:
            try:
                asking.request("GET", "/desk/sign-in/")
                return asking.getresponse().status
            except OSError:
                return 0

    def children(self) -> list[int]:
        """The processes that `run` started, and theirs."""
        return [
            pid
            for pid in _processes()
            if f"HUIYIN_HOME={self.place}\0" in _environment(pid) and pid != self.process.pid
        ]


def _processes() -> list[int]:
    return [int(path.name) for path in Path("/proc").iterdir() if path.name.isdecimal()]


def _environment(pid: int) -> str:
    try:
        if "\nState:\tZ" in Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace"):
            return ""
        return Path(f"/proc/{pid}/environ").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def database() -> Iterator[str]:
    """An empty database of the server that the tests run on; "" is the file in the home."""
    url = os.environ.get("DATABASE_URL", "")
    if not url:
        yield ""
        return
    name = f"huiyin_run_{uuid4().hex}"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        yield f"{url.rpartition('/')[0]}/{name}"
        server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, database: str) -> Path:
    """A home that has run once, so that every test finds it the same in whatever order they come."""
    home_of_its_own = tmp_path_factory.mktemp("home")
    first = Office(home_of_its_own, _free_port(), database)
    first.wait_until(lambda: "Ctrl-C" in first.said())
    assert "正在更新数据库" in first.said()
    first.process.terminate()
    assert first.process.wait(PATIENCE) == 0
    return home_of_its_own


@pytest.fixture
def office(place: Path, database: str) -> Iterator[Office]:
    started = Office(place, _free_port(), database)
    yield started
    if started.process.poll() is None:
        started.process.terminate()
        started.process.wait(PATIENCE)


pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")


def test_it_serves_works_and_stops_cleanly_when_asked(office: Office) -> None:
    office.wait_until(lambda: "Ctrl-C" in office.said())
    assert office.answers() == 200
    assert "huiyin init" in office.said()
    office.wait_until(lambda: "worker started" in office.said())
    assert len(office.children()) >= 2
    taken = subprocess.run(
        [
            sys.executable,
            "-c",
            "from huiyin.doors.cli import main; main()",
            "run",
            "--port",
            str(office.port),
        ],
        env={"HUIYIN_HOME": str(office.place), "PATH": os.environ["PATH"]},
        capture_output=True,
        check=False,
        text=True,
    )
    assert taken.returncode == 1
    assert "已被占用" in taken.stderr
    assert "--port" in taken.stderr
    office.process.send_signal(signal.SIGTERM)
    assert office.process.wait(PATIENCE) == 0
    assert office.children() == []
    assert "worker stopped" in office.said()
    assert "Traceback" not in office.said()


def test_a_second_run_skips_what_the_first_has_done(office: Office) -> None:
    office.wait_until(lambda: "Ctrl-C" in office.said())
    assert "正在" not in office.said()
    office.process.send_signal(signal.SIGINT)
    assert office.process.wait(PATIENCE) == 0


def test_when_a_part_dies_everything_stops_and_says_so(office: Office) -> None:
    office.wait_until(lambda: "worker started" in office.said())
    [worker] = [
        pid
        for pid in office.children()
        if b"huiyin.doors.worker" in Path(f"/proc/{pid}/cmdline").read_bytes()
    ]
    os.kill(worker, signal.SIGKILL)
    assert office.process.wait(PATIENCE) == 1
    assert "后台任务意外结束" in office.said()
    assert office.children() == []


def test_when_it_is_killed_nothing_is_left_behind(office: Office) -> None:
    office.wait_until(lambda: "worker started" in office.said())
    office.process.kill()
    office.process.wait()
    until = time.monotonic() + PATIENCE
    while office.children() and time.monotonic() < until:
        time.sleep(0.1)
    assert office.children() == []


def test_an_exposed_key_is_refused_before_anything_is_served(office: Office) -> None:
    office.wait_until(lambda: "Ctrl-C" in office.said())
    office.process.terminate()
    office.process.wait(PATIENCE)
    key = office.place / "keys" / "field.keys"
    key.chmod(0o644)
    try:
        again = Office(office.place, office.port, office.database)
        assert again.process.wait(PATIENCE) == 1
        assert "field.keys" in again.said()
        assert "chmod 600" in again.said()
        assert again.answers() == 0
    finally:
        key.chmod(0o600)


def test_an_address_that_is_not_this_machines_is_refused() -> None:
    with pytest.raises(HuiyinError) as refused:
        running.refuse_taken("192.0.2.1", 8000)
    assert refused.value.code == "cannot_listen"


def test_a_taken_port_is_refused_and_a_free_one_is_not() -> None:
    with closing(socket.socket()) as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(HuiyinError) as refused:
            running.refuse_taken("127.0.0.1", other.getsockname()[1])
    assert refused.value.code == "port_taken"
    running.refuse_taken("127.0.0.1", _free_port())


def _welcome(host: str, *, offices: int = 1, demo: str = "") -> str:
    return "\n".join(running.welcome(host, 8000, standing.Standing("", "", offices, demo)))


def test_the_demo_roles_are_told_how_to_sign_in() -> None:
    told = _welcome("127.0.0.1", demo="云汀镇人民政府")
    assert "http://127.0.0.1:8000/desk/" in told
    assert roles.PASSWORD in told
    for role in roles.ROLES:
        assert f"{role.staff_no}@{roles.SLUG}" in told
    assert roles.PASSWORD not in _welcome("127.0.0.1")
    assert "huiyin init" in _welcome("127.0.0.1", offices=0)


def test_whoever_opens_the_demo_to_others_is_warned(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HUIYIN_HOSTS", raising=False)
    assert "警告" not in _welcome("127.0.0.1", demo="云汀镇")
    assert "警告" in _welcome("0.0.0.0", demo="云汀镇")
    assert "HUIYIN_HOSTS" in _welcome("0.0.0.0")
    monkeypatch.setenv("HUIYIN_HOSTS", "office.example")
    assert "HUIYIN_HOSTS" not in _welcome("0.0.0.0")
    assert "http://[::1]:8000/" in _welcome("::1")


def test_more_processes_serve_where_many_can_write() -> None:
    assert running.PROCESSES[home.SQLITE_ENGINE] == 1
    assert (running.PROCESSES[home.POSTGRESQL_ENGINE], running.THREADS[home.POSTGRESQL_ENGINE]) == (2, 4)


def test_the_worker_takes_the_place_of_the_command(cli: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    became: list[object] = []
    monkeypatch.setattr("os.execv", lambda *all_: became.extend(all_))
    cli("worker")
    assert became == [sys.executable, [sys.executable, "-m", "huiyin.doors.worker"]]
