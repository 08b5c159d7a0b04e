"""How items sound is kept with them, and follows their name."""

from __future__ import annotations

import pytest

from huiyin.catalogue import actions
from huiyin.organisation.actions import OPERATOR
from huiyin.storage import spelling
from huiyin.storage.models import Spelling
from tests.factories import AT, make_office

pytestmark = pytest.mark.django_db


def test_a_renamed_item_is_found_by_its_new_name_alone() -> None:
    office = make_office()
    item = office.items["ZM-1"]
    assert ("item", item.id) in spelling.sounding(office.tenant.id, "juzhuzm")
    actions.change_item(item, name="殡葬补贴", by=OPERATOR, at=AT)
    assert ("item", item.id) not in spelling.sounding(office.tenant.id, "juzhuzm")
    assert ("item", item.id) in spelling.sounding(office.tenant.id, "bzbt")


def test_all_items_can_be_named_again() -> None:
    office = make_office()
    Spelling.objects.all().delete()
    assert actions.name_all_items(office.tenant) == 2
    assert set(spelling.sounding(office.tenant.id, "zdsh")) == {("item", office.items["DB-1"].id)}
