from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tools import setup


@pytest.fixture(autouse=True)
def stamps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(setup, "STAMPS", tmp_path / "stamps")
    return tmp_path / "stamps"


def test_a_step_that_succeeds_leaves_a_stamp(stamps: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(setup.STEPS, "fonts", ("Fonts", lambda: "here"))
    assert setup.main(["fonts"]) == 0
    assert (stamps / "fonts").read_text(encoding="utf-8") == "here\n"


def test_a_step_that_fails_leaves_none_and_says_what_to_do(
    stamps: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(setup.chromium, "provide", lambda: None)
    assert setup.main(["chromium"]) == 1
    assert not (stamps / "chromium").exists()
    assert "Install one" in capsys.readouterr().err


def test_the_words_of_a_failing_program_are_shown(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail() -> str:
        raise subprocess.CalledProcessError(3, ["npm", "ci"], b"out", b"no network")

    monkeypatch.setitem(setup.STEPS, "assets", ("Assets", fail))
    assert setup.main(["assets"]) == 1
    assert "no network\nThis command ended with 3: npm ci" in capsys.readouterr().err


def test_an_old_python_is_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(setup, "OLDEST_PYTHON", (99, 0))
    assert setup.main(["venv"]) == 1
    assert "Python 99.0 or newer is needed" in capsys.readouterr().err


def test_an_unknown_step_is_refused() -> None:
    assert setup.main(["everything"]) == 2
