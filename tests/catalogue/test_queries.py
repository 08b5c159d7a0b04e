"""Whose is it, guides, versions; and that one office never sees another's items."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.catalogue import actions, queries
from huiyin.catalogue.queries import Answer
from huiyin.organisation.actions import OPERATOR
from huiyin.rules.errors import NotFound
from huiyin.rules.vocabulary import Limit, Unit
from tests.factories import AT, Office, make_office

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return make_office("zhaogong")


@pytest.fixture
def other() -> Office:
    return make_office("other")


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
    assert found[-1].nearness == "contains"
    assert [a.label for a in ask(office, "低保", limit=1)] == ["低保"]


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


def test_an_item_taken_off_the_list_is_nobodys(office: Office) -> None:
    actions.change_item(office.items["DB-1"], active=False, by=OPERATOR, at=AT)
    assert ask(office, "最低生活") == []
    with pytest.raises(NotFound):
        queries.item(office.tenant.id, "DB-1")


def test_a_guide_has_everything_the_public_needs(office: Office) -> None:
    guide = queries.guide(office.tenant.id, "DB-1")
    assert guide.limit == guide.committed == Limit(10, Unit.WORKING_DAY)
    assert guide.statutory == Limit(20, Unit.WORKING_DAY)
    assert [(p.order, p.name, p.copies, p.original, p.required) for p in guide.materials] == [
        (1, "居民户口簿", 1, True, True),
        (2, "收入证明", 1, False, True),
        (3, "近期照片", 2, False, False),
    ]
    assert (guide.place, guide.complaint_phone) == (office.positions["MZ01"].place, "0571-88881111")
    instant = queries.guide(office.tenant.id, "ZM-1")
    assert (instant.limit, instant.instant) == (None, True)


def test_what_is_not_public_is_not_found_by_the_public(office: Office) -> None:
    actions.change_item(office.items["ZM-1"], open_to_public=False, by=OPERATOR, at=AT)
    with pytest.raises(NotFound):
        queries.guide(office.tenant.id, "ZM-1")
    assert queries.guide(office.tenant.id, "ZM-1", public=False).code == "ZM-1"
    assert [item.code for item in queries.public_items(office.tenant.id)] == ["DB-1"]


def test_public_items_cost_two_queries_with_their_materials(office: Office) -> None:
    with CaptureQueriesContext(connection) as seen:
        names = [
            (item.name, [paper.name for paper in item.materials.all()])
            for item in queries.public_items(office.tenant.id)
        ]
    assert len(names) == 2
    assert len(seen) == 2


def test_another_offices_item_is_like_none(office: Office, other: Office) -> None:
    strange = other.items["DB-1"]
    with pytest.raises(NotFound):
        queries.item_by_id(office.asker("administrator"), strange.id)
    with pytest.raises(NotFound):
        queries.item_version(office.tenant.id, strange.id, 1)
    assert queries.item_version(other.tenant.id, strange.id, 1).code == "DB-1"


def test_no_answer_holds_the_other_offices_canary(office: Office, other: Office) -> None:
    asker = office.asker("receptionist")
    shown = repr([queries.whose(asker, text, 50) for text in ("经办", "最低", "岗", "岗位", "证明")])
    shown += repr([(i.name, i.unit.name) for i in queries.items(asker, active=None)])
    shown += repr([(i.name, i.unit.name) for i in queries.public_items(office.tenant.id)])
    assert office.canary in shown
    assert other.canary not in shown
    assert queries.whose(asker, other.canary) == []
    assert queries.whose(other.asker("clerk"), other.canary)
