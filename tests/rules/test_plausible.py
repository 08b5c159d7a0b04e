"""What could not have happened to a matter is refused of a clock that rests on none."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from huiyin.rules import plausible
from huiyin.rules.clocks import Clock, Extended, Fact, Paused, Resumed
from huiyin.rules.docket import Law
from huiyin.rules.errors import Unlawful
from huiyin.rules.rulebook import load
from huiyin.rules.vocabulary import Limit, Unit
from huiyin.rules.workdays import SHANGHAI, load_calendar

LAW = Law(load("township"), load_calendar())
START = datetime(2026, 3, 2, 10, tzinfo=SHANGHAI)
DUE = datetime(2026, 3, 9, 17, 30, tzinfo=SHANGHAI)
FIVE = Limit(5, Unit.WORKING_DAY)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def extended(when: datetime) -> Extended:
    return Extended(FIVE, when, "")


def paused(begins: str, ends: str = "", planned: int = 0) -> tuple[Fact, ...]:
    begun = Paused("inspection", "", at(begins), planned)
    return (begun, Resumed(at(ends))) if ends else (begun,)


def check(*facts: Fact) -> None:
    plausible.check(plausible.in_order(Clock(START, FIVE, facts)), LAW)


def refused(*facts: Fact) -> Unlawful:
    with pytest.raises(Unlawful) as found:
        check(*facts)
    return found.value


def test_at_the_due_moment_an_extension_still_counts_and_not_after() -> None:
    assert LAW.reckon(Clock(START, FIVE)).due == DUE
    check(extended(DUE))
    error = refused(extended(DUE + timedelta(minutes=1)))
    assert (error.code, error.clause) == ("extension_after_limit", "p4.time-limit.8.b")
    assert "2026-03-09 17:30" in str(error)


def test_a_second_extension_comes_before_the_end_of_the_first() -> None:
    check(extended(DUE), extended(at("2026-03-16T17:30")))
    error = refused(extended(DUE), extended(at("2026-03-17T08:30")))
    assert error.params["ended"] == "2026-03-16 17:30"


def test_pauses_are_considered_and_none_brings_a_passed_limit_back() -> None:
    check(*paused("2026-03-04T09:00", "2026-03-05T17:00"), extended(at("2026-03-11T09:00")))
    # While a procedure runs, no limit passes.
    check(*paused("2026-03-04T09:00", planned=1), extended(at("2026-03-20T09:00")))
    error = refused(*paused("2026-03-10T09:00", "2026-03-12T09:00"), extended(at("2026-03-11T09:00")))
    assert error.params["ended"] == "2026-03-09 17:30"


def test_facts_are_taken_in_the_order_in_which_they_happened() -> None:
    check(extended(at("2026-03-16T17:30")), extended(DUE))


def test_nothing_comes_before_the_start() -> None:
    assert refused(extended(START - timedelta(minutes=1))).code == "extension_before_start"
    assert refused(*paused("2026-03-02T09:59", "2026-03-03T09:00")).code == "pause_before_start"
    check(extended(START), *paused("2026-03-02T10:00", "2026-03-03T09:00"))


def test_a_procedure_after_the_limit_moves_nothing_and_is_no_fault() -> None:
    late = paused("2026-03-10T09:00", "2026-03-12T09:00")
    check(*late)
    assert LAW.reckon(Clock(START, FIVE, late)).due == DUE


def test_a_regulation_without_extensions_names_no_clause() -> None:
    law = Law(load("headquarters"), load_calendar())
    with pytest.raises(Unlawful) as found:
        plausible.check(Clock(START, FIVE, (extended(at("2026-04-01T09:00")),)), law)
    assert found.value.clause == ""
