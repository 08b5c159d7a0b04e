"""Joint matters: each unit on its own clock, nobody told before all have answered or kept silent."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.rules import events as e
from huiyin.rules import joint
from huiyin.rules.clocks import Clock
from huiyin.rules.docket import Docket, Law, Owed, _settle, _within, follow, run_out
from huiyin.rules.errors import Unlawful
from huiyin.rules.vocabulary import ExtendClock, Finding, Limit, Outcome, Unit
from tests.rules.happenings import COLLEAGUE, LAW, LEADER, after, application, at, enquiry, happen, without

FIRST = happen(e.UnitConsulted, "2026-03-02T11:00")
SECOND = happen(e.UnitConsulted, "2026-03-03T09:00", ordinal=2, unit="other", to=LEADER)
CLAUSE = "p4.first-responder.2.5"
LEAVE = LAW.book.value(joint.LIMIT, "leave_minutes", at("2026-03-02T10:00").date())


def asked() -> Docket:
    return after(application(), FIRST, SECOND)


def answered(ordinal: int, when: str) -> e.UnitAnswered:
    return happen(e.UnitAnswered, when, COLLEAGUE, ordinal=ordinal)


def test_each_unit_has_a_clock_of_its_own() -> None:
    clocks = {one.key: (one.bearer, one.due) for one in asked().owed if one.what == joint.CONSULT}
    assert clocks == {
        "consult-1": (COLLEAGUE, at("2026-03-04T17:30")),
        "consult-2": (LEADER, at("2026-03-05T17:30")),
    }


@pytest.mark.parametrize("telling", [e.NoticeIssued, e.ApplicationAccepted, e.RefusalProposed])
def test_nobody_is_told_before_all_have_answered(telling: type[e.Event]) -> None:
    half = follow(asked(), answered(1, "2026-03-03T10:00"), LAW).docket
    with pytest.raises(Unlawful) as caught:
        follow(half, happen(telling, "2026-03-03T11:00"), LAW)
    assert (caught.value.code, caught.value.clause) == ("consult_pending", CLAUSE)
    whole = follow(half, answered(2, "2026-03-03T12:00"), LAW).docket
    assert follow(whole, happen(telling, "2026-03-03T13:00"), LAW).events


def test_an_answer_ends_the_clock_of_its_own_unit_alone() -> None:
    half = follow(asked(), answered(2, "2026-03-03T10:00"), LAW).docket
    ended = {one.key: one.outcome for one in half.owed if one.what == joint.CONSULT}
    assert ended == {"consult-1": None, "consult-2": Outcome.EARLY}


def test_silence_is_found_once_and_lets_the_lead_unit_go_on_and_a_late_answer_is_kept() -> None:
    came = run_out(asked(), at("2026-03-06T09:00"), LAW)
    assert came.findings == (
        Finding("consult_silent", CLAUSE, at("2026-03-04T17:30"), COLLEAGUE),
        Finding("consult_silent", CLAUSE, at("2026-03-05T17:30"), LEADER),
    )
    told = follow(came.docket, happen(e.NoticeIssued, "2026-03-06T10:00"), LAW).docket
    late = follow(told, answered(1, "2026-03-06T11:00"), LAW).docket
    assert [one.outcome for one in late.owed if one.key == "consult-1"] == [Outcome.LATE]


def test_the_end_sets_aside_what_was_gone_on_without() -> None:
    gone = follow(asked(), happen(e.Withdrawn, "2026-03-03T10:00"), LAW).docket
    assert {one.outcome for one in gone.owed if one.what == joint.CONSULT} == {Outcome.WAIVED}


def test_where_no_clause_speaks_of_joint_matters_nobody_is_asked() -> None:
    law = Law(without(CLAUSE), LAW.calendar)
    with pytest.raises(Unlawful) as caught:
        follow(after(enquiry(), law=law), FIRST, law)
    assert caught.value.code == "not_regulated"


def consult_of(docket: Docket) -> list[datetime]:
    return [one.due for one in docket.owed if one.what == joint.CONSULT]


def test_a_unit_answers_while_there_is_time_to_tell_before_the_review_ends() -> None:
    friday = happen(e.UnitConsulted, "2026-03-06T10:00")
    docket = after(application("2026-03-02T10:00"), friday)
    # Half a working day before the review ends, not on the day after it.
    assert consult_of(docket) == [at("2026-03-09T11:30")]
    silent = follow(docket, happen(e.NoticeIssued, "2026-03-09T14:00"), LAW)
    assert [one.what for one in silent.findings] == ["consult_silent"]
    assert silent.docket.state.deemed_at is None
    with pytest.raises(Unlawful):
        follow(docket, happen(e.NoticeIssued, "2026-03-09T11:00"), LAW)


@pytest.mark.parametrize(("asked_at", "lawful"), [("2026-03-09T10:00", True), ("2026-03-09T11:30", False)])
def test_nobody_is_asked_when_no_time_to_answer_is_left(asked_at: str, *, lawful: bool) -> None:
    docket = after(application("2026-03-02T10:00"))
    asking = happen(e.UnitConsulted, asked_at)
    if lawful:
        assert consult_of(follow(docket, asking, LAW).docket) == [at("2026-03-09T11:30")]
        return
    with pytest.raises(Unlawful) as caught:
        follow(docket, asking, LAW)
    assert (caught.value.code, caught.value.clause) == ("no_time_to_consult", "house.consulting")


@given(asked_after=st.integers(0, 9 * 24 * 60), more=st.integers(0, 20))
def test_no_clock_of_a_unit_outlives_the_matters_own(asked_after: int, more: int) -> None:
    moment = at("2026-03-02T10:00") + timedelta(minutes=asked_after)
    docket = after(enquiry("2026-03-02T10:00", urgency=e.Urgency.NORMAL))
    if more:
        docket = _extended(docket, more)
    own = LAW.reckon(Clock(moment, LAW.book.limit(joint.LIMIT, moment.date()))).due
    outer = _main(docket)
    asking = happen(e.UnitConsulted, moment)
    if moment <= outer.due and LAW.calendar.count_minutes(moment, outer.due) <= LEAVE:
        with pytest.raises(Unlawful, match="会商的时间"):
            follow(docket, asking, LAW)
        return
    docket = follow(docket, asking, LAW).docket
    (due,) = consult_of(docket)
    if moment > outer.due:
        assert due == own
        return
    assert due == own or (LAW.calendar.count_minutes(due, outer.due) == LEAVE and due < own)
    assert moment < due < outer.due
    if not more:
        # More time for the matter is more time for who was asked, up to their own limit.
        longer = consult_of(_extended(docket, 20))[0]
        assert longer == own >= due


def _main(docket: Docket) -> Owed:
    (found,) = [one for one in docket.owed if one.what == "answer"]
    return found


def _extended(docket: Docket, amount: int) -> Docket:
    change = ExtendClock("answer", Limit(amount, Unit.WORKING_DAY), at("2026-03-02T10:00"), "d")
    return replace(docket, owed=_within(_settle(docket.owed, change, LAW), LAW))
