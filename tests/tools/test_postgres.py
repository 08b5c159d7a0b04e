from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg
import pytest

from tools import paths, postgres
from tools.paths import ROOT


@pytest.fixture(scope="module", autouse=True)
def _needs_programs() -> None:
    if postgres.find() is None:
        pytest.fail("PostgreSQL was not found. Run: make setup-test")


@pytest.mark.parametrize("in_memory", [False, True])
def test_it_is_durable_speaks_utf8_and_leaves_nothing(*, in_memory: bool) -> None:
    with postgres.server(in_memory=in_memory) as url:
        with psycopg.connect(url) as connection:
            asked = ["fsync", "synchronous_commit", "full_page_writes", "server_encoding"]
            told = [connection.execute(f"SHOW {name}").fetchone() for name in asked]
            locale = "SELECT datctype FROM pg_database WHERE datname = current_database()"
            told.append(connection.execute(locale).fetchone())
            (folder,) = connection.execute("SHOW data_directory").fetchone() or ("",)
        assert told == [("on",), ("on",), ("on",), ("UTF8",), ("C.UTF-8",)]
        assert Path(folder).exists()
        usual = Path(tempfile.gettempdir())
        assert Path(folder).is_relative_to((paths.memory_folder() or usual) if in_memory else usual)
        wrong = url.replace(url.split(":")[2].split("@")[0], "guess")
        with pytest.raises(psycopg.OperationalError, match="password"):
            psycopg.connect(wrong)
    assert not Path(folder).parent.exists()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url)


@pytest.mark.parametrize("option", [(), ("--in-memory",)])
def test_a_command_runs_beside_it_and_its_exit_code_comes_back(option: tuple[str, ...]) -> None:
    script = "import os, sys; sys.exit(7 if os.environ['DATABASE_URL'].startswith('postgresql://') else 1)"
    command = [sys.executable, "-m", "tools.postgres", "run", *option, sys.executable, "-c", script]
    assert subprocess.run(command, cwd=ROOT, check=False).returncode == 7


def test_a_server_that_cannot_start_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tmp_path.chmod(0o755)
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in ("initdb", "postgres"):
        (programs / name).write_text("#!/bin/sh\necho no space left\nexit 1\n", encoding="utf-8")
        (programs / name).chmod(0o755)
    monkeypatch.setattr(postgres, "find", lambda: programs)
    monkeypatch.setattr(postgres, "_owner", postgres.Owner)
    with pytest.raises(postgres.PostgresError, match="no space left"), postgres.server():
        pass
