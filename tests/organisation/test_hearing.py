"""Who is not at their work, and who has it instead."""

from __future__ import annotations

from datetime import timedelta

import pytest

from huiyin.organisation import actions, queries
from tests.factories import Office

pytestmark = pytest.mark.django_db


def keys(office: Office, ids: list[object]) -> list[str]:
    names = {person.id: key for key, person in office.people.items()}
    return [names[one] for one in ids]  # type: ignore[index]


def leave(office: Office, *whom: str) -> None:
    for who in whom:
        actions.leave(office.people[who], by=actions.OPERATOR, at=office.at - timedelta(days=1))


def test_nobody_is_missing_who_is_here(office: Office) -> None:
    ids = [one.id for one in office.people.values()]
    assert queries.missing(ids, office.at) == queries.Missing()
    assert queries.missing([], office.at) == queries.Missing()


def test_away_gone_and_left_are_three_things(office: Office) -> None:
    newcomer = actions.hire(office.tenant, staff_no="2001", name="新人", by=actions.OPERATOR, at=office.at)
    office.absent("head")
    leave(office, "clerk")
    ids = [office.people["head"].id, office.people["clerk"].id, office.people["second_clerk"].id, newcomer.id]
    found = queries.missing(ids, office.at)
    assert found.away == {office.people["head"].id}
    assert found.gone == {office.people["clerk"].id, newcomer.id}
    assert found.left == {office.people["clerk"].id}


def test_the_efficiency_office_is_here_without_a_post(office: Office) -> None:
    second = actions.hire(office.tenant, staff_no="2002", name="督查员", by=actions.OPERATOR, at=office.at)
    assert queries.missing([second.id], office.at).gone == {second.id}
    actions.grant_role(second, "efficiency_office", by=actions.OPERATOR, at=office.at)
    assert queries.missing([second.id], office.at) == queries.Missing()


def test_after_somebody_comes_who_holds_the_post_and_until_then_its_second(office: Office) -> None:
    leave(office, "clerk")
    gone = office.people["clerk"].id
    assert keys(office, [*queries.came_after(office.tenant.id, gone, office.at)]) == ["second_clerk"]
    post, heir = office.positions["MZ01"], office.people["stand_in"]
    actions.appoint(post, heir, "A", since=office.at.date(), by=actions.OPERATOR, at=office.at)
    assert keys(office, [*queries.came_after(office.tenant.id, gone, office.at)]) == ["stand_in"]


def test_after_a_post_that_nobody_has_taken_there_is_only_who_is_over_the_unit(office: Office) -> None:
    leave(office, "head")
    gone, unit = office.people["head"].id, office.units["MZ"].id
    assert queries.came_after(office.tenant.id, gone, office.at) == []
    over = queries.who_is_over(office.tenant.id, unit, office.at)
    assert [keys(office, [*level]) for level in over] == [
        ["leader_in_charge"],
        ["main_leader"],
        ["efficiency_office"],
    ]
