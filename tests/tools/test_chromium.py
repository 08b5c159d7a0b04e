from __future__ import annotations

from pathlib import Path

import pytest

from tools import chromium


def test_the_named_browser_is_taken_and_a_wrong_name_is_not_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHROMIUM", str(tmp_path / "browser"))
    assert chromium.find() is None
    (tmp_path / "browser").touch()
    assert chromium.find() == tmp_path / "browser"


def test_without_any_browser_nothing_is_claimed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(chromium, "CACHE", str(tmp_path))
    monkeypatch.setattr(chromium.debian, "install", lambda *_: False)
    assert chromium.provide() is None
