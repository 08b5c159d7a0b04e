"""People are reached at the position they work in, and belong to the unit of their own."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.organisation import queries as organisation
from huiyin.organisation.models import Position
from huiyin.organisation.queries import Reach
from tests.factories import AT, SINCE, Office

pytestmark = pytest.mark.django_db


def of(office: Office, code: str) -> Reach:
    post = office.positions[code]
    return Reach(post.unit.name, post.phone, post.place)


def test_a_person_is_reached_at_the_position_held_as_a(office: Office) -> None:
    assert organisation.reach(office.people["clerk"], AT) == of(office, "MZ01")


def test_who_stands_in_is_reached_there_and_keeps_the_own_unit(office: Office) -> None:
    # The clerk is B at the reception, which belongs to another unit.
    found = organisation.reach(office.people["clerk"], AT, office.positions["ZH01"].id)
    assert found == replace(of(office, "ZH01"), unit=office.units["MZ"].name)
    # Negative control: a position that somebody else holds says nothing of this person.
    other = office.positions["LD01"].id
    assert organisation.reach(office.people["clerk"], AT, other) == of(office, "MZ01")


def test_a_telephone_of_ones_own_comes_first(office: Office) -> None:
    person = office.people["clerk"]
    person.office_phone = "0571-1"
    assert organisation.reach(person, AT).phone == "0571-1"
    person.office_phone = ""


def test_who_holds_nothing_that_day_has_neither_unit_nor_place(office: Office) -> None:
    before = AT.replace(year=SINCE.year - 1)
    assert organisation.reach(office.people["clerk"], before) == Reach()


def test_the_reader_for_many_asks_once_for_each_person(office: Office) -> None:
    find = organisation.reacher()
    with CaptureQueriesContext(connection) as asked:
        for day in range(5):
            assert find(office.people["clerk"], AT + timedelta(days=day), None) == of(office, "MZ01")
    assert len(asked) == 1


def test_a_unit_is_found_where_its_first_position_is(office: Office) -> None:
    first = of(office, "ZH00")
    assert organisation.unit_reach(office.tenant.id, f" {first.unit} ") == first
    assert organisation.unit_reach(office.tenant.id, "县民政局") == Reach()
    Position.objects.filter(unit__name=first.unit).update(secret=True, secret_reason="涉密")
    assert organisation.unit_reach(office.tenant.id, first.unit) == Reach()
