"""What is read on paper, in words."""

from __future__ import annotations

import pytest

from huiyin.documents.viewing import short, view, whole
from huiyin.rules.errors import HuiyinError, Invalid
from huiyin.rules.vocabulary import Limit, Unit
from tests.documents import samples


def test_moments_and_limits_are_in_words_of_the_language() -> None:
    assert view(samples.AT, "zh") == {"date": "2026年1月5日", "time": "09:12", "moment": "2026年1月5日 09:12"}
    assert view(samples.AT, "en")["moment"] == "5 January 2026, 09:12"
    assert view(Limit(1, Unit.WORKING_DAY), "en") == "1 working day"
    assert view(Limit(9, Unit.WORKING_DAY), "zh") == "9个工作日"


def test_characters_that_mislead_are_shown_as_none() -> None:
    assert view("a\u202eb\x00c\uffffd\r\ne", "zh") == "a\ufffdb\ufffdc\ufffdd\ne"


def test_languages_and_kinds_that_there_are_not() -> None:
    assert short("zh-hans") == "zh"
    with pytest.raises(HuiyinError):
        short("fr")
    with pytest.raises(Invalid):
        whole("reply", samples.ALL[0])
