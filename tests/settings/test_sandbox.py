from __future__ import annotations

import os
import tempfile
from pathlib import Path

from huiyin.settings.sandbox import HOME, remove_leftovers


def test_the_tests_live_in_a_throwaway_home() -> None:
    assert Path(os.environ["HUIYIN_HOME"]) == HOME
    assert HOME.is_relative_to(tempfile.gettempdir())
    assert any(one.name.startswith(("huiyin-test-", "huiyin-check-")) for one in (HOME, HOME.parent))


def test_only_what_the_dead_left_is_removed(tmp_path: Path) -> None:
    dead, alive, other = (
        tmp_path / f"huiyin-test-{name}" for name in ("4194999-x", f"{os.getpid()}-x", "notes")
    )
    for folder in (dead, alive, other):
        folder.mkdir()
    remove_leftovers(tmp_path)
    assert [folder.exists() for folder in (dead, alive, other)] == [False, True, True]
