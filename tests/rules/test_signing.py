"""Each step of an approval on its own clock, and only where a clause asks for it."""

from __future__ import annotations

import pytest

from huiyin.rules import events as e
from huiyin.rules import signing
from huiyin.rules.docket import Docket, Law, follow, run_out
from huiyin.rules.errors import Unlawful
from huiyin.rules.rulebook import load
from huiyin.rules.vocabulary import Finding, Limit, Outcome, Unit
from huiyin.rules.workdays import load_calendar
from tests.rules.happenings import CLERK, LAW, LEADER, application, at, happen

STEPPED = Law(load("commission"), load_calendar())
CLAUSE = "p3.service-commitment.2.2.b"
DAY = Limit(1, Unit.WORKING_DAY)


def begun(when: str = "2026-03-02T11:10", number: int = 1, to: str = LEADER) -> e.StepBegun:
    return happen(e.StepBegun, when, number=number, to=to, limit=DAY)


def waiting() -> Docket:
    docket = None
    days = Limit(9, Unit.WORKING_DAY)
    for event in (
        application(committed=days, channel="online"),
        happen(e.ApplicationAccepted, "2026-03-02T11:00"),
        begun(),
    ):
        docket = follow(docket, event, STEPPED).docket
    assert docket is not None
    return docket


def approved_online() -> e.Registered:
    return application(committed=Limit(9, Unit.WORKING_DAY), channel="online", approval=True)


def steps(docket: Docket) -> list[tuple[str, Outcome | None]]:
    return [(one.bearer, one.outcome) for one in docket.owed if one.what == signing.SIGN]


def test_a_step_runs_before_whoever_signs_it_and_the_next_after_it() -> None:
    (first,) = (one for one in waiting().owed if one.what == signing.SIGN)
    assert (first.bearer, first.clause, first.due) == (LEADER, CLAUSE, at("2026-03-03T17:30"))
    signed = follow(waiting(), happen(e.StepSigned, "2026-03-02T15:00", LEADER), STEPPED).docket
    assert signing.following(signed.owed) == 2
    after = follow(signed, begun("2026-03-02T15:00", 2, CLERK), STEPPED).docket
    assert steps(after) == [(LEADER, Outcome.EARLY), (CLERK, None)]
    assert signing.numbered(after.owed) == [("sign_step-1", 1), ("sign_step-2", 2)]


def test_what_ran_out_is_found_once_and_may_still_be_signed() -> None:
    came = run_out(waiting(), at("2026-03-04T09:00"), STEPPED)
    assert came.findings == (Finding("step_unsigned", CLAUSE, at("2026-03-03T17:30"), LEADER),)
    late = follow(came.docket, happen(e.StepSigned, "2026-03-04T10:00", LEADER), STEPPED)
    assert (steps(late.docket), late.findings) == ([(LEADER, Outcome.LATE)], ())


@pytest.mark.parametrize("ending", [e.Granted, e.Withdrawn, e.RefusalProposed])
def test_with_the_decision_nothing_is_left_to_sign_and_a_step_set_aside_is_asked_again(
    ending: type[e.Event],
) -> None:
    # Whatever else the commission asks of a refusal is not what this is about.
    over = follow(waiting(), happen(ending, "2026-03-02T16:00"), STEPPED, forgiven=[]).docket
    assert steps(over) == [(LEADER, Outcome.WAIVED)]
    assert signing.following(over.owed) == 1


def test_a_special_procedure_stops_the_step_too() -> None:
    paused = follow(
        waiting(), happen(e.SpecialProcedureStarted, "2026-03-03T10:00", planned_days=5), STEPPED
    ).docket
    assert run_out(paused, at("2026-03-05T09:00"), STEPPED).findings == ()
    again = follow(paused, happen(e.SpecialProcedureEnded, "2026-03-05T10:00"), STEPPED).docket
    (step,) = (one for one in again.owed if one.what == signing.SIGN)
    assert step.due > at("2026-03-05T10:00")


def test_what_is_told_too_late_of_what_silence_took_on_stops_no_signing() -> None:
    came = run_out(follow(None, approved_online(), STEPPED).docket, at("2026-03-10T09:00"), STEPPED).docket
    signing_it = follow(came, begun("2026-03-10T09:00"), STEPPED).docket
    told = follow(signing_it, happen(e.NoticeIssued, "2026-03-10T10:00", ordinal=1, missing=1), STEPPED)
    assert steps(told.docket) == [(LEADER, None)]
    earlier = follow(waiting(), happen(e.RefusalProposed, "2026-03-02T16:00"), STEPPED, forgiven=[]).docket
    assert steps(earlier) == [(LEADER, Outcome.WAIVED)]


def test_under_a_regulation_that_asks_for_none_a_step_that_began_is_no_duty() -> None:
    docket = follow(None, application(), LAW).docket
    docket = follow(docket, happen(e.ApplicationAccepted, "2026-03-02T11:00"), LAW).docket
    forgiven: list[tuple[str, str]] = []
    assert steps(follow(docket, begun(), LAW, forgiven=forgiven).docket) == []
    assert forgiven == [("not_regulated", "")]


def test_nobody_signs_what_does_not_wait_nor_where_no_clause_says_so() -> None:
    signed = follow(waiting(), happen(e.StepSigned, "2026-03-02T15:00", LEADER), STEPPED).docket
    with pytest.raises(Unlawful) as caught:
        follow(signed, happen(e.StepSigned, "2026-03-02T15:01", LEADER), STEPPED)
    assert (caught.value.code, caught.value.clause) == ("nothing_to_sign", CLAUSE)
    docket = follow(None, application(), LAW).docket
    docket = follow(docket, happen(e.ApplicationAccepted, "2026-03-02T11:00"), LAW).docket
    with pytest.raises(Unlawful) as caught:
        follow(docket, begun(), LAW)
    assert caught.value.code == "not_regulated"


def test_passed_on_it_lies_before_another_on_the_same_clock() -> None:
    before = next(one for one in waiting().owed if one.what == "sign_step")
    docket = follow(
        waiting(), happen(e.StepPassed, "2026-03-02T15:00", e.SYSTEM, number=1, to="x"), STEPPED
    ).docket
    after = next(one for one in docket.owed if one.what == "sign_step")
    assert (after.bearer, after.due) == ("x", before.due)
    # Nothing else goes along.
    others = {one.what: one.bearer for one in docket.owed if one.what != "sign_step"}
    assert "x" not in others.values()
