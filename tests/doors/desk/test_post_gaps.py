"""What is missing of a position: what one clause asks for and is not there stands in one line."""

from __future__ import annotations

from huiyin.doors.desk.post_gaps import Missing, missing
from huiyin.rules.vocabulary import Gap


def test_what_differs_only_in_what_is_missing_stands_in_one_line() -> None:
    gaps = [
        Gap("no_holder", "p4.post-responsibility.5"),
        Gap("no_element", "p4.post-responsibility.3.a", "quantity"),
        Gap("no_target", "p4.post-responsibility.4"),
        Gap("no_element", "p4.post-responsibility.3.a", "quality"),
    ]
    assert missing(gaps) == [
        Missing("没有责任人", "p4.post-responsibility.5"),
        Missing("责任书没有写 数量、质量", "p4.post-responsibility.3.a"),
        Missing("没有对应的年度目标", "p4.post-responsibility.4"),
    ]
    assert missing([]) == []
