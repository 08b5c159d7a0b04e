from __future__ import annotations

import pytest

from tools import packages


def test_every_file_must_match_its_hash(monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[list[str]] = []
    monkeypatch.setattr(packages.subprocess, "run", lambda command, **_: ran.append(command))
    packages.install_locked("runtime", "build")
    (command,) = ran
    assert "--require-hashes" in command
    assert command[-2:] == [
        f"--requirement={packages.REQUIREMENTS}/runtime.txt",
        f"--requirement={packages.REQUIREMENTS}/build.txt",
    ]
