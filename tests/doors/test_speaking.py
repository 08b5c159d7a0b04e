from __future__ import annotations

from gettext import NullTranslations

import pytest

from huiyin.doors import speaking


@pytest.fixture(autouse=True)
def _no_language(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HUIYIN_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    ("environment", "spoken"),
    [
        ({}, "zh-hans"),
        ({"LANG": "C.UTF-8"}, "zh-hans"),
        ({"LANG": "zh_CN.UTF-8"}, "zh-hans"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "zh_CN.UTF-8"}, "zh-hans"),
        ({"LANG": "zh_CN.UTF-8", "HUIYIN_LANGUAGE": "en"}, "en"),
        ({"LANG": "en_US.UTF-8", "HUIYIN_LANGUAGE": "zh"}, "zh-hans"),
    ],
)
def test_the_environment_chooses_and_chinese_is_the_default(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], spoken: str
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert speaking.language() == spoken


def test_sentences_come_from_the_catalogue(monkeypatch: pytest.MonkeyPatch) -> None:
    class Catalogue(NullTranslations):
        def gettext(self, message: str) -> str:
            return f"en {message}"

    monkeypatch.setenv("HUIYIN_LANGUAGE", "en")
    monkeypatch.setattr(
        speaking, "_catalogue", lambda code: Catalogue() if code == "en" else NullTranslations()
    )
    assert speaking.gettext("已中断。") == "en 已中断。"
    assert speaking.gettext("") == ""
    assert speaking.listed(["a", "b"]) == "aen 、b"
    monkeypatch.setenv("HUIYIN_LANGUAGE", "zh")
    assert speaking.gettext("已中断。") == "已中断。"
    assert speaking.listed(["a", "b"]) == "a、b"


def test_without_a_catalogue_it_speaks_chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speaking, "CATALOGUES", speaking.CATALOGUES / "missing")
    speaking._catalogue.cache_clear()
    try:
        monkeypatch.setenv("HUIYIN_LANGUAGE", "en")
        assert speaking.gettext("已中断。") == "已中断。"
    finally:
        speaking._catalogue.cache_clear()
