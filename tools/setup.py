"""Set up the project, one step at a time: `python3 -m tools.setup STEP`.

The Makefile decides which steps are due. A step that succeeds leaves a stamp in .venv/stamps, which says in
a word what it found, so that it is not repeated until something it depends on changes. Only the standard
library is used, because the first step runs before anything is installed.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tools import assets, chromium, debian, fonts, postgres
from tools.packages import install_locked, pip
from tools.paths import STAMPS, VENV

OLDEST_PYTHON = (3, 11)


class SetupError(Exception):
    """A step cannot be done on this machine; the message says what to do about it."""


def main(arguments: list[str]) -> int:
    """Do the named step and stamp it; the exit code says whether it worked."""
    name = arguments[0] if len(arguments) == 1 else ""
    if name not in STEPS:
        print(f"usage: python3 -m tools.setup {'|'.join(STEPS)}", file=sys.stderr)
        return 2
    title, step = STEPS[name]
    print(f"  {title} ... ", end="", flush=True)
    started = time.monotonic()
    try:
        found = step()
    except subprocess.CalledProcessError as error:
        print(f"failed\n{_words(error)}", file=sys.stderr)
        return 1
    except (SetupError, FileNotFoundError, OSError) as error:
        print(f"failed\n{error}", file=sys.stderr)
        return 1
    STAMPS.mkdir(parents=True, exist_ok=True)
    (STAMPS / name).write_text(f"{found}\n", encoding="utf-8")
    print(f"{found} ({time.monotonic() - started:.1f} s)")
    return 0


def make_venv() -> str:
    """Make the environment, with Debian's help where its Python comes without `venv`."""
    if sys.version_info < OLDEST_PYTHON:
        raise SetupError(
            f"Python {OLDEST_PYTHON[0]}.{OLDEST_PYTHON[1]} or newer is needed, not {sys.version.split()[0]}. "
            "Name another with: make PYTHON=/path/to/python3.11 ..."
        )
    if _works(VENV):
        return "found"
    command = [sys.executable, "-m", "venv", "--clear", str(VENV)]
    first = subprocess.run(command, check=False, capture_output=True, text=True)
    if first.returncode != 0:
        if not debian.install("python3-venv"):
            remedy = "Install Python's venv module (Debian: python3-venv)."
            raise SetupError(f"{first.stdout}{first.stderr}\n{remedy}")
        subprocess.run(command, check=True)
    return "made"


def install_runtime() -> str:
    """Install what the running system needs, and what builds it."""
    install_locked("runtime", "build")
    return "installed"


def install_package() -> str:
    """Install Huiyin itself so that its source is what runs."""
    pip("install", "--no-deps", "--no-build-isolation", "--no-index", "--editable", ".")
    return "installed"


def install_test() -> str:
    """Install what the tests and checks need."""
    install_locked("test")
    return "installed"


def install_bench() -> str:
    """Install what the benchmarks compare with; no test needs it."""
    install_locked("bench")
    return "installed"


def fetch_assets() -> str:
    """Fetch what the browser needs."""
    return assets.fetch()


def find_fonts() -> str:
    """Find Chinese fonts, or fetch them, and note where they are."""
    return str(fonts.provide())


def find_chromium() -> str:
    """Find a Chromium, or let Debian provide one."""
    path = chromium.provide()
    if path is None:
        raise SetupError(
            "The browser journeys need Chromium and none was found. Install one (Debian: chromium), "
            "or name it in the environment variable CHROMIUM."
        )
    return str(path)


def find_postgres() -> str:
    """Find PostgreSQL's programs, or fetch them."""
    return str(postgres.provide())


def _works(venv: Path) -> bool:
    python = venv / "bin/python"
    if not python.exists():
        return False
    probe = subprocess.run([str(python), "-m", "pip", "--version"], check=False, capture_output=True)
    return probe.returncode == 0


def _words(error: subprocess.CalledProcessError) -> str:
    said = [part.decode() if isinstance(part, bytes) else part for part in (error.stdout, error.stderr)]
    return "\n".join(
        [*filter(None, said), f"This command ended with {error.returncode}: {' '.join(map(str, error.cmd))}"]
    )


STEPS: dict[str, tuple[str, Callable[[], str]]] = {
    "venv": ("Python environment", make_venv),
    "runtime": ("Packages to run", install_runtime),
    "package": ("Huiyin itself", install_package),
    "assets": ("Browser assets", fetch_assets),
    "fonts": ("Chinese fonts", find_fonts),
    "test": ("Packages to test", install_test),
    "bench": ("Packages to compare with", install_bench),
    "chromium": ("Chromium", find_chromium),
    "postgres": ("PostgreSQL", find_postgres),
}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
