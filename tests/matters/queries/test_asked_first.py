"""What somebody still follows; the number of queries does not grow with the lists."""

from __future__ import annotations

from dataclasses import replace

from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.matters import actions, queries
from huiyin.matters.actions import By, Request
from huiyin.matters.steps import Paper
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
        found = queries.unanswered(office.asker("main_leader"))
        assert [one.settled for one in found] == [False] * there, rulebook
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
            queries.unreviewed(asker)
        counted.append(len(found))
    assert counted[0] == counted[1]


def test_applications_nobody_looked_at_are_listed_oldest_first_with_what_they_wait_for(db: None) -> None:
    for rulebook, there in (("township", True), ("company", True), ("commission", False)):
        office = make_office(rulebook, rulebook=rulebook)
        by = By(office.asker("clerk"), office.at, "1")
        asked = Request(kind="application", channel="phone", item="DB-1", applicant_name="王小明")
        missing = Paper("收入证明", present=False, problem="没有带来")
        first, second, third = (actions.register(replace(by, key=f"{one}"), asked).number for one in range(3))
        actions.check_materials(replace(by, key="c"), second, found=(missing,))
        everything = tuple(Paper(name, present=True, pages=1) for name in ("居民户口簿", "收入证明"))
        actions.check_materials(replace(by, key="d"), third, found=everything)
        found = [(one.matter.number, one.looked_at) for one in queries.unreviewed(office.asker("clerk"))]
        assert found == ([(first, False), (second, True)] if there else []), rulebook
        assert queries.unreviewed(office.asker("administrator")) == []
