"""Items one at a time."""

from __future__ import annotations

from datetime import timedelta

import pytest

from huiyin.catalogue import actions, queries
from huiyin.catalogue.actions import PaperSpec
from huiyin.catalogue.models import ItemVersion
from huiyin.catalogue.stages import Step
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


def test_a_step_names_the_post_that_signs_it_by_its_title_or_code(office: Office) -> None:
    item, head = office.items["DB-1"], office.positions["MZ00"]
    named = [Step("审核", days(2), head.title), Step("签发", days(3), "LD02"), Step("发证", days(1))]
    actions.change_item(item, steps=named, by=OPERATOR, at=LATER)
    guide = queries.guide(office.tenant.id, "DB-1")
    assert [one.post for one in guide.steps] == ["MZ00", "LD02", ""]
    known = queries.steps_of({(item.id, guide.version), (item.id, 1)})
    assert (known[item.id, guide.version], known[item.id, 1]) == (guide.steps, ())
    with pytest.raises(Invalid) as caught:
        actions.change_item(item, steps=[Step("审核", days(2), "没有的岗")], by=OPERATOR, at=LATER)
    assert set(caught.value.fields) == {"steps"}


@pytest.mark.parametrize(
    ("code", "name", "field"), [("DB-1", "又", "code"), ("", "名", "code"), ("N", " ", "name")]
)
def test_codes_and_names(office: Office, code: str, name: str, field: str) -> None:
    with pytest.raises(Invalid) as caught:
        actions.add_item(office.positions["MZ01"], code=code, name=name, instant=True, by=OPERATOR, at=AT)
    assert set(caught.value.fields) == {field}
