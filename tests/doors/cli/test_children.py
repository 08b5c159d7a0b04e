from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from huiyin.doors.cli.children import Children

# What a child does: it says that it is there, and how it was asked to go.
CHILD = """
import signal, sys, time
where = sys.argv[1]
def leave(*_):
    open(where + ".stopped", "w").close()
    sys.exit(0)
signal.signal(signal.SIGTERM, leave)
open(where, "w").close()
time.sleep(60)
"""


@pytest.fixture
def modules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "patient_child.py").write_text(CHILD)
    (tmp_path / "short_child.py").write_text("import sys; sys.exit(3)")
    (tmp_path / "deaf_child.py").write_text(CHILD.replace("sys.exit(0)", "return"))
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    return tmp_path


def _wait_for(path: Path) -> None:
    for _ in range(200):
        if path.exists():
            return
        time.sleep(0.05)
    pytest.fail(f"{path} never came")


def test_children_are_stopped_when_the_block_ends(modules: Path) -> None:
    children = Children()
    with children.stopped_at_the_end():
        children.start("甲", "patient_child", str(modules / "a"))
        children.start("乙", "patient_child", str(modules / "b"))
        _wait_for(modules / "a")
        _wait_for(modules / "b")
        assert children.fine()
    assert (modules / "a.stopped").exists()
    assert (modules / "b.stopped").exists()
    assert children.verdict() == 0


def test_a_child_that_ends_by_itself_is_named_and_ends_the_others(
    modules: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    children = Children()
    with children.stopped_at_the_end():
        children.start("甲", "patient_child", str(modules / "a"))
        _wait_for(modules / "a")
        children.start("乙", "short_child")
        children.wait()
    assert children.verdict() == 1
    assert "乙意外结束（退出码 3）" in capsys.readouterr().err
    assert (modules / "a.stopped").exists()


def test_a_request_to_stop_is_passed_on(modules: Path) -> None:
    children = Children()
    before = signal.getsignal(signal.SIGTERM)
    with children.stopped_at_the_end():
        children.start("甲", "patient_child", str(modules / "a"))
        _wait_for(modules / "a")
        os.kill(os.getpid(), signal.SIGTERM)
        children.wait()
    assert children.verdict() == 0
    assert (modules / "a.stopped").exists()
    assert signal.getsignal(signal.SIGTERM) is before


def test_who_asks_twice_does_not_wait(modules: Path) -> None:
    children = Children()
    begun = time.monotonic()
    with children.stopped_at_the_end():
        children.start("甲", "deaf_child", str(modules / "a"))
        _wait_for(modules / "a")
        for _ in range(2):
            os.kill(os.getpid(), signal.SIGINT)
        children.wait()
    assert time.monotonic() - begun < 15
    assert children.verdict() == 0


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells children that their parent was killed")
def test_children_end_with_a_parent_that_was_killed(modules: Path) -> None:
    parent = textwrap.dedent(
        """
        import sys, time
        from huiyin.doors.cli.children import Children
        children = Children()
        children.start("a", "patient_child", sys.argv[1])
        time.sleep(60)
        """
    )
    process = subprocess.Popen([sys.executable, "-c", parent, str(modules / "a")])
    _wait_for(modules / "a")
    process.kill()
    process.wait()
    _wait_for(modules / "a.stopped")
