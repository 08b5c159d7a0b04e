"""How matters end."""

from __future__ import annotations

import pytest

from huiyin.rules import events as e
from huiyin.rules.lifecycle import State, advance
from tests.rules.happenings import at, happen
from tests.rules.lifecycle.ways import (
    ACCEPTED,
    APPROVED,
    ASKED_MORE,
    CLOSED,
    DELIVERED,
    FILED,
    GAVE_MORE,
    GRANTED,
    OFFERED,
    PROPOSED,
    refused,
    state,
)

EXTENDING = state(ACCEPTED, ASKED_MORE)


def test_a_withdrawal_ends_a_pending_extension() -> None:
    gone = advance(EXTENDING, happen(e.Withdrawn))
    assert (gone.outcome, gone.extension_by, gone.extension) == ("withdrawn", (), None)
    untold = state(ACCEPTED, ASKED_MORE, GAVE_MORE, happen(e.Withdrawn))
    assert advance(untold, CLOSED).closed_at == CLOSED.at


def test_an_outcome_keeps_its_moment() -> None:
    granted = state(ACCEPTED, happen(e.Granted, "2026-03-04T09:00"))
    assert (granted.outcome, granted.decided_at) == ("granted", at("2026-03-04T09:00"))
    denied = state(PROPOSED, FILED, APPROVED, happen(e.Refused, "2026-03-05T09:00"))
    assert (denied.outcome, denied.decided_at) == ("refused", at("2026-03-05T09:00"))
    assert state(ACCEPTED, GRANTED, happen(e.Rated, score=4)).rating == 4


@pytest.mark.parametrize(
    ("before", "event", "code"),
    [
        (EXTENDING, GRANTED, "extension_pending"),
        (state(ACCEPTED, GRANTED, happen(e.Rated)), happen(e.Rated), "already_rated"),
        (state(happen(e.Withdrawn), CLOSED), happen(e.Rated), "not_rateable"),
        (state(ACCEPTED, GRANTED, DELIVERED, OFFERED), CLOSED, "handover_pending"),
    ],
)
def test_a_guard_refuses_with_its_own_code(before: State, event: e.Event, code: str) -> None:
    assert refused(before, event).code == code
