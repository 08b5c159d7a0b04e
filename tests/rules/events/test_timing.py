"""Events of time: who answers for a limit that ran out."""

from __future__ import annotations

from dataclasses import replace

from huiyin.rules import events as e
from tests.rules.happenings import CLERK, COLLEAGUE, at


def test_whoever_stood_in_answers_for_a_limit_that_ran_out_else_the_bearer() -> None:
    passed = e.LimitPassed(
        at=at("2026-03-17T17:30"), actor="system", what="decide", clause="p4.time-limit.2", bearer=CLERK
    )
    assert passed.against == CLERK
    assert replace(passed, covered_by=COLLEAGUE).against == COLLEAGUE
