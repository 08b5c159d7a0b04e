"""Every paper names whom to ask, and the clause that it rests on."""

from __future__ import annotations

from tests.factories import Office
from tests.matters.handling import INCOMPLETE
from tests.matters.in_memory import bench, in_hand
from tests.matters.test_papers import said, whole_life


def test_papers_say_where_the_handler_sits_and_how_to_call(office: Office) -> None:
    handler = said(in_hand(office))["acceptance"].handler
    post = office.positions["MZ01"]
    assert (handler.unit, handler.phone, handler.window) == (post.unit.name, post.phone, post.place)


def test_a_handler_of_another_unit_is_named_with_their_own(office: Office) -> None:
    # The receptionist holds no position of the item's unit, and nobody there has accepted the matter yet.
    one = bench(office, first_responder=office.people["receptionist"])
    one.take("check", "receptionist", found=INCOMPLETE)
    one.take("notify", "receptionist", supplement_how="到2号窗口")
    handler = said(one)["one_time_notice"].handler
    hall = office.positions["ZH01"]
    assert (handler.unit, handler.phone, handler.window) == (hall.unit.name, hall.phone, hall.place)


def test_papers_name_the_instrument_and_article_they_rest_on(office: Office) -> None:
    found = said(whole_life(office))
    pause, extension = found["pause_notice"], found["extension_notice"]
    assert pause.basis.startswith("《中华人民共和国行政许可法》第四十五条：听证、")
    assert extension.basis.startswith("本单位《效能建设制度》限时办结制第八条：")
