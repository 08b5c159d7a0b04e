"""Items are kept by the administrators of the office."""

from __future__ import annotations

import pytest

from huiyin.catalogue import actions
from huiyin.rules.errors import Forbidden, NotFound
from tests.factories import AT, Office

pytestmark = pytest.mark.django_db


def test_items_are_for_administrators_of_the_office(office: Office, other: Office) -> None:
    post, item = office.positions["MZ01"], office.items["DB-1"]
    for by, refusal in ((office.asker("head"), Forbidden), (other.asker("administrator"), NotFound)):
        with pytest.raises(refusal):
            actions.add_item(post, code="N", name="新", instant=True, by=by, at=AT)
        with pytest.raises(refusal):
            actions.change_item(item, fee="1元", by=by, at=AT)
    by = office.asker("administrator")
    with pytest.raises(NotFound):
        actions.change_item(item, position=other.positions["MZ01"], by=by, at=AT)
    with pytest.raises(NotFound):
        actions.add_item(post, unit=other.units["MZ"], code="N", name="新", instant=True, by=by, at=AT)
    moved = actions.change_item(item, position=office.positions["ZH01"], by=by, at=AT)
    assert moved.unit == office.units["ZH"]
