"""Whom a text means: by name, and by the title of a position."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.organisation import actions, queries
from huiyin.organisation.models import Person, Position
from tests.factories import AT, Office, make_office

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    found = make_office()
    # As an office writes them, without the mark that tells two offices apart in tests.
    for one in Position.objects.filter(tenant=found.tenant):
        Position.objects.filter(id=one.id).update(title=one.title.replace(found.canary, ""))
    return found


def meant(office: Office, text: str) -> set[str]:
    keys = {person.id: key for key, person in office.people.items()}
    return {keys[one] for one in queries.holders_named_in(office.tenant.id, text, AT)}


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("低保经办岗收礼", {"clerk", "second_clerk"}),
        ("低保经办 的人收礼", {"clerk", "second_clerk"}),
        ("镇长收礼", {"main_leader"}),
        ("副镇长收礼", {"stand_in"}),
        ("分管民政副镇长收礼", {"leader_in_charge", "stand_in"}),
        ("副镇长和镇长都在场", {"stand_in", "main_leader"}),
        ("窗口那位收礼", set()),
        ("", set()),
    ],
)
def test_a_position_means_its_holder_and_its_stand_in(office: Office, text: str, who: set[str]) -> None:
    assert meant(office, text) == who


def test_whoever_held_it_before_or_left_is_not_meant(office: Office) -> None:
    post = office.positions["MZ00"]
    assert meant(office, "民政办主任") == {"head"}
    actions.appoint(post, office.people["office_head"], "A", since=AT.date(), by=actions.OPERATOR, at=AT)
    assert meant(office, "民政办主任") == {"office_head"}
    Person.objects.filter(id=office.people["office_head"].id).update(active=False)
    assert meant(office, "民政办主任") == set()


def test_another_office_s_positions_mean_nobody_here(office: Office) -> None:
    other = make_office("linzhen")
    assert queries.holders_named_in(other.tenant.id, "低保经办岗收礼", AT + timedelta(days=1)) == []


def test_a_title_of_one_character_means_nobody(office: Office) -> None:
    Position.objects.filter(code="MZ01").update(title="岗")
    Position.objects.filter(code="MZ02").update(title="办岗")
    assert meant(office, "岗位在哪里办") == set()
    assert meant(office, "办岗") == {"clerk", "second_clerk"}


def test_it_takes_two_queries_whatever_the_text(office: Office) -> None:
    with CaptureQueriesContext(connection) as caught:
        queries.holders_named_in(office.tenant.id, "低保经办岗、救助经办岗、镇长" * 50, AT)
    assert len(caught) == 2


def test_names_are_read_however_they_are_spaced(office: Office) -> None:
    name = office.people["clerk"].name
    assert queries.named_in(office.tenant.id, f"{name[:1]} {name[1:]}收礼") == [office.people["clerk"].id]
    assert queries.named_in(office.tenant.id, "某某收礼") == []
