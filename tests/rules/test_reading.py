"""What calendar files have in common, and how a wrong one is told so."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from huiyin.rules.reading import ScheduleError, day_of, mapping


def test_lines_of_keys_and_values_are_read() -> None:
    assert mapping("year: 2030", "x") == {"year": 2030}


@pytest.mark.parametrize(("text", "complaint"), [("a: [", "not YAML"), ("- 1", "key: value"), ("", "none")])
def test_anything_else_is_refused_by_name(text: str, complaint: str) -> None:
    with pytest.raises(ScheduleError, match="my-file") as caught:
        mapping(text, "my-file")
    assert complaint in str(caught.value)


def test_a_day_is_a_date_and_nothing_else() -> None:
    assert day_of(date(2026, 1, 1), "x") == date(2026, 1, 1)
    for wrong in ("2026-01-01", datetime(2026, 1, 1), 20260101, None):
        with pytest.raises(ScheduleError, match="write it as 2026-01-01"):
            day_of(wrong, "x")
