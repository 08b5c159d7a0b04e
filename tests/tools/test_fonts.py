from __future__ import annotations

from pathlib import Path

import pytest

from tools import fonts


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine with nothing but what a test puts there, and no right to install anything."""
    monkeypatch.setattr(fonts, "FOLDERS", (str(tmp_path / "fonts"),))
    monkeypatch.setattr(fonts, "NOTE", tmp_path / "share/note")
    monkeypatch.setattr(fonts.shutil, "which", lambda _: None)
    monkeypatch.setattr(fonts.debian, "install", lambda *_: False)
    return tmp_path


def put(folder: Path, *names: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        (folder / name).touch()


def test_a_folder_with_both_faces_is_found_and_noted(machine: Path) -> None:
    put(machine / "fonts/noto", "NotoSerifCJK-Regular.ttc", "NotoSansCJK-Regular.ttc")
    assert fonts.provide() == machine / "fonts/noto"
    assert fonts.fonts() == machine / "fonts/noto"


@pytest.mark.parametrize(
    "names", [(), ("NotoSansCJK-Regular.ttc",), ("NotoSerif-Regular.ttf", "NotoSans.ttf")]
)
def test_half_a_set_is_not_enough(machine: Path, names: tuple[str, ...]) -> None:
    put(machine / "fonts", *names)
    assert fonts.find() is None


def test_the_last_resort_is_the_package(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = machine / "lib/python3.11/site-packages/pylopdf_fonts_zh_cn"
    monkeypatch.setattr(fonts, "VENV", machine)
    monkeypatch.setattr(fonts, "install_locked", lambda *_: put(package, "NotoSansSC-Regular.otf"))
    assert fonts.provide() == package
