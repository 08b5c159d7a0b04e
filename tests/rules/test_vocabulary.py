"""The words that rules speak in, and the amounts that no rule can mean."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest

from huiyin.rules.vocabulary import Discharge, Light, Limit, Outcome, Transfer, Unit
from tests.rules.happenings import at


@pytest.mark.parametrize("unit", [unit for unit in Unit if unit.takes_amount])
def test_a_limit_takes_an_amount_of_at_least_one(unit: Unit) -> None:
    assert Limit(1, unit).amount == 1
    for amount in (0, -1):
        with pytest.raises(ValueError, match=f"{unit} needs an amount of at least 1"):
            Limit(amount, unit)


@pytest.mark.parametrize("unit", [Unit.AT_ONCE, Unit.BEFORE_EVENT])
def test_at_once_and_before_an_event_take_no_amount(unit: Unit) -> None:
    assert Limit(0, unit).unit is unit
    assert not unit.takes_amount
    for amount in (1, -1):
        with pytest.raises(ValueError, match="takes no amount"):
            Limit(amount, unit)


def test_limits_are_values_that_cannot_change() -> None:
    limit = Limit(5, Unit.WORKING_DAY)
    assert limit == Limit(5, Unit.WORKING_DAY) != Limit(5, Unit.CALENDAR_DAY)
    with pytest.raises(FrozenInstanceError):
        limit.amount = 6  # type: ignore[misc]


def test_the_words_that_are_stored_and_sent_stay_as_they_are() -> None:
    assert [*Unit] == [
        "at_once",
        "working_hour",
        "working_day",
        "calendar_day",
        "month",
        "year",
        "clock_hour",
        "before_event",
    ]
    assert [*Light] == ["green", "yellow", "red", "blue", "grey"]
    assert [*Outcome] == ["early", "on_time", "late", "waived"]


def test_a_duty_is_done_unless_it_is_said_to_be_waived() -> None:
    assert not Discharge("decide", at("2026-03-02T10:00")).waived
    with pytest.raises(FrozenInstanceError):
        Transfer("clerk", "head").bearer = "colleague"  # type: ignore[misc]
