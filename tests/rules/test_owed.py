"""What is owed is open until it ended, whatever came of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from huiyin.rules.clocks import Clock
from huiyin.rules.owed import Owed
from huiyin.rules.vocabulary import Limit, Outcome, Unit
from huiyin.rules.workdays import SHANGHAI


def test_it_is_open_until_it_ended() -> None:
    at = datetime(2026, 3, 2, 9, 0, tzinfo=SHANGHAI)
    clock = Clock(at, Limit(5, Unit.WORKING_DAY))
    owed = Owed("review-1", "review", "law.licensing.32.4", "clerk", clock, at, at, provisional=False)
    assert owed.is_open
    assert replace(owed, overdue_noted=True).is_open
    assert not replace(owed, ended_at=at, outcome=Outcome.WAIVED).is_open
