"""How satisfied people were, unit by unit."""

from __future__ import annotations

import pytest

from huiyin.matters.models import Matter
from huiyin.organisation.models import Tenant
from huiyin.reports.ratings import Satisfied, satisfaction
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
