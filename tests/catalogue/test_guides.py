"""Guides, versions, and the public list."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.catalogue import actions, queries
from huiyin.organisation.actions import OPERATOR
from huiyin.rules.errors import NotFound
from huiyin.rules.vocabulary import Limit, Unit
from tests.factories import AT, Office

pytestmark = pytest.mark.django_db


def test_an_item_taken_off_the_list_is_nobodys(office: Office) -> None:
    actions.change_item(office.items["DB-1"], active=False, by=OPERATOR, at=AT)
    assert queries.whose(office.asker("receptionist"), "最低生活") == []
    with pytest.raises(NotFound):
        queries.item(office.tenant.id, "DB-1")


def test_a_guide_has_everything_the_public_needs(office: Office) -> None:
    guide = queries.guide(office.tenant.id, "DB-1")
    assert guide.limit == guide.committed == Limit(10, Unit.WORKING_DAY)
    assert guide.statutory == Limit(20, Unit.WORKING_DAY)
    assert [(p.order, p.name, p.copies, p.original, p.required) for p in guide.materials] == [
        (1, "居民户口簿", 1, True, True),
        (2, "收入证明", 1, False, True),
        (3, "近期照片", 2, False, False),
    ]
    assert (guide.place, guide.complaint_phone) == (office.positions["MZ01"].place, "0571-88881111")
    instant = queries.guide(office.tenant.id, "ZM-1")
    assert (instant.limit, instant.instant) == (None, True)


def test_what_is_not_public_is_not_found_by_the_public(office: Office) -> None:
    actions.change_item(office.items["ZM-1"], open_to_public=False, by=OPERATOR, at=AT)
    with pytest.raises(NotFound):
        queries.guide(office.tenant.id, "ZM-1")
    assert queries.guide(office.tenant.id, "ZM-1", public=False).code == "ZM-1"
    assert [item.code for item in queries.public_items(office.tenant.id)] == ["DB-1"]


def test_public_items_cost_two_queries_with_their_materials(office: Office) -> None:
    with CaptureQueriesContext(connection) as seen:
        names = [
            (item.name, [paper.name for paper in item.materials.all()])
            for item in queries.public_items(office.tenant.id)
        ]
    assert len(names) == 2
    assert len(seen) == 2


def test_another_offices_item_is_like_none(office: Office, other: Office) -> None:
    strange = other.items["DB-1"]
    with pytest.raises(NotFound):
        queries.item_by_id(office.asker("administrator"), strange.id)
    with pytest.raises(NotFound):
        queries.item_version(office.tenant.id, strange.id, 1)
    assert queries.item_version(other.tenant.id, strange.id, 1).code == "DB-1"
