"""What whoever receives people has at hand."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.catalogue.models import ServiceItem
from huiyin.catalogue.queries import at_hand
from tests.factories import make_office

pytestmark = pytest.mark.django_db


def test_guides_and_duties_hold_every_word_and_cost_the_same_whatever_is_found() -> None:
    office = make_office(rulebook="commission")
    clerk, stranger = (office.asker(who, office.at) for who in ("clerk", "receptionist"))
    (found,) = at_hand(stranger, "收入 户口簿")
    assert (found.kind, found.item_id, found.duties) == ("guide", office.items["DB-1"].id, "")
    assert found.materials == ("居民户口簿", "收入证明", "近期照片")
    assert [one.title for one in at_hand(stranger, "救助经办岗的职责")] == [office.positions["MZ02"].title]
    with CaptureQueriesContext(connection) as many:
        assert len(at_hand(clerk)) == 5
    with CaptureQueriesContext(connection) as few:
        assert len(at_hand(clerk, "身份证")) == 1
    assert len(few) == len(many)
    ServiceItem.objects.filter(id=office.items["DB-1"].id).update(active=False)
    assert at_hand(stranger, "收入证明") == []


def test_nothing_is_at_hand_where_no_clause_asks_for_it_nor_of_another_office() -> None:
    commission, township = make_office(rulebook="commission"), make_office("other")
    assert at_hand(township.asker("clerk", township.at)) == []
    assert at_hand(commission.asker("clerk", commission.at), township.canary) == []
