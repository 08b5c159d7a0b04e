"""Every change begins a version; every version stays readable."""

from __future__ import annotations

from datetime import timedelta

import pytest

from huiyin.catalogue import actions, queries
from huiyin.catalogue.actions import PaperSpec
from huiyin.catalogue.models import ItemVersion, Material
from huiyin.ledger.models import LedgerEvent
from huiyin.ledger.queries import verify
from huiyin.organisation.actions import OPERATOR
from huiyin.rules.errors import NotFound
from huiyin.rules.vocabulary import Limit, Unit
from tests.factories import AT, Office

pytestmark = pytest.mark.django_db

LATER = AT + timedelta(days=30)


def days(amount: int) -> Limit:
    return Limit(amount, Unit.WORKING_DAY)


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


def test_every_version_has_its_event(office: Office) -> None:
    item = actions.change_item(office.items["DB-1"], fee="1元", by=OPERATOR, at=LATER)
    events = LedgerEvent.objects.filter(subject_id=item.id).order_by("seq")
    assert [(event.room, event.kind) for event in events] == [
        ("catalogue", "item_added"),
        ("catalogue", "item_changed"),
    ]
    assert verify().ok
