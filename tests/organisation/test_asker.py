"""Who is asking, and what follows from it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.organisation import actions, queries
from huiyin.organisation.actions import OPERATOR
from huiyin.organisation.queries import asker_for_account, asker_for_token
from huiyin.rules.errors import Forbidden, NotFound
from tests.factories import AT, Office, make_office

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.fixture
def shared_offices(db: None) -> list[Office]:
    """Made for each test: one of them counts the offices that there are."""
    return [make_office("other"), make_office("zhaogong")]


def test_an_asker_has_the_ranks_and_units_of_the_positions_held_as_a(office: Office) -> None:
    clerk, head, leader = (office.asker(key) for key in ("clerk", "head", "leader_in_charge"))
    assert clerk.ranks == {"clerk"}
    assert clerk.unit_ids == {office.units["MZ"].id}  # B of a position elsewhere adds nothing
    assert head.headed_unit_ids == {office.units["MZ"].id}
    assert leader.overseen_unit_ids == {office.units["MZ"].id}
    assert office.asker("stand_in").overseen_unit_ids == frozenset()
    assert office.asker("administrator").roles == {"administrator"}
    assert (clerk.via, clerk.rights, clerk.at) == ("desk", None, AT)


def test_an_appointment_counts_from_its_first_day_to_the_day_before_its_end(office: Office) -> None:
    post = office.positions["MZ02"].appointments.get(part="A")
    actions.end_appointment(post, until=AT.date(), by=OPERATOR, at=AT)
    assert office.asker("second_clerk").ranks == frozenset()
    assert office.asker("second_clerk", AT - timedelta(days=1)).ranks == {"clerk"}
    # 16:30 UTC is already the next day in Shanghai.
    assert office.asker("second_clerk", AT.replace(day=4, hour=16, minute=30)).ranks == frozenset()


def test_a_stand_in_stands_in_only_while_a_is_away_and_b_is_here(office: Office) -> None:
    clerk, second = office.people["clerk"].id, office.people["second_clerk"].id
    assert office.asker("second_clerk").stands_in_for == frozenset()
    absence = office.absent("clerk")
    assert office.asker("second_clerk").stands_in_for == {clerk}
    assert office.asker("clerk").stands_in_for == frozenset()
    assert office.asker("head").stands_in_for == frozenset()
    office.absent("second_clerk")
    assert office.asker("second_clerk").stands_in_for == frozenset()
    actions.cancel_absence(absence, by=OPERATOR, at=AT)
    assert office.asker("clerk").stands_in_for == {second}


def test_a_stand_in_gains_no_rank_of_the_absent_one(office: Office) -> None:
    office.absent("leader_in_charge")
    stand_in = office.asker("stand_in")
    assert stand_in.stands_in_for == {office.people["leader_in_charge"].id}
    assert stand_in.overseen_unit_ids == frozenset()
    assert stand_in.unit_ids == {office.units["LD"].id}


def test_an_asker_costs_the_same_few_queries_for_everybody(office: Office, other: Office) -> None:
    office.absent("clerk")
    counts = set()
    for key in office.people:
        account, _ = office.account(key)
        with CaptureQueriesContext(connection) as seen:
            asker_for_account(account, AT)
        counts.add(len(seen))
    assert counts == {2}


def test_an_account_that_is_closed_asks_nothing(office: Office) -> None:
    account, _ = office.account("clerk")
    assert asker_for_account(account, AT).person_id == office.people["clerk"].id
    actions.set_account_active(account, active=False, by=OPERATOR, at=AT)
    with pytest.raises(Forbidden, match="已停用"):
        asker_for_account(account, AT)


def test_somebody_who_left_asks_nothing(office: Office) -> None:
    account, _ = office.account("clerk")
    actions.leave(office.people["clerk"], by=OPERATOR, at=AT)
    with pytest.raises(Forbidden):
        asker_for_account(account, AT)
    with pytest.raises(NotFound):
        office.asker("clerk")


def test_a_token_asks_with_its_rights_until_it_ends(office: Office) -> None:
    _, token = actions.issue_token(
        office.people["clerk"],
        name="叫号机",
        rights=["matters.read"],
        expires_at=AT + HOUR,
        by=OPERATOR,
        at=AT,
    )
    asker = asker_for_token(token, AT)
    assert asker is not None
    assert (asker.person_id, asker.rights, asker.via) == (
        office.people["clerk"].id,
        frozenset({"matters.read"}),
        "api",
    )
    assert asker_for_token(token, AT + HOUR) is None
    assert asker_for_token(f"{token}x", AT) is None
    assert asker_for_token("", AT) is None


def test_a_bare_number_is_enough_while_there_is_one_office() -> None:
    make_office("zhaogong")
    assert queries.resolve_login(" １００１ ") == "1001@zhaogong"
    assert queries.resolve_login("1001@ZhaoGong") == "1001@zhaogong"
    make_office("other")
    assert queries.resolve_login("1001") == "1001"
    assert queries.resolve_login("") == ""


def test_what_is_lent_goes_with_the_post_that_is_stood_in_for(office: Office) -> None:
    post = office.small_post("leader_in_charge", "receptionist")
    office.absent("leader_in_charge")
    leader = office.people["leader_in_charge"].id
    minor, main = office.asker("receptionist"), office.asker("stand_in")
    assert minor.stands_in_for == main.stands_in_for == {leader}
    assert minor.covers == {post.id}
    assert minor.first_for == set()
    assert main.first_for == {leader}
    lent = queries.lent_power(minor, leader)
    assert lent.person_id == leader
    assert lent.ranks == {"clerk"}
    assert lent.overseen_unit_ids == set()
    assert lent.unit_ids == {office.units["ZH"].id}
    lent = queries.lent_power(main, leader)
    assert lent.ranks == {"leader_in_charge"}
    assert lent.overseen_unit_ids == {office.units["MZ"].id}
    assert queries.lent_power(minor, None) is minor
    with pytest.raises(Forbidden):
        queries.lent_power(office.asker("clerk"), leader)


def test_what_was_given_to_the_person_is_lent_with_the_first_of_equal_posts(office: Office) -> None:
    office.small_post("efficiency_office", "second_clerk")
    actions.appoint(
        office.positions["ZH02"], office.people["clerk"], "B", since=AT.date(), by=OPERATOR, at=AT
    )
    office.absent("efficiency_office")
    away = office.people["efficiency_office"].id
    assert queries.lent_power(office.asker("second_clerk"), away).roles == frozenset()
    assert queries.lent_power(office.asker("clerk"), away).roles == {"efficiency_office"}
