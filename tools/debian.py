"""Ask Debian for what neither the machine nor a Python registry has."""

from __future__ import annotations

import os
import shutil
import subprocess


def can_install() -> bool:
    """Say whether this is a Debian machine and this process may change it."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def install(*packages: str) -> bool:
    """Install packages and answer whether that worked; without the right to, do nothing and answer False."""
    if not can_install():
        return False
    command = ["apt-get", "install", "--yes", "--no-install-recommends", "--quiet", "--quiet", *packages]
    # A machine that was just made has no package lists yet; one that has them need not fetch them again.
    return _run(command) or (_run(["apt-get", "update", "--quiet", "--quiet"]) and _run(command))


def _run(command: list[str]) -> bool:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(command, env=environment, check=False, capture_output=True)
    return done.returncode == 0
