from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.utils import translation

from huiyin.doors.cli import installation
from huiyin.rules.errors import HuiyinError


def test_setting_up_twice_changes_nothing_and_speaks_the_language(monkeypatch: pytest.MonkeyPatch) -> None:
    before = translation.get_language()
    try:
        monkeypatch.setenv("HUIYIN_LANGUAGE", "en")
        installation.set_up()
        installation.set_up()
        assert translation.get_language() == "en"
    finally:
        translation.activate(before or "zh-hans")


def test_settings_that_cannot_be_used_are_explained(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise ImproperlyConfigured("HUIYIN_HOSTS must list host names; * is refused.")

    monkeypatch.setattr("django.setup", refuse)
    with pytest.raises(HuiyinError) as refused:
        installation.set_up()
    assert "HUIYIN_HOSTS" in str(refused.value)
    assert refused.value.remedy
