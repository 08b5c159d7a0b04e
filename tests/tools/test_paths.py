from __future__ import annotations

import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest

from tools import paths


def test_files_go_into_memory_only_where_it_has_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "IN_MEMORY", tmp_path)
    free = [paths.ROOM]
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=free[0]))
    assert paths.memory_folder() == tmp_path
    free[0] -= 1
    assert paths.memory_folder() is None


def test_a_machine_without_such_a_place_uses_the_usual_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "IN_MEMORY", tmp_path / "none")
    assert paths.memory_folder() is None
