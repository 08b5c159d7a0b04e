"""Work that says how far it is is gone through to its end, and what it made comes back."""

from __future__ import annotations

from huiyin.reports.making import Making, finish


def three() -> Making[str]:
    yield from (1, 2, 3)
    return "made"


def test_what_was_made_comes_back_and_every_step_is_told() -> None:
    steps: list[int] = []
    assert finish(three(), steps.append) == "made"
    assert steps == [1, 1, 1]


def test_nobody_has_to_listen() -> None:
    assert finish(three()) == "made"
