"""The language of programs on the machine: Chinese, or English where the environment asks for it.

HUIYIN_LANGUAGE decides, else LC_ALL, LC_MESSAGES and LANG; whatever does not
begin with "en" is Chinese. It reads the catalogue that the pages use, without
Django, because some commands run without.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import cache
from gettext import NullTranslations, translation
from pathlib import Path
from typing import Final

CATALOGUES: Final = Path(__file__).resolve().parents[1] / "locale"
CHINESE: Final = "zh-hans"
ENGLISH: Final = "en"


def language() -> str:
    """Return the language to speak, as Django names it."""
    for name in ("HUIYIN_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        if wanted := os.environ.get(name, ""):
            return ENGLISH if wanted.lower().startswith("en") else CHINESE
    return CHINESE


def gettext(msgid: str) -> str:
    """Return the sentence in the language to speak."""
    return _catalogue(language()).gettext(msgid) if msgid else ""


def listed(words: Iterable[str]) -> str:
    """Return words in a row, parted as the language parts them."""
    return gettext("、").join(words)


@cache
def _catalogue(code: str) -> NullTranslations:
    if code == CHINESE:
        return NullTranslations()
    return translation("django", CATALOGUES, [code], fallback=True)
