"""Who is on duty, and being away."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.organisation import actions, queries
from huiyin.organisation.actions import OPERATOR
from huiyin.rules.errors import Forbidden, Invalid, NotFound, Unlawful
from tests.factories import AT, SINCE, Office
from tests.organisation.events import kinds

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


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


def test_the_main_leader_in_person_is_the_main_leader_also_while_away(office: Office) -> None:
    leader, head = office.people["main_leader"], office.people["head"]
    actions.appoint(office.positions["LD01"], head, "B", since=SINCE, by=OPERATOR, at=AT)
    actions.record_absence(leader, starts_at=AT, ends_at=AT + HOUR, kind="leave", by=OPERATOR, at=AT)
    assert queries.main_leader(office.tenant.id, AT) == head
    assert queries.main_leader_in_person(office.tenant.id, AT) == leader
    assert queries.main_leader_in_person(office.tenant.id, AT + 2 * HOUR) == leader


def test_the_duty_board_costs_two_queries(office: Office, other: Office) -> None:
    with CaptureQueriesContext(connection) as seen:
        board = queries.duty_board(office.tenant.id, AT)
    assert len(seen) == 2
    assert len(board) == len(office.positions)
    assert {row.position.tenant_id for row in board} == {office.tenant.id}


def test_presence_asked_with_an_office_is_not_found_in_another(office: Office, other: Office) -> None:
    for call in (
        lambda: queries.on_duty(other.positions["MZ01"].id, AT, tenant_id=office.tenant.id),
        lambda: queries.leader_in_charge(other.units["MZ"].id, AT, tenant_id=office.tenant.id),
    ):
        with pytest.raises(NotFound):
            call()


def test_absence_is_refused_when_it_overlaps_or_ends_before_it_starts(office: Office) -> None:
    office.absent("clerk")
    clerk, by = office.people["clerk"], office.asker("clerk")
    with pytest.raises(Unlawful, match="已登记过离岗"):
        actions.record_absence(clerk, starts_at=AT, ends_at=AT + HOUR, kind="leave", by=by, at=AT)
    with pytest.raises(Invalid) as caught:
        actions.record_absence(clerk, starts_at=AT, ends_at=AT, kind="ill", by=by, at=AT)
    assert set(caught.value.fields) == {"ends_at", "kind"}
    with pytest.raises(Forbidden):
        actions.record_absence(
            office.people["head"], starts_at=AT, ends_at=AT + HOUR, kind="leave", by=by, at=AT
        )


def test_absence_ends_once(office: Office) -> None:
    absence = office.absent("clerk")
    with pytest.raises(Forbidden):
        actions.cancel_absence(absence, by=office.asker("second_clerk"), at=AT)
    actions.cancel_absence(absence, by=office.asker("clerk"), at=AT)
    with pytest.raises(Unlawful, match="已经结束"):
        actions.cancel_absence(absence, by=office.asker("clerk"), at=AT)
    assert kinds(office.people["clerk"].id)[-2:] == ["absence_recorded", "absence_cancelled"]


def test_who_holds_a_position_of_a_unit_today(office: Office) -> None:
    unit = office.units["MZ"].id
    held = {one.person_id for one in queries.posts_in([unit], AT)}
    assert held == {office.people[who].id for who in ("head", "clerk", "second_clerk")}
    assert not queries.posts_in([], AT)
    assert not queries.posts_in([unit], AT - timedelta(days=730))
