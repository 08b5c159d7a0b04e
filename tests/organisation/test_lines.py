"""Who hears of somebody's work: themselves, who stands in, and who is over it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.organisation import actions, queries
from huiyin.organisation.terms import Rank
from tests.factories import SINCE, Office, make_office

pytestmark = pytest.mark.django_db

LEVELS = ("head", "leader_in_charge", "main_leader", "efficiency_office")


def found(office: Office, *who: str, unit: str = "MZ") -> queries.Lines:
    people = [office.people[one].id for one in who]
    return queries.lines(office.tenant.id, office.at, people, [office.units[unit].id])


def names(office: Office, ids: list[object]) -> list[str]:
    keys = {person.id: key for key, person in office.people.items()}
    return [keys[one] for one in ids]  # type: ignore[index]


def over(office: Office, line: queries.Lines, unit: str = "MZ") -> list[list[str]]:
    return [names(office, [*line.over(level, office.units[unit].id)]) for level in LEVELS]


def test_the_line_over_a_unit(office: Office) -> None:
    line = found(office, "clerk")
    assert over(office, line) == [["head"], ["leader_in_charge"], ["main_leader"], ["efficiency_office"]]
    assert names(office, [*line.hearers(office.people["clerk"].id)]) == ["clerk"]


def test_a_unit_without_a_leader_in_charge_has_none_to_tell(office: Office) -> None:
    line = found(office, "receptionist", unit="ZH")
    assert over(office, line, "ZH")[:2] == [["office_head"], []]


def test_while_somebody_is_away_who_stands_in_hears(office: Office) -> None:
    for who in ("clerk", "leader_in_charge", "head"):
        office.absent(who)
    line = found(office, "clerk")
    assert names(office, [*line.hearers(office.people["clerk"].id)]) == ["second_clerk"]
    # Nobody stands in for the head: they hear of it when they are back.
    assert over(office, line)[:2] == [["head"], ["stand_in"]]


def test_who_stands_in_but_is_away_too_hears_nothing(office: Office) -> None:
    for who in ("clerk", "second_clerk"):
        office.absent(who)
    line = found(office, "clerk")
    assert names(office, [*line.hearers(office.people["clerk"].id)]) == ["clerk"]


def test_nobody_hears_for_who_has_left(office: Office) -> None:
    actions.leave(office.people["clerk"], by=actions.OPERATOR, at=office.at - timedelta(days=1))
    assert found(office, "clerk").hearers(office.people["clerk"].id) == []


def test_after_who_has_left_comes_who_has_the_post(office: Office) -> None:
    clerk, unit = office.people["clerk"], office.units["MZ"].id
    assert found(office, "clerk").after(clerk.id, unit) == []
    actions.leave(clerk, by=actions.OPERATOR, at=office.at - timedelta(days=1))
    assert names(office, [*found(office, "clerk").after(clerk.id, unit)]) == ["second_clerk"]
    heir = office.people["stand_in"]
    actions.appoint(
        office.positions["MZ01"], heir, "A", since=office.at.date(), by=actions.OPERATOR, at=office.at
    )
    line = found(office, "clerk")
    assert names(office, [*line.after(clerk.id, unit)]) == ["stand_in"]
    # On another unit's matters the post has nothing to do.
    assert line.after(clerk.id, office.units["ZH"].id) == []
    office.absent("stand_in")
    assert names(office, [*found(office, "clerk").after(clerk.id, unit)]) == ["second_clerk"]


def test_after_a_leader_comes_the_next_for_whatever_that_one_was_over(office: Office) -> None:
    gone, heir = office.people["leader_in_charge"], office.people["stand_in"]
    actions.leave(gone, by=actions.OPERATOR, at=office.at - timedelta(days=1))
    line = found(office, "leader_in_charge")
    assert names(office, [*line.after(gone.id, office.units["MZ"].id)]) == ["stand_in"]
    assert line.after(heir.id, office.units["MZ"].id) == []


def test_who_is_only_a_second_hears_all_the_same(office: Office) -> None:
    post = actions.add_position(
        office.units["MZ"], code="MZ09", title="帮岗", rank="clerk", by=actions.OPERATOR, at=office.at
    )
    helper = actions.hire(office.tenant, staff_no="2001", name="帮手", by=actions.OPERATOR, at=office.at)
    actions.appoint(post, helper, "B", since=SINCE, by=actions.OPERATOR, at=office.at)
    line = queries.lines(office.tenant.id, office.at, [helper.id], [office.units["MZ"].id])
    assert line.hearers(helper.id) == [helper.id]


def test_the_efficiency_office_hears_with_or_without_a_post(office: Office) -> None:
    second = actions.hire(office.tenant, staff_no="2002", name="督查员", by=actions.OPERATOR, at=office.at)
    actions.grant_role(second, "efficiency_office", by=actions.OPERATOR, at=office.at)
    line = found(office, "clerk")
    assert len(line.over("efficiency_office", office.units["MZ"].id)) == 2


def test_four_queries_for_any_number(office: Office) -> None:
    for who in (("clerk",), tuple(office.people)):
        with CaptureQueriesContext(connection) as asked:
            found(office, *who)
        assert len(asked) == 4


@pytest.mark.parametrize("level", [*Rank.values, "efficiency_office", "nobody"])
def test_another_office_is_never_over_it(office: Office, level: str) -> None:
    other = make_office("beihe")
    line = found(office, "clerk")
    strangers = {person.id for person in other.people.values()}
    assert strangers.isdisjoint(line.over(level, office.units["MZ"].id))
