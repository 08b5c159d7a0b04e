"""What somebody still follows; the number of queries does not grow with the lists."""

from __future__ import annotations

from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.matters import actions, queries
from huiyin.matters.actions import By, Request
from tests.factories import Office, make_office

ASKED = Request(
    kind="enquiry",
    channel="counter",
    summary="问救助",
    applicant_name="王小明",
    applicant_phone="13900001234",
)


def handed_over(office: Office, *keys: str) -> None:
    for key in keys:
        number = actions.register(By(office.asker("receptionist"), office.at, key), ASKED).number
        clerk = office.people["clerk"].id
        actions.offer_handover(By(office.asker("receptionist"), office.at, f"{key}o"), number, to=clerk)
        actions.accept_handover(By(office.asker("clerk"), office.at, f"{key}a"), number)


def test_it_stays_with_who_was_asked_where_the_rulebook_says_so(db: None) -> None:
    for rulebook, there in (("township", 1), ("company", 1), ("headquarters", 0), ("commission", 0)):
        office = make_office(rulebook, rulebook=rulebook)
        handed_over(office, "1")
        assert len(queries.followed(office.asker("receptionist"))) == there, rulebook
        assert queries.followed(office.asker("clerk")) == []


def test_what_nobody_answered_is_listed_where_none_may_be_ignored(db: None) -> None:
    for rulebook, there in (("township", 1), ("company", 1), ("headquarters", 0)):
        office = make_office(rulebook, rulebook=rulebook)
        handed_over(office, "1")
        assert len(queries.unanswered(office.asker("main_leader"))) == there, rulebook
        assert queries.unanswered(office.asker("head")) == []


def test_longer_lists_take_no_more_queries(office: Office) -> None:
    counted = []
    for keys in (("1",), ("2", "3", "4")):
        handed_over(office, *keys)
        asker = office.asker("receptionist")
        with CaptureQueriesContext(
            connection,
        ) as found:
            queries.followed(asker)
            queries.unanswered(asker)
        counted.append(len(found))
    assert counted[0] == counted[1]
