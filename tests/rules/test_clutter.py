from __future__ import annotations

import pytest

from huiyin.rules.clutter import UNREAD, is_clutter


@pytest.mark.parametrize(
    "first", ["示例MZ-001", "Example 2027", "合计", "合 计:12.5", "总计3", "制表人:张三", "备注:见附件"]
)
def test_what_is_no_data(first: str) -> None:
    assert is_clutter(first)


@pytest.mark.parametrize("first", ["MZ-001", "EXAMPLE-1", "合计科", "日期管理岗", "注册登记", ""])
def test_what_only_looks_like_it(first: str) -> None:
    assert not is_clutter(first)


def test_columns_nobody_misses() -> None:
    assert {"序号", "备注", ""} == UNREAD
