"""What has run out, for whoever is over it: longest first, with what may be invoked, and nobody else's."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.matters import actions, queries
from huiyin.matters.steps import Paper
from tests.factories import make_office
from tests.matters.handling import COMPLETE, Desk, moment

LATE = moment("2026-03-20 09:00")
COUNTED = tuple(replace(one, pages=2) for one in COMPLETE)


def seen(desk: Desk, who: str, **page: int) -> list[str]:
    rows, _ = queries.overdue(desk.office.asker(who, LATE), LATE, **page)
    return [row.number for row in rows]


def test_longest_first_for_who_is_over_it(desk: Desk) -> None:
    later = desk.accepted()
    earlier = desk.enquiry(urgency="urgent")
    for who in ("head", "leader_in_charge", "main_leader", "efficiency_office"):
        assert seen(desk, who) == [earlier, later]
    assert seen(desk, "office_head") == []
    (first, second), more = queries.overdue(desk.office.asker("head", LATE), LATE)
    assert not more
    assert first.minutes_left < second.minutes_left < 0
    assert (second.what, second.bearer) == ("decide", desk.office.people["clerk"].name)
    assert [clause.id for clause in second.grounds] == ["p4.time-limit.end"]
    assert (second.reminded, second.explained) == (0, False)


def test_what_is_paused_done_or_runs_is_not_overdue(desk: Desk) -> None:
    paused, done = desk.accepted(), desk.accepted()
    desk.do("pause", paused, procedure="hearing", planned_days=30, basis="听证")
    desk.do("grant", done, reply="准予。")
    desk.do("deliver", done, how="in_person")
    assert seen(desk, "head") == []


def test_what_was_told_and_explained_is_counted(desk: Desk) -> None:
    number = desk.accepted()
    actions.remind(LATE)
    desk.do("explain_overrun", number, at="2026-03-20 08:59", reason="等批复")
    (row,), _ = queries.overdue(desk.office.asker("head", LATE), LATE)
    assert row.reminded == 4
    assert row.explained


def test_nothing_is_offered_against_oneself(desk: Desk) -> None:
    number = desk.accepted()
    desk.do("offer_handover", number, to=desk.id("head"), reason="由科长办")
    desk.do("accept_handover", number, who="head")
    (own,), _ = queries.overdue(desk.office.asker("head", LATE), LATE)
    (over,), _ = queries.overdue(desk.office.asker("main_leader", LATE), LATE)
    assert (own.own, own.grounds) == (True, [])
    assert over.grounds


@pytest.mark.parametrize(
    ("rulebook", "item", "grounds", "explained"),
    [
        ("company", "ZM-1", ["p1.time-limit.5.a", "p1.time-limit.end"], None),
        ("headquarters", "DB-1", ["p2.time-limit.12.b"], False),
        ("commission", "DB-1", ["p3.time-limit.4.a", "p3.time-limit.5"], False),
    ],
)
def test_each_profile_offers_its_own(
    desk: Desk, rulebook: str, item: str, grounds: list[str], explained: bool | None
) -> None:
    other = Desk(make_office("beihe", rulebook=rulebook, at=desk.office.at))
    papers = COUNTED if item == "DB-1" else (Paper("居民身份证", present=True, pages=1),)
    number = other.accepted(item=item, materials=papers)
    rows, _ = queries.overdue(other.office.asker("head", LATE), LATE)
    assert [row.number for row in rows] == [number]
    assert [clause.id for clause in rows[0].grounds] == grounds
    assert rows[0].explained is explained


def test_where_nobody_is_served_nobody_is_told_why(desk: Desk) -> None:
    served, task = desk.enquiry(), desk.given()
    rows, _ = queries.overdue(desk.office.asker("main_leader", LATE), LATE)
    assert {row.number: row.explained for row in rows} == {served: False, task: None}


def test_page_by_page_in_as_many_queries(desk: Desk) -> None:
    numbers = [desk.accepted() for _ in range(3)]

    def counted(limit: int) -> int:
        with CaptureQueriesContext(connection) as asked:
            found = queries.overdue(head, LATE, limit=limit)
        assert len(found[0]) == limit
        return len(asked)

    head = desk.office.asker("head", LATE)
    assert counted(1) == counted(3)
    assert seen(desk, "head", offset=1, limit=1) == [numbers[1]]
    assert queries.overdue(head, LATE, offset=1, limit=1)[1]
