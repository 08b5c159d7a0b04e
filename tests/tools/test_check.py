from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tools import check
from tools.check import Part
from tools.paths import ROOT

GOOD = Part("good", "a good part", (sys.executable, "-c", "print('kept back')"))
BAD = Part("bad", "a bad part", (sys.executable, "-c", "print('what is wrong'); raise SystemExit(3)"))
ASKS = "import os, sys; sys.exit(os.environ.get('DATABASE_URL', 'none') != '{}')"


@pytest.mark.parametrize(
    ("static", "tests", "code"), [((GOOD,), (GOOD,), 0), ((BAD,), (GOOD,), 1), ((GOOD,), (BAD, GOOD), 1)]
)
def test_one_failing_part_fails_the_whole_and_the_rest_still_runs(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    static: tuple[Part, ...],
    tests: tuple[Part, ...],
    code: int,
) -> None:
    monkeypatch.setattr(check, "STATIC", static)
    monkeypatch.setattr(check, "TESTS", tests)
    assert check.main([]) == code
    said = capsys.readouterr().out
    assert said.count("---") == len(tests) + 1
    assert ("what is wrong" in said) == (BAD in static)
    assert "kept back" not in said


def test_the_tests_get_the_database_of_their_part_and_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    @contextmanager
    def server(*, in_memory: bool) -> Iterator[str]:
        assert in_memory
        yield "postgresql://throwaway"

    monkeypatch.setenv("DATABASE_URL", "postgresql://precious")
    monkeypatch.setattr(check.postgres, "server", server)
    plain = Part("plain", "", (sys.executable, "-c", ASKS.format("none")))
    beside = Part(
        "beside", "", (sys.executable, "-c", ASKS.format("postgresql://throwaway")), on_postgres=True
    )
    assert [check.run_tests(part).code for part in (plain, beside)] == [0, 0]


def test_a_server_that_cannot_start_fails_its_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check.postgres, "find", lambda: None)
    assert check.run_tests(Part("beside", "", GOOD.command, on_postgres=True)).code == 1


def test_an_unknown_part_is_refused() -> None:
    assert check.main(["everything"]) == 2


def test_the_last_part_is_a_test_run_and_both_databases_and_the_browser_are_there() -> None:
    assert "pytest" in check.TESTS[-1].command
    assert [part.name for part in check.TESTS] == ["sqlite", "postgresql", "journeys"]


def test_what_a_part_writes_down_goes_with_it(tmp_path: Path) -> None:
    left = "import os, sys, tempfile; print(os.environ['HUIYIN_TEST_HOME'], tempfile.mkdtemp())"
    result = check.run_quietly(Part("leaves", "", (sys.executable, "-c", left)))
    folders = [Path(one) for one in result.output.split()]
    assert result.code == 0
    assert len(folders) == 2
    assert not any(one.parent.exists() for one in folders)
    environment = check.environment(str(tmp_path))
    assert Path(environment["HUIYIN_TEST_HOME"]).stat().st_mode & 0o77 == 0


def test_byte_code_is_kept_from_part_to_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    asks = Part("asks", "", (sys.executable, "-c", "import sys; sys.exit(sys.dont_write_bytecode)"))
    assert check.run_quietly(asks).code == 0


def test_nothing_is_left_when_it_is_ended_half_way(tmp_path: Path) -> None:
    told = tmp_path / "told"
    waits = f"import os, time; open({str(told)!r}, 'w').write(os.environ['TMPDIR']); time.sleep(60)"
    script = (
        "import sys; from tools import check; "
        f"check.TESTS = (check.Part('waits', '', (sys.executable, '-c', {waits!r})),); check.main(['waits'])"
    )
    with subprocess.Popen([sys.executable, "-c", script], cwd=ROOT) as running:
        until = time.monotonic() + 30
        while not (told.exists() and told.read_text()) and time.monotonic() < until:
            time.sleep(0.05)
        place = Path(told.read_text())
        assert place.exists()
        running.terminate()
    assert running.returncode == 143
    assert not place.exists()
