"""Looking through what is brought: in the same sitting, and only where a clause says so."""

from __future__ import annotations

import pytest

from huiyin.rules import events as e
from huiyin.rules import examining
from huiyin.rules.docket import Docket, Law, follow, run_out
from huiyin.rules.events import Channel
from huiyin.rules.rulebook import load
from huiyin.rules.vocabulary import Finding, Outcome
from huiyin.rules.workdays import load_calendar
from tests.rules.happenings import CLERK, COLLEAGUE, LAW, application, at, happen

SPOT = Law(load("headquarters"), load_calendar())
CLAUSE = "p2.one-time-notice.2.a"
LOOKED = [happen(kind, "2026-03-02T15:00") for kind in (e.MaterialsChecked, e.NoticeIssued)]


def brought(law: Law = SPOT, channel: Channel = Channel.COUNTER) -> Docket:
    return follow(None, application(channel=channel), law).docket


def sittings(docket: Docket) -> list[tuple[str, Outcome | None]]:
    return [(one.bearer, one.outcome) for one in docket.owed if one.what == examining.EXAMINE]


@pytest.mark.parametrize("channel", [one for one in Channel if one is not Channel.COUNTER])
def test_only_who_stands_at_the_counter_can_be_told_on_the_spot(channel: Channel) -> None:
    assert sittings(brought()) == [(CLERK, None)]
    assert sittings(brought(channel=channel)) == []


def test_where_no_clause_says_so_nothing_is_owed_and_nothing_found() -> None:
    assert sittings(brought(LAW)) == []
    assert run_out(brought(LAW), at("2026-03-04T09:00"), LAW).findings == ()


@pytest.mark.parametrize("event", LOOKED)
def test_looking_through_the_papers_ends_the_sitting(event: e.Event) -> None:
    looked = follow(brought(), event, SPOT)
    assert sittings(looked.docket) == [(CLERK, Outcome.ON_TIME)]
    assert looked.findings == ()


def test_a_look_after_the_sitting_is_found_once_against_whoever_owed_it() -> None:
    offered = follow(brought(), happen(e.HandoverOffered, "2026-03-02T11:30"), SPOT).docket
    taken = happen(e.HandoverAccepted, "2026-03-02T11:40", actor=COLLEAGUE)
    later = happen(e.MaterialsChecked, "2026-03-03T09:00", actor=COLLEAGUE)
    passed = follow(follow(offered, taken, SPOT).docket, later, SPOT)
    assert sittings(passed.docket) == [(COLLEAGUE, Outcome.LATE)]
    assert passed.findings == (Finding("examined_late", CLAUSE, at("2026-03-02T17:30"), COLLEAGUE),)
    assert follow(passed.docket, happen(e.MaterialsChecked, "2026-03-04T09:00"), SPOT).findings == ()


def test_who_takes_the_papers_back_waits_for_nobody() -> None:
    gone = follow(brought(), happen(e.Withdrawn, "2026-03-02T11:30"), SPOT)
    assert sittings(gone.docket) == [(CLERK, Outcome.WAIVED)]


def test_papers_found_incomplete_at_the_counter_open_a_notice() -> None:
    law = Law(load("commission"), load_calendar())
    lacking = happen(e.MaterialsChecked, "2026-03-02T11:00")
    found = follow(brought(law), lacking, law).docket
    [owed] = [one for one in found.owed if one.what == examining.NOTIFY]
    assert (owed.clause, owed.due) == ("p3.time-limit.3.c", at("2026-03-02T17:30"))
    told = follow(found, happen(e.NoticeIssued, "2026-03-02T12:00"), law)
    assert [one.outcome is None for one in told.docket.owed if one.what == examining.NOTIFY] == [False]
    late = follow(found, happen(e.NoticeIssued, "2026-03-03T10:00"), law)
    assert [one.clause for one in late.findings if one.what == "untold"] == ["p3.time-limit.3.c"]


def test_one_silence_about_what_came_by_post_is_found_once() -> None:
    law = Law(load("commission"), load_calendar())
    found = follow(brought(law, Channel.ONLINE), happen(e.MaterialsChecked, "2026-03-03T09:00"), law)
    passed = run_out(found.docket, at("2026-03-10T09:00"), law)
    assert [one.what for one in passed.findings] == ["overdue"]


def test_whoever_was_told_once_is_owed_no_other_notice_and_a_whole_file_none() -> None:
    law = Law(load("commission"), load_calendar())
    whole = follow(brought(law), happen(e.MaterialsChecked, "2026-03-02T11:00", complete=True), law).docket
    told = follow(brought(law), happen(e.NoticeIssued, "2026-03-02T11:00"), law).docket
    brought_back = follow(told, happen(e.SupplementReceived, "2026-03-03T11:00"), law).docket
    again = follow(brought_back, happen(e.MaterialsChecked, "2026-03-03T12:00"), law).docket
    assert [one for docket in (whole, again) for one in docket.owed if one.what == examining.NOTIFY] == []
