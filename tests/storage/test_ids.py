from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from huiyin.storage import ids
from huiyin.storage.ids import new_id


def test_they_are_version_7_unique_and_in_order() -> None:
    made = [new_id() for _ in range(20_000)]
    assert made == sorted(set(made))
    assert {(one.version, one.variant) for one in made} == {(7, "specified in RFC 4122")}
    assert abs((made[-1].int >> 80) - time.time() * 1000) < 5_000


def test_the_order_survives_a_clock_that_steps_back(monkeypatch: pytest.MonkeyPatch) -> None:
    before = new_id()
    monkeypatch.setattr(time, "time_ns", lambda: 0)
    assert new_id() > before


def test_a_full_millisecond_runs_over_into_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "time_ns", lambda: 5_000_000)
    monkeypatch.setattr(ids, "_last", [5, ids._COUNTER_TOP - 1])
    assert new_id().int >> 80 == 6


def test_threads_never_share_one() -> None:
    with ThreadPoolExecutor(8) as pool:
        made = [one for part in pool.map(lambda _: [new_id() for _ in range(500)], range(16)) for one in part]
    assert len(set(made)) == len(made)
