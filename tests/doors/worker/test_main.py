"""The worker as a process of its own: what it says when it may not start."""

from __future__ import annotations

from importlib import import_module

import pytest

from huiyin.storage import home
from huiyin.storage.home import UnsafeStart

worker = import_module("huiyin.doors.worker.__main__")


@pytest.mark.parametrize(
    ("language", "told", "untold"),
    [
        ("zh", "密钥文件 /x 可被他人读取", "can read"),
        ("en", "Others can read the key file /x", "密钥文件"),
    ],
)
def test_a_refusal_to_start_is_told_in_the_language_that_is_asked_for(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    language: str,
    told: str,
    untold: str,
) -> None:
    def refuse() -> None:
        raise UnsafeStart(
            "密钥文件 %(path)s 可被他人读取",
            code="exposed_key",
            params={"path": "/x"},
            remedy="请运行 chmod 600 %(path)s；如可能已泄露，请更换密钥。",
        )

    monkeypatch.setenv("HUIYIN_LANGUAGE", language)
    monkeypatch.setattr(home, "prepare", refuse)
    assert worker.main() == 1
    said = capsys.readouterr().err
    assert told in said
    assert untold not in said
    assert "chmod 600 /x" in said
