"""An incoming document: whom it lies before, what they wrote, and what is refused without words."""

from __future__ import annotations

import pytest

from huiyin.matters import queries
from huiyin.matters.models import Matter, Routing
from huiyin.rules.errors import HuiyinError
from tests.matters.handling import Desk
from tests.matters.paperwork import comes_in, on_its_way, sent


def routed(number: str) -> list[tuple[str, str, str]]:
    matter = Matter.objects.get(number=number)
    return [(one.role, one.person.name[:3], one.ending) for one in queries.routings_of(matter)]


def test_everybody_it_lay_before_stands_on_record_with_what_came_of_it(desk: Desk) -> None:
    number = on_its_way(desk)
    desk.do("write_opinion", number, who="leader_in_charge", opinion="请卫经办办理。")
    desk.do("send_document", number, who="office_head", to=desk.id("clerk"))
    desk.do("return_document", number, who="clerk", reason="不归本岗")
    desk.do("send_document", number, who="office_head", to=desk.id("clerk"))
    desk.do("send_document", number, who="office_head", to=desk.id("second_clerk"))
    desk.do("sign_for_document", number, who="second_clerk")
    assert routed(number) == [
        ("main_leader", "郑主要", ""),
        ("leader", "冯分管", "done"),
        ("handler", "卫经办", "returned"),
        ("handler", "卫经办", "passed_over"),
        ("handler", "蒋经办", "signed_for"),
    ]


def test_a_leader_writes_more_than_once_and_the_keeper_proposes(desk: Desk) -> None:
    number = comes_in(desk)
    desk.do("write_opinion", number, who="office_head", opinion="拟请主要领导阅示。")
    desk.do("present_to_main_leader", number, who="office_head")
    desk.do("write_opinion", number, who="main_leader", opinion="阅。")
    desk.do("write_opinion", number, who="main_leader", opinion="请抓紧。")
    assert [role for role, *_ in routed(number)] == ["proposal", "main_leader", "main_leader"]
    texts = Routing.objects.filter(matter__number=number).order_by("id")
    assert [row.opinion for row in texts] == ["拟请主要领导阅示。", "阅。", "请抓紧。"]


def test_a_stand_in_writes_for_the_absent_leader_and_it_shows(desk: Desk) -> None:
    number = on_its_way(desk)
    desk.office.absent("leader_in_charge", starts_at=desk.at)
    desk.do("write_opinion", number, who="stand_in", acting_for="leader_in_charge", opinion="请民政办办理。")
    row = Routing.objects.get(matter__number=number, role="leader")
    assert (row.person_id, row.done_for_id) == (desk.id("leader_in_charge"), desk.id("stand_in"))


@pytest.mark.parametrize(
    ("verb", "who", "fields"),
    [
        ("write_opinion", "leader_in_charge", {"opinion": " "}),
        ("write_opinion", "leader_in_charge", {"opinion": "长" * 2001}),
    ],
)
def test_an_opinion_needs_words_and_not_too_many(
    desk: Desk, verb: str, who: str, fields: dict[str, str]
) -> None:
    number = on_its_way(desk)
    with pytest.raises(HuiyinError) as caught:
        desk.do(verb, number, who=who, **fields)
    assert caught.value.code == "invalid"


def test_returning_and_completing_need_words(desk: Desk) -> None:
    number = sent(desk)
    with pytest.raises(HuiyinError):
        desk.do("return_document", number, who="clerk", reason=" ")
    desk.do("sign_for_document", number, who="clerk")
    with pytest.raises(HuiyinError):
        desk.do("complete_document", number, who="clerk", result="")
    desk.do("complete_document", number, who="clerk", result="已报送。")
    assert Matter.objects.get(number=number).reply == "已报送。"
