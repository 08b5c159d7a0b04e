"""The form for what the office is given to do."""

from __future__ import annotations

from huiyin.doors.api.errands import TakeIn
from huiyin.rules.vocabulary import Limit, Unit


def test_a_limit_is_read_with_its_unit_and_may_be_missing() -> None:
    assert TakeIn(kind="task", summary="x").limit() is None
    told = TakeIn(kind="task", summary="x", limit_amount=15, limit_unit="calendar_day")
    assert told.limit() == Limit(15, Unit.CALENDAR_DAY)
