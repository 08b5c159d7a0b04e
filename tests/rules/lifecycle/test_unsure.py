"""Flagged, referred, answered, told: each step waits for the one before it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from huiyin.rules import events as e
from huiyin.rules.errors import Unlawful
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


@pytest.mark.parametrize(
    ("before", "flagged", "referred_to"),
    [("", "flagged", "referred"), ("told", "flagged", "referred"), ("told_no", "flagged_no", "asked_no")],
)
def test_a_flag_is_taken_back_until_somebody_was_asked(before: str, flagged: str, referred_to: str) -> None:
    state = advance(replace(BEGUN, uncertain=before), happen(e.FlaggedUncertain))
    assert state.uncertain == flagged
    back = advance(state, happen(e.FlagTakenBack))
    # That the applicant was told no stays known.
    assert back.uncertain == ("told_no" if before == "told_no" else "")
    asked = advance(state, happen(e.InstructionAsked))
    assert asked.uncertain == referred_to
    for nothing_to_take_back in (back, asked):
        with pytest.raises(Unlawful) as caught:
            advance(nothing_to_take_back, happen(e.FlagTakenBack))
        assert caught.value.code == "no_flag_to_take_back"
