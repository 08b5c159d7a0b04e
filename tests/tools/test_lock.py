from __future__ import annotations

import pytest

from tools import lock


def test_every_lock_has_its_source_and_names_no_address(monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[list[str]] = []
    monkeypatch.setattr(lock.subprocess, "run", lambda command, **_: ran.append(command))
    lock.main()
    assert [name for name in lock.SOURCES.values() if not (lock.ROOT / name).exists()] == []
    resolved = ran[:-1]
    assert len(resolved) == len(lock.SOURCES)
    for command in resolved:
        assert {"--generate-hashes", "--universal", "--no-emit-index-url", "--no-emit-find-links"} <= set(
            command
        )
