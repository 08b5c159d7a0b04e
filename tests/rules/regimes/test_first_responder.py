"""First responder: duties follow custody, at the acceptance and with their clocks unchanged."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from huiyin.rules import events as e
from huiyin.rules.lifecycle import State, advance, begin
from huiyin.rules.recorded import EVENTS
from huiyin.rules.regimes import first_responder
from huiyin.rules.rulebook import load
from huiyin.rules.vocabulary import Discharge, Duty, Limit, Transfer, Unit
from tests.rules.happenings import (
    BOOK,
    CLERK,
    COLLEAGUE,
    LEADER,
    after,
    application,
    enquiry,
    happen,
    without,
)

OFFERED = advance(begin(application()), happen(e.HandoverOffered))


def test_duties_pass_to_the_one_who_accepted() -> None:
    event = happen(e.HandoverAccepted, actor=COLLEAGUE)
    taken = advance(OFFERED, event)
    assert list(first_responder.consequences(OFFERED, event, taken, BOOK)) == [Transfer(COLLEAGUE, CLERK)]


@pytest.mark.parametrize(
    "event",
    [
        happen(e.HandoverOffered),
        happen(e.HandoverBounced, actor=COLLEAGUE),
        happen(e.HandoverWithdrawn),
        happen(e.StepRecorded),
    ],
)
def test_nothing_passes_before_an_acceptance(event: e.Event) -> None:
    assert list(first_responder.consequences(OFFERED, event, OFFERED, BOOK)) == []


def test_it_objects_to_no_change_of_custody_for_the_table_holds_it() -> None:
    for kind in EVENTS.values():
        if kind not in {e.Registered, e.Closed, e.Routed}:
            assert list(first_responder.objections(OFFERED, happen(kind), BOOK)) == []


def test_nothing_closes_unanswered_or_without_an_outcome() -> None:
    asked, closing = begin(enquiry()), happen(e.Closed)

    def codes(before: State, *gone: str) -> list[tuple[str, str]]:
        found = first_responder.objections(before, closing, without(*gone) if gone else BOOK)
        return [(one.code, one.clause) for one in found]

    unanswered = ("unanswered", "p4.first-responder.3.b")
    no_outcome = ("no_outcome", "p4.service-commitment.4")
    assert codes(asked) == [unanswered, no_outcome]
    assert codes(begin(application())) == [no_outcome]
    assert codes(asked, first_responder.NO_IGNORING, first_responder.REPLY) == []
    assert codes(advance(asked, happen(e.Answered))) == []


def test_custody_holds_for_a_profile_that_says_nothing_of_first_responders() -> None:
    silent = without(*(key for key in BOOK.clauses if ".first-responder." in key))
    event = happen(e.HandoverAccepted, actor=COLLEAGUE)
    found = list(first_responder.consequences(OFFERED, event, advance(OFFERED, event), silent))
    assert found == [Transfer(COLLEAGUE, CLERK)]


def test_the_clock_of_a_duty_does_not_notice() -> None:
    before = after(application(), happen(e.HandoverOffered))
    moved = after(application(), happen(e.HandoverOffered), happen(e.HandoverAccepted, actor=COLLEAGUE))
    (mine,), (theirs,) = before.owed, moved.owed
    assert (mine.bearer, theirs.bearer) == ("clerk", COLLEAGUE)
    assert (mine.key, mine.clock, mine.due, mine.yellow) == (
        theirs.key,
        theirs.clock,
        theirs.due,
        theirs.yellow,
    )


def ways(event: e.Routed, *gone: str, before: State | None = None) -> list[tuple[str, str]]:
    book = without(*gone) if gone else BOOK
    found = first_responder.objections(before or begin(enquiry()), event, book)
    return [(one.code, one.clause) for one in found]


@pytest.mark.parametrize(
    ("way", "clause", "enough"),
    [
        (e.Route.COLLEAGUE, "p4.first-responder.2.2.a", {"to": COLLEAGUE}),
        (e.Route.COLLEAGUE, "p4.first-responder.2.2.a", {"named": True}),
        (e.Route.UNCLEAR, "p4.first-responder.2.3", {"to": COLLEAGUE}),
        (e.Route.OUTSIDE, "p4.first-responder.2.4", {"words_digest": "d", "excused": True}),
        (e.Route.SHARED, "p4.first-responder.2.5", {"bodies": 1}),
    ],
)
def test_each_way_makes_its_demand_and_none_is_borrowed(
    way: e.Route, clause: str, enough: dict[str, Any]
) -> None:
    assert ways(happen(e.Routed, route=way)) == [("way_incomplete", clause)]
    assert ways(happen(e.Routed, route=way, **enough)) == []
    assert ways(happen(e.Routed, route=way, **enough), clause) == [("not_regulated", "")]


def test_nothing_goes_on_before_the_leader_who_was_asked_has_said_how() -> None:
    unclear = happen(e.Routed, route=e.Route.UNCLEAR, to=LEADER)
    asked = advance(begin(enquiry()), unclear)
    pending = [("instruction_pending", "p4.first-responder.2.3")]
    for event in (
        happen(e.Answered),
        happen(e.Routed, words_digest="d"),
        happen(e.Routed, route=e.Route.OUTSIDE, words_digest="d", excused=True),
        happen(e.Routed, route=e.Route.SHARED, bodies=1),
    ):
        found = list(first_responder.objections(asked, event, BOOK))
        assert [(one.code, one.clause) for one in found] == pending
        said = advance(asked, happen(e.Instructed, actor=LEADER))
        assert list(first_responder.objections(said, event, BOOK)) == []
    again = ways(unclear, before=asked)
    assert (
        again
        == ways(happen(e.Routed, route=e.Route.UNCLEAR, to=CLERK))
        == [("way_incomplete", pending[0][1])]
    )
    assert ways(happen(e.Routed, route=e.Route.UNCLEAR, to=COLLEAGUE), before=asked) == []


def test_what_is_shared_cannot_end_as_somebody_elses() -> None:
    outside = happen(e.Routed, route=e.Route.OUTSIDE, words_digest="d", excused=True)
    shared = advance(begin(enquiry()), happen(e.Routed, route=e.Route.SHARED, bodies=1))
    own = advance(shared, happen(e.Routed))
    for before in (shared, own):
        assert ways(outside, before=before) == [("shared_is_ours", "p4.first-responder.2.5")]
    assert ways(outside, before=advance(begin(enquiry()), happen(e.Routed))) == []


@pytest.mark.parametrize(
    ("typed", "found"),
    [("", ()), ("住建所", ("住建所",)), ("住建所、 水站;住建所\n电站；", ("住建所", "水站", "电站"))],
)
def test_bodies_are_told_apart_and_each_is_named_once(typed: str, found: tuple[str, ...]) -> None:
    assert first_responder.bodies(typed) == found


ALL = ("department", "address", "phone")


@pytest.mark.parametrize(
    ("given", "excused", "lawful"), [(ALL, False, True), (ALL[:2], False, False), ((), True, True)]
)
def test_what_could_not_be_told_of_where_to_turn_needs_a_reason(
    given: tuple[str, ...], *, excused: bool, lawful: bool
) -> None:
    event = happen(e.Routed, route=e.Route.OUTSIDE, words_digest="d", given=given, excused=excused)
    assert ways(event) == ([] if lawful else [("details_missing", "p4.first-responder.2.4")])


def test_what_cannot_be_done_is_explained_where_the_regulation_says_so() -> None:
    barred, asked = happen(e.Routed, route=e.Route.BARRED), begin(enquiry())
    book = load("headquarters")
    assert ways(replace(barred, words_digest="d")) == [("not_regulated", "")]
    found = [one.clause for one in first_responder.objections(asked, barred, book)]
    assert found == ["p2.first-responder.4.c"]
    assert not list(first_responder.objections(asked, replace(barred, words_digest="d"), book))


@pytest.mark.parametrize(
    ("words", "advice", "lawful"), [("d", "d", True), ("d", "", False), ("", "d", False)]
)
def test_who_gets_no_answer_is_told_why_and_advised(words: str, advice: str, *, lawful: bool) -> None:
    unable = happen(e.Routed, route=e.Route.UNABLE, words_digest=words, advice_digest=advice)
    found = list(first_responder.objections(begin(enquiry()), unable, load("headquarters")))
    assert [one.clause for one in found] == ([] if lawful else ["p2.first-responder.7.c"])


@pytest.mark.parametrize("basis", [{"item": "i"}, {"policy_digest": "d"}])
def test_an_answer_names_what_it_rests_on_only_where_the_regulation_speaks_of_it(
    basis: dict[str, str],
) -> None:
    answered, asked = happen(e.Answered, **basis), begin(enquiry())
    found = [one.code for one in first_responder.objections(asked, answered, BOOK)]
    assert found == ["not_regulated"]
    assert not list(first_responder.objections(asked, answered, load("headquarters")))


def test_ones_own_work_that_is_put_off_is_explained_first() -> None:
    clause, own = "p4.first-responder.2.1.b", happen(e.Routed)
    assert ways(own) == [("deferral_unexplained", clause)]
    assert ways(own, clause) == []
    assert ways(replace(own, words_digest="d")) == []


@pytest.mark.parametrize(
    ("words", "items", "lawful"), [("", 0, True), ("d", 2, True), ("d", 0, False), ("", 1, False)]
)
def test_the_headquarters_want_reason_and_list_together(words: str, items: int, *, lawful: bool) -> None:
    event = happen(e.Routed, words_digest=words, items=items, limit=Limit(3, Unit.WORKING_DAY))
    found = list(first_responder.objections(begin(enquiry()), event, load("headquarters")))
    assert [one.clause for one in found] == ([] if lawful else ["p2.first-responder.4.b"])


def test_ones_own_work_is_of_who_was_asked_and_needs_a_clock() -> None:
    own, three = happen(e.Routed, words_digest="d"), Limit(3, Unit.WORKING_DAY)
    assert ways(own) == []
    incomplete = [("way_incomplete", "p4.first-responder.2.1.a")]
    assert ways(replace(own, actor=COLLEAGUE)) == incomplete
    assert ways(own, "answer_by_urgency") == incomplete
    limited, book = replace(own, limit=three), without("answer_by_urgency")
    assert ways(limited, "answer_by_urgency") == []
    led = advance(begin(enquiry()), limited)
    duty = Duty("handle", "p4.first-responder.2.1.a", CLERK, limited.at, three, once=True)
    assert list(first_responder.consequences(None, limited, led, book)) == [duty]
    assert list(first_responder.consequences(None, limited, led, BOOK)) == []
    answered = happen(e.Answered)
    ended = list(first_responder.consequences(led, answered, advance(led, answered), book))
    assert ended == [Discharge("handle", answered.at)]


def test_papers_taken_in_are_listed_and_keep_the_matter_open() -> None:
    def found(event: e.Event, before: State | None = None) -> list[tuple[str, str]]:
        objections = first_responder.objections(before or begin(enquiry()), event, BOOK)
        return [(one.code, one.clause) for one in objections]

    assert found(happen(e.PapersKept)) == []
    assert found(happen(e.PapersKept, count=0)) == [("nothing_kept", "p4.first-responder.2.2.b")]
    silent = first_responder.objections(begin(enquiry()), happen(e.PapersKept), without("handover"))
    assert [one.code for one in silent] == ["not_regulated"]
    answered = advance(advance(begin(enquiry()), happen(e.PapersKept)), happen(e.Answered))
    waiting = [("papers_not_passed_on", "p4.first-responder.2.2.b")]
    assert found(happen(e.Closed), answered) == waiting


def test_who_calls_takes_the_ways_of_the_commission_because_a_clause_says_so() -> None:
    book = load("commission")
    outside = happen(e.Routed, route=e.Route.OUTSIDE, words_digest="d")
    without_it = replace(
        book, clauses={key: one for key, one in book.clauses.items() if one.plays != first_responder.BY_PHONE}
    )
    for channel, found in (("phone", ["not_regulated"]), ("counter", []), ("letter", [])):
        asked = replace(begin(enquiry()), channel=e.Channel(channel))
        assert not list(first_responder.objections(asked, outside, book))
        assert [one.code for one in first_responder.objections(asked, outside, without_it)] == found


def test_an_enquiry_is_handled_by_answering_and_guided_by_offering_it_in_the_headquarters() -> None:
    asked, book = begin(enquiry()), load("headquarters")
    first = asked.first_responder
    assert first_responder.leads_by_offering(asked, first, book)
    assert first_responder.handles_by_answering(asked, first, book)
    assert not first_responder.handles_by_answering(asked, COLLEAGUE, book)
    led = replace(asked, route=e.Route.COLLEAGUE)
    for state, who, rules in (
        (led, first, book),
        (asked, COLLEAGUE, book),
        (asked, first, BOOK),
        (begin(application()), first, book),
        (advance(asked, happen(e.Withdrawn)), first, book),
    ):
        assert not first_responder.leads_by_offering(state, who, rules)
    assert not first_responder.handles_by_answering(asked, first, BOOK)
    assert advance(asked, happen(e.Answered, handled=True)).route is e.Route.OWN
    assert advance(led, happen(e.Answered, handled=True)).route is e.Route.COLLEAGUE
