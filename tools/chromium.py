"""A Chromium for the browser journeys: named, found, or from Debian."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from tools import debian

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
CACHE = "~/.cache/ms-playwright"


def find() -> Path | None:
    """Return the browser named in CHROMIUM, or on PATH, or the newest one Playwright has fetched."""
    named = os.environ.get("CHROMIUM")
    if named:
        return Path(named) if Path(named).is_file() else None
    for name in NAMES:
        found = shutil.which(name)
        if found:
            return Path(found)
    fetched = sorted(Path(CACHE).expanduser().glob("chromium-*/chrome-linux*/chrome"))
    return fetched[-1] if fetched else None


def provide() -> Path | None:
    """Find a Chromium, or install Debian's."""
    return find() or (find() if debian.install("chromium") else None)
