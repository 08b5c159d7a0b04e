"""Typefaces are taken in order of preference."""

from __future__ import annotations

from pathlib import Path

import pytest

from huiyin.documents import fonts


def test_the_offices_own_folders_come_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own, house, noted = tmp_path / "own", tmp_path / "home" / "fonts", tmp_path / "noted"
    for folder in (own, house, noted):
        folder.mkdir(parents=True)
    path_file = tmp_path / "fonts.path"
    path_file.write_text(f"{noted}\n\n/not/there\n", "utf-8")
    monkeypatch.setenv("HUIYIN_FONTS", str(own))
    monkeypatch.setenv("HUIYIN_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(fonts, "PATH_FILE", path_file)
    found = fonts.directories()
    assert found[:3] == (own, house, noted)
    assert all(folder.is_dir() for folder in found)


def test_this_machine_can_print_chinese() -> None:
    faces = fonts.faces(fonts.directories())
    assert faces.fang
    assert faces.hei
    assert faces.title


def test_whoever_runs_the_machine_is_told_once_that_fangsong_is_missing(
    caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    for _ in range(2):
        fonts.faces((tmp_path,))
    [told] = [record.getMessage() for record in caplog.records if record.name == "huiyin.documents.fonts"]
    assert "No Fangsong typeface" in told
    assert "fonts" in told


def test_without_any_folder_nothing_is_claimed() -> None:
    faces = fonts.faces(())
    assert not faces.fang_found
    assert not faces.title_found
    assert faces.fang == ()
