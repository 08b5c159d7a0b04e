"""Refusals in figures: how filings kept their limit, and how often something is refused or corrected."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.reports import refusals
from huiyin.reports.refusals import Share
from tests.commissions import commission_office
from tests.factories import Office, make_office
from tests.matters.handling import TAKEN_BACK, Desk, moment

SINCE, UNTIL = moment("2026-01-01 00:00"), moment("2027-01-01 00:00")


@pytest.fixture
def desk(db: None) -> Desk:
    return Desk(make_office())


def figures(desk: Desk, by: str, who: str = "main_leader") -> list[tuple[str, int, int, int, int]]:
    found = refusals.shares(desk.office.asker(who, desk.at), SINCE, UNTIL, by=by)
    return [(one.key, one.decided, one.refused, one.corrected, one.overturned) for one in found]


def granted(desk: Desk) -> None:
    number = desk.accepted()
    desk.do("grant", number, reply="准予，请到窗口领取。")


def a_year(desk: Desk) -> None:
    """Two granted, one refused, one refused and corrected, one filing overturned."""
    granted(desk)
    granted(desk)
    desk.refused()
    desk.do("correct_refusal", desk.refused(), who="leader_in_charge", opinion="收入重复计算")
    desk.do("overturn_refusal", desk.filed(), opinion="收入算错了")


@pytest.mark.parametrize(
    ("by", "key"), [("unit", "MZ"), ("person", "1005"), ("item", "DB-1"), ("month", "2026-03")]
)
def test_what_is_refused_corrected_and_overturned_is_counted_by_every_group(
    desk: Desk, by: str, key: str
) -> None:
    a_year(desk)
    assert figures(desk, by) == [(key, 4, 2, 1, 1)]


def test_what_somebody_refused_stays_theirs_when_another_takes_the_matter_over(desk: Desk) -> None:
    def passed(number: str) -> None:
        desk.do("offer_handover", number, to=desk.id("second_clerk"))
        desk.do("accept_handover", number)

    refused, given = desk.refused(), desk.granted()
    passed(given)
    desk.do("deliver", given, who="second_clerk", how="in_person")
    passed(refused)
    assert figures(desk, "person") == [("1005", 2, 1, 0, 0)]
    # And what is corrected later is not charged to who came after.
    desk.do("correct_refusal", refused, who="leader_in_charge", opinion="收入重复计算")
    assert figures(desk, "person") == [("1005", 2, 1, 1, 0)]


def test_shares_come_with_what_they_are_taken_of_and_never_of_nothing() -> None:
    some = Share("MZ", "民政办", decided=4, refused=2, corrected=1, overturned=1)
    assert (some.refusal_rate, some.correction_rate) == (0.5, 2 / 3)
    none = Share("MZ", "民政办", decided=0, refused=0, corrected=0, overturned=0)
    assert (none.refusal_rate, none.correction_rate) == (None, None)


def test_nothing_of_another_office_or_out_of_the_period_is_counted(desk: Desk) -> None:
    a_year(desk)
    other = Desk(make_office("linzhen"))
    assert figures(other, "unit") == []
    early = refusals.shares(
        desk.office.asker("main_leader", desk.at), moment("2025-01-01 00:00"), SINCE, by="unit"
    )
    assert early == []


def test_a_clerk_of_another_unit_counts_nothing_of_it(desk: Desk) -> None:
    a_year(desk)
    assert figures(desk, "unit", who="office_head") == []
    assert figures(desk, "unit", who="head") == [("MZ", 4, 2, 1, 1)]


def test_the_number_of_queries_does_not_grow(desk: Desk) -> None:
    asker = desk.office.asker("main_leader", desk.at)

    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            refusals.shares(asker, SINCE, UNTIL, by="person")
            refusals.filings_by_person(asker, SINCE, UNTIL)
        return len(seen)

    desk.refused()
    before = asked()
    a_year(desk)
    assert asked() == before


def record(office: Office, at: datetime, who: str = "main_leader") -> dict[str, tuple[int, ...]]:
    rows = refusals.filings_by_person(office.asker(who, at), SINCE, UNTIL)
    return {
        row.name[:3]: (row.owed, row.in_time, row.late, row.missing, row.waived, row.running) for row in rows
    }


def test_each_persons_filings_add_up(desk: Desk) -> None:
    desk.filed()
    late = desk.proposed()
    desk.at = moment("2026-03-10 09:00")
    assert record(desk.office, desk.at) == {"卫经办": (2, 1, 0, 1, 0, 0)}
    desk.do("file_refusal", late)
    given_up = desk.proposed()
    desk.do("withdraw", given_up, who="head", reason="申请人不办了", **TAKEN_BACK)
    desk.proposed()
    assert record(desk.office, desk.at) == {"卫经办": (4, 1, 1, 0, 1, 1)}
    assert record(desk.office, desk.at, "office_head") == {}


def test_an_office_whose_rulebook_does_not_count_them_has_no_such_record(db: None) -> None:
    office = commission_office("fagai")
    assert record(office, moment("2026-03-10 09:00")) == {}
