"""Papers lie with one for another, one batch at a time, until that one takes them."""

from __future__ import annotations

from huiyin.rules import events as e
from huiyin.rules.lifecycle import advance
from tests.rules.happenings import COLLEAGUE, LEADER, happen
from tests.rules.lifecycle.ways import refused, state

KEPT = happen(e.PapersKept)


def test_papers_wait_until_the_colleague_or_the_stand_in_takes_them() -> None:
    waiting = state(KEPT)
    assert waiting.papers_for == (COLLEAGUE,)
    assert refused(waiting, KEPT).code == "papers_waiting"
    assert refused(waiting, happen(e.PapersTaken)).code == "no_papers"
    assert advance(waiting, happen(e.PapersTaken, actor=COLLEAGUE)).papers_for == ()
    taken = advance(waiting, happen(e.PapersTaken, actor=LEADER, acting_for=COLLEAGUE))
    assert taken.papers_for == ()
    assert advance(taken, KEPT).papers_for == (COLLEAGUE,)


def test_the_last_way_that_was_chosen_counts_but_what_is_shared_stays_so() -> None:
    asked = state(kind=e.MatterKind.ENQUIRY)
    led = advance(advance(asked, happen(e.Routed)), happen(e.Routed, route=e.Route.COLLEAGUE))
    assert led.route is e.Route.COLLEAGUE
    shared = advance(led, happen(e.Routed, route=e.Route.SHARED))
    assert advance(shared, happen(e.Routed)).route is e.Route.SHARED
    assert refused(state(), happen(e.Routed)).code == "not_now"


def test_a_question_waits_for_the_leader_who_was_asked_last_or_takes_the_matter_over() -> None:
    unclear = happen(e.Routed, route=e.Route.UNCLEAR, to=LEADER)
    asked = advance(state(kind=e.MatterKind.ENQUIRY), unclear)
    assert asked.instruction_to == LEADER
    assert refused(asked, happen(e.Instructed, actor=COLLEAGUE)).code == "not_asked"
    assert advance(asked, happen(e.Instructed, actor=COLLEAGUE, acting_for=LEADER)).instruction_to == ""
    another = advance(asked, happen(e.Routed, route=e.Route.UNCLEAR, to=COLLEAGUE))
    assert refused(another, happen(e.Instructed, actor=LEADER)).code == "not_asked"
    for to, waits_for in ((LEADER, ""), (COLLEAGUE, LEADER)):
        offered = advance(asked, happen(e.HandoverOffered, to=to))
        assert advance(offered, happen(e.HandoverAccepted, actor=to)).instruction_to == waits_for
        assert advance(asked, happen(e.CustodyAssigned, to=to)).instruction_to == waits_for
