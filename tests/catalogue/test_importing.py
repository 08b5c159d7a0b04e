"""Items and materials from one workbook: all of it, or nothing."""

from __future__ import annotations

import pytest

from huiyin.catalogue import queries
from huiyin.catalogue.actions import import_items
from huiyin.catalogue.models import ItemVersion, Material, ServiceItem
from huiyin.ledger.models import LedgerEvent
from huiyin.ledger.queries import verify
from huiyin.rules.errors import Forbidden, NotFound
from huiyin.rules.vocabulary import Limit, Unit
from tests.catalogue.files import MATERIALS, Grid, counts, load, sheets
from tests.factories import AT, Office

pytestmark = pytest.mark.django_db


def test_a_workbook_becomes_a_catalogue(office: Office) -> None:
    report = load(office, sheets(office))
    assert (report.errors, counts(report), report.ignored) == ([], (5, 5, 0, 0), [])
    guide = queries.guide(office.tenant.id, "JZ-1")
    assert (guide.statutory, guide.committed) == (Limit(20, Unit.WORKING_DAY), Limit(10, Unit.WORKING_DAY))
    assert guide.unit == office.units["MZ"].name
    assert [(p.name, p.copies, p.original, p.required) for p in guide.materials] == [
        ("申请书", 1, True, True),
        ("身份证", 2, False, False),
    ]
    instant = queries.guide(office.tenant.id, "11330100002489", public=False)
    assert (instant.instant, instant.open_to_public, len(instant.materials)) == (True, False, 1)
    assert ItemVersion.objects.filter(tenant=office.tenant, item__code="JZ-1").count() == 1


def test_the_same_file_again_changes_nothing(office: Office) -> None:
    load(office, sheets(office))
    before = LedgerEvent.objects.count(), ItemVersion.objects.count()
    assert counts(load(office, sheets(office), days=9)) == (5, 0, 0, 5)
    assert (LedgerEvent.objects.count(), ItemVersion.objects.count()) == before


def test_a_dry_run_writes_nothing(office: Office) -> None:
    before = ServiceItem.objects.count(), LedgerEvent.objects.count()
    assert counts(load(office, sheets(office), dry_run=True)) == (5, 5, 0, 0)
    assert (ServiceItem.objects.count(), LedgerEvent.objects.count()) == before


def test_changes_begin_versions_of_just_these_items(office: Office) -> None:
    load(office, sheets(office))
    papers: Grid = [
        MATERIALS[0],
        ["JZ-1", "身份证", 1, "复印件", "容缺"],
        ["JZ-1", "收入证明", 1, "原件", ""],
        MATERIALS[-1],
    ]
    report = load(office, sheets(office, materials=papers), days=1)
    assert counts(report) == (5, 1, 2, 2)  # a paper new; a paper and its item changed
    item = queries.item(office.tenant.id, "JZ-1")
    assert item.version == 2
    assert [p.name for p in queries.guide(office.tenant.id, "JZ-1").materials] == ["身份证", "收入证明"]
    assert [p.name for p in queries.item_version(office.tenant.id, item.id, 1).materials] == [
        "申请书",
        "身份证",
    ]
    assert queries.guide(office.tenant.id, "11330100002489", public=False).version == 1
    assert verify().ok


def test_without_the_sheet_materials_they_stay(office: Office) -> None:
    load(office, sheets(office))
    report = load(office, sheets(office, materials=None))
    assert counts(report) == (2, 0, 0, 2)
    assert Material.objects.filter(item__code="JZ-1").count() == 2


def test_only_administrators_of_the_office_import(office: Office, other: Office) -> None:
    data = sheets(office)
    with pytest.raises(Forbidden):
        import_items(office.tenant, data, dry_run=True, at=AT, by=office.asker("head"))
    with pytest.raises(NotFound):
        import_items(office.tenant, data, dry_run=True, at=AT, by=other.asker("administrator"))
