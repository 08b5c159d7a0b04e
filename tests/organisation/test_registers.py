"""The lists of one office, and nothing of another."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.organisation import actions, queries
from huiyin.organisation.actions import OPERATOR
from huiyin.organisation.queries import Asker
from huiyin.rules.errors import NotFound
from huiyin.storage.ids import new_id
from tests.factories import AT, Office

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.mark.parametrize("look_up", [queries.person, queries.position, queries.unit])
def test_another_offices_row_is_like_none(office: Office, other: Office, look_up: object) -> None:
    asker = office.asker("administrator")
    assert callable(look_up)
    rows: dict[object, tuple[UUID, UUID]] = {
        queries.person: (office.people["head"].id, other.people["head"].id),
        queries.position: (office.positions["MZ01"].id, other.positions["MZ01"].id),
        queries.unit: (office.units["MZ"].id, other.units["MZ"].id),
    }
    own, strange = rows[look_up]
    assert look_up(asker, own).id == own
    messages = []
    for absent in (strange, new_id()):
        with pytest.raises(NotFound) as caught:
            look_up(asker, absent)
        messages.append(str(caught.value))
    assert messages[0] == messages[1]


def everything_listed(asker: Asker) -> str:
    rows = [
        *queries.people(asker, active=None).values_list(),
        *queries.units(asker).values_list(),
        *queries.positions(asker).values_list(),
        *queries.absences(asker, since=AT - HOUR, until=AT + HOUR).values_list("person__name"),
        *queries.integrations(asker).values_list(),
        *queries.colleagues(asker, "经办"),
        *queries.duty_board(asker.tenant_id, asker.at),
    ]
    return repr(rows)


def test_no_list_holds_the_other_offices_canary(office: Office, other: Office) -> None:
    for one in (office, other):
        one.absent("clerk")
        actions.issue_token(
            one.people["clerk"], name=one.canary, rights=["x"], expires_at=AT + HOUR, by=OPERATOR, at=AT
        )
    listed = everything_listed(office.asker("administrator"))
    assert office.canary in listed
    assert other.canary not in listed
    # The control: the other office's own list does hold it.
    assert other.canary in everything_listed(other.asker("administrator"))


def test_colleagues_are_found_by_name_and_number_in_two_queries(office: Office, other: Office) -> None:
    asker = office.asker("head")
    office.absent("second_clerk")
    with CaptureQueriesContext(connection) as seen:
        found = queries.colleagues(asker, "经办")
    assert len(seen) == 2
    assert [(row.id, row.absent) for row in found] == [
        (office.people["clerk"].id, False),
        (office.people["second_clerk"].id, True),
    ]
    assert found[0].unit == office.units["MZ"].name
    with CaptureQueriesContext(connection) as seen_one:
        (one,) = queries.colleagues(asker, "1005")
    assert one.id == office.people["clerk"].id
    assert len(seen_one) == len(seen)
    assert queries.colleagues(asker, "  ") == []


def test_the_account_of_a_colleague(office: Office, other: Office) -> None:
    account, _ = office.account("clerk")
    asker = office.asker("administrator")
    assert queries.account_of(asker, office.people["clerk"].id) == account
    assert queries.account_of(asker, office.people["head"].id) is None
    strange, _ = other.account("clerk")
    assert strange.person is not None
    assert queries.account_of(asker, strange.person.id) is None
