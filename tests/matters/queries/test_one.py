"""One matter: to those who may see it, with its clocks and its story."""

from __future__ import annotations

import pytest

from huiyin.matters import queries
from huiyin.rules.errors import NotFound
from tests.factories import make_office
from tests.matters.handling import Desk


def test_not_yours_answers_like_not_there(desk: Desk) -> None:
    number = desk.register()
    other = make_office("linzhen").asker("main_leader", desk.at)
    said = set()
    for asker, wanted in ((other, number), (other, "ZHAO-2026-999999-0")):
        with pytest.raises(NotFound) as caught:
            queries.get(asker, wanted)
        said.add((str(caught.value), caught.value.code))
    assert len(said) == 1
    assert queries.get(desk.office.asker("clerk", desk.at), number.lower()).number == number


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


def test_papers_belong_to_their_matter(desk: Desk) -> None:
    first, second = desk.granted(), desk.granted()
    asker = desk.office.asker("clerk", desk.at)
    (paper, *_) = queries.documents_of(desk.matter(first))
    assert queries.document(asker, first, paper.id) == paper
    with pytest.raises(NotFound):
        queries.document(asker, second, paper.id)
