"""The days of a register and their names."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from huiyin.reports.ledgers.periods import Period, Span, between, whole
from huiyin.rules.errors import Invalid
from huiyin.rules.workdays import SHANGHAI


@pytest.mark.parametrize(
    ("span", "day", "first", "last", "named"),
    [
        (Span.MONTH, date(2024, 2, 29), date(2024, 2, 1), date(2024, 2, 29), "2024年2月"),
        (Span.MONTH, date(2026, 12, 31), date(2026, 12, 1), date(2026, 12, 31), "2026年12月"),
        (Span.QUARTER, date(2026, 11, 26), date(2026, 10, 1), date(2026, 12, 31), "2026年第4季度"),
        (Span.QUARTER, date(2026, 1, 1), date(2026, 1, 1), date(2026, 3, 31), "2026年第1季度"),
        (Span.YEAR, date(2026, 6, 1), date(2026, 1, 1), date(2026, 12, 31), "2026年"),
        (Span.DAYS, date(2026, 6, 1), date(2026, 6, 1), date(2026, 6, 1), "2026-06-01至2026-06-01"),
    ],
)
def test_a_day_lies_in_a_whole_period_with_its_name(
    span: Span, day: date, first: date, last: date, named: str
) -> None:
    found = whole(span, day)
    assert (found.first, found.last, found.named(str)) == (first, last, named)


def test_the_moments_are_those_of_the_office() -> None:
    period = Period(date(2026, 3, 1), date(2026, 3, 31))
    assert period.since == datetime(2026, 3, 1, tzinfo=SHANGHAI)
    assert period.until == datetime(2026, 4, 1, tzinfo=SHANGHAI)


def test_months_cover_every_day_once() -> None:
    months = list(Period(date(2025, 12, 15), date(2026, 2, 3)).months())
    assert [(one.first, one.last) for one in months] == [
        (date(2025, 12, 15), date(2025, 12, 31)),
        (date(2026, 1, 1), date(2026, 1, 31)),
        (date(2026, 2, 1), date(2026, 2, 3)),
    ]


def test_the_wrong_order_and_too_many_years_are_refused() -> None:
    assert between(date(2026, 1, 1), date(2026, 1, 1)).last == date(2026, 1, 1)
    with pytest.raises(Invalid) as late:
        between(date(2026, 1, 2), date(2026, 1, 1))
    assert set(late.value.fields) == {"to"}
    with pytest.raises(Invalid) as long:
        between(date(2000, 1, 1), date(2026, 1, 1))
    assert set(long.value.fields) == {"from"}
