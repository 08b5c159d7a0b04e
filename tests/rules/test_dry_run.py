"""The same events under another law: what would have been due, late, found, or impossible."""

from __future__ import annotations

from dataclasses import replace

from huiyin.rules import events as e
from huiyin.rules.docket import Law
from huiyin.rules.dry_run import Difference, difference
from huiyin.rules.events import Event
from huiyin.rules.rulebook import Rulebook, load
from huiyin.rules.vocabulary import Limit, Unit
from tests.rules.happenings import LAW, application, at, enquiry, happen, rewritten, without

NOW = at("2026-04-01T10:00")
ASKED = enquiry("2026-03-02T10:00")
ANSWERED = happen(e.Answered, "2026-03-04T10:00")
TAKEN = (
    application("2026-03-02T10:00", statutory=Limit(20, Unit.WORKING_DAY)),
    happen(e.ApplicationAccepted, "2026-03-02T11:00"),
)


def told(events: tuple[Event, ...], book: Rulebook) -> Difference:
    return difference(events, LAW, Law(book, LAW.calendar), NOW)


def quicker() -> Rulebook:
    days = {"urgent": 1, "normal": 1, "low": 1}
    limit = {"unit": "working_day", "range": [1, 3], "by_urgency": days}
    return rewritten("answer_by_urgency", limit=limit)


def test_the_same_law_makes_no_difference() -> None:
    for events in ((ASKED, ANSWERED), TAKEN):
        assert not told(events, LAW.book)


def test_a_shorter_limit_moves_the_day_and_makes_late_what_was_in_time() -> None:
    found = told((ASKED, ANSWERED), quicker())
    (change,) = found.changes
    assert change.ours is not None
    assert change.theirs is not None
    assert (change.key, change.was_late, change.would_be_late) == ("answer-1", False, True)
    assert (change.ours.due.day, change.theirs.due.day) == (4, 3)
    assert [one.what for one in found.findings_new] == ["overdue"]


def test_what_was_late_may_be_saved_and_its_finding_goes() -> None:
    late = (ASKED, happen(e.LimitPassed, "2026-03-04T17:30"), happen(e.Answered, "2026-03-05T10:00"))
    days = {"urgent": 1, "normal": 3, "low": 3}
    slower = rewritten(
        "answer_by_urgency", limit={"unit": "working_day", "range": [1, 3], "by_urgency": days}
    )
    found = told(late, slower)
    assert [(one.was_late, one.would_be_late) for one in found.changes] == [(True, False)]
    assert [one.what for one in found.findings_gone] == ["overdue"]
    assert found.findings_new == ()


def test_a_duty_that_only_one_law_knows_has_one_side() -> None:
    (gone,) = told((ASKED, ANSWERED), without("answer_by_urgency")).changes
    assert (gone.theirs, gone.would_be_late) == (None, False)
    back = difference((ASKED, ANSWERED), Law(without("answer_by_urgency"), LAW.calendar), LAW, NOW).changes
    assert [one.ours for one in back] == [None]


def test_an_open_duty_past_due_is_late_on_the_day_of_asking() -> None:
    (change,) = told((ASKED,), quicker()).changes
    assert (change.was_late, change.would_be_late) == (True, True)
    early = difference((ASKED,), LAW, Law(quicker(), LAW.calendar), at("2026-03-04T10:00"))
    assert [(one.was_late, one.would_be_late) for one in early.changes] == [(False, True)]


def test_what_the_other_law_forbids_is_noted_and_taken_as_done() -> None:
    events = (*TAKEN, happen(e.ExtensionRequested), happen(e.ExtensionApproved, "2026-03-04T10:00"))
    found = told(events, rewritten("extension", approver="leader_in_charge"))
    assert found.forbidden == (("wrong_approver", "p4.time-limit.8.b"),)
    assert found.changes == ()
    assert found.broken == ""


def test_events_that_cannot_be_followed_say_so_on_either_side_alike() -> None:
    twice = (*TAKEN, happen(e.ApplicationAccepted, "2026-03-03T11:00"))
    assert not told(twice, LAW.book)


def test_the_recorded_limit_passed_is_reckoned_anew() -> None:
    early = replace(happen(e.LimitPassed, "2026-03-02T12:00"), what="answer", clause="p4.time-limit.5.b")
    assert not told((ASKED, early, ANSWERED), LAW.book)


def test_another_threshold_of_the_light_is_a_difference_although_nothing_is_due_on_another_day() -> None:
    found = told(TAKEN, rewritten("lights", share=0.5, min_working_days=1))
    assert found.changes
    for change in found.changes:
        assert change.ours is not None
        assert change.theirs is not None
        assert change.ours.due == change.theirs.due
        assert change.ours.yellow > change.theirs.yellow


def test_the_step_that_followed_from_silence_follows_from_it_again_or_from_nothing() -> None:
    stepped = Law(load("commission"), LAW.calendar)
    asked = application(
        "2026-03-02T10:00", committed=Limit(9, Unit.WORKING_DAY), approval=True, channel="online"
    )
    silent = "2026-03-09T17:30"
    began = happen(e.StepBegun, silent, e.SYSTEM, number=1, to="leader", limit=Limit(1, Unit.WORKING_DAY))
    events = (asked, happen(e.LimitPassed, silent), happen(e.DeemedAccepted, silent), began)
    assert not difference(events, stepped, stepped, NOW)
    deaf = Law(without("deemed_accepted", book=stepped.book), LAW.calendar)
    found = difference(events, stepped, deaf, NOW)
    assert not found.broken
    assert {one.key for one in found.changes} >= {"sign_step-1", "decide-1"}
    assert "step_unsigned" in {one.what for one in found.findings_gone}
