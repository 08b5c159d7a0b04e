"""Who is asking, who is on duty, and that one office never sees another."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.organisation import actions, queries
from huiyin.organisation.actions import OPERATOR
from huiyin.organisation.queries import Asker, asker_for_account, asker_for_token
from huiyin.rules.errors import Forbidden, NotFound, Unlawful
from huiyin.storage.ids import new_id
from tests.factories import AT, SINCE, Office, make_office

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def office() -> Office:
    return make_office("zhaogong")


@pytest.fixture
def other() -> Office:
    return make_office("other")


# --- the asker ---


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
    assert counts == {5}


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


# --- signing in ---


def test_a_bare_number_is_enough_while_there_is_one_office(office: Office) -> None:
    assert queries.resolve_login(" １００１ ") == "1001@zhaogong"
    assert queries.resolve_login("1001@ZhaoGong") == "1001@zhaogong"
    make_office("other")
    assert queries.resolve_login("1001") == "1001"
    assert queries.resolve_login("") == ""


# --- presence ---


def test_on_duty_goes_from_a_to_b_to_head_to_main_leader(office: Office) -> None:
    post = office.positions["MZ01"].id
    for away, expected in (
        ("", "clerk"),
        ("clerk", "second_clerk"),
        ("second_clerk", "head"),
        ("head", "main_leader"),
        ("main_leader", "main_leader"),  # somebody always answers
    ):
        if away:
            office.absent(away)
        assert queries.on_duty(post, AT) == office.people[expected]


def test_absence_is_from_its_first_moment_up_to_not_including_its_last(office: Office) -> None:
    person = office.people["clerk"].id
    office.absent("clerk", starts_at=AT, hours=2)
    assert not queries.is_absent(person, AT - timedelta(microseconds=1))
    assert queries.is_absent(person, AT)
    assert not queries.is_absent(person, AT + 2 * HOUR)


def test_coming_back_early_does_not_change_what_was(office: Office) -> None:
    person = office.people["clerk"].id
    absence = office.absent("clerk")
    actions.cancel_absence(absence, by=OPERATOR, at=AT + HOUR)
    assert queries.is_absent(person, AT)
    assert not queries.is_absent(person, AT + HOUR)


def test_leader_in_charge_or_the_main_leader(office: Office) -> None:
    unit = office.units["MZ"].id
    assert queries.leader_in_charge(unit, AT) == (office.people["leader_in_charge"], False)
    office.absent("leader_in_charge")
    # The stand-in is here and still does not decide: p4.refusal-filing.2.1.c.
    assert queries.leader_in_charge(unit, AT) == (office.people["main_leader"], True)
    assert queries.leader_in_charge(office.units["ZH"].id, AT) == (office.people["main_leader"], True)


def test_reception_falls_back_like_any_position(office: Office) -> None:
    assert queries.reception(office.tenant.id, AT) == office.people["receptionist"]
    office.absent("receptionist")
    assert queries.reception(office.tenant.id, AT) == office.people["clerk"]
    office.absent("clerk")
    assert queries.reception(office.tenant.id, AT) == office.people["office_head"]


def test_an_office_without_a_main_leader_says_what_to_do(office: Office) -> None:
    post = office.positions["LD01"].appointments.get()
    actions.end_appointment(post, until=SINCE, by=OPERATOR, at=AT)
    with pytest.raises(Unlawful, match="还没有任命主要领导"):
        queries.main_leader(office.tenant.id, AT)


def test_the_duty_board_costs_two_queries(office: Office, other: Office) -> None:
    with CaptureQueriesContext(connection) as seen:
        board = queries.duty_board(office.tenant.id, AT)
    assert len(seen) == 2
    assert len(board) == len(office.positions)
    assert {row.position.tenant_id for row in board} == {office.tenant.id}


# --- one office and the other ---


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


def test_presence_asked_with_an_office_is_not_found_in_another(office: Office, other: Office) -> None:
    for call in (
        lambda: queries.on_duty(other.positions["MZ01"].id, AT, tenant_id=office.tenant.id),
        lambda: queries.leader_in_charge(other.units["MZ"].id, AT, tenant_id=office.tenant.id),
    ):
        with pytest.raises(NotFound):
            call()


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
