"""Days, moments and limits as people type them."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from huiyin.doors import phrases
from huiyin.doors.cli import typed
from huiyin.rules.errors import HuiyinError
from huiyin.rules.vocabulary import Limit, Unit
from huiyin.rules.workdays import SHANGHAI


def test_a_day_is_read_or_refused_by_name() -> None:
    assert typed.day_of("2025-10-01") == date(2025, 10, 1)
    with pytest.raises(HuiyinError, match="“gestern”不是日期"):
        typed.day_of("gestern")


def test_moments_are_in_beijing_time_unless_they_say_otherwise() -> None:
    assert typed.moment("2026-02-13T10:00") == datetime(2026, 2, 13, 10, tzinfo=SHANGHAI)
    assert typed.moment("2026-02-13T02:00+00:00") == datetime(2026, 2, 13, 10, tzinfo=SHANGHAI)
    assert typed.moment("2026-02-13") == datetime(2026, 2, 13, 8, 30, tzinfo=SHANGHAI)
    with pytest.raises(HuiyinError, match="不是时刻"):
        typed.moment("2026-02-30")


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("5 working_day", Limit(5, Unit.WORKING_DAY)),
        ("10 working days", Limit(10, Unit.WORKING_DAY)),
        ("2 months", Limit(2, Unit.MONTH)),
        ("3_calendar_day", Limit(3, Unit.CALENDAR_DAY)),
        ("at once", Limit(0, Unit.AT_ONCE)),
        ("1 year", Limit(1, Unit.YEAR)),
        ("24 clock hours", Limit(24, Unit.CLOCK_HOUR)),
        ("before-event", Limit(0, Unit.BEFORE_EVENT)),
        ("5个工作日", Limit(5, Unit.WORKING_DAY)),
        ("10 工作日", Limit(10, Unit.WORKING_DAY)),
        ("５个工作日", Limit(5, Unit.WORKING_DAY)),
        ("二十个工作日", Limit(20, Unit.WORKING_DAY)),
        ("两个月", Limit(2, Unit.MONTH)),
        ("3个月", Limit(3, Unit.MONTH)),
        ("15日", Limit(15, Unit.CALENDAR_DAY)),
        ("15天", Limit(15, Unit.CALENDAR_DAY)),
        ("六十日", Limit(60, Unit.CALENDAR_DAY)),
        ("1年", Limit(1, Unit.YEAR)),
        ("2个工作小时", Limit(2, Unit.WORKING_HOUR)),
        ("24自然小时", Limit(24, Unit.CLOCK_HOUR)),
        ("当场", Limit(0, Unit.AT_ONCE)),
        ("立即", Limit(0, Unit.AT_ONCE)),
    ],
)
def test_limits_are_read_as_people_write_them(text: str, limit: Limit) -> None:
    assert typed.limit_of(text) == limit


@pytest.mark.parametrize("unit", list(Unit))
def test_a_limit_is_read_as_the_pages_print_it(unit: Unit) -> None:
    limit = Limit(3 if unit.takes_amount else 0, unit)
    assert typed.limit_of(phrases.limit(limit)) == limit


@pytest.mark.parametrize("text", ["24小时", "24 个小时", "24 hours", "二十四小时"])
def test_plain_hours_are_refused_with_both_kinds_to_choose_from(text: str) -> None:
    with pytest.raises(HuiyinError, match="没有写明是哪一种小时") as refused:
        typed.limit_of(text)
    remedy = refused.value.remedy % refused.value.params
    for way in ("24个工作小时", "24 working_hour", "24自然小时", "24 clock_hour"):
        assert way in remedy
        assert typed.limit_of(way).amount == 24


@pytest.mark.parametrize(
    "text", ["", "5", "5 foo", "5周", "0日", "0 working_day", "5 at_once", "5当场", "一二日", "12345日"]
)
def test_what_is_no_limit_is_refused_with_both_ways_of_writing(text: str) -> None:
    with pytest.raises(HuiyinError, match="不是时限") as refused:
        typed.limit_of(text)
    units = str(refused.value.params["units"])
    for unit in Unit:
        assert f"（{unit.value}）" in units
    for way in ("当场", "2个工作小时", "5个工作日", "15日", "3个月", "1年", "24自然小时", "活动举行前"):
        assert way in units
        typed.limit_of(way)
