"""A dash, or that it is still to come, says nothing."""

from __future__ import annotations

import pytest

from huiyin.rules.saying import says_something


@pytest.mark.parametrize(
    "text", ["", "  ", "—", "……", "- -", "／", "待定", "（待补充）", "暂未定", "略。", "TBD", "xxx", "ｘｘ"]
)
def test_what_only_holds_its_place_says_nothing(text: str) -> None:
    assert not says_something(text)


@pytest.mark.parametrize(
    "text", ["无", "不收费", "当日答复", "24小时", "略高于法定标准", "待定事项三日内答复"]
)
def test_a_word_says_something(text: str) -> None:
    assert says_something(text)
