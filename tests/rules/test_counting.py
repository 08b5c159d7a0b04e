"""The two switches of an office, and what stands in a rulebook for them."""

from __future__ import annotations

from typing import Any

import pytest

from huiyin.rules.counting import Counting, counting_of


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, Counting(late_receipt_waits=False, end_rolls=True)),
        ({"late_receipt": "own_day", "end_on_day_off": "next_working_day"}, Counting()),
        ({"late_receipt": "next_opening"}, Counting(late_receipt_waits=True)),
        ({"end_on_day_off": "stays"}, Counting(end_rolls=False)),
    ],
)
def test_switches_are_words(values: dict[str, str], expected: Counting) -> None:
    assert counting_of(values) == expected


@pytest.mark.parametrize(
    ("values", "complaint"),
    [
        ({"late_receipt": "tomorrow"}, "late_receipt must be own_day or next_opening, not 'tomorrow'"),
        ({"end_on_day_off": True}, "must be next_working_day or stays"),
        ({"late_reciept": "own_day"}, "not late_reciept"),
    ],
)
def test_any_other_word_is_refused(values: dict[str, Any], complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        counting_of(values)
