from __future__ import annotations

import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest

from tools import paths


def spare(folder: Path, size: int) -> Path:
    """What the system tells of its memory when so many bytes are to spare."""
    told = folder / "meminfo"
    told.write_text(f"MemTotal:  8000000 kB\nMemAvailable:  {size // 1024} kB\n", encoding="ascii")
    return told


@pytest.mark.parametrize("less", [1024, paths.ROOM])
def test_room_there_is_none_where_the_machine_has_no_memory_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, less: int
) -> None:
    monkeypatch.setattr(paths, "IN_MEMORY", tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=paths.ROOM))
    monkeypatch.setattr(paths, "MEMORY", spare(tmp_path, paths.ROOM - less))
    assert paths.memory_folder() is None
    monkeypatch.setattr(paths, "MEMORY", tmp_path / "none")
    assert paths.memory_folder() is None
    monkeypatch.setattr(paths, "MEMORY", spare(tmp_path, paths.ROOM))
    assert paths.memory_folder() == tmp_path


def test_files_go_into_memory_only_where_it_has_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "IN_MEMORY", tmp_path)
    monkeypatch.setattr(paths, "MEMORY", spare(tmp_path, paths.ROOM))
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
