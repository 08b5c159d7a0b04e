"""Figures: counted from what the asker may see, in a fixed number of queries."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from pytest_django import DjangoAssertNumQueries

from huiyin.matters import actions
from huiyin.matters.actions import By, Request
from huiyin.reports import queries
from huiyin.rules.vocabulary import Light
from tests.factories import Office, make_office

pytestmark = pytest.mark.django_db


def ask(office: Office, key: str) -> None:
    by = By(office.asker(key), office.at, str(uuid4()))
    actions.register(by, Request(kind="enquiry", channel="counter", summary="咨询"))


def test_open_duties_are_counted_by_unit_and_light(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    office, other = make_office(), make_office("linzhen")
    for key in ("clerk", "clerk", "receptionist"):
        ask(office, key)
    ask(other, "clerk")
    leader = office.asker("main_leader")
    with django_assert_num_queries(2):
        rows = queries.lights_by_unit(leader, office.at)
    assert [(row.unit, row.total) for row in rows] == [
        (f"{office.canary}民政办", 2),
        (f"{office.canary}综合办", 1),
    ]
    late = queries.lights_by_unit(office.asker("main_leader"), office.at + timedelta(days=60))
    assert [row.counts[Light.RED] for row in late] == [2, 1]


def test_a_head_counts_the_own_unit() -> None:
    office = make_office()
    ask(office, "clerk")
    ask(office, "receptionist")
    rows = queries.lights_by_unit(office.asker("head"), office.at)
    assert [row.unit for row in rows] == [f"{office.canary}民政办"]
    assert queries.lights_by_unit(office.asker("stand_in"), office.at) == []
