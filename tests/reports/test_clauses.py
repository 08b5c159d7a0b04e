"""How clauses fare: counted from duties and findings of the matters one may see, in two queries."""

from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries

from huiyin.matters import actions
from huiyin.reports import clauses
from huiyin.reports.clauses import Figures
from tests.factories import make_office
from tests.matters.handling import TAKEN_BACK, Desk, moment
from tests.supervision.actions.test_handling import broken

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return Desk(make_office())


def test_duties_are_counted_as_met_late_or_open(
    desk: Desk, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    other = Desk(make_office("beitang"))
    other.enquiry()
    first, late, _ = desk.enquiry(), desk.enquiry(), desk.enquiry()
    desk.do("report_progress", first, at="2026-03-04 09:30", words="要到县里核实", how="phone")
    desk.do("answer", first, at="2026-03-04 10:00", reply="带户口簿来窗口。")
    desk.do("report_progress", late, at="2026-03-06 09:30", words="要到县里核实", how="phone")
    desk.do("answer", late, at="2026-03-06 10:00", reply="带户口簿来窗口。")
    actions.note_limits_passed(moment("2026-03-06 10:01"))
    asker = desk.office.asker("efficiency_office", desk.at)
    with django_assert_num_queries(2):
        found = clauses.figures(asker)
    assert found["p4.time-limit.5.b"] == Figures(applied=3, met=1, late=2, open=1)
    assert found["p4.time-limit.8.a"].findings == 2
    assert found["p4.time-limit.5.b"].share_met == pytest.approx(1 / 3)


def test_what_was_set_aside_is_neither_met_nor_late(desk: Desk) -> None:
    number = desk.accepted()
    desk.do("withdraw", number, reason="不办了", **TAKEN_BACK)
    found = clauses.figures(desk.office.asker("efficiency_office", desk.at), ["p4.time-limit.2"])
    assert found["p4.time-limit.2"] == Figures(applied=1)
    assert found["p4.time-limit.2"].share_met is None
    assert list(found) == ["p4.time-limit.2"]


def test_the_last_matters_come_first(desk: Desk, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    numbers = [desk.enquiry() for _ in range(4)]
    asker = desk.office.asker("efficiency_office", desk.at)
    with django_assert_num_queries(3):
        rows = clauses.applied_to(asker, "p4.time-limit.5.b", most=3)
    assert [row.number for row in rows] == numbers[:0:-1]
    assert {(row.what, row.outcome) for row in rows} == {("answer", "")}
    assert clauses.applied_to(asker, "p4.assessment.1") == []


def test_a_promise_found_broken_counts_for_who_reads_the_book() -> None:
    commission = make_office("weiju", rulebook="commission")
    row = broken(commission)
    clause = row.breach.clause
    assert clauses.figures(commission.asker("main_leader"))[clause].findings == 1
    for key in ("clerk", "leader_in_charge"):
        assert clause not in clauses.figures(commission.asker(key))
