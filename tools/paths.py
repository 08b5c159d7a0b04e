"""Where things stand in this repository."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMPS = VENV / "stamps"
SOURCE = ROOT / "src" / "huiyin"
TESTS = ROOT / "tests"
REQUIREMENTS = ROOT / "requirements"

IN_MEMORY = Path("/dev/shm")  # noqa: S108 -- a folder of one's own is made there, as in any temporary place
MEMORY = Path("/proc/meminfo")
ROOM = 4 * 1024**3
"""Bytes that have to be free there; a container often has 64 MB."""


def memory_folder() -> Path | None:
    """Return where a file waits for no disk; None, which is the usual place, where that lacks room.

    What is free there is only its cap: the machine must have as much memory to spare, too.
    """
    if not os.access(IN_MEMORY, os.W_OK) or shutil.disk_usage(IN_MEMORY).free < ROOM:
        return None
    return IN_MEMORY if _available() >= ROOM else None


def _available() -> int:
    """Bytes of memory that new work may take without swapping; 0 where the machine does not say."""
    try:
        told = MEMORY.read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError):
        return 0
    found = re.search(r"^MemAvailable:\s+(\d+) kB$", told, re.MULTILINE)
    return int(found[1]) * 1024 if found else 0
