"""Year files: what stands in the shipped ones, and what a wrong one is told."""

from __future__ import annotations

from datetime import date
from importlib import resources

import pytest

from huiyin.rules.schedules import ScheduleError, Year, parse_estimate, parse_year, parse_year_as_of

FOLDER = resources.files("huiyin") / "rulebooks" / "calendar"
YEARS = range(2010, 2027)

GOOD = """
year: 2030
status: official
notice: {title: 通知, number: "", issued: 2029-11-01}
days_off:
  - {holiday: new_year, zh: 元旦, en: New Year, from: 2030-01-01, to: 2030-01-03}
working_weekends: [2030-01-05]
"""


def shipped(year: int) -> Year:
    name = f"cn-{year}.yaml"
    return parse_year((FOLDER / name).read_text(encoding="utf-8"), name)


@pytest.mark.parametrize("year", YEARS)
def test_every_shipped_year_rests_on_a_numbered_notice(year: int) -> None:
    found = shipped(year)
    assert found.year == year
    assert len(found.off) >= 11
    for notice in found.notices:
        assert notice.title.startswith("国务院")
        assert f"〔{notice.issued.year}〕" in notice.number
        assert notice.number.endswith("号")
    assert found.notices[0].issued.year == year - 1
    assert f"{year}年部分节假日安排" in found.notices[0].title


def test_nothing_else_is_shipped_as_official() -> None:
    names = {entry.name for entry in FOLDER.iterdir() if entry.name.startswith("cn-")}
    assert names == {f"cn-{year}.yaml" for year in YEARS}


@pytest.mark.parametrize(
    ("day", "off", "worked"),
    [
        (date(2011, 12, 31), False, True),
        (date(2015, 9, 3), True, False),
        (date(2015, 9, 6), False, True),
        (date(2018, 12, 29), False, True),
        (date(2018, 12, 31), True, False),
        (date(2019, 5, 2), True, False),
        (date(2019, 5, 5), False, True),
        (date(2020, 1, 31), True, False),
        (date(2020, 2, 1), True, False),
        (date(2022, 12, 31), True, False),
    ],
)
def test_later_notices_override(day: date, *, off: bool, worked: bool) -> None:
    year = shipped(day.year)
    assert (day in year.off, day in year.worked) == (off, worked)
    assert len(year.notices) == 2


def test_a_good_file_is_read() -> None:
    year = parse_year(GOOD, "x")
    assert year.off == {date(2030, 1, day): "new_year" for day in (1, 2, 3)}
    assert year.worked == {date(2030, 1, 5)}
    assert year.names == {"new_year": ("元旦", "New Year")}
    assert year.notices[0].number == ""


def test_an_amendment_can_give_and_take() -> None:
    later = GOOD + (
        "amendments:\n"
        "  - notice: {title: 通知二, number: '', issued: 2030-01-01}\n"
        "    days_off: [{holiday: new_year, zh: 元旦, en: New Year, from: 2030-01-04, to: 2030-01-05}]\n"
        "    working_weekends: [2030-01-13]\n"
    )
    year = parse_year(later, "x")
    assert year.worked == {date(2030, 1, 13)}
    assert date(2030, 1, 5) in year.off


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("status: official", "status: guess", "status: official"),
        ("year: 2030", "year: soon", "'year'"),
        ("issued: 2029-11-01", "issued: soon", "no date"),
        ('number: "", ', "", "number"),
        ("[2030-01-05]", "[2030-01-07]", "no weekend"),
        ("[2030-01-05]", "[2031-01-05]", "under amendments in the file of 2031"),
        ("to: 2030-01-03", "to: 2029-12-31", "ends before it begins"),
        ("to: 2030-01-03", "to: 2030-01-05", "both off and worked"),
        ("zh: 元旦, ", "", "holiday, zh, en, from and to"),
        ("to: 2030-01-03", "to: 2030-01-03T08:00:00", "no date"),
        (
            "working_weekends",
            "  - {holiday: new_year, zh: 新年, en: X, from: 2030-01-09, to: 2030-01-09}\nworking_weekends",
            "two names",
        ),
        ("year: 2030", "year: [", "not YAML"),
    ],
)
def test_a_wrong_file_is_told_what_and_where(old: str, new: str, complaint: str) -> None:
    assert old in GOOD
    with pytest.raises(ScheduleError, match="my-file") as caught:
        parse_year(GOOD.replace(old, new, 1), "my-file")
    assert complaint in str(caught.value)


@pytest.mark.parametrize("text", ["", "- 1", "plain"])
def test_a_file_that_is_no_mapping_is_refused(text: str) -> None:
    with pytest.raises(ScheduleError, match="key: value"):
        parse_year(text, "x")


def test_estimates_know_ten_years_and_then_only_fixed_dates() -> None:
    estimate = parse_estimate((FOLDER / "estimated.yaml").read_text(encoding="utf-8"), "estimated.yaml")
    assert set(estimate.years) == set(range(2027, 2037))
    for year in range(2027, 2037):
        assert {day.year for day in estimate.off(year)} == {year}
    assert sorted(estimate.off(2050)) == [
        date(2050, 1, 1),
        date(2050, 5, 1),
        date(2050, 5, 2),
        date(2050, 10, 1),
        date(2050, 10, 2),
        date(2050, 10, 3),
    ]
    used = {key for days in estimate.years.values() for key in days.values()}
    assert used <= estimate.names.keys()


def test_a_wrong_estimate_is_refused() -> None:
    with pytest.raises(ScheduleError, match="estimate-file"):
        parse_estimate("years: {}", "estimate-file")


LATER = GOOD + (
    "amendments:\n"
    "  - notice: {title: 通知二, number: '', issued: 2030-02-01}\n"
    "    days_off: [{holiday: new_year, zh: 元旦, en: New Year, from: 2030-01-04, to: 2030-01-04}]\n"
)


@pytest.mark.parametrize(
    ("day", "off"),
    [
        (date(2029, 10, 31), None),
        (date(2029, 11, 1), {1, 2, 3}),
        (date(2030, 1, 31), {1, 2, 3}),
        (date(2030, 2, 1), {1, 2, 3, 4}),
    ],
)
def test_a_year_as_it_was_known_on_a_day(day: date, off: set[int] | None) -> None:
    year = parse_year_as_of(LATER, "x", day)
    assert (year and {one.day for one in year.off}) == off
    assert len(parse_year(LATER, "x").notices) == 2


MOVED = (
    GOOD
    + """
amendments:
  - notice: {title: 调整, number: "", issued: 2030-02-01}
    replaces: [{holiday: new_year, from: 2030-01-01, to: 2030-01-02}]
    days_off:
      - {holiday: new_year, zh: 元旦, en: New Year, from: 2030-01-02, to: 2030-01-02}
"""
)


def test_an_amendment_may_replace_what_stood_for_a_holiday_between_two_days() -> None:
    found = parse_year(MOVED, "a")
    assert sorted(found.off) == [date(2030, 1, 2), date(2030, 1, 3)]
    # Negative controls: another holiday's days stay, and so do days outside.
    other = parse_year(MOVED.replace("replaces: [{holiday: new_year", "replaces: [{holiday: qingming"), "a")
    assert len(other.off) == 3


@pytest.mark.parametrize("span", ["{holiday: new_year}", "5", "{holiday: a, from: soon, to: 2030-01-02}"])
def test_what_is_replaced_is_named_whole(span: str) -> None:
    text = MOVED.replace("{holiday: new_year, from: 2030-01-01, to: 2030-01-02}", span)
    with pytest.raises(ScheduleError):
        parse_year(text, "a")


def test_a_holiday_without_an_english_name_has_its_chinese_one() -> None:
    assert parse_year(GOOD.replace("en: New Year", 'en: ""'), "a").names["new_year"] == ("元旦", "元旦")
