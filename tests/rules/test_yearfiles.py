"""Writing year files: shipped years survive the way through every form."""

from __future__ import annotations

import json
from datetime import date

import pytest
import yaml

from huiyin.rules import yearfiles
from huiyin.rules.schedules import Notice, ScheduleError, parse_year
from huiyin.rules.workdays import load_calendar

NOTICE = Notice("关于2027年部分节假日安排的通知", "某发〔2026〕1号", date(2026, 11, 9))
DAYS = {
    "year": 2027,
    "days": [
        {"name": "元旦", "date": "2026-12-31", "isOffDay": True},
        {"name": "元旦", "date": "2027-01-01", "isOffDay": True},
        {"name": "春节", "date": "2027-02-06", "isOffDay": True},
        {"name": "春节", "date": "2027-02-20", "isOffDay": False},
        {"name": "国庆、中秋", "date": "2027-10-01", "isOffDay": True},
        {"name": "校庆", "date": "2027-10-08", "isOffDay": True},
    ],
}


@pytest.mark.parametrize("year", sorted(yearfiles.shipped_texts()))
def test_a_shipped_year_survives_yaml_and_json(year: int) -> None:
    text = yearfiles.shipped_texts()[year]
    as_json = json.dumps(yaml.safe_load(text), default=str)
    for drafted in (yearfiles.from_yaml(text), yearfiles.from_json(as_json, None)):
        assert drafted.year == year
        assert parse_year(drafted.text, "a") == parse_year(text, "b")


def test_the_common_json_form_gives_a_year_and_what_changes_before_it() -> None:
    drafted = yearfiles.from_json(json.dumps(DAYS), NOTICE)
    found = parse_year(drafted.text, "a")
    assert found.off == {
        date(2027, 1, 1): "new_year",
        date(2027, 2, 6): "spring_festival",
        date(2027, 10, 1): "mid_autumn_national_day",
        date(2027, 10, 8): found.off[date(2027, 10, 8)],
    }
    assert found.names[found.off[date(2027, 10, 8)]] == ("校庆", "校庆")
    assert found.worked == {date(2027, 2, 20)}
    assert found.notices == (NOTICE,)
    changed = parse_year(yearfiles.compose(yearfiles.shipped_texts()[2026], [drafted.amendment]), "b")
    assert changed.off[date(2026, 12, 31)] == "new_year"
    assert changed.notices[-1] == NOTICE


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("{", "not JSON"),
        ("[]", "one JSON object"),
        (json.dumps({**DAYS, "year": 2030}), "neither 2030"),
        (json.dumps({**DAYS, "days": [{"date": "2027-01-01"}]}), "isOffDay"),
        (json.dumps({**DAYS, "days": [{"name": "元旦", "date": "2027-01-01", "isOffDay": 1}]}), "true or"),
        (json.dumps({**DAYS, "days": []}), "no day off"),
    ],
)
def test_a_faulty_file_is_refused_with_what_is_wrong(text: str, fault: str) -> None:
    with pytest.raises(ScheduleError, match=fault):
        yearfiles.from_json(text, NOTICE)


def test_the_common_form_needs_a_notice() -> None:
    with pytest.raises(ScheduleError, match="names no notice"):
        yearfiles.from_json(json.dumps(DAYS), None)


def test_local_changes_close_and_open_days_and_have_a_name() -> None:
    base = yearfiles.shipped_texts()[2026]
    closed = yearfiles.local_change(name="台风停工", off=[date(2026, 8, 5)], worked=[], notice=NOTICE)
    opened = yearfiles.local_change(name="", off=[], worked=[date(2026, 8, 15)], notice=NOTICE)
    calendar = load_calendar(published=(yearfiles.compose(base, [closed, opened]),))
    assert not calendar.is_workday(date(2026, 8, 5))
    assert calendar.is_workday(date(2026, 8, 15))
    assert calendar.holiday_name(calendar.why(date(2026, 8, 5))) == ("台风停工", "台风停工")
    before = load_calendar()
    assert yearfiles.changes(before, calendar, 2026) == [
        yearfiles.Change(date(2026, 8, 5), "workday", "local_20260805"),
        yearfiles.Change(date(2026, 8, 15), "weekend", "shifted_workday"),
    ]
    assert yearfiles.changes(before, calendar, 2025) == []
    assert yearfiles.working_days(before, 2026) == yearfiles.working_days(calendar, 2026)


def test_a_change_that_contradicts_is_refused() -> None:
    opened = yearfiles.local_change(name="", off=[], worked=[date(2026, 8, 5)], notice=NOTICE)
    with pytest.raises(ScheduleError, match="no weekend"):
        yearfiles.compose(yearfiles.shipped_texts()[2026], [opened])


MAY = Notice("关于调整2026年劳动节假期安排的通知", "", date(2026, 3, 20))


def gathered(off: dict[date, str], *worked: date, year: int = 2026) -> yearfiles.Gathered:
    return yearfiles.Gathered(year, MAY, off, frozenset(worked))


def test_a_change_arranges_its_holidays_anew_and_leaves_the_others() -> None:
    base = yearfiles.shipped_texts()[2026]
    before = parse_year(base, "a")
    drafted = yearfiles.amend(gathered({date(2026, 5, 1): "劳动节"}, date(2026, 4, 26)))
    after = parse_year(yearfiles.compose(base, [drafted.change]), "b")
    assert sorted(set(before.off) - set(after.off)) == [date(2026, 5, day) for day in (2, 3, 4, 5)]
    assert set(after.off) <= set(before.off)
    assert after.worked - before.worked == {date(2026, 4, 26)}
    assert before.worked <= after.worked
    assert list(drafted.own().off) == [date(2026, 5, 1)]


def test_a_change_to_new_years_day_leaves_the_december_of_its_year() -> None:
    text = yearfiles.shipped_texts()[2018]
    assert parse_year(text, "a").off[date(2018, 12, 31)] == "new_year"
    off = {date(2017, 12, 30): "元旦", date(2018, 1, 2): "元旦"}
    drafted = yearfiles.amend(gathered(off, year=2018))
    after = parse_year(yearfiles.compose(text, [drafted.change]), "b")
    assert date(2018, 1, 1) not in after.off
    assert {date(2018, 1, 2), date(2018, 12, 31)} <= after.off.keys()
    assert "2017-12-30" in drafted.amendment


def test_two_holidays_together_replace_each_of_them() -> None:
    off = {date(2026, 9, 25): "中秋节、国庆节"}
    drafted = yearfiles.amend(gathered(off))
    after = parse_year(yearfiles.compose(yearfiles.shipped_texts()[2026], [drafted.change]), "b")
    autumn = [day for day in after.off if day.month in {9, 10}]
    assert autumn == [date(2026, 9, 25)]


@pytest.mark.parametrize("off", [{}, {date(2031, 5, 1): "劳动节"}])
def test_a_change_of_nothing_or_of_another_year_is_refused(off: dict[date, str]) -> None:
    with pytest.raises(ScheduleError):
        yearfiles.amend(gathered(off))


def test_holidays_nobody_knows_get_an_english_name_if_one_is_given() -> None:
    drafted = yearfiles.from_json(json.dumps(DAYS), NOTICE)
    assert yearfiles.unnamed(drafted) == ["校庆"]
    assert yearfiles.named(drafted, {"校庆": ""}) == drafted
    told = yearfiles.named(drafted, {"校庆": "School Day", "春节": "Lunar New Year"})
    assert yearfiles.unnamed(told) == []
    names = set(told.own().names.values())
    assert ("校庆", "School Day") in names
    assert ("春节", "Spring Festival") in names
    assert "Lunar" not in told.text
    # Two notices may call it differently: neither contradicts the other.
    yearfiles.compose(told.text, [yearfiles.amend(gathered({date(2027, 6, 1): "校庆"}, year=2027)).change])


def test_a_holiday_is_known_by_its_english_name() -> None:
    for zh, (_, english) in yearfiles.HOLIDAYS.items():
        assert yearfiles.holiday_name(english) == zh
        assert yearfiles.holiday_name(f" {english.upper()} ".replace("'", "’")) == zh
    assert yearfiles.holiday_name("Victory Day") == "Victory Day"


def test_a_local_change_may_have_an_english_name() -> None:
    text = yearfiles.local_change(
        name="台风停工", english="Typhoon", off=[date(2026, 8, 5)], worked=[], notice=NOTICE
    )
    calendar = load_calendar(published=(yearfiles.compose(yearfiles.shipped_texts()[2026], [text]),))
    assert calendar.holiday_name("local_20260805") == ("台风停工", "Typhoon")
