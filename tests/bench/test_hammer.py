"""Two processes hammer intake for a moment; `python -m bench.hammer` does it for a minute.

The office lives in a database of its own, because real processes commit for real.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest
from django.db import connection

from bench.hammer import ACTIONS, HTTP, KEY, hammer, judged
from bench.hammering import QUEUE
from bench.scene import POSTGRESQL, SQLITE, Scene, fresh_database, scene

PATIENCE = 15.0
"""Seconds: `WAIT_LIMIT` of the queue, past which somebody is told that the office is busy."""


@pytest.fixture
def place() -> Iterator[Scene]:
    on_sqlite = connection.vendor == "sqlite"
    made = nullcontext("") if on_sqlite else fresh_database(os.environ["DATABASE_URL"])
    with made as url, scene(SQLITE if on_sqlite else POSTGRESQL, url) as found:
        yield found


def test_no_receipt_is_lost_or_doubled_and_nobody_is_refused(place: Scene, tmp_path: Path) -> None:
    for over in (ACTIONS, HTTP):
        verdict = hammer(place, tmp_path, 4, over)
        assert verdict.faults == {}, verdict.first
        assert verdict.receipts == verdict.matters > 0
        assert verdict.answers > verdict.receipts
        assert verdict.longest < PATIENCE
    # The judge sees a receipt that somebody holds and nobody stored.
    invented = {"key": "k", "number": "ZHAO-2026-999999-X", "code": "0123456789", "wait": 0.1}
    (tmp_path / "invented.journal").write_text(json.dumps(invented))
    assert set(judged(place, tmp_path).faults) == {"lost"}


def test_without_the_queue_people_are_refused_and_without_the_key_receipts_doubled(
    place: Scene, tmp_path: Path
) -> None:
    if place.database == SQLITE:
        verdict = hammer(place, tmp_path, 2, ACTIONS, QUEUE)
        assert set(verdict.faults) == {"refused"}
    verdict = hammer(place, tmp_path, 3, ACTIONS, KEY)
    assert "doubled" in verdict.faults
    assert "lost" not in verdict.faults
