"""First responder: duties follow custody, at the acceptance and with their clocks unchanged."""

from __future__ import annotations

import pytest

from huiyin.rules import events as e
from huiyin.rules.lifecycle import State, advance, begin
from huiyin.rules.recorded import EVENTS
from huiyin.rules.regimes import first_responder
from huiyin.rules.vocabulary import Transfer
from tests.rules.happenings import BOOK, COLLEAGUE, after, application, enquiry, happen, without

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


def test_it_objects_to_no_change_of_custody_for_the_table_holds_it() -> None:
    for kind in EVENTS.values():
        if kind not in {e.Registered, e.Closed}:
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
