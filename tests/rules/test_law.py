"""What is in force for an office: thresholds and counting by the day, and who stands in."""

from __future__ import annotations

from dataclasses import replace

from huiyin.rules import clocks
from huiyin.rules.law import Law
from tests.rules.happenings import CLERK, COLLEAGUE, LAW, at, without

DAY = at("2026-03-02T10:00")


def test_it_counts_and_warns_as_the_rulebook_of_the_day_says() -> None:
    assert LAW.threshold(DAY) == clocks.Threshold(min_working_days=1, share=0.2)
    assert LAW.counting(DAY) == clocks.Counting()


def test_nobody_stands_in_unless_the_office_says_who() -> None:
    assert LAW.covering(CLERK, DAY) == ""
    told = replace(LAW, covering=lambda person, moment: COLLEAGUE if (person, moment) == (CLERK, DAY) else "")
    assert (told.covering(CLERK, DAY), told.covering(COLLEAGUE, DAY)) == (COLLEAGUE, "")
    assert told == LAW
    assert Law(LAW.book, LAW.calendar) == LAW


def test_a_rulebook_that_says_nothing_counts_as_the_law_does() -> None:
    bare = Law(without("house.counting"), LAW.calendar)
    assert bare.counting(DAY) == clocks.Counting() == LAW.counting(DAY)
