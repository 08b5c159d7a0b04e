from __future__ import annotations

import json
from pathlib import Path

import pytest

from tools import openapi


def test_the_description_is_json_of_the_interface() -> None:
    described = json.loads(openapi.describe())
    assert described["openapi"].startswith("3.1")
    assert described["paths"]


def test_a_stale_or_missing_file_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "openapi.json"
    assert openapi.check(path, "{}\n") == 1
    path.write_text('{"old": 1}\n', encoding="utf-8")
    assert openapi.check(path, "{}\n") == 1
    assert "make openapi" in capsys.readouterr().err
    path.write_text("{}\n", encoding="utf-8")
    assert openapi.check(path, "{}\n") == 0
