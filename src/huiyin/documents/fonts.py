"""Which typefaces this machine can print official documents with.

GB/T 9704 asks for 小标宋, 仿宋, 黑体 and 楷体. None of the usual ones may be shipped, so
the office's own come first, then what Debian offers, then a package from PyPI.
"""

from __future__ import annotations

import importlib.util
import logging
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

import typst

from huiyin.storage.home import home

log = logging.getLogger(__name__)

PATH_FILE: Final = Path(sys.prefix) / "share" / "huiyin" / "fonts.path"
"""Written at set-up: one font folder a line."""

WELL_KNOWN: Final = (
    Path("/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol"),
    Path("/usr/share/fonts/opentype/fandol"),
    Path("/usr/share/fonts/truetype/lxgw-wenkai"),
    Path("/usr/share/fonts/opentype/noto"),
    Path("/usr/local/share/fonts"),
)
FONT_PACKAGE: Final = "pylopdf_fonts_zh_cn"

FANG: Final = ("FZFangSong-Z02S", "FZFangSong-Z02", "FangSong_GB2312", "FangSong", "仿宋_GB2312", "仿宋")
FANG_FREE: Final = ("STFangsong", "FandolFang R", "FandolFang")
SONG: Final = ("SimSun", "宋体", "FandolSong", "Noto Serif CJK SC", "Noto Serif SC", "Source Han Serif SC")
HEI: Final = ("SimHei", "黑体", "FandolHei", "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC")
TITLE: Final = ("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "方正小标宋简体", "方正小标宋_GBK")
WIDE: Final = ("LXGW WenKai", "Noto Serif CJK SC", "Noto Serif SC", "Noto Sans CJK SC", "Noto Sans SC")
"""Stand-ins for single characters that the first choice does not have, such as 喆 or 䶮."""


@dataclass(frozen=True, slots=True)
class Faces:
    """The families found for each style, best first; `*_found` is False when another stands in."""

    fang: tuple[str, ...]
    hei: tuple[str, ...]
    title: tuple[str, ...]
    fang_found: bool
    title_found: bool


def directories() -> tuple[Path, ...]:
    """The folders that exist, in order of preference: HUIYIN_FONTS, the home's, set-up's, the system's."""
    given = [Path(part) for part in os.environ.get("HUIYIN_FONTS", "").split(os.pathsep) if part]
    noted = PATH_FILE.read_text("utf-8").splitlines() if PATH_FILE.is_file() else []
    package = importlib.util.find_spec(FONT_PACKAGE)
    packaged = [Path(place) for place in (package.submodule_search_locations or ())] if package else []
    every = [*given, home() / "fonts", *(Path(line) for line in noted if line), *WELL_KNOWN, *packaged]
    return tuple(dict.fromkeys(place for place in every if place.is_dir()))


@lru_cache(maxsize=8)
def faces(folders: Sequence[Path]) -> Faces:
    """What these folders offer; every style falls back to whatever can show Chinese at all.

    That official papers are drawn without 仿宋 concerns who runs the machine, not
    who reads the paper: it goes to the log, once for each set of folders.
    """
    found = set(typst.Fonts(include_system_fonts=False, font_paths=list(folders)).families())

    def known(*styles: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name for style in styles for name in style if name in found))

    fang = known(FANG, FANG_FREE)
    body = known(fang, WIDE[:1], SONG, WIDE) if fang else known(SONG, WIDE)
    if not fang:
        log.warning(
            "No Fangsong typeface (仿宋) was found: papers are drawn in %s. Put its font file into %s.",
            body[0] if body else "what the system has",
            home() / "fonts",
        )
    return Faces(
        fang=body,
        hei=known(HEI, WIDE),
        title=known(TITLE, SONG, WIDE),
        fang_found=bool(fang),
        title_found=bool(known(TITLE)),
    )
