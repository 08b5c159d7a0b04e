"""Only actions write: whoever changes a row also records the event, and there is one place to look."""

from __future__ import annotations

from tests.architecture import house


def test_only_actions_write() -> None:
    assert house.writes_outside_actions(house.ROOT) == []
