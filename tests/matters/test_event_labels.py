"""The words for what happened: every event there is can be told, and named as an act."""

from __future__ import annotations

from huiyin.matters import event_labels
from huiyin.rules.recorded import EVENTS


def test_every_event_can_be_told_and_named_as_an_act() -> None:
    assert set(EVENTS) <= set(event_labels.EVENTS)
    assert set(event_labels.ACTS) == set(event_labels.EVENTS)
