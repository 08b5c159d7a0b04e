"""What hangs where, since when until when, and whether it still holds."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from huiyin.catalogue import actions, queries
from huiyin.catalogue.models import Commitment, GuideGiven, Posting
from huiyin.rules.errors import Forbidden, Invalid, NotFound, Unlawful
from huiyin.rules.workdays import SHANGHAI
from tests.catalogue.test_commitments import draft, publish
from tests.factories import AT, Office, make_office

pytestmark = pytest.mark.django_db

TODAY = AT.astimezone(SHANGHAI).date()
LATER = AT + timedelta(days=7)


def board(office: Office, row: Commitment, day: date = TODAY, who: str = "clerk") -> Posting:
    return actions.post_board(row, place=f"一楼{office.canary}", day=day, by=office.asker(who), at=AT)


def test_a_board_is_outdated_once_the_commitment_is_another(office: Office) -> None:
    hung = board(office, publish(office, draft(office)))
    assert [row.id for row in queries.hanging(office.tenant.id)] == [hung.id]
    assert not queries.is_outdated(queries.posting(office.asker("clerk"), hung.id))
    publish(office, draft(office, {"duties": "改"}))
    found = queries.posting(office.asker("clerk"), hung.id)
    assert queries.is_outdated(found)
    down = actions.take_down(found, day=LATER.date(), by=office.asker("clerk", LATER), at=LATER)
    assert down.until == LATER.date()
    assert list(queries.hanging(office.tenant.id)) == []
    with pytest.raises(Unlawful):
        actions.take_down(found, day=LATER.date(), by=office.asker("clerk", LATER), at=LATER)


@pytest.mark.parametrize(("place", "days", "field"), [(" ", 0, "place"), ("墙", 1, "day"), ("墙", -1, "day")])
def test_a_posting_has_a_place_and_a_day_that_can_be(
    office: Office, place: str, days: int, field: str
) -> None:
    row = publish(office, draft(office))
    with pytest.raises(Invalid) as caught:
        actions.post_board(
            row, place=place, day=TODAY + timedelta(days=days), by=office.asker("clerk"), at=AT
        )
    assert set(caught.value.fields) == {field}
    assert not Posting.objects.exists()


def test_only_what_is_published_hangs(office: Office) -> None:
    with pytest.raises(Unlawful):
        board(office, draft(office))


def test_who_says_where_it_hangs(office: Office, other: Office) -> None:
    row = publish(office, draft(office))
    with pytest.raises(Forbidden):
        board(office, row, who="receptionist")
    with pytest.raises(NotFound):
        actions.post_board(row, place="墙", day=TODAY, by=other.asker("clerk"), at=AT)
    hung = board(office, row, who="office_head")
    with pytest.raises(NotFound):
        queries.posting(other.asker("clerk"), hung.id)
    with pytest.raises(Invalid):
        actions.take_down(hung, day=TODAY - timedelta(days=1), by=office.asker("clerk"), at=AT)


def test_a_guide_on_the_wall_is_outdated_by_the_next_version(office: Office) -> None:
    item, by = office.items["DB-1"], office.asker("clerk")
    hung = actions.post_guide(item, place="大厅", day=TODAY, by=by, at=AT)
    assert [row.id for row in queries.postings_of(by, item_id=item.id)] == [hung.id]
    actions.change_item(item, fee="1元", by=office.asker("administrator"), at=LATER)
    assert queries.is_outdated(queries.posting(by, hung.id))


def test_a_guide_is_given_with_its_version_or_not_at_all(other: Office) -> None:
    office, township = make_office("weiju", rulebook="commission"), other
    given = actions.give_guide(office.items["DB-1"], by=office.asker("clerk"), at=AT, number="WEIJ-1")
    assert (given.version, given.number) == (1, "WEIJ-1")
    assert queries.guides_given(office.asker("clerk")) == [given]
    assert queries.guides_given(township.asker("clerk")) == []
    with pytest.raises(Unlawful) as caught:
        actions.give_guide(township.items["DB-1"], by=township.asker("clerk"), at=AT)
    assert caught.value.code == "not_regulated"
    closed = actions.change_item(office.items["DB-1"], active=False, by=office.asker("administrator"), at=AT)
    with pytest.raises(Unlawful):
        actions.give_guide(closed, by=office.asker("clerk"), at=AT)
    with pytest.raises(Unlawful):
        actions.post_guide(closed, place="墙", day=TODAY, by=office.asker("clerk"), at=AT)
    assert GuideGiven.objects.count() == 1
