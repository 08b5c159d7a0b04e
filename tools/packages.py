"""Install what a lock file names into the project's own environment."""

from __future__ import annotations

import subprocess

from tools.paths import REQUIREMENTS, ROOT, VENV


def install_locked(*locks: str) -> None:
    """Install the named locks (`runtime` means requirements/runtime.txt); every file must match its hash."""
    files = [f"--requirement={REQUIREMENTS / lock}.txt" for lock in locks]
    pip("install", "--require-hashes", "--no-deps", *files)


def pip(*arguments: str) -> None:
    """Run the environment's own pip; only its errors are shown, and they end the step."""
    subprocess.run(
        [
            str(VENV / "bin/python"),
            "-m",
            "pip",
            "--quiet",
            "--quiet",
            "--disable-pip-version-check",
            *arguments,
        ],
        cwd=ROOT,
        check=True,
    )
