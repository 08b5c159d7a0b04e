"""What is told under labels is read back, whoever wrote the labels."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from huiyin.matters.labelled import GOALS, NEXT, PARTNERS, PROBLEMS, joined, parts_of

PLAIN = st.text(alphabet="已清理一半户 \n，。", max_size=30).map(str.strip)


@given(PLAIN, PLAIN, PLAIN)
def test_what_is_joined_is_read_back(text: str, problems: str, plan: str) -> None:
    found = parts_of(joined(text, {PROBLEMS: problems, NEXT: plan}))
    assert (found[""], found.get(PROBLEMS, ""), found.get(NEXT, "")) == (text, problems, plan)


def test_labels_written_by_hand_are_read() -> None:
    text = "清了一半\n 存在问题: 缺人手\n还缺车\n下步措施：周五前补齐\n存在问题：路断"
    found = parts_of(text)
    assert found == {"": "清了一半", PROBLEMS: "缺人手\n还缺车\n路断", NEXT: "周五前补齐"}


def test_a_label_within_a_line_is_none() -> None:
    text = "没有存在问题：都好；配合单位和阶段目标见附件"
    assert parts_of(text) == {"": text}


def test_nothing_told_leaves_no_label() -> None:
    assert joined("一半", {PARTNERS: " ", GOALS: ""}) == "一半"
    assert joined("", {PARTNERS: "派出所"}) == "配合单位：派出所"
