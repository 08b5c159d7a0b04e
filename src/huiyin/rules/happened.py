"""What a consequence is to the clock it changes."""

from __future__ import annotations

from huiyin.rules import clocks
from huiyin.rules.regimes import time_limit
from huiyin.rules.rulebook import Rulebook
from huiyin.rules.vocabulary import ExtendClock, PauseClock, ResumeClock, ScheduleEvent


def fact_of(
    consequence: PauseClock | ResumeClock | ExtendClock | ScheduleEvent, book: Rulebook
) -> clocks.Fact:
    """The fact as the clock keeps it; a pause names the clause that allows its procedure."""
    match consequence:
        case PauseClock():
            return clocks.Paused(
                kind=consequence.procedure,
                basis=book.cite(time_limit.PROCEDURES),
                at=consequence.at,
                planned_days=consequence.planned_days,
            )
        case ResumeClock():
            return clocks.Resumed(at=consequence.at)
        case ExtendClock():
            return clocks.Extended(
                limit=consequence.limit,
                approved_at=consequence.at,
                reason_digest=consequence.reason_digest,
            )
        case ScheduleEvent():
            return clocks.Scheduled(event_at=consequence.event_at, at=consequence.at)
