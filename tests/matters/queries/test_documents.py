"""The registers: whose documents one sees, by what they are found, and at what cost."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.matters import queries
from huiyin.matters.models import Matter
from huiyin.matters.queries import Wanted
from huiyin.rules.events import MatterKind
from huiyin.rules.vocabulary import Light
from tests.matters.handling import Desk
from tests.matters.paperwork import KEEPER, checked, comes_in, on_its_way, sent

IN, OUT = MatterKind.DOCUMENT_IN, MatterKind.DOCUMENT_OUT


def listed(desk: Desk, who: str = KEEPER, kind: MatterKind = IN, **wanted: Any) -> list[str]:
    asker = desk.office.asker(who, desk.at)
    found = queries.documents_in_register(asker, kind, desk.at, Wanted(**wanted))
    return [one.matter.number for one in found.rows]


def test_a_register_holds_its_own_kind_newest_first_and_only_what_one_may_see(desk: Desk) -> None:
    first, second, out = comes_in(desk), sent(desk), checked(desk)
    assert listed(desk) == [second, first]
    assert listed(desk, kind=OUT) == [out]
    assert listed(desk, "clerk") == [second]
    assert listed(desk, "second_clerk") == []
    assert listed(desk, "second_clerk", OUT) == [out]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"text": "县住建局"}, True),
        ({"text": "住建发〔2026〕9号"}, True),
        ({"text": "供水"}, True),
        ({"text": "供电"}, False),
        ({"party": "县住建局"}, True),
        ({"party": "县水利局"}, False),
        ({"urgency": "urgent"}, True),
        ({"urgency": "low"}, False),
        ({"light": "green"}, True),
        ({"light": "red"}, False),
        ({"since": date(2026, 3, 1), "until": date(2026, 4, 1)}, True),
        ({"until": date(2026, 3, 1)}, False),
        ({"waiting": True}, True),
    ],
)
def test_documents_are_found_by_what_people_look_for(desk: Desk, wanted: dict[str, Any], found: bool) -> None:
    number = comes_in(
        desk, title="关于供水的函", source="县住建局", their_number="住建发〔2026〕9号", urgency="urgent"
    )
    assert (number in listed(desk, **wanted)) is found


def test_what_waits_for_somebody_is_what_lies_before_them(desk: Desk) -> None:
    number = on_its_way(desk)
    assert listed(desk, "leader_in_charge", waiting=True) == [number]
    desk.do("write_opinion", number, who="leader_in_charge", opinion="阅。")
    assert listed(desk, "leader_in_charge", waiting=True) == []
    assert listed(desk, "leader_in_charge") == [number]


def test_a_line_says_what_was_written_who_has_it_and_how_it_stands(desk: Desk) -> None:
    number = sent(desk)
    desk.do("write_opinion", number, who="leader_in_charge", opinion="请办理。")
    desk.do("sign_for_document", number)
    asker = desk.office.asker(KEEPER, desk.at)
    [line] = queries.documents_in_register(asker, IN, desk.at, Wanted()).rows
    assert line.written("main_leader", "leader") == f"{line.routings[1].person.name}：请办理。"
    assert line.handler == desk.office.people["clerk"].name
    assert (line.light, line.late) == (Light.GREY, False)


def test_the_number_of_queries_does_not_grow(desk: Desk) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as caught:
            listed(desk)
        return len(caught)

    sent(desk)
    one = cost()
    for _ in range(3):
        sent(desk)
    assert cost() == one


def test_pages_follow_one_another_and_parties_are_named_once(desk: Desk) -> None:
    numbers = [comes_in(desk) for _ in range(3)]
    asker = desk.office.asker(KEEPER, desk.at)
    first = queries.documents_in_register(asker, IN, desk.at, Wanted(), limit=2)
    rest = queries.documents_in_register(asker, IN, desk.at, Wanted(), offset=2, limit=2)
    assert [one.matter.number for one in (*first.rows, *rest.rows)] == numbers[::-1]
    assert (first.more, rest.more) == (True, False)
    assert queries.parties(asker, IN) == ["县政府办公室"]
    comes_in(desk, source="县民政局")
    assert queries.parties(asker, IN) == sorted(["县政府办公室", "县民政局"])
    assert queries.parties(asker, IN, 1) == ["县政府办公室"], "with the most documents"


def test_what_is_no_document_has_no_place_in_a_register(desk: Desk) -> None:
    assert queries.of_matter(Matter.objects.get(number=desk.register())) is None
