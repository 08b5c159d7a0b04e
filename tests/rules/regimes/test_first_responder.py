"""First responder: duties follow custody, at the acceptance and with their clocks unchanged."""

from __future__ import annotations

import pytest

from huiyin.rules import events as e
from huiyin.rules.lifecycle import advance, begin
from huiyin.rules.recorded import EVENTS
from huiyin.rules.regimes import first_responder
from huiyin.rules.vocabulary import Transfer
from tests.rules.happenings import BOOK, COLLEAGUE, after, application, happen, without

OFFERED = advance(begin(application()), happen(e.HandoverOffered))


def test_duties_pass_to_the_one_who_accepted() -> None:
    event = happen(e.HandoverAccepted, actor=COLLEAGUE)
    taken = advance(OFFERED, event)
    assert list(first_responder.consequences(OFFERED, event, taken, BOOK)) == [Transfer(COLLEAGUE)]


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


def test_it_objects_to_nothing_for_the_table_holds_custody() -> None:
    for kind in EVENTS.values():
        if kind is not e.Registered:
            assert list(first_responder.objections(OFFERED, happen(kind), BOOK)) == []


def test_custody_holds_for_a_profile_that_says_nothing_of_first_responders() -> None:
    silent = without(*(key for key in BOOK.clauses if ".first-responder." in key))
    event = happen(e.HandoverAccepted, actor=COLLEAGUE)
    found = list(first_responder.consequences(OFFERED, event, advance(OFFERED, event), silent))
    assert found == [Transfer(COLLEAGUE)]


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
