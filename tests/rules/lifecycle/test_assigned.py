"""Given, done and struck off; and reports, which those they are against have no part in."""

from __future__ import annotations

import pytest

from huiyin.rules import events as e
from huiyin.rules.errors import Unlawful
from huiyin.rules.lifecycle import Stage, State, advance, begin
from tests.rules.happenings import CLERK, COLLEAGUE, LEADER, MAIN_LEADER, at, happen, report, task
from tests.rules.lifecycle.ways import CLOSED, OFFERED, refused

FINISHED = happen(e.Finished, "2026-03-04T09:00")
SIGNED = happen(e.SignedOff, "2026-03-05T09:00", LEADER)


def given(first: e.Registered, *events: e.Event) -> State:
    found = begin(first)
    for event in events:
        found = advance(found, event)
    return found


def test_the_leader_was_told_once_the_first_report_went_there() -> None:
    silent = given(task(), happen(e.ProgressReported))
    assert silent.leader_told_at is None
    first = happen(e.ProgressReported, "2026-03-03T09:00", to=(LEADER,))
    later = happen(e.ProgressReported, "2026-03-03T10:00", to=(LEADER,))
    assert advance(advance(silent, first), later).leader_told_at == first.at


def test_a_task_is_done_by_one_and_struck_off_by_another() -> None:
    done = given(task(), happen(e.ProgressReported), FINISHED)
    assert (done.stage, done.outcome, done.decided_at) == (Stage.FINISHED, "done", FINISHED.at)
    ended = advance(done, SIGNED)
    assert (ended.stage, ended.outcome, ended.closed_at) == (Stage.CLOSED, "done", SIGNED.at)


def test_what_is_not_done_goes_on() -> None:
    again = given(task(), FINISHED, happen(e.SentBack, actor=LEADER))
    assert (again.stage, again.outcome, again.decided_at) == (Stage.IN_HAND, "", None)
    assert advance(again, FINISHED).stage is Stage.FINISHED


@pytest.mark.parametrize("event", [e.SignedOff, e.SentBack])
def test_nobody_judges_their_own_work(event: type[e.Event]) -> None:
    done = given(task(), FINISHED)
    assert refused(done, happen(event, actor=CLERK)).code == "own_matter"
    assert refused(done, happen(event, actor=COLLEAGUE, acting_for=CLERK)).code == "own_matter"


def test_nothing_is_struck_off_in_between() -> None:
    assert refused(given(task(), FINISHED, OFFERED), SIGNED).code == "handover_pending"
    asked = given(task(), happen(e.ExtensionRequested))
    assert refused(asked, FINISHED).code == "extension_pending"
    more = advance(asked, happen(e.ExtensionApproved, actor=MAIN_LEADER))
    assert refused(advance(more, FINISHED), SIGNED).code == "extension_untold"


def test_the_first_answer_to_the_superior_is_the_one_that_counts() -> None:
    first, second = (happen(e.SuperiorAnswered, f"2026-03-0{day}T09:00") for day in (3, 4))
    assert given(task(source="superior_decision"), first, second).superior_answered_at == first.at


def test_a_report_is_looked_into_and_its_answer_leaves_the_outcome() -> None:
    looked = happen(e.Concluded, "2026-03-04T09:00", outcome="partly")
    answered = given(report(), looked, happen(e.Answered, "2026-03-05T09:00"))
    assert (answered.stage, answered.outcome, answered.decided_at) == (Stage.ANSWERED, "partly", looked.at)
    assert advance(answered, happen(e.Closed, "2026-03-06T09:00")).closed_at == at("2026-03-06T09:00")
    assert refused(given(report()), CLOSED).code == "not_now"
    assert refused(given(report()), happen(e.Concluded, outcome="done")).code == "no_such_outcome"
    asked = given(report(), happen(e.ExtensionRequested))
    assert refused(asked, looked).code == "extension_pending"


def test_nobody_takes_a_report_back() -> None:
    assert refused(given(report()), happen(e.Withdrawn)).code == "not_now"


@pytest.mark.parametrize(
    "event",
    [
        happen(e.HandoverOffered, to=COLLEAGUE),
        happen(e.CustodyAssigned, to=COLLEAGUE),
        happen(e.Concluded, actor=COLLEAGUE),
        happen(e.Concluded, actor=CLERK, acting_for=COLLEAGUE),
        happen(e.AccusedNamed, accused=(CLERK,)),
    ],
)
def test_whom_a_report_is_against_has_no_part_in_it(event: e.Event) -> None:
    assert refused(given(report()), event).code == "accused"


def test_no_report_begins_with_whom_it_is_against() -> None:
    with pytest.raises(Unlawful) as caught:
        begin(report(custodian=COLLEAGUE))
    assert caught.value.code == "accused"


def test_whoever_turns_out_to_be_accused_is_out_from_then_on() -> None:
    # Negative control: before they are named they may take it over.
    assert given(report(accused=()), OFFERED).offered_to == COLLEAGUE
    named = given(report(accused=()), happen(e.AccusedNamed, accused=(COLLEAGUE, LEADER)))
    assert named.accused == (COLLEAGUE, LEADER)
    assert refused(named, OFFERED).code == "accused"
    assert refused(given(report(accused=()), OFFERED), happen(e.AccusedNamed)).code == "accused"
    assert given(report(), happen(e.AccusedNamed)).accused == (COLLEAGUE,)
