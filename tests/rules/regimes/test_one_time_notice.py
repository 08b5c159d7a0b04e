"""One-time notice: in writing, once, and within the review's limit."""

from __future__ import annotations

from dataclasses import replace

import pytest

from huiyin.rules import events as e
from huiyin.rules.lifecycle import State, advance, begin
from huiyin.rules.regimes import one_time_notice as regime
from huiyin.rules.rulebook import Rulebook
from huiyin.rules.vocabulary import Consequence, Discharge, Duty, Finding, Limit, Reopen, Unit
from tests.rules.happenings import BOOK, CLERK, COLLEAGUE, LEADER, application, enquiry, happen, without

NOTICED = happen(e.NoticeIssued)
SUPPLEMENTED = happen(e.SupplementReceived)
ORAL = happen(e.NoticeIssued, form="oral", told_digest="f" * 64)


def state(*events: e.Event, channel: e.Channel = e.Channel.COUNTER) -> State:
    found = begin(application(channel=channel))
    for event in events:
        found = advance(found, event)
    return found


def follows(before: State, event: e.Event, book: Rulebook = BOOK) -> list[Consequence]:
    return list(regime.consequences(before, event, advance(before, event), book))


def review(event: e.Event) -> Duty:
    return Duty("review", "law.licensing.32.4", CLERK, event.at, Limit(5, Unit.WORKING_DAY))


def test_an_applications_review_starts_on_receipt_and_an_enquirys_never() -> None:
    asked, question = application(), enquiry()
    assert list(regime.consequences(None, asked, begin(asked), BOOK)) == [review(asked)]
    assert list(regime.consequences(None, question, begin(question), BOOK)) == []


def test_a_notice_ends_the_review_and_a_whole_file_starts_it_again() -> None:
    assert follows(state(), NOTICED) == [Discharge("review", NOTICED.at)]
    assert follows(state(NOTICED), SUPPLEMENTED) == [review(SUPPLEMENTED)]


def test_a_second_notice_is_a_finding_and_stops_no_clock() -> None:
    again = happen(e.NoticeIssued, ordinal=2)
    found = [Finding("second_notice", "p4.one-time-notice.4", again.at, CLERK)]
    assert follows(state(NOTICED, SUPPLEMENTED), again) == found


def test_a_second_notice_is_held_against_the_one_whose_duty_it_was() -> None:
    again = happen(e.NoticeIssued, ordinal=2, acting_for=COLLEAGUE)
    (found,) = follows(state(NOTICED, SUPPLEMENTED), again)
    assert isinstance(found, Finding)
    assert found.against == COLLEAGUE


def test_the_first_notice_after_silence_is_late_and_the_next_one_is_one_too_many() -> None:
    silent = state(happen(e.DeemedAccepted))
    (late,) = follows(silent, NOTICED)
    assert late == Finding("late_notice", "law.licensing.32.4.b", NOTICED.at, CLERK)
    (again,) = follows(advance(silent, NOTICED), happen(e.NoticeIssued, ordinal=2))
    assert isinstance(again, Finding)
    assert again.what == "second_notice"


def test_a_supplement_after_silence_starts_no_review() -> None:
    assert follows(state(happen(e.DeemedAccepted), NOTICED), SUPPLEMENTED) == []


def test_silence_ends_the_review_and_bars_a_later_acceptance() -> None:
    silence = happen(e.DeemedAccepted)
    assert follows(state(), silence) == [Discharge("review", silence.at)]
    (barred,) = regime.objections(state(silence), happen(e.ApplicationAccepted), BOOK)
    assert (barred.code, barred.clause) == ("deemed_accepted", "law.licensing.32.4.b")


@pytest.mark.parametrize(
    ("before", "what", "taken"),
    [
        (state(), "review", True),
        (replace(state(), approval=False), "review", False),
        (state(happen(e.RefusalProposed)), "review", True),
        (state(), "file_refusal", False),
        (state(NOTICED), "review", False),
        (state(happen(e.ApplicationAccepted)), "review", False),
        (state(happen(e.Withdrawn)), "review", False),
    ],
)
def test_only_a_review_that_passed_unused_is_silence(before: State, what: str, *, taken: bool) -> None:
    passed = happen(e.LimitPassed, what=what)
    found = list(regime.silence(before, passed, before.received_at, BOOK))
    assert bool(found) is taken
    assert list(regime.silence(before, passed, before.received_at, without("law.licensing.32.4.b"))) == []


def test_a_notice_after_acceptance_is_found_too() -> None:
    (found,) = follows(state(happen(e.ApplicationAccepted)), NOTICED)
    assert isinstance(found, Finding)


@pytest.mark.parametrize(
    ("before", "event", "waived"),
    [
        (state(), happen(e.ApplicationAccepted), False),
        (state(), happen(e.Withdrawn), True),
        (
            state(
                happen(e.RefusalProposed),
                happen(e.RefusalFiled),
                happen(e.RefusalApproved, actor=LEADER),
            ),
            happen(e.Refused),
            False,
        ),
    ],
)
def test_what_ends_the_review(before: State, event: e.Event, *, waived: bool) -> None:
    assert follows(before, event) == [Discharge("review", event.at, waived=waived)]


def test_an_overturned_refusal_starts_the_review_afresh_where_it_was_still_under_review() -> None:
    overturned = happen(e.RefusalOverturned, actor=LEADER)
    refusing = happen(e.RefusalProposed), happen(e.RefusalFiled)
    general = replace(state(*refusing), approval=False)
    assert follows(general, overturned) == [
        Discharge("review", overturned.at, waived=True),
        review(overturned),
    ]
    # What the law counts for an approval stands still for nobody's change of mind.
    assert follows(state(*refusing), overturned) == []
    assert follows(state(happen(e.ApplicationAccepted), *refusing), overturned) == []


def test_a_corrected_refusal_goes_on_with_the_review_of_an_approval_and_begins_that_of_the_rest() -> None:
    corrected = happen(e.RefusalCorrected, "2026-03-20T10:00", actor=LEADER)
    signed = happen(e.RefusalApproved, actor=LEADER, final=True, level="leader_in_charge")
    refused = state(happen(e.RefusalProposed), happen(e.RefusalFiled), signed, happen(e.Refused))
    assert follows(refused, corrected) == [
        Reopen("review", CLERK, ended_at=refused.decided_at),
        replace(review(corrected), once=True),
    ]
    assert follows(replace(refused, approval=False), corrected) == [
        Discharge("review", corrected.at, waived=True),
        review(corrected),
    ]


@pytest.mark.parametrize(
    ("channel", "notice", "refused"),
    [
        (e.Channel.COUNTER, NOTICED, False),
        (e.Channel.COUNTER, ORAL, True),
        (e.Channel.ONLINE, ORAL, True),
        (e.Channel.LETTER, ORAL, True),
        (e.Channel.PHONE, ORAL, False),
        (e.Channel.PHONE, NOTICED, False),
    ],
)
def test_only_who_rang_may_be_told_by_word_of_mouth(
    channel: e.Channel, notice: e.NoticeIssued, *, refused: bool
) -> None:
    found = list(regime.objections(state(channel=channel), notice, BOOK))
    told = [("notice_not_written", "p4.one-time-notice.5.a")] if refused else []
    assert [(one.code, one.clause) for one in found] == told


def test_nothing_but_a_notice_is_objected_to() -> None:
    assert list(regime.objections(state(), happen(e.ApplicationAccepted), BOOK)) == []
    assert list(regime.objections(None, ORAL, BOOK)) == []


def test_a_profile_without_the_clauses_asks_for_none_of_it() -> None:
    book = without("law.licensing.32.4", "p4.one-time-notice.4", "p4.one-time-notice.5.a")
    asked = application()
    assert list(regime.consequences(None, asked, begin(asked), book)) == []
    assert follows(state(NOTICED), SUPPLEMENTED, book) == []
    assert follows(state(NOTICED, SUPPLEMENTED), NOTICED, book) == []
    assert list(regime.objections(state(), ORAL, book)) == []


def test_an_oral_notice_says_whom_was_told() -> None:
    called = state(channel=e.Channel.PHONE)
    unsaid = happen(e.NoticeIssued, form="oral", told_digest="")
    [objection] = regime.objections(called, unsaid, BOOK)
    assert (objection.code, objection.clause) == ("oral_notice_unrecorded", "p4.one-time-notice.5.a")
    assert list(regime.objections(called, ORAL, BOOK)) == []
