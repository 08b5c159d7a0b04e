"""A prepared query gives what the QuerySet gives, for other values each time."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.db.models import CharField, DateTimeField, Exists, OuterRef, UUIDField
from django.test.utils import CaptureQueriesContext

from huiyin.organisation.models import Absence, Appointment, Person
from huiyin.storage.prepared import Prepared, given
from tests.factories import make_office

pytestmark = pytest.mark.django_db

_AWAY = Absence.objects.filter(ends_at__gt=given("at", DateTimeField()), person_id=OuterRef("person_id"))
_BY_UNIT = Prepared(
    lambda: (
        Appointment.objects.select_related("position__unit", "person")
        .filter(tenant_id=given("tenant", UUIDField()), position__unit__code=given("unit", CharField()))
        .annotate(away=Exists(_AWAY))
        .order_by("position__code", "part")
    )
)
_NAMES = Prepared(
    lambda: (
        Person.objects.filter(tenant_id=given("tenant", UUIDField()))
        .order_by("staff_no")
        .values_list("id", "name")
    )
)


def test_rows_are_models_with_their_relations_and_annotations() -> None:
    office = make_office()
    office.absent("clerk")
    for unit in ("MZ", "ZH", "MZ"):
        found = _BY_UNIT.rows(tenant=office.tenant.id, unit=unit, at=office.at)
        expected = list(
            Appointment.objects.filter(tenant=office.tenant, position__unit__code=unit).order_by(
                "position__code", "part"
            )
        )
        assert found == expected
        assert [vars(row)["since"] for row in found] == [row.since for row in expected]
        with CaptureQueriesContext(connection) as seen:
            names = [(row.person.name, row.position.unit.code) for row in found]
        assert len(seen) == 0
        assert names == [(row.person.name, unit) for row in expected]
        assert [row.away for row in found] == [row.person == office.people["clerk"] for row in expected]


def test_values_are_tuples_of_the_office_asked_for() -> None:
    for office in (make_office("zhaogong"), make_office("other")):
        found = _NAMES.rows(tenant=office.tenant.id)
        people = Person.objects.filter(tenant=office.tenant).order_by("staff_no")
        assert found == [(one.id, one.name) for one in people]
        assert _NAMES.first(tenant=office.tenant.id) == found[0]


def test_nothing_read_is_kept() -> None:
    office = make_office()
    before = _NAMES.rows(tenant=office.tenant.id)
    Person.objects.filter(tenant=office.tenant, staff_no="1001").update(name="改名")
    assert _NAMES.rows(tenant=office.tenant.id) == [(before[0][0], "改名"), *before[1:]]


def test_nothing_found_is_none_and_a_missing_value_is_an_error() -> None:
    office = make_office()
    assert _BY_UNIT.first(tenant=office.tenant.id, unit="XX", at=datetime(2026, 1, 5, tzinfo=UTC)) is None
    with pytest.raises(KeyError):
        _NAMES.rows()
