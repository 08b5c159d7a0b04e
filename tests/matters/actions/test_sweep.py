"""Passed limits are found by the index, noted once, and never on a paused clock."""

from __future__ import annotations

from datetime import timedelta

from huiyin.matters import actions
from huiyin.obligations import queries as duties
from tests.matters.handling import Desk, moment


def test_a_passed_limit_is_noted_once(desk: Desk) -> None:
    number = desk.enquiry()
    due = desk.clocks(number)["answer-1"].due_at
    assert actions.note_limits_passed(due) == 0
    assert actions.note_limits_passed(due + timedelta(seconds=1)) == 1
    assert actions.note_limits_passed(due + timedelta(days=9)) == 0
    assert desk.kinds(number).count("limit.passed") == 1
    (finding,) = duties.findings_of(desk.matter(number).id)
    assert (finding.what, finding.found_at, finding.against_id) == ("overdue", due, desk.id("clerk"))


def test_a_paused_clock_does_not_run_out(desk: Desk) -> None:
    number = desk.accepted()
    desk.do("pause", number, procedure="hearing", planned_days=1, basis="听证")
    assert actions.note_limits_passed(moment("2026-12-01 09:00")) == 0
    desk.do("resume", number, at="2026-04-01 09:00")
    assert actions.note_limits_passed(moment("2026-12-01 09:00")) == 1


def test_a_sweep_stops_where_it_is_told_and_goes_on(desk: Desk) -> None:
    for _ in range(3):
        desk.enquiry()
    late = moment("2026-03-20 09:00")
    assert [actions.note_limits_passed(late, limit=2), actions.note_limits_passed(late, limit=2)] == [2, 1]
    assert actions.note_limits_passed(late) == 0


def test_what_ended_in_time_is_left_alone(desk: Desk) -> None:
    number = desk.enquiry()
    desk.do("answer", number, reply="请来窗口。")
    assert actions.note_limits_passed(moment("2026-12-01 09:00")) == 0
