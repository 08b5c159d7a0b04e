"""Joint matters: each unit on its own clock, nobody told before all have answered or kept silent."""

from __future__ import annotations

import pytest

from huiyin.rules import events as e
from huiyin.rules import joint
from huiyin.rules.docket import Docket, Law, follow, run_out
from huiyin.rules.errors import Unlawful
from huiyin.rules.vocabulary import Finding, Outcome
from tests.rules.happenings import COLLEAGUE, LAW, LEADER, after, application, at, enquiry, happen, without

FIRST = happen(e.UnitConsulted, "2026-03-02T11:00")
SECOND = happen(e.UnitConsulted, "2026-03-03T09:00", ordinal=2, unit="other", to=LEADER)
CLAUSE = "p4.first-responder.2.5"


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
