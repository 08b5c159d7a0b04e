"""What is entered is checked before anything is written."""

from __future__ import annotations

import pytest

from huiyin.organisation import actions
from huiyin.organisation.actions import OPERATOR
from huiyin.organisation.models import Person
from huiyin.rules.errors import Invalid
from tests.factories import AT, Office

pytestmark = pytest.mark.django_db


def test_what_is_entered_is_checked(office: Office) -> None:
    with pytest.raises(Invalid) as caught:
        actions.hire(
            office.tenant, staff_no="一", name="张3", email="x", office_phone="?", by=OPERATOR, at=AT
        )
    assert set(caught.value.fields) == {"staff_no", "name", "email", "office_phone"}
    with pytest.raises(Invalid) as caught:
        actions.add_position(office.units["MZ"], code="", title="", rank="emperor", by=OPERATOR, at=AT)
    assert set(caught.value.fields) == {"code", "title", "rank"}


def test_codes_are_taken_once_per_office(office: Office) -> None:
    for call in (
        lambda: actions.add_unit(office.tenant, code="MZ", name="又", by=OPERATOR, at=AT),
        lambda: actions.add_position(
            office.units["MZ"], code="MZ01", title="又", rank="clerk", by=OPERATOR, at=AT
        ),
        lambda: actions.hire(office.tenant, staff_no="1001", name="又", by=OPERATOR, at=AT),
    ):
        with pytest.raises(Invalid, match="已被使用"):
            call()
    # The other office has all of them too.
    assert Person.objects.filter(staff_no="1001").count() == 2
