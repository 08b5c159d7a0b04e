from __future__ import annotations

from dataclasses import dataclass

from huiyin.doors.portal.finding import find


@dataclass(frozen=True)
class Item:
    name: str
    code: str = ""
    conditions: str = ""


ITEMS = [
    Item("最低生活保障申请", "DB-1", "家庭人均收入低于标准"),
    Item("临时救助申请", "SH-1"),
    Item("农村宅基地审批（含建房规划许可）", "JF-3"),
]


def names(items: list[Item]) -> list[str]:
    return [item.name for item in items]


def test_every_word_must_occur_in_name_code_or_conditions() -> None:
    assert names(find(ITEMS, "救助").exact) == ["临时救助申请"]
    assert names(find(ITEMS, "jf-3").exact) == [ITEMS[2].name]
    assert names(find(ITEMS, "家庭 收入").exact) == [ITEMS[0].name]
    assert find(ITEMS, "救助 宅基地").exact == []


def test_what_people_say_comes_near_what_the_office_calls_it() -> None:
    assert names(find(ITEMS, "低保怎么办").near) == [ITEMS[0].name]
    assert names(find(ITEMS, "我要盖房，宅基地怎么批").near) == [ITEMS[2].name]


def test_fillers_alone_find_nothing() -> None:
    assert find(ITEMS, "怎么申请") == find(ITEMS, "护照")
    assert find(ITEMS, "护照").near == []


def test_no_text_finds_nothing() -> None:
    assert find(ITEMS, "  ").exact == []
