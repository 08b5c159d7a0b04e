"""Whose question it is to answer, and what was answered."""

from __future__ import annotations

from huiyin.matters import queries
from tests.matters.handling import Desk


def test_a_question_is_for_whom_it_was_put_to_and_their_unit(desk: Desk) -> None:
    number = desk.register()
    desk.do("consult_unit", number, to=desk.id("office_head"), question="还要什么？")
    row = desk.matter(number)
    for who, mine in {
        "office_head": True,
        "receptionist": True,
        "second_clerk": False,
        "head": False,
    }.items():
        found = queries.consultation_for(desk.office.asker(who, desk.at), None, row)
        assert bool(found) is mine, who
    clerk = desk.office.asker("clerk", desk.at)
    assert queries.consultation_for(clerk, desk.id("office_head"), row) is not None
    desk.do("answer_consultation", number, who="office_head", verdict="opinion", words="请核对地址")
    (answered,) = queries.consultations_of(row)
    assert (answered.verdict, answered.words, answered.unit_name) == (
        "opinion",
        "请核对地址",
        desk.office.units["ZH"].name,
    )
    theirs = {
        who: queries.was_asked(desk.office.asker(who, desk.at), answered) for who in ("receptionist", "head")
    }
    assert theirs == {"receptionist": True, "head": False}
