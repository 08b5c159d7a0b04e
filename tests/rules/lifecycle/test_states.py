"""A state says whether somebody still has to answer, and whether a refusal has all its signatures."""

from __future__ import annotations

from huiyin.rules import events as e
from huiyin.rules.lifecycle import DECIDED, UNCLOSED, UNDECIDED, Stage
from tests.rules.happenings import happen
from tests.rules.lifecycle.ways import APPROVED, CLOSED, FILED, PROPOSED, state


def test_a_matter_is_open_until_it_is_closed() -> None:
    gone = state(happen(e.Withdrawn))
    assert gone.is_open
    assert not state(happen(e.Withdrawn), CLOSED).is_open


def test_a_refusal_is_approved_by_its_last_signature_only() -> None:
    assert not state(PROPOSED, FILED).refusal_approved
    assert state(PROPOSED, FILED, APPROVED).refusal_approved


def test_no_stage_is_both_decided_and_undecided() -> None:
    assert DECIDED.isdisjoint(UNDECIDED)
    assert DECIDED | UNDECIDED <= UNCLOSED
    assert Stage.CLOSED not in UNCLOSED
