"""Items one at a time."""

from __future__ import annotations

from datetime import timedelta

import pytest

from huiyin.catalogue import actions, queries
from huiyin.catalogue.actions import PaperSpec
from huiyin.catalogue.models import ItemVersion
from huiyin.organisation.actions import OPERATOR
from huiyin.rules.errors import Invalid
from huiyin.rules.vocabulary import Limit, Unit
from tests.factories import AT, Office

pytestmark = pytest.mark.django_db

LATER = AT + timedelta(days=30)


def days(amount: int) -> Limit:
    return Limit(amount, Unit.WORKING_DAY)


def test_a_refused_change_leaves_everything(office: Office) -> None:
    item = office.items["DB-1"]
    with pytest.raises(Invalid):
        actions.change_item(item, materials=[PaperSpec("甲"), PaperSpec("甲 ")], by=OPERATOR, at=LATER)
    with pytest.raises(Invalid):
        actions.change_item(item, statutory=days(5), by=OPERATOR, at=LATER)
    assert len(queries.guide(office.tenant.id, "DB-1").materials) == 3
    assert ItemVersion.objects.filter(item=item).count() == 1


@pytest.mark.parametrize(
    ("code", "name", "field"), [("DB-1", "又", "code"), ("", "名", "code"), ("N", " ", "name")]
)
def test_codes_and_names(office: Office, code: str, name: str, field: str) -> None:
    with pytest.raises(Invalid) as caught:
        actions.add_item(office.positions["MZ01"], code=code, name=name, instant=True, by=OPERATOR, at=AT)
    assert set(caught.value.fields) == {field}
