"""A receipt says what will happen by when, and never the day of the review as the finishing day."""

from __future__ import annotations

from huiyin.documents.contents import Receipt
from huiyin.matters import queries
from huiyin.matters.queries.receipts import NOBODY
from huiyin.rules.vocabulary import Limit, Unit
from tests.matters.handling import COMPLETE, Desk, moment


def receipt(desk: Desk, number: str) -> Receipt:
    url = f"https://a.example/zhaogong/t/{number}"
    return queries.receipt_of(desk.matter(number), desk.at, track_url=url)


def test_before_acceptance_it_says_when_that_is_decided_and_how_long_it_takes_from_then(desk: Desk) -> None:
    found = receipt(desk, desk.register())
    assert found.review_until == moment("2026-03-09 17:30")
    assert found.limit == Limit(10, Unit.WORKING_DAY)
    assert found.due_at is None


def test_after_acceptance_it_says_the_finishing_day(desk: Desk) -> None:
    found = receipt(desk, desk.accepted())
    assert (found.review_until, found.due_at) == (None, moment("2026-03-16 17:30"))
    assert found.limit == Limit(10, Unit.WORKING_DAY)


def test_an_enquiry_has_its_own_limit_and_no_review(desk: Desk) -> None:
    found = receipt(desk, desk.enquiry())
    assert found.review_until is None
    assert found.due_at is not None
    assert found.applicant_masked == NOBODY
    assert found.item == "问低保"
    named = queries.receipt_of(desk.matter(found.number), desk.at, track_url=found.track_url, enquiry="咨询")
    assert named.item == "咨询"


def test_it_masks_the_applicant_and_lists_what_came_in(desk: Desk) -> None:
    number = desk.register(materials=COMPLETE)
    found = receipt(desk, number)
    assert found.applicant_masked == "王**"
    assert [(row.name, row.original) for row in found.materials] == [
        ("居民户口簿", True),
        ("收入证明", False),
    ]
    assert found.event_hash == queries.timeline(desk.matter(number))[-1].hash


def test_whoever_has_custody_is_named_with_their_own_unit_phone_and_window(desk: Desk) -> None:
    number = desk.register("receptionist")
    hall = desk.office.positions["ZH01"]
    found = receipt(desk, number).handler
    assert (found.unit, found.phone, found.window) == (hall.unit.name, hall.phone, hall.place)
    # Negative control: with the clerk of the item's position it is that position's.
    post = desk.office.positions["MZ01"]
    found = receipt(desk, desk.register()).handler
    assert (found.unit, found.phone, found.window) == (post.unit.name, post.phone, post.place)
