"""What administrators look after."""

from __future__ import annotations

from uuid import uuid4

import pytest
from pytest_django import DjangoAssertNumQueries

from huiyin.organisation import actions, queries
from huiyin.rules.errors import NotFound
from tests.factories import make_office

pytestmark = pytest.mark.django_db


def test_everybody_with_posts_functions_account_and_absence(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    office, other = make_office(), make_office("linzhen")
    office.account("clerk")
    office.absent("clerk")
    actions.leave(office.people["second_clerk"], by=actions.OPERATOR, at=office.at)
    asker = office.asker("administrator")
    with django_assert_num_queries(4):
        found = queries.directory(asker, office.at)
    assert all(other.canary not in member.person.name for member in found)
    assert found[-1].person == office.people["second_clerk"]
    clerk = next(member for member in found if member.person == office.people["clerk"])
    assert ("A", f"低保经办岗{office.canary}", f"{office.canary}民政办") in clerk.posts
    assert clerk.absent
    assert clerk.account == office.accounts["clerk"]
    keeper = next(member for member in found if member.person == office.people["administrator"])
    assert keeper.roles == ["administrator"]
    assert keeper.account is None


def test_single_rows_of_another_office_are_not_found() -> None:
    office, other = make_office(), make_office("linzhen")
    asker = office.asker("administrator")
    mine, theirs = office.absent("clerk"), other.absent("clerk")
    assert queries.absence(asker, mine.id) == mine
    token, _ = actions.issue_token(
        other.people["clerk"],
        name="系统",
        rights=["read"],
        expires_at=other.at.replace(month=6),
        by=actions.OPERATOR,
        at=other.at,
    )
    assert queries.integration(other.asker("administrator"), token.id) == token
    for look_up, row in ((queries.absence, theirs.id), (queries.integration, token.id)):
        for wanted in (row, uuid4()):
            with pytest.raises(NotFound):
                look_up(asker, wanted)
