"""Pointing out asks for what some clause on offer needs, and for nothing else."""

from __future__ import annotations

from datetime import date

import pytest

from huiyin.doors.desk import pointing, steps
from huiyin.rules.invoking import invocable
from huiyin.rules.rulebook import load

DAY = date(2026, 3, 2)
FIELDS = steps.STEPS[pointing.VERB].fields


@pytest.mark.parametrize(
    ("rulebook", "regime", "apart"),
    [
        ("commission", "first-responder", {"verified"}),
        ("headquarters", "first-responder", {"effect"}),
        ("township", "one-time-notice", {"verified", "gravity"}),
        ("company", "first-responder", set()),
    ],
)
def test_each_clause_asks_for_its_own(rulebook: str, regime: str, apart: set[str]) -> None:
    offered = [one for one in invocable(load(rulebook)) if one.regime == regime]
    found = {one.name: one for one in pointing.asked(FIELDS, pointing.VERB, offered, DAY)}
    assert found.keys() == {"clause", "facts", "against"} | apart
    assert set(found["clause"].choices) == {"", *(one.id for one in offered)}


def test_the_degrees_on_offer_are_those_of_the_clauses() -> None:
    offered = [one for one in invocable(load("township")) if one.id == "p4.one-time-notice.6"]
    found = {one.name: one for one in pointing.asked(FIELDS, pointing.VERB, offered, DAY)}
    assert list(found["gravity"].choices) == ["", "incorrect_execution", "bad_consequence"]


def test_another_verb_is_left_as_it_is() -> None:
    assert pointing.asked(FIELDS, "urge", [], DAY) == list(FIELDS)
