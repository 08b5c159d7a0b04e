"""Official documents: which clocks run, what the document itself says, and who sees it first."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from huiyin.rules import events as e
from huiyin.rules import official_documents as regime
from huiyin.rules.lifecycle import State, advance, begin
from huiyin.rules.rulebook import Rulebook, load
from huiyin.rules.vocabulary import (
    Consequence,
    Discharge,
    Duty,
    Finding,
    Limit,
    Relimit,
    ScheduleEvent,
    Transfer,
    Unit,
)
from tests.rules.happenings import BOOK, CLERK, COLLEAGUE, LEADER, happen, registered, without

HEADQUARTERS = load("headquarters")
COMMISSION = load("commission")
NOW = Limit(0, Unit.AT_ONCE)
TAKEN = (happen(e.DocumentSent), happen(e.DocumentSignedFor, actor=COLLEAGUE))


def days(amount: int) -> Limit:
    return Limit(amount, Unit.WORKING_DAY)


def comes_in(**given: Any) -> e.Registered:
    return registered(e.MatterKind.DOCUMENT_IN, "2026-03-02T10:00", **given)


def ordered(**given: Any) -> e.Registered:
    return registered(e.MatterKind.DOCUMENT_OUT, "2026-03-02T10:00", **given)


def state(first: e.Registered, *events: e.Event) -> State:
    found = begin(first)
    for event in events:
        found = advance(found, event)
    return found


def begun(first: e.Registered, book: Rulebook = BOOK) -> list[Consequence]:
    return list(regime.consequences(None, first, begin(first), book))


def limits(first: e.Registered, book: Rulebook = BOOK) -> dict[str, Limit]:
    return {one.what: one.limit for one in begun(first, book) if isinstance(one, Duty)}


def objections(before: State | None, event: e.Event, book: Rulebook = BOOK) -> list[str]:
    return [one.code for one in regime.objections(before, event, book)]


def follows(before: State, event: e.Event, book: Rulebook = BOOK) -> list[Consequence]:
    return list(regime.consequences(before, event, advance(before, event), book))


def test_a_document_without_a_limit_has_a_clock_for_each_hand_from_registration() -> None:
    assert limits(comes_in()) == {
        "present_to_main_leader": days(1),
        "present_to_leader_in_charge": days(2),
        "send_to_handler": days(3),
    }
    assert {one.start for one in begun(comes_in()) if isinstance(one, Duty)} == {comes_in().at}
    assert limits(ordered()) == {"draft_document": days(2), "dispatch_document": days(5)}


def test_the_documents_own_limit_takes_the_place_of_all_of_them() -> None:
    assert limits(comes_in(given=days(9))) == {"complete_document": days(9)}
    assert limits(ordered(given=days(1))) == {"dispatch_document": days(1)}


def test_a_set_day_is_an_event_that_the_limit_waits_for() -> None:
    day = datetime.fromisoformat("2026-03-20T17:30+08:00")
    duty, set_for = begun(comes_in(given_for=day))
    assert isinstance(duty, Duty)
    assert duty.limit == Limit(0, Unit.BEFORE_EVENT)
    assert set_for == ScheduleEvent("complete_document", day, comes_in().at)


@pytest.mark.parametrize(
    "part", ["present_to_main_leader", "present_to_leader_in_charge", "send_to_handler", "draft_document"]
)
def test_what_the_rulebook_does_not_say_is_off(part: str) -> None:
    book = without(part)
    assert part not in {**limits(comes_in(), book), **limits(ordered(), book)}
    assert limits(comes_in(), COMMISSION) == limits(ordered(), COMMISSION) == {}


def test_an_explicit_limit_counts_only_where_the_rulebook_puts_it_first() -> None:
    assert "complete_document" not in limits(comes_in(given=days(9)), without("incoming_document_limit"))
    assert "send_to_handler" in limits(comes_in(given=days(9)), without("incoming_document_limit"))


@pytest.mark.parametrize(
    "given", [{"grade": "important"}, {"grade": "urgent_telegram"}, {"urgency": e.Urgency.URGENT}]
)
def test_what_is_important_or_urgent_is_presented_at_once(given: dict[str, Any]) -> None:
    assert limits(comes_in(**given), HEADQUARTERS) == {"present_to_a_leader": NOW}
    usual = {"present_to_a_leader": Limit(2, Unit.CALENDAR_DAY)}
    assert limits(comes_in(grade="ordinary"), HEADQUARTERS) == usual


def test_leaders_see_it_in_their_order_before_whoever_handles_it() -> None:
    new = state(comes_in())
    assert objections(new, happen(e.PresentedToLeader)) == ["main_leader_first"]
    assert objections(new, happen(e.DocumentSent)) == ["leaders_first"]
    half = state(comes_in(), happen(e.PresentedToMainLeader))
    assert objections(half, happen(e.PresentedToLeader)) == []
    assert objections(half, happen(e.DocumentSent)) == ["leaders_first"]
    assert objections(state(comes_in(given=days(3))), happen(e.DocumentSent)) == []
    assert objections(new, happen(e.DocumentSent), HEADQUARTERS) == ["leaders_first"]
    assert objections(half, happen(e.DocumentSent), HEADQUARTERS) == []
    assert objections(state(comes_in(grade="important")), happen(e.DocumentSent), HEADQUARTERS) == []
    assert objections(new, happen(e.DocumentSent), COMMISSION) == []


def test_a_pending_hand_over_ends_before_the_document_is_sent_on() -> None:
    offered = happen(e.HandoverOffered)
    seen = state(comes_in(), happen(e.PresentedToMainLeader), happen(e.PresentedToLeader), offered)
    assert objections(seen, happen(e.DocumentSent, to=LEADER)) == ["handover_pending"]
    assert objections(seen, happen(e.DocumentVoided)) == ["handover_pending"]
    withdrawn = advance(seen, happen(e.HandoverWithdrawn))
    assert objections(withdrawn, happen(e.DocumentSent, to=LEADER)) == []
    # Whom it was sent to is offered it too; it may still be sent to somebody else.
    sent = advance(withdrawn, happen(e.DocumentSent, to=LEADER))
    assert objections(sent, happen(e.DocumentSent)) == []


@pytest.mark.parametrize(
    ("given", "codes"),
    [
        ({}, []),
        ({"limit": days(5)}, []),
        ({"limit": days(6)}, ["special_circumstances"]),
        ({"limit": days(6), "special_digest": "d"}, []),
        ({"limit": Limit(2, Unit.CALENDAR_DAY)}, ["limit_in_other_unit"]),
    ],
)
def test_more_time_than_usual_takes_special_circumstances(given: dict[str, Any], codes: list[str]) -> None:
    seen = state(comes_in(), happen(e.PresentedToLeader))
    assert objections(seen, happen(e.DocumentSent, **given), HEADQUARTERS) == codes


def test_a_limit_of_the_documents_own_is_nobodys_to_set() -> None:
    seen = state(comes_in(given=days(9)), happen(e.PresentedToLeader))
    assert objections(seen, happen(e.DocumentSent, limit=days(2)), HEADQUARTERS) == ["limit_not_open"]


def test_the_days_to_complete_it_run_from_the_sending_on() -> None:
    sent = TAKEN[0]
    seen = state(comes_in(), happen(e.PresentedToLeader))
    duty = Duty("complete_document", "p2.time-limit.9.e", CLERK, sent.at, days(5), once=True)
    assert follows(seen, sent, HEADQUARTERS) == [duty]
    longer = replace(sent, limit=days(8), special_digest="d")
    assert follows(seen, longer, HEADQUARTERS) == [
        replace(duty, limit=days(8)),
        Relimit("complete_document", days(8), sent.at),
    ]
    assert follows(state(comes_in(given=days(9))), sent, HEADQUARTERS) == follows(seen, sent) == []


def test_whoever_signs_for_it_takes_over_what_is_owed() -> None:
    before = state(comes_in(), TAKEN[0])
    found = follows(before, TAKEN[1], HEADQUARTERS)
    assert Discharge("send_to_handler", TAKEN[1].at) in found
    assert found[-1] == Transfer(COLLEAGUE)
    # A clock that runs since it was sent is not begun anew.
    assert all(one.once for one in found if isinstance(one, Duty))
    assert not [one for one in follows(before, TAKEN[1]) if isinstance(one, Duty)]


def test_both_are_told_of_a_delay_or_it_is_none() -> None:
    told = happen(e.DelayExplained)
    assert objections(None, told, HEADQUARTERS) == []
    for one in told.addressees:
        assert objections(None, replace(told, addressees=(one,)), HEADQUARTERS) == ["addressee_missing"]
    assert objections(None, told, BOOK) == ["not_regulated"]


def test_a_limit_that_passes_unexplained_is_a_finding_of_its_own() -> None:
    taken = state(comes_in(), *TAKEN)
    passed = happen(e.LimitPassed, what="complete_document", bearer=COLLEAGUE)
    unexplained = Finding("delay_unexplained", "p2.time-limit.9.d", passed.at, COLLEAGUE)
    assert follows(taken, passed, HEADQUARTERS) == [unexplained]
    assert follows(replace(taken, delay_explained=True), passed, HEADQUARTERS) == []
    other = replace(passed, what="present_to_a_leader", bearer=CLERK)
    assert follows(taken, other, HEADQUARTERS) == []
    assert follows(taken, passed, BOOK) == []


@pytest.mark.parametrize(
    ("event", "ended"),
    [
        (happen(e.PresentedToMainLeader), {"present_to_main_leader", "present_to_a_leader"}),
        (happen(e.PresentedToLeader), {"present_to_leader_in_charge", "present_to_a_leader"}),
    ],
)
def test_each_hand_ends_its_own_clock(event: e.Event, ended: set[str]) -> None:
    found = follows(state(comes_in()), event)
    assert {one.what for one in found if isinstance(one, Discharge)} == ended
