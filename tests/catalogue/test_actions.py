"""Items one at a time: limits, versions, papers."""

from __future__ import annotations

from datetime import timedelta

import pytest

from huiyin.catalogue import actions, queries
from huiyin.catalogue.actions import PaperSpec
from huiyin.catalogue.models import ItemVersion, Material
from huiyin.ledger.models import LedgerEvent
from huiyin.ledger.queries import verify
from huiyin.organisation.actions import OPERATOR
from huiyin.rules.errors import Forbidden, Invalid, NotFound
from huiyin.rules.vocabulary import Limit, Unit
from tests.factories import AT, Office, make_office

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=30)


@pytest.fixture
def office() -> Office:
    return make_office("zhaogong")


def days(amount: int) -> Limit:
    return Limit(amount, Unit.WORKING_DAY)


@pytest.mark.parametrize(
    ("statutory", "committed", "clause"),
    [
        (days(20), days(20), "p3.service-commitment.2.2.c"),
        (days(20), days(21), "p3.service-commitment.2.2.c"),
        (None, None, "p3.service-commitment.2.2.a"),
    ],
)
def test_limits_that_are_refused(
    office: Office, statutory: Limit | None, committed: Limit | None, clause: str
) -> None:
    with pytest.raises(Invalid) as caught:
        actions.add_item(
            office.positions["MZ01"], code="N", name="新事项", statutory=statutory, committed=committed,
            by=OPERATOR, at=AT,
        )  # fmt: skip
    assert (caught.value.clause, caught.value.code) == (clause, "limits")


@pytest.mark.parametrize(
    ("statutory", "committed"),
    [(days(20), days(19)), (days(20), None), (None, days(5)), (days(20), Limit(25, Unit.CALENDAR_DAY))],
)
def test_limits_that_pass(office: Office, statutory: Limit | None, committed: Limit | None) -> None:
    item = actions.add_item(
        office.positions["MZ01"],
        code="N",
        name="新",
        statutory=statutory,
        committed=committed,
        by=OPERATOR,
        at=AT,
    )
    assert queries.limits_of(item) == (statutory, committed)
    item.refresh_from_db()
    assert queries.limits_of(item) == (statutory, committed)


def test_a_change_begins_a_version_and_the_old_one_stays_readable(office: Office) -> None:
    item = office.items["DB-1"]
    changed = actions.change_item(
        item,
        name="低保申请",
        committed=days(8),
        materials=[PaperSpec("居民户口簿", original=True), PaperSpec("授权书")],
        by=OPERATOR,
        at=LATER,
    )
    assert changed.version == 2
    old, new = (queries.item_version(office.tenant.id, item.id, version) for version in (1, 2))
    assert (old.name, old.committed, len(old.materials)) == (item.name, days(10), 3)
    assert (new.name, new.committed, [p.name for p in new.materials]) == (
        "低保申请",
        days(8),
        ["居民户口簿", "授权书"],
    )
    assert new.materials[0].id == old.materials[0].id
    assert ItemVersion.objects.get(item=item, version=2).since == LATER
    assert not Material.objects.filter(item=item, name="近期照片").exists()
    with pytest.raises(NotFound):
        queries.item_version(office.tenant.id, item.id, 3)


def test_a_change_that_changes_nothing_makes_no_version(office: Office) -> None:
    before = LedgerEvent.objects.count()
    item = actions.change_item(office.items["DB-1"], fee="不收费", committed=days(10), by=OPERATOR, at=LATER)
    assert item.version == 1
    assert LedgerEvent.objects.count() == before


def test_a_refused_change_leaves_everything(office: Office) -> None:
    item = office.items["DB-1"]
    with pytest.raises(Invalid):
        actions.change_item(item, materials=[PaperSpec("甲"), PaperSpec("甲 ")], by=OPERATOR, at=LATER)
    with pytest.raises(Invalid):
        actions.change_item(item, statutory=days(5), by=OPERATOR, at=LATER)
    assert len(queries.guide(office.tenant.id, "DB-1").materials) == 3
    assert ItemVersion.objects.filter(item=item).count() == 1


def test_items_are_for_administrators_of_the_office(office: Office) -> None:
    other = make_office("other")
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


@pytest.mark.parametrize(
    ("code", "name", "field"), [("DB-1", "又", "code"), ("", "名", "code"), ("N", " ", "name")]
)
def test_codes_and_names(office: Office, code: str, name: str, field: str) -> None:
    with pytest.raises(Invalid) as caught:
        actions.add_item(office.positions["MZ01"], code=code, name=name, instant=True, by=OPERATOR, at=AT)
    assert set(caught.value.fields) == {field}


def test_every_version_has_its_event(office: Office) -> None:
    item = actions.change_item(office.items["DB-1"], fee="1元", by=OPERATOR, at=LATER)
    events = LedgerEvent.objects.filter(subject_id=item.id).order_by("seq")
    assert [(event.room, event.kind) for event in events] == [
        ("catalogue", "item_added"),
        ("catalogue", "item_changed"),
    ]
    assert verify().ok
