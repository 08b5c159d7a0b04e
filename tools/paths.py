"""Where things stand in this repository."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMPS = VENV / "stamps"
SOURCE = ROOT / "src" / "huiyin"
TESTS = ROOT / "tests"
REQUIREMENTS = ROOT / "requirements"
