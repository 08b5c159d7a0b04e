from __future__ import annotations

import pytest

from tools import debian


def test_without_the_right_nothing_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(debian.os, "geteuid", lambda: 1000)
    monkeypatch.setattr(debian, "_run", lambda _: pytest.fail("tried to install"))
    assert debian.install("anything") is False


def test_missing_lists_are_fetched_once(monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[str] = []

    def run(command: list[str]) -> bool:
        ran.append(command[1])
        return "update" in ran

    monkeypatch.setattr(debian, "can_install", lambda: True)
    monkeypatch.setattr(debian, "_run", run)
    assert debian.install("chromium") is True
    assert ran == ["install", "update", "install"]
