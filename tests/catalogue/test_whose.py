"""Whose is it, and who is on duty for it."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.catalogue import actions, queries
from huiyin.catalogue.queries import Answer
from huiyin.organisation.actions import OPERATOR
from tests.factories import AT, Office

pytestmark = pytest.mark.django_db


def ask(office: Office, text: str, limit: int = 12) -> list[Answer]:
    return queries.whose(office.asker("receptionist"), text, limit)


def test_an_item_answers_with_who_is_on_duty(office: Office) -> None:
    (answer,) = ask(office, "最低生活")
    clerk, second = office.people["clerk"], office.people["second_clerk"]
    assert (answer.kind, answer.id, answer.item_id) == (
        "item",
        office.items["DB-1"].id,
        office.items["DB-1"].id,
    )
    assert (answer.holder_id, answer.holder, answer.duty_as) == (clerk.id, clerk.name, "A")
    assert (answer.a, answer.stand_in) == (clerk.name, second.name)
    assert (answer.unit, answer.rank) == (office.units["MZ"].name, "clerk")
    assert (answer.phone, answer.place) == (office.positions["MZ01"].phone, office.positions["MZ01"].place)


def test_the_stand_in_answers_while_a_is_away(office: Office) -> None:
    office.absent("clerk")
    (answer,) = ask(office, "最低生活")
    assert answer.holder_id == office.people["second_clerk"].id
    assert (answer.duty_as, answer.a_absent, answer.stand_in_absent) == ("B", True, False)
    assert answer.a == office.people["clerk"].name


def test_positions_and_people_answer_too(office: Office) -> None:
    kinds = {answer.kind for answer in ask(office, "经办")}
    assert kinds == {"position", "person"}
    person = next(answer for answer in ask(office, "卫经办") if answer.kind == "person")
    assert (person.id, person.position_id) == (office.people["clerk"].id, office.positions["MZ01"].id)
    assert [a.kind for a in ask(office, "首问接待岗的职责")] == ["position"]
    assert ask(office, "db-1")[0].item_id == office.items["DB-1"].id


def test_exact_comes_before_prefix_and_prefix_before_the_rest(office: Office) -> None:
    post = office.positions["MZ01"]
    for code, name in (("X1", "申请低保"), ("X2", "低保"), ("X3", "低保复核")):
        actions.add_item(post, code=code, name=name, instant=True, by=OPERATOR, at=AT)
    found = ask(office, "低保")
    assert [(a.label, a.nearness) for a in found[:3]] == [
        ("低保", "exact"),
        ("低保复核", "prefix"),
        (post.title, "prefix"),
    ]
    assert [a.nearness for a in found[3:]] == ["contains", "short"]
    assert [a.label for a in ask(office, "低保", limit=1)] == ["低保"]


def test_a_short_name_finds_the_official_one(office: Office) -> None:
    # The position comes first, for its duties hold the very word.
    found = [(a.kind, a.nearness) for a in ask(office, "低保")]
    assert found == [("position", "prefix"), ("item", "short")]
    assert [a.item_id for a in ask(office, "低生保申")] == [office.items["DB-1"].id]
    # Negative control: the same characters in another order are short for nothing.
    assert [a.kind for a in ask(office, "保低")] == []


@pytest.mark.parametrize("text", ["低.*", "(低", "[^低]保", "低" * 9, "低+"])
def test_a_pattern_is_no_short_name(office: Office, text: str) -> None:
    assert ask(office, text) == []


@pytest.mark.parametrize("text", ["", "低", " 低 ", "\u200b", "%", "__", "没有这种事"])
def test_what_finds_nothing(office: Office, text: str) -> None:
    assert ask(office, text) == []


def test_two_words_must_both_occur_and_brackets_come_in_both_widths(office: Office) -> None:
    actions.add_item(
        office.positions["MZ01"], code="X", name="临时救助（急难）２档", instant=True, by=OPERATOR, at=AT
    )
    for text in ("救助 急难", "急难　临时", "救助(急难)", "救助（急难）"):
        assert [a.kind for a in ask(office, text)] == ["item"], text
    assert ask(office, "救助 户口") == []


def test_the_number_of_queries_is_the_same_for_one_and_three_answers(office: Office) -> None:
    counts = []
    asker = office.asker("receptionist")
    for number in range(1, 4):
        actions.add_item(
            office.positions[f"MZ0{number % 3}"],
            code=f"Q{number}",
            name=f"养老补贴{number}",
            instant=True,
            by=OPERATOR,
            at=AT,
        )
        with CaptureQueriesContext(connection) as seen:
            assert len(queries.whose(asker, "养老补贴")) == number
        counts.append(len(seen))
    assert counts == [4, 4, 4]


def test_no_answer_holds_the_other_offices_canary(office: Office, other: Office) -> None:
    asker = office.asker("receptionist")
    shown = repr([queries.whose(asker, text, 50) for text in ("经办", "最低", "岗", "岗位", "证明")])
    shown += repr([(i.name, i.unit.name) for i in queries.items(asker, active=None)])
    shown += repr([(i.name, i.unit.name) for i in queries.public_items(office.tenant.id)])
    assert office.canary in shown
    assert other.canary not in shown
    assert queries.whose(asker, other.canary) == []
    assert queries.whose(other.asker("clerk"), other.canary)


def test_pinyin_finds_items_positions_and_people_in_each_of_its_forms(office: Office) -> None:
    item = office.items["DB-1"]
    for text in ("zdshbz", "zuidishenghuobaozhang", "zuidish", "ZuiDi", "shbz", "zdshenghuo"):
        found = ask(office, text)
        assert [a.item_id for a in found if a.kind == "item"] == [item.id], text
        assert {(a.nearness, a.why) for a in found} == {("sound", "sound")}, text
    assert office.positions["MZ01"].id in {a.id for a in ask(office, "dibaojb") if a.kind == "position"}
    assert office.people["clerk"].id in {a.id for a in ask(office, "weijb") if a.kind == "person"}
    # Negative control: the same initials in another order sound like nothing here.
    assert ask(office, "zbhsdz") == []


def test_of_what_sounds_so_the_whole_name_comes_first(office: Office) -> None:
    for code, name in (("X1", "申请殡葬"), ("X2", "殡葬"), ("X3", "殡葬复核")):
        actions.add_item(office.positions["MZ01"], code=code, name=name, instant=True, by=OPERATOR, at=AT)
    assert [a.label for a in ask(office, "binzang")] == ["殡葬", "殡葬复核", "申请殡葬"]


def test_of_many_that_sound_so_the_nearest_are_read_and_no_more(office: Office) -> None:
    names = ("申请殡葬", "殡葬复核", "殡葬补贴", "殡葬", "殡葬登记")
    for n, name in enumerate(names):
        actions.add_item(office.positions["MZ01"], code=f"X{n}", name=name, instant=True, by=OPERATOR, at=AT)
    every = [a.label for a in ask(office, "binzang")]
    assert (every[0], every[-1]) == ("殡葬", "申请殡葬")
    assert every[1:-1] == sorted(every[1:-1])
    for limit in range(1, len(names)):
        assert [a.label for a in ask(office, "binzang", limit)] == every[:limit]


def test_characters_come_before_what_sounds_so(office: Office) -> None:
    actions.add_item(office.positions["MZ01"], code="X1", name="db补贴", instant=True, by=OPERATOR, at=AT)
    found = ask(office, "db")
    assert [a.label for a in found[:2]] == ["db补贴", office.items["DB-1"].name]
    assert [a.nearness for a in found[:2]] == ["prefix", "prefix"]
    assert {a.nearness for a in found[2:]} == {"sound"}


@pytest.mark.parametrize("text", ["88882004", "8888-2004", "0571 8888 2004", "２００４"])
def test_a_phone_finds_its_position(office: Office, text: str) -> None:
    (answer,) = ask(office, text)
    assert (answer.kind, answer.id) == ("position", office.positions["MZ01"].id)
    assert (answer.why, answer.found) == ("phone", office.positions["MZ01"].phone)


def test_each_answer_says_where_it_was_found(office: Office) -> None:
    assert [(a.kind, a.why) for a in ask(office, "最低生活")] == [("item", "name")]
    assert ask(office, "DB-1")[0].why == "code"
    assert [a.why for a in ask(office, "救助经办岗丙")] == ["title"]
    (by_duties,) = ask(office, "首问接待岗的职责")
    assert by_duties.why == "duties"
    assert "首问接待岗的职责" in by_duties.found
    assert next(a for a in ask(office, "低保") if a.kind == "item").why == "short"


def test_pinyin_costs_one_query_more_whatever_it_finds(office: Office) -> None:
    asker = office.asker("receptionist")
    for text in ("jingban", "zd"):
        with CaptureQueriesContext(connection) as seen:
            assert queries.whose(asker, text)
        assert len(seen) == 5
