"""How people and positions sound is kept with them."""

from __future__ import annotations

import pytest

from huiyin.organisation import actions
from huiyin.storage import spelling
from huiyin.storage.models import Spelling
from tests.factories import AT, make_office

pytestmark = pytest.mark.django_db


def test_people_and_positions_are_found_as_soon_as_they_are_there() -> None:
    office = make_office()
    person = actions.hire(office.tenant, staff_no="77", name="解一鸣", by=actions.OPERATOR, at=AT)
    post = actions.add_position(
        office.units["MZ"],
        code="X9",
        title="殡葬岗",
        rank="clerk",
        duties="公墓审批",
        by=actions.OPERATOR,
        at=AT,
    )
    assert set(spelling.sounding(office.tenant.id, "xieym")) == {("person", person.id)}
    assert set(spelling.sounding(office.tenant.id, "binz")) == {("position", post.id)}
    assert set(spelling.sounding(office.tenant.id, "gongmu")) == {("position", post.id)}


def test_all_can_be_made_again() -> None:
    office = make_office()
    kept = set(Spelling.objects.exclude(kind="item").values_list("subject_id", "initials", "readings"))
    Spelling.objects.all().delete()
    told: list[int] = []
    assert actions.rename_all(office.tenant, told.append) == sum(told) == 20
    assert set(Spelling.objects.values_list("subject_id", "initials", "readings")) == kept
