"""Each consequence for a clock is one fact of it."""

from __future__ import annotations

from huiyin.rules import clocks
from huiyin.rules.happened import fact_of
from huiyin.rules.vocabulary import ExtendClock, Limit, PauseClock, ResumeClock, ScheduleEvent, Unit
from tests.rules.happenings import BOOK, at

NOON = at("2026-03-02T12:00")
FIVE = Limit(5, Unit.WORKING_DAY)


def test_what_happened_to_a_clock_is_kept_with_its_clause_and_reason() -> None:
    paused = fact_of(PauseClock("decide", "hearing", NOON, 5), BOOK)
    assert paused == clocks.Paused("hearing", "law.licensing.45", NOON, 5)
    assert fact_of(ResumeClock("decide", NOON), BOOK) == clocks.Resumed(NOON)
    assert fact_of(ExtendClock("decide", FIVE, NOON, "d"), BOOK) == clocks.Extended(FIVE, NOON, "d")
    later = at("2026-03-20T14:30")
    assert fact_of(ScheduleEvent("prepare", later, NOON), BOOK) == clocks.Scheduled(later, NOON)
