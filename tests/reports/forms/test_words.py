"""Moments, days and names as a form writes them, in both languages."""

from __future__ import annotations

from datetime import date

import pytest

from huiyin.matters import labels
from huiyin.reports.forms.words import Words
from tests.matters.handling import moment
from tests.reports.forms.reading import CHINESE

AT = moment("2026-03-02 09:05")


@pytest.mark.parametrize(("language", "said"), [("zh-hans", "2026年3月2日"), ("en", "2 March 2026")])
def test_moments_and_days_are_written_as_on_papers(language: str, said: str) -> None:
    words = Words(str, language)
    assert words.day(date(2026, 3, 2)) == words.day(AT) == said
    assert words.moment(AT).startswith(said)
    assert words.moment(AT).endswith("09:05")
    assert words.day(None) == words.moment(None) == ""


def test_a_code_without_words_is_shown_and_none_is_nothing() -> None:
    assert CHINESE.of(labels.CHANNELS, "phone") == "来电"
    assert CHINESE.of(labels.CHANNELS, "pigeon") == "pigeon"
    assert CHINESE.of(labels.CHANNELS, "") == ""


def test_names_stand_once_and_a_signature_needs_who_and_when() -> None:
    assert CHINESE.names(["甲", "", "乙", "甲"]) == "甲、乙"
    assert CHINESE.signed("接收人", None, AT).name == ""
    assert [CHINESE.yes_no(one) for one in (True, False)] == ["是", "否"]
