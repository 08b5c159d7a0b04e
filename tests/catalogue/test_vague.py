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
        "身份证等",
        "户口簿等相关证明。",
        "补充材料",
        "其余材料",
        "必要的证明材料",
        "审批机关要求提供的材料",
        "其　他 材料（见窗口）",
        "申请材料",
        "附件",
        "视情况提供",
        "另行通知的材料",
        "Other relevant documents",
        "ID card etc.",
    ],
)
def test_names_of_nothing(name: str) -> None:
    assert is_vague(name)


@pytest.mark.parametrize(
    "name",
    [
        "居民户口簿",
        "收入证明",
        "备案表",
        "与出租人的关系证明",
        "其他家庭成员的身份证",
        "相关性分析",
        "残疾等级证",
        "学历同等证明",
        "甲等医院诊断书",
        "婚姻状况证明材料",
        "国家规定的身份证明",
        "规划许可证及附件",
        "other spouse's ID card",
    ],
)
def test_names_of_papers(name: str) -> None:
    assert not is_vague(name)
