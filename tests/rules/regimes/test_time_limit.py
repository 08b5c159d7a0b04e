"""Time limits: which limit applies, who may give more, and what ends each clock."""

from __future__ import annotations

import pytest

from huiyin.rules import events as e
from huiyin.rules.lifecycle import State, advance, begin
from huiyin.rules.regimes import time_limit as regime
from huiyin.rules.rulebook import Rulebook
from huiyin.rules.vocabulary import (
    Consequence,
    Discharge,
    Duty,
    ExtendClock,
    Finding,
    Limit,
    PauseClock,
    ResumeClock,
    Unit,
)
from tests.rules.happenings import (
    BOOK,
    CLERK,
    LEADER,
    MAIN_LEADER,
    MORE,
    application,
    at,
    enquiry,
    happen,
    without,
)

ACCEPTED = happen(e.ApplicationAccepted)
ASKED_MORE = happen(e.ExtensionRequested)
GAVE_MORE = happen(e.ExtensionApproved, actor=MAIN_LEADER)
NOW = Limit(0, Unit.AT_ONCE)
PROMISED, BY_LAW = Limit(10, Unit.WORKING_DAY), Limit(15, Unit.WORKING_DAY)


def days(amount: int) -> Limit:
    return Limit(amount, Unit.WORKING_DAY)


def state(*events: e.Event, first: e.Registered | None = None) -> State:
    found = begin(first or application())
    for event in events:
        found = advance(found, event)
    return found


def objections(before: State | None, event: e.Event, book: Rulebook = BOOK) -> list[tuple[str, str]]:
    return [(one.code, one.clause) for one in regime.objections(before, event, book)]


def follows(before: State, event: e.Event, book: Rulebook = BOOK) -> list[Consequence]:
    return list(regime.consequences(before, event, advance(before, event), book))


def born(event: e.Registered, book: Rulebook = BOOK) -> list[Consequence]:
    return list(regime.consequences(None, event, begin(event), book))


@pytest.mark.parametrize(
    ("asked", "clause", "limit"),
    [
        (enquiry(answer_at_once=True), "p4.time-limit.5.a", NOW),
        (enquiry(urgency=e.Urgency.URGENT), "p4.time-limit.5.b", days(1)),
        (enquiry(), "p4.time-limit.5.b", days(2)),
        (enquiry(urgency=e.Urgency.LOW), "p4.time-limit.5.b", days(3)),
    ],
)
def test_an_enquiry_is_answered_at_once_or_by_its_urgency(
    asked: e.Registered, clause: str, limit: Limit
) -> None:
    assert born(asked) == [Duty("answer", clause, CLERK, asked.at, limit)]
    assert born(asked, without(clause)) == []


def test_an_application_is_not_yet_owed_a_decision() -> None:
    assert born(application()) == []


@pytest.mark.parametrize(
    ("asked", "clause", "limit"),
    [
        (application(instant=True, committed=PROMISED), "p4.time-limit.1.b", NOW),
        (application(committed=PROMISED, statutory=BY_LAW), "p4.time-limit.2", PROMISED),
        (application(statutory=BY_LAW), "p4.time-limit.2", BY_LAW),
        (application(), "law.licensing.42.1", days(20)),
    ],
)
def test_the_most_specific_limit_applies(asked: e.Registered, clause: str, limit: Limit) -> None:
    duty = Duty("decide", clause, CLERK, ACCEPTED.at, limit, once=True)
    found = follows(state(first=asked), ACCEPTED)
    assert [one for one in found if isinstance(one, Duty)] == [duty]


def test_what_is_instant_waits_for_no_procedure() -> None:
    here = state(ACCEPTED, first=application(instant=True))
    pausing = happen(e.SpecialProcedureStarted)
    assert objections(here, pausing) == [("instant_no_pause", "p4.time-limit.1.b")]
    assert objections(here, pausing, without("at_once")) == []
    assert objections(state(ACCEPTED), pausing) == []


def test_an_instant_item_left_open_is_found_under_its_own_clause() -> None:
    here, passed = state(ACCEPTED, first=application(instant=True)), happen(e.LimitPassed)
    assert follows(here, passed) == [Finding("left_open", "p4.service-commitment.5.a", passed.at, CLERK)]
    assert follows(here, passed, without("left_open")) == [
        Finding("overdue", "p4.time-limit.8.a", passed.at, CLERK)
    ]


def test_without_the_specific_clause_the_next_applies_and_without_any_none() -> None:
    both = application(instant=True, committed=PROMISED)
    chosen = [
        follows(state(first=both), ACCEPTED, without(*gone))
        for gone in (
            ["p4.time-limit.1.b"],
            ["p4.time-limit.1.b", "p4.time-limit.2"],
            ["p4.time-limit.1.b", "p4.time-limit.2", "law.licensing.42.1"],
        )
    ]
    clauses = [[one.clause for one in found if isinstance(one, Duty)] for found in chosen]
    assert clauses == [["p4.time-limit.2"], ["law.licensing.42.1"], []]


def test_an_overturned_refusal_starts_deciding_afresh_only_where_it_had_begun() -> None:
    refusing = happen(e.RefusalProposed), happen(e.RefusalFiled)
    overturned = happen(e.RefusalOverturned, "2026-03-05T10:00", actor=LEADER)
    assert follows(state(ACCEPTED, *refusing), overturned) == [
        Discharge("decide", overturned.at, waived=True),
        Duty("decide", "law.licensing.42.1", CLERK, overturned.at, days(20), once=True),
    ]
    assert follows(state(*refusing), overturned) == []


def test_a_special_procedure_stops_the_clock_and_its_end_starts_it() -> None:
    stopped, ended = happen(e.SpecialProcedureStarted), happen(e.SpecialProcedureEnded)
    assert follows(state(ACCEPTED), stopped) == [
        PauseClock("decide", "hearing", stopped.at, 5),
        # It has to be over when the applicant was told that it would be.
        Duty("end_procedure", "law.licensing.45", CLERK, stopped.at, days(5)),
    ]
    assert follows(state(ACCEPTED, stopped), ended) == [
        ResumeClock("decide", ended.at),
        Discharge("end_procedure", ended.at),
    ]


def test_only_a_procedure_that_the_law_names_stops_a_clock() -> None:
    named = ["hearing", "tender", "auction", "inspection", "testing"]
    named += ["quarantine", "appraisal", "expert_review"]
    for one in named:
        assert objections(state(ACCEPTED), happen(e.SpecialProcedureStarted, procedure=one)) == []
    meeting = happen(e.SpecialProcedureStarted, procedure="meeting")
    assert objections(state(ACCEPTED), meeting) == [("no_such_procedure", "law.licensing.45")]
    # Where the law names none, none stops a clock.
    silent = without("law.licensing.45")
    assert objections(state(ACCEPTED), meeting, silent) == [("not_regulated", "")]


def test_an_extension_lengthens_the_clock() -> None:
    asked = state(ACCEPTED, ASKED_MORE)
    longer = ExtendClock("decide", MORE, GAVE_MORE.at, "")
    assert follows(asked, GAVE_MORE) == [longer]
    told = happen(e.ExtensionTold)
    assert follows(advance(asked, GAVE_MORE), told) == [Discharge("tell_extension", told.at)]


def test_asking_or_being_refused_changes_no_clock() -> None:
    assert follows(state(ACCEPTED), ASKED_MORE) == []
    refused = happen(e.ExtensionRefused, actor=MAIN_LEADER)
    assert follows(state(ACCEPTED, ASKED_MORE), refused) == []


def test_only_the_leader_named_by_the_rulebook_gives_more_time() -> None:
    by_deputy = happen(e.ExtensionApproved, actor=LEADER, level="leader_in_charge")
    asked = state(ACCEPTED, ASKED_MORE)
    assert objections(asked, GAVE_MORE) == []
    assert objections(asked, by_deputy) == [("wrong_approver", "p4.time-limit.8.b")]
    assert objections(asked, by_deputy, without("p4.time-limit.8.b")) == []


@pytest.mark.parametrize(
    ("limit", "allowed"),
    [
        (days(10), True),
        (days(11), False),
        (Limit(1, Unit.MONTH), False),
        (Limit(5, Unit.CALENDAR_DAY), False),
    ],
)
def test_an_extension_stays_within_the_laws_cap(limit: Limit, *, allowed: bool) -> None:
    asked = happen(e.ExtensionRequested, limit=limit)
    found = list(regime.objections(state(ACCEPTED), asked, BOOK))
    assert [(one.code, one.clause, one.params) for one in found] == (
        [] if allowed else [("extension_too_long", "law.licensing.42.1.b", {"amount": 10})]
    )
    assert objections(state(ACCEPTED), asked, without("law.licensing.42.1.b", "house.extension")) == []


def test_time_is_extended_once() -> None:
    extended = state(ACCEPTED, ASKED_MORE, GAVE_MORE, happen(e.ExtensionTold))
    assert objections(extended, ASKED_MORE) == [("extended", "law.licensing.42.1.b")]
    assert objections(extended, ASKED_MORE, without("law.licensing.42.1.b")) == []


def test_a_limit_that_passed_is_a_finding_against_its_bearer() -> None:
    passed = happen(e.LimitPassed, "2026-03-31T17:30", actor="system")
    found = [Finding("overdue", "p4.time-limit.8.a", at("2026-03-31T17:30"), CLERK)]
    assert follows(state(ACCEPTED), passed) == found
    assert follows(state(ACCEPTED), passed, without("p4.time-limit.8.a")) == []


def test_a_decision_ends_deciding_and_starts_delivering() -> None:
    granted, delivered = happen(e.Granted), happen(e.Delivered)
    deliver = Duty("deliver", "law.licensing.44", CLERK, granted.at, days(10))
    assert follows(state(ACCEPTED), granted) == [Discharge("decide", granted.at), deliver]
    bare = follows(state(ACCEPTED), granted, without("law.licensing.44"))
    assert bare == [Discharge("decide", granted.at)]
    assert follows(state(ACCEPTED, granted), delivered) == [Discharge("deliver", delivered.at)]


def test_a_refusal_is_delivered_within_the_same_limit() -> None:
    signed = happen(e.RefusalApproved, actor=LEADER)
    refused = happen(e.Refused)
    before = state(ACCEPTED, happen(e.RefusalProposed), happen(e.RefusalFiled), signed)
    deliver = Duty("deliver", "law.licensing.44", CLERK, refused.at, days(10))
    assert follows(before, refused) == [Discharge("decide", refused.at), deliver]


def test_an_answer_ends_answering() -> None:
    answered = happen(e.Answered)
    assert follows(state(first=enquiry()), answered) == [Discharge("answer", answered.at)]


def test_a_withdrawal_waives_what_was_still_to_be_decided() -> None:
    gone = happen(e.Withdrawn)
    assert follows(state(ACCEPTED), gone) == [
        Discharge(what, gone.at, waived=True)
        for what in ("answer", "decide", "tell_extension", "end_procedure")
    ]
