"""Facts survive their JSON, and nothing else passes for them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.rules.facts import (
    Capped,
    Clock,
    Extended,
    Fact,
    Paused,
    Resumed,
    Scheduled,
    facts_from_json,
    facts_to_json,
)
from huiyin.rules.vocabulary import Limit, Unit
from huiyin.rules.workdays import SHANGHAI

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
NAIVE = datetime(2026, 3, 2, 12)

MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2099, 1, 1), timezones=st.sampled_from([UTC, SHANGHAI]))
LIMITS = st.builds(Limit, st.integers(1, 999), st.sampled_from([u for u in Unit if u.takes_amount]))
FACTS: st.SearchStrategy[Fact] = st.one_of(
    st.builds(Paused, st.text(), st.text(), MOMENTS, st.integers(0, 99)),
    st.builds(Resumed, MOMENTS),
    st.builds(Extended, LIMITS, MOMENTS, st.text()),
    st.builds(Scheduled, MOMENTS, MOMENTS),
    st.builds(Capped, MOMENTS),
)


@given(st.lists(FACTS, max_size=4))
def test_facts_survive_json(facts: list[Fact]) -> None:
    assert facts_from_json(json.loads(json.dumps(facts_to_json(facts)))) == tuple(facts)


def test_moments_are_written_in_utc() -> None:
    here = NOON.astimezone(SHANGHAI)
    assert facts_to_json([Resumed(here)]) == [{"fact": "resumed", "at": "2026-03-02T12:00:00+00:00"}]


@pytest.mark.parametrize(
    "raw",
    [
        [{}],
        [{"fact": "stopped"}],
        [{"fact": "resumed"}],
        [{"fact": "resumed", "at": "yesterday"}],
        [{"fact": "resumed", "at": "2026-03-02T12:00:00"}],
        [{"fact": "resumed", "at": 5}],
        [
            {
                "fact": "extended",
                "amount": 1,
                "unit": "fortnight",
                "approved_at": NOON.isoformat(),
                "reason_digest": "",
            }
        ],
        [{"fact": "paused", "kind": "", "basis": "", "at": NOON.isoformat(), "planned_days": -1}],
        [{"fact": "scheduled", "at": NOON.isoformat()}],
        [{"fact": "scheduled", "event_at": "2026-03-02T12:00:00", "at": NOON.isoformat()}],
        ["resumed"],
        None,
    ],
)
def test_anything_else_is_refused(raw: Any) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 (several messages)
        facts_from_json(raw)


def test_naive_moments_are_refused() -> None:
    limit = Limit(1, Unit.WORKING_DAY)
    for make in (
        lambda: Clock(NAIVE, limit),
        lambda: Resumed(NAIVE),
        lambda: Paused("hearing", "x", NAIVE, 1),
        lambda: Extended(limit, NAIVE, ""),
        lambda: Scheduled(NAIVE, NOON),
        lambda: Scheduled(NOON, NAIVE),
    ):
        with pytest.raises(ValueError, match="no time zone"):
            make()
