"""Work that was given: which limit it has in which office, and what it must not end without."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from huiyin.rules import events as e
from huiyin.rules.docket import Docket, Law, follow, run_out
from huiyin.rules.errors import Unlawful
from huiyin.rules.lifecycle import begin
from huiyin.rules.regimes.time_limit import assigned, more_time
from huiyin.rules.rulebook import load
from huiyin.rules.sources import SOURCES, Source
from huiyin.rules.vocabulary import Limit, Unit
from tests.rules.happenings import (
    BOOK,
    CLERK,
    LAW,
    LEADER,
    MAIN_LEADER,
    MORE,
    after,
    application,
    at,
    enquiry,
    happen,
    registered,
    report,
    task,
    without,
)

LAWS = {name: Law(load(name), LAW.calendar) for name in ("company", "headquarters", "commission", "township")}
MOTIONS = ("people_congress_motion", "cppcc_proposal")
TEN = Limit(10, Unit.WORKING_DAY)
SET_DAY = at("2026-03-20T17:30")
ON = date(2026, 3, 2)


def days(amount: int) -> Limit:
    return Limit(amount, Unit.WORKING_DAY)


def petition(**given: Any) -> e.Registered:
    return registered(e.MatterKind.PETITION, "2026-03-02T10:00", **{"source": "transferred", **given})


def motion(**given: Any) -> e.Registered:
    return registered(
        e.MatterKind.PROPOSAL, "2026-03-02T10:00", **{"source": "cppcc_proposal", "assigner": LEADER, **given}
    )


def duties(docket: Docket) -> list[tuple[str, str, Limit]]:
    return [(one.what, one.clause, one.clock.limit) for one in docket.owed]


def begun(first: e.Registered, book: str = "township") -> list[tuple[str, str, Limit]]:
    return duties(after(first, law=LAWS[book]))


def refused(first: e.Registered, book: str = "township") -> tuple[str, str]:
    with pytest.raises(Unlawful) as caught:
        after(first, law=LAWS[book])
    return caught.value.code, caught.value.clause


@pytest.mark.parametrize(("book", "part"), [("company", "p1.time-limit.3"), ("township", "p4.time-limit.4")])
@pytest.mark.parametrize(("urgency", "amount"), [("urgent", 2), ("normal", 3), ("low", 5)])
def test_a_task_has_its_own_limit_or_else_by_urgency(book: str, part: str, urgency: str, amount: int) -> None:
    pressing = e.Urgency(urgency)
    assert begun(task(urgency=pressing), book) == [("settle", f"{part}.b", days(amount))]
    own = task(urgency=pressing, given=TEN)
    assert begun(own, book) == [("settle", f"{part}.a", TEN)]


def test_a_set_day_is_a_limit_that_ends_there_and_is_computed() -> None:
    docket = after(task(given_for=SET_DAY))
    (owed,) = docket.owed
    assert (owed.clause, owed.due, owed.clock.limit.unit) == ("p4.time-limit.4.a", SET_DAY, Unit.BEFORE_EVENT)
    more = (happen(e.ExtensionRequested), happen(e.ExtensionApproved, actor=MAIN_LEADER))
    (moved,) = (one for one in after(task(given_for=SET_DAY), *more).owed if one.what == "settle")
    assert moved.due == at("2026-03-27T17:30")


def test_a_printed_list_of_sources_is_closed_and_an_unprinted_one_takes_all() -> None:
    assert assigned.sources(e.MatterKind.TASK, LAWS["township"].book, ON) == SOURCES[e.MatterKind.TASK]
    below = task(source="request_from_below")
    assert refused(below, "company") == ("no_such_source", "p1.time-limit.3.a")
    assert begun(below)
    assert refused(task(source="gossip"))[0] == "no_such_source"
    assert set(assigned.sources(e.MatterKind.TASK, LAWS["headquarters"].book, ON)) == {
        "supervised",
        "meeting_decision",
        "superior_decision",
        "request_from_below",
    }


@pytest.mark.parametrize(
    ("first", "clause"),
    [
        (task(source="supervised"), "p2.time-limit.8.b"),
        (task(source="meeting_decision"), "p2.time-limit.6.a"),
        (task(source="superior_decision", study_by=SET_DAY), "p2.time-limit.4.b"),
        (motion(), "p2.time-limit.5"),
        (motion(source="people_congress_motion"), "p2.time-limit.5"),
    ],
)
def test_headquarters_saves_nothing_without_the_limit_that_was_set(first: e.Registered, clause: str) -> None:
    assert refused(first, "headquarters") == ("limit_needed", clause)
    owed: dict[str, list[str]] = {
        "superior_decision": ["answer_superior"],
        **{key: ["answer_superior", "settle"] for key in MOTIONS},
    }
    begins = [(what, clause, TEN) for what in owed.get(first.source, ["settle"])]
    found = [one for one in begun(replace(first, given=TEN), "headquarters") if one[0] != "study"]
    assert found == begins
    # Negative control: the township's rulebook goes by urgency there.
    assert begun(first) == [("settle", "p4.time-limit.4.b", days(3))]


def test_the_superior_is_answered_before_the_end_where_the_rulebook_says_so() -> None:
    law = LAWS["headquarters"]
    sent = task(source="superior_decision", given=TEN, study_by=SET_DAY), motion(given=TEN)
    for first, clause in zip(sent, ("p2.time-limit.4.b", "p2.time-limit.5"), strict=True):
        done = after(first, happen(e.Finished), law=law)
        with pytest.raises(Unlawful) as caught:
            follow(done, happen(e.SignedOff, "2026-03-04T10:00", LEADER), law)
        assert (caught.value.code, caught.value.clause) == ("superior_not_answered", clause)
        told = after(first, happen(e.SuperiorAnswered), happen(e.Finished), law=law)
        assert all(not one.is_open for one in told.owed if one.what != "study")
        assert not follow(told, happen(e.SignedOff, "2026-03-04T10:00", LEADER), law).docket.state.is_open
    # Negative control: the township asks for no such answer.
    done = after(task(source="superior_decision"), happen(e.Finished))
    assert not follow(done, happen(e.SignedOff, "2026-03-04T10:00", LEADER), LAW).docket.state.is_open


def test_extra_urgent_is_a_word_only_for_requests_from_below_where_it_is_printed() -> None:
    pressing = task(source="request_from_below", urgency=e.Urgency.EXTRA_URGENT)
    assert begun(pressing, "headquarters") == [("settle", "p2.time-limit.7.b", Limit(0, Unit.AT_ONCE))]
    assert begun(replace(pressing, urgency=e.Urgency.URGENT), "headquarters") == []
    assert refused(pressing)[0] == "no_such_urgency"
    assert refused(enquiry(urgency=e.Urgency.EXTRA_URGENT))[0] == "no_such_urgency"


def test_what_a_meeting_decided_is_explained_to_those_named_once_it_is_late() -> None:
    law = LAWS["headquarters"]
    docket = after(task(source="meeting_decision", given_for=SET_DAY), law=law)
    late = run_out(docket, SET_DAY + timedelta(minutes=1), law)
    assert [one.what for one in late.findings] == ["overdue"]
    assert duties(late.docket)[1:] == [("explain_lateness", "p2.time-limit.6.b", Limit(0, Unit.AT_ONCE))]
    told = follow(late.docket, happen(e.LatenessExplained, SET_DAY + timedelta(hours=1)), law)
    assert [one.what for one in told.docket.owed if one.is_open] == ["settle"]
    # Negative control: not for what somebody else gave.
    other = after(task(source="supervised", given_for=SET_DAY), law=law)
    assert len(run_out(other, SET_DAY + timedelta(days=1), law).docket.owed) == 1


def test_a_petition_from_above_has_its_own_range_and_one_brought_that_of_enquiries() -> None:
    assert begun(petition()) == [("settle", "p4.time-limit.6.b", days(3))]
    assert begun(petition(given=TEN)) == [("settle", "p4.time-limit.6.a", TEN)]
    assert begun(petition(source="hotline", urgency=e.Urgency.LOW)) == [
        ("settle", "p4.time-limit.6.b", days(5))
    ]
    direct = petition(source="direct")
    assert begun(direct) == [("settle", "p4.time-limit.5.b", days(2))]
    assert begun(replace(direct, answer_at_once=True)) == [
        ("settle", "p4.time-limit.5.a", Limit(0, Unit.AT_ONCE))
    ]


def test_headquarters_takes_the_limit_of_a_petition_from_the_law() -> None:
    sixty, legal = Limit(60, Unit.CALENDAR_DAY), Limit(30, Unit.CALENDAR_DAY)
    assert begun(petition(), "headquarters") == [("settle", "p2.time-limit.11", sixty)]
    assert begun(petition(statutory=legal), "headquarters") == [("settle", "p2.time-limit.11", legal)]
    assert refused(petition(given=TEN), "headquarters") == ("limit_from_law", "p2.time-limit.11")
    early = registered(e.MatterKind.PETITION, "2022-04-29T10:00", source="transferred")
    assert begun(early, "headquarters") == [], "the law is not older than itself"


@pytest.mark.parametrize(
    ("book", "clause"), [("company", "p1.time-limit.4"), ("township", "p4.time-limit.7")]
)
def test_a_named_report_has_its_clock_and_an_anonymous_one_none(book: str, clause: str) -> None:
    assert begun(report(), book) == [("investigate", f"{clause}.b", TEN)]
    assert begun(report(anonymous=True), book) == []
    assert refused(report(given=MORE), book) == ("limit_from_law", f"{clause}.b")
    # Negative control: without the exemption an anonymous report runs like any other.
    strict = Law(without("anonymous_exempt", book=LAWS[book].book), LAW.calendar)
    assert duties(after(report(anonymous=True), law=strict)) == begun(report(), book)


def test_a_named_report_is_done_when_it_is_handled_and_answered() -> None:
    looked = after(report(), happen(e.Concluded))
    assert [one.is_open for one in looked.owed] == [True]
    with pytest.raises(Unlawful) as caught:
        follow(looked, happen(e.Closed, "2026-03-04T10:00"), LAW)
    assert (caught.value.code, caught.value.clause) == ("reporter_not_answered", "p4.time-limit.7.a")
    answered = follow(looked, happen(e.Answered, "2026-03-04T10:00"), LAW).docket
    assert [one.is_open for one in answered.owed] == [False]
    unknown = after(report(anonymous=True), happen(e.Concluded))
    assert not follow(unknown, happen(e.Closed, "2026-03-04T10:00"), LAW).docket.state.is_open


def test_what_a_profile_does_not_regulate_is_off() -> None:
    for first in (task(), motion(given=TEN), petition(), report()):
        assert refused(first, "commission")[0] == "not_regulated"
    assert refused(report(), "headquarters")[0] == "not_regulated"
    assert not assigned.taken_in(e.MatterKind.REPORT, LAWS["commission"].book, ON)


def test_a_company_receives_who_comes_with_a_petition_and_none_from_above() -> None:
    assert refused(petition(source="supervised"), "company")[0] == "no_such_source"
    assert begun(petition(source="direct"), "company") == []
    silent = without("reply", book=LAWS["company"].book)
    assert assigned.sources(e.MatterKind.PETITION, LAWS["company"].book, ON) == (Source.DIRECT,)
    assert not assigned.taken_in(e.MatterKind.PETITION, silent, ON)


@pytest.mark.parametrize(
    ("first", "code"),
    [
        (task(source="superior_decision", given=TEN, study_by=SET_DAY), "superior_not_answered"),
        (task(source="request_from_below"), "superior_not_answered"),
        (task(source="supervised", given=TEN), "leader_not_told"),
        (motion(given=TEN), "superior_not_answered"),
    ],
)
def test_taking_it_back_inside_the_house_ends_nothing_outside_it(first: e.Registered, code: str) -> None:
    docket = after(first, law=LAWS["headquarters"])
    with pytest.raises(Unlawful) as caught:
        follow(docket, happen(e.Withdrawn, "2026-03-04T10:00", LEADER), LAWS["headquarters"])
    assert caught.value.code == code
    # Negative control: nobody outside waits for what a leader wanted done.
    assert (
        not follow(after(task()), happen(e.Withdrawn, "2026-03-04T10:00", LEADER), LAW).docket.owed[0].is_open
    )


def test_a_superiors_decision_is_studied_by_a_day_that_is_set() -> None:
    sent, law = task(source="superior_decision", given=TEN), LAWS["headquarters"]
    assert refused(sent, "headquarters") == ("study_needed", "p2.time-limit.4.a")
    studied = after(replace(sent, study_by=SET_DAY), law=law)
    (owed,) = (one for one in studied.owed if one.what == "study")
    assert (owed.due, owed.bearer, owed.clause) == (SET_DAY, CLERK, "p2.time-limit.4.a")
    told = follow(studied, happen(e.ProgressReported, "2026-03-04T10:00"), law).docket
    assert [one.is_open for one in told.owed if one.what == "study"] == [True]
    done = follow(studied, happen(e.ProgressReported, "2026-03-04T10:00", studied=True), law).docket
    assert [one.outcome for one in done.owed if one.what == "study"] == ["early"]
    # Negative control: what another rulebook does not ask for is no duty.
    assert [one.what for one in after(replace(sent, study_by=SET_DAY)).owed] == ["settle"]


def test_more_time_for_a_motion_is_more_time_for_its_answer() -> None:
    given = happen(e.ExtensionApproved)
    whats = [
        getattr(one, "what", "")
        for one in more_time.consequences(given, begin(motion(given=TEN)), LAWS["headquarters"].book)
    ]
    assert whats == ["settle", "answer_superior"]


def test_lateness_is_reported_before_the_end_where_a_rulebook_wants_it() -> None:
    book = LAWS["headquarters"].book
    for ending in (e.SignedOff, e.Withdrawn):
        (objection,) = assigned.unreported(happen(ending), {"explain_lateness"}, book)
        assert (objection.code, objection.clause) == ("lateness_unexplained", "p2.time-limit.6.b")
        assert not list(assigned.unreported(happen(ending), {"settle"}, book))
    assert not list(assigned.unreported(happen(e.SentBack), {"explain_lateness"}, book))


def test_an_application_keeps_the_limit_of_its_item() -> None:
    assert refused(application(given=TEN)) == ("limit_from_law", "p4.time-limit.2")
    assert refused(application(given=TEN), "headquarters") == ("limit_from_law", "p2.time-limit.10")


def test_work_that_is_sent_back_is_owed_on_its_old_clock() -> None:
    first = task(given=MORE)
    due = after(first).owed[0].due
    done = after(first, happen(e.Finished, "2026-03-04T10:00"))
    assert not done.owed[0].is_open
    back = follow(done, happen(e.SentBack, "2026-03-05T10:00", LEADER), LAW).docket
    (owed,) = back.owed
    assert (owed.is_open, owed.outcome, owed.due, owed.bearer) == (True, None, due, CLERK)


def test_more_time_is_for_the_leader_the_rulebook_names() -> None:
    asked = after(task(), happen(e.ExtensionRequested))
    with pytest.raises(Unlawful) as caught:
        follow(asked, happen(e.ExtensionApproved, "2026-03-03T11:00", LEADER, level="leader_in_charge"), LAW)
    assert (caught.value.code, caught.value.clause) == ("wrong_approver", "p4.time-limit.8.b")
    given = follow(asked, happen(e.ExtensionApproved, "2026-03-03T11:00", MAIN_LEADER), LAW).docket
    assert [(one.what, one.is_open) for one in given.owed] == [("settle", True)]
    late = run_out(after(task()), at("2026-03-09T10:00"), LAW).docket
    with pytest.raises(Unlawful) as caught:
        follow(late, happen(e.ExtensionRequested, "2026-03-09T11:00"), LAW)
    assert caught.value.code == "extension_after_limit"


def test_the_part_that_asks_for_urgency_is_named() -> None:
    book = BOOK
    assert assigned.by_urgency(e.MatterKind.TASK, "assigned", book) == "task_by_urgency"
    assert assigned.by_urgency(e.MatterKind.PETITION, "hotline", book) == "petition_by_urgency"
    assert assigned.by_urgency(e.MatterKind.PETITION, "direct", book) == "answer_by_urgency"
    assert assigned.by_urgency(e.MatterKind.REPORT, "", book) == ""
    assert assigned.by_urgency(e.MatterKind.TASK, "supervised", LAWS["headquarters"].book) == ""
    assert assigned.demands_limit("supervised", LAWS["headquarters"].book) == "supervised_limit"
    assert assigned.demands_limit("supervised", book) == assigned.demands_limit("", book) == ""
