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


def test_the_last_way_that_was_chosen_counts() -> None:
    asked = state(kind=e.MatterKind.ENQUIRY)
    led = advance(advance(asked, happen(e.Routed)), happen(e.Routed, route=e.Route.SHARED))
    assert led.route is e.Route.SHARED
    assert refused(state(), happen(e.Routed)).code == "not_now"
