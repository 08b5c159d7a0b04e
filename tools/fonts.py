"""Chinese fonts for the documents an office issues: found, or from Debian, or from PyPI.

The folder is written into .venv/share/huiyin/fonts.path, one line, where the running system reads it.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from tools import debian
from tools.packages import install_locked
from tools.paths import VENV

NOTE = VENV / "share/huiyin/fonts.path"
FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts", "/Library/Fonts")
# Both a serif and a sans face are needed: Noto's, or the same design under its other name.
SERIF = ("NotoSerifCJK", "NotoSerifSC", "SourceHanSerif")
SANS = ("NotoSansCJK", "NotoSansSC", "SourceHanSans")


def fonts() -> Path | None:
    """Return the folder set-up chose, or nothing before set-up."""
    return Path(NOTE.read_text(encoding="utf-8").strip()) if NOTE.exists() else None


def provide() -> Path:
    """Find the fonts, or install them; note and return their folder."""
    folder = find()
    if folder is None and debian.install("fonts-noto-cjk"):
        folder = find()
    if folder is None:
        install_locked("fonts")
        folder = next(VENV.glob("lib/python*/site-packages/pylopdf_fonts_zh_cn"))
    NOTE.parent.mkdir(parents=True, exist_ok=True)
    NOTE.write_text(f"{folder}\n", encoding="utf-8")
    return folder


def find() -> Path | None:
    """Return a folder of this machine that holds a serif and a sans Chinese face."""
    names: dict[Path, set[str]] = {}
    for path in _candidates():
        names.setdefault(path.parent, set()).add(path.name)
    for folder, held in sorted(names.items()):
        if _holds(held, SERIF) and _holds(held, SANS):
            return folder
    return None


def _holds(names: set[str], wanted: tuple[str, ...]) -> bool:
    return any(name.startswith(wanted) for name in names)


def _candidates() -> Iterator[Path]:
    if shutil.which("fc-list"):
        listed = subprocess.run(
            ["fc-list", "--format=%{file}\n"], check=False, capture_output=True, text=True
        ).stdout.splitlines()
        yield from (Path(line) for line in listed if line.strip())
    for name in FOLDERS:
        folder = Path(name).expanduser()
        if folder.is_dir():
            yield from (path for path in folder.rglob("*") if path.suffix.lower() in {".ttc", ".otf", ".ttf"})
