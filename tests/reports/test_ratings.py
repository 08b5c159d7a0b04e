"""How satisfied people were, unit by unit."""

from __future__ import annotations

import pytest

from huiyin.matters.models import Matter
from huiyin.organisation.models import Tenant
from huiyin.reports.ratings import Reception, Satisfied, receptions, satisfaction
from tests.factories import make_office
from tests.matters.handling import Desk

pytestmark = pytest.mark.django_db


def test_each_units_ratings_of_the_year_and_nothing_where_no_clause_wants_them() -> None:
    desk = Desk(make_office())
    tenant, today = desk.office.tenant, desk.at.date()
    numbers = [desk.register(item="ZM-1", materials=()) for _ in range(3)]
    for number, stars in zip(numbers, (5, 2, 0), strict=True):
        Matter.objects.filter(number=number).update(rating=stars)
    assert satisfaction(tenant, today) is None
    Tenant.objects.filter(id=tenant.id).update(rulebook="headquarters")
    tenant.refresh_from_db()
    unit = Matter.objects.select_related("unit").get(number=numbers[0]).unit
    found = satisfaction(tenant, today)
    assert found == [Satisfied(unit.code, unit.name, 2, 7)]
    assert [one.average for one in found] == [3.5]
    assert satisfaction(tenant, today.replace(year=today.year + 1)) == []


@pytest.mark.parametrize(("rulebook", "cold"), [("headquarters", 1), ("company", None)])
def test_reception_counts_for_whoever_was_asked_first(rulebook: str, cold: int | None) -> None:
    desk = Desk(make_office(rulebook=rulebook))
    people, at = desk.office.people, desk.at
    numbers = [desk.register(item="ZM-1", materials=()) for _ in range(3)]
    rated = Matter.objects.filter(number__in=numbers)
    rated.update(custodian=people["second_clerk"], first_responder=people["clerk"])
    Matter.objects.filter(number=numbers[0]).update(reception_rating=4)
    Matter.objects.filter(number=numbers[1]).update(reception_rating=3, rating_missed=["cold_manner"])
    clerk = people["clerk"]
    row = Reception(clerk.staff_no, clerk.name, 2, 7, cold)
    assert row.average == 3.5
    for who in ("clerk", "efficiency_office", "main_leader"):
        assert receptions(desk.office.asker(who, at)) == [row]
    assert receptions(desk.office.asker("second_clerk", at)) == []


def test_reception_is_no_figure_where_no_clause_has_it_rated() -> None:
    desk = Desk(make_office())
    assert receptions(desk.office.asker("efficiency_office", desk.at)) is None
