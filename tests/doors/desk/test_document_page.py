"""The strip of stages: what is done, where it is now, what is ahead, and by when."""

from __future__ import annotations

import pytest

from huiyin.doors.desk import document_page
from huiyin.matters import queries
from huiyin.matters.models import Matter
from tests.factories import make_office
from tests.matters.handling import Desk
from tests.matters.paperwork import KEEPER, checked, comes_in, sent


@pytest.fixture
def desk(db: None) -> Desk:
    return Desk(make_office("zhaogong"))


def shown(desk: Desk, number: str) -> list[tuple[str, str, str]]:
    matter = Matter.objects.select_related("tenant", "custodian").get(number=number)
    found = document_page.context_of(matter, queries.clocks_of(matter, desk.at))
    return [(one.label, one.state, one.who[:3]) for one in found["stops"]]


def test_an_incoming_document_shows_who_had_it_and_who_is_next(desk: Desk) -> None:
    number = comes_in(desk)
    assert shown(desk, number)[:2] == [("主要领导阅示", "here", ""), ("分管领导阅处", "ahead", "")]
    number = sent(desk)
    assert shown(desk, number) == [
        ("主要领导阅示", "done", "郑主要"),
        ("分管领导阅处", "done", "冯分管"),
        ("承办人签收", "here", "卫经办"),
        ("办结", "ahead", ""),
        ("归档", "ahead", ""),
    ]
    desk.do("sign_for_document", number)
    assert shown(desk, number)[3] == ("办结", "here", "")


def test_each_stop_has_its_own_limit_and_a_late_one_says_so(desk: Desk) -> None:
    number = comes_in(desk)
    desk.do("present_to_main_leader", number, who=KEEPER, at="2026-03-05 09:00")
    matter = Matter.objects.select_related("tenant", "custodian").get(number=number)
    stops = document_page.context_of(matter, queries.clocks_of(matter, desk.at))["stops"]
    assert (stops[0].late, stops[1].late) == (True, False)
    assert stops[1].light == "red"
    assert stops[2].due_at is not None
    assert stops[3].due_at is None


def test_an_outgoing_document_goes_its_own_way(desk: Desk) -> None:
    states = [state for _, state, _ in shown(desk, checked(desk))]
    assert states == ["done", "done", "here", "ahead", "ahead", "ahead"]


def test_a_matter_that_is_no_document_shows_none(desk: Desk) -> None:
    matter = Matter.objects.get(number=desk.register())
    assert document_page.context_of(matter, []) == {"document": None}
