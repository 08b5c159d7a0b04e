"""One matter: to those who may see it, with its clocks and its story."""

from __future__ import annotations

from huiyin.matters import queries
from tests.matters.handling import Desk


def test_clocks_say_why_in_both_languages(desk: Desk) -> None:
    matter = desk.matter(desk.accepted())
    (chinese,) = (c for c in queries.clocks_of(matter, desk.at) if c.key == "decide-1")
    (english,) = (c for c in queries.clocks_of(matter, desk.at, "en") if c.key == "decide-1")
    assert "个工作日" in chinese.why
    assert "working day" in english.why
    assert (chinese.clause, chinese.due_at) == (english.clause, english.due_at)


def test_the_story_names_people_and_holds_no_words(desk: Desk) -> None:
    number = desk.register(summary="机密事由", details="家中变故")
    story = queries.timeline(desk.matter(number))
    assert {one.actor for one in story} == {desk.office.people["clerk"].name}
    assert "机密事由" not in str([one.body for one in story])
    assert "王小明" not in str([one.body for one in story])
