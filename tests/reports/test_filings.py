"""What came of the filings, group by group, and what one person owed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.reports import filings, refusals
from huiyin.reports.filings import Ended
from tests.commissions import COUNTED, commission_office
from tests.factories import make_office
from tests.matters.handling import TAKEN_BACK, Desk, moment
from tests.reports.test_refusals import SINCE, UNTIL, a_year

LAWFUL = {
    "facts": "月收入9000元",
    "reasons": "收入超标",
    "legal_basis": "《社会救助暂行办法》第九条",
    "opinion": "拟不予办理",
    "phone": "13900001234",
}


@pytest.fixture
def desk(db: None) -> Desk:
    return Desk(make_office())


def figures(desk: Desk, by: str = "unit", who: str = "main_leader") -> list[Ended]:
    return filings.filings(desk.office.asker(who, desk.at), SINCE, UNTIL, by=by)


@pytest.mark.parametrize(
    ("by", "key"),
    [("unit", "MZ"), ("person", "1005"), ("item", "DB-1"), ("month", "2026-03"), ("ground", "")],
)
def test_every_group_counts_what_came_of_the_filings(desk: Desk, by: str, key: str) -> None:
    a_year(desk)
    desk.do("withdraw", desk.proposed(), who="head", reason="申请人不办了", **TAKEN_BACK)
    desk.filed()
    (one,) = figures(desk, by)
    assert one.key == key
    assert (one.proposed, one.approved, one.overturned, one.corrected, one.withdrawn, one.running) == (
        *(5, 1, 1, 1),
        *(1, 1),
    )
    # What was withdrawn before it was filed owes no filing any more.
    assert (one.filed_due, one.filed_in_time) == (4, 4)
    assert (one.signed_due, one.signed_in_time) == (0, 0)


def test_a_limit_to_file_that_passed_counts_though_nothing_was_filed(desk: Desk) -> None:
    late = desk.proposed()
    desk.proposed()
    desk.at = moment("2026-03-10 09:00")
    desk.do("file_refusal", late)
    assert [(one.filed_due, one.filed_in_time) for one in figures(desk)] == [(2, 0)]


def test_a_commissions_leaders_have_a_limit_to_sign_and_grounds(db: None) -> None:
    desk = Desk(commission_office("fagai"))
    number = desk.accepted(materials=COUNTED)
    desk.do("propose_refusal", number, ground="violates_law", importance="ordinary", **LAWFUL)
    desk.do("file_refusal", number)
    assert [(one.key, one.running, one.signed_due) for one in figures(desk, "ground")] == [
        ("violates_law", 1, 0)
    ]
    desk.do("approve_refusal", number, opinion="同意", at="2026-03-10 09:00")
    (one,) = figures(desk, "ground")
    assert (one.approved, one.signed_due, one.signed_in_time, one.filed_due) == (1, 1, 0, 0)


def test_only_the_units_that_one_answers_for_are_counted(desk: Desk) -> None:
    desk.filed()
    for who, seen in (("head", 1), ("leader_in_charge", 1), ("efficiency_office", 1), ("clerk", 0)):
        assert len(figures(desk, who=who)) == seen, who
    assert figures(desk, who="office_head") == []
    assert figures(Desk(make_office("linzhen"))) == []


def test_a_persons_filings_are_those_that_are_counted(desk: Desk) -> None:
    filed = desk.filed()
    desk.proposed()
    desk.at = moment("2026-03-10 09:00")
    running = desk.proposed()
    asker = desk.office.asker("head", desk.at)
    found = filings.filings_of(asker, desk.id("clerk"), SINCE, UNTIL)
    (counted,) = refusals.filings_by_person(asker, SINCE, UNTIL)
    assert len(found) == counted.owed
    assert [one.outcome for one in found] == ["", "missing", "early"]
    assert (found[0].number, found[2].number) == (running, filed)
    assert found[2].filed_at is not None
    assert filings.filings_of(asker, desk.id("second_clerk"), SINCE, UNTIL) == []
    assert filings.filings_of(desk.office.asker("office_head", desk.at), desk.id("clerk"), SINCE, UNTIL) == []


def test_no_record_where_the_rulebook_does_not_count_filings(db: None) -> None:
    desk = Desk(commission_office("fagai"))
    number = desk.accepted(materials=COUNTED)
    desk.do("propose_refusal", number, ground="violates_law", importance="ordinary", **LAWFUL)
    asker = desk.office.asker("main_leader", desk.at)
    assert filings.filings_of(asker, desk.id("clerk"), SINCE, UNTIL) == []


def test_the_number_of_queries_does_not_grow(desk: Desk) -> None:
    asker = desk.office.asker("main_leader", desk.at)

    def queries(ask: Callable[[], object]) -> int:
        with CaptureQueriesContext(connection) as seen:
            ask()
        return len(seen)

    def asked() -> tuple[int, int]:
        return (
            queries(lambda: filings.filings(asker, SINCE, UNTIL, by="person")),
            queries(lambda: filings.filings_of(asker, desk.id("clerk"), SINCE, UNTIL)),
        )

    desk.filed()
    before = asked()
    a_year(desk)
    assert asked() == before
    assert before[0] == 2
