"""Flagged, referred, answered, told: each step waits for the one before it."""

from __future__ import annotations

from dataclasses import replace

from huiyin.rules import events as e
from huiyin.rules.lifecycle import advance, begin
from huiyin.rules.lifecycle.unsure import instructed, referred
from tests.rules.happenings import LEADER, application, happen

BEGUN = begin(application())


def test_each_step_waits_for_the_one_before_it() -> None:
    state = BEGUN
    for event, found in (
        (happen(e.FlaggedUncertain), "flagged"),
        (happen(e.InstructionAsked), "referred"),
        (happen(e.InstructionGiven, actor=LEADER, allows=False), "can"),
        (happen(e.ResultTold), "told"),
    ):
        state = advance(state, event)
        assert state.uncertain == found


def test_who_was_never_unsure_stays_so() -> None:
    assert referred(BEGUN) == instructed(BEGUN) == BEGUN
    assert instructed(replace(BEGUN, uncertain="flagged")).uncertain == "flagged"
    assert advance(BEGUN, happen(e.InstructionAsked)).uncertain == ""
