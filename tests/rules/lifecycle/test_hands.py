"""Whoever was behind an act in either way is one of its hands."""

from __future__ import annotations

from huiyin.rules import events as e
from huiyin.rules.lifecycle.hands import hands, same_hand
from tests.rules.happenings import CLERK, COLLEAGUE, LEADER, happen


def test_both_the_actor_and_the_absent_colleague_are_hands_of_an_act() -> None:
    assert hands(happen(e.Granted)) == (CLERK,)
    for_another = happen(e.Granted, actor=COLLEAGUE, acting_for=CLERK)
    assert hands(for_another) == (COLLEAGUE, CLERK)
    assert same_hand((CLERK,), for_another)
    assert not same_hand((LEADER,), for_another)
    assert not same_hand((), for_another)
