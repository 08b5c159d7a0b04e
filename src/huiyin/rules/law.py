"""What is in force for one office: its rulebook, its working calendar, and who stands in for whom."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from huiyin.rules import clocks
from huiyin.rules.counting import PART as COUNTING
from huiyin.rules.counting import counting_of
from huiyin.rules.rulebook import Rulebook
from huiyin.rules.workdays import SHANGHAI, Calendar


def _nobody(person: str, at: datetime) -> str:
    del person, at
    return ""


@dataclass(frozen=True, slots=True)
class Law:
    """What is in force for one office: its rulebook and its working calendar.

    `covering` tells who stood in for somebody at a moment, "" for nobody.
    """

    book: Rulebook
    calendar: Calendar
    covering: Callable[[str, datetime], str] = field(default=_nobody, compare=False)

    def reckon(self, clock: clocks.Clock) -> clocks.Reckoning:
        """Where a clock stands, by the rulebook of the day it began and the office's calendar."""
        return clocks.reckon(
            clock,
            self.calendar,
            threshold=self.threshold(clock.start),
            counting=self.counting(clock.start),
        )

    def counting(self, on: datetime) -> clocks.Counting:
        """How the office counts, by the rulebook on that day; as the law does where it says nothing."""
        if not self.book.has(COUNTING):
            return clocks.Counting()
        return counting_of(self.book.clause(COUNTING).on(on.astimezone(SHANGHAI).date()))

    def threshold(self, on: datetime) -> clocks.Threshold:
        """When a light turns yellow, by the rulebook on that day."""
        values = self.book.clause("lights").on(on.astimezone(SHANGHAI).date())
        return clocks.Threshold(
            min_working_days=int(values["min_working_days"]), share=float(values["share"])
        )
