"""A list of papers ends with the last paper, not with "and others"."""

from __future__ import annotations

import pytest

from huiyin.catalogue.vague import is_vague


@pytest.mark.parametrize(
    "name",
    [
        "其他材料",
        "其它相关材料",
        "有关证明",
        "需要提供的其他材料",
        "相关资料等",
        "法律规定的其他有关文件",
        "证明材料等",
    ],
)
def test_names_of_nothing(name: str) -> None:
    assert is_vague(name)


@pytest.mark.parametrize(
    "name",
    ["居民户口簿", "收入证明", "备案表", "与出租人的关系证明", "其他家庭成员的身份证", "相关性分析"],
)
def test_names_of_papers(name: str) -> None:
    assert not is_vague(name)
