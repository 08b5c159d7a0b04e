"""Local days off and worked days, laid over the national calendar."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from huiyin.rules.clocks import Clock, Threshold, explain, reckon
from huiyin.rules.local_days import parse_local_days
from huiyin.rules.reading import ScheduleError
from huiyin.rules.vocabulary import Limit, Unit
from huiyin.rules.workdays import SHANGHAI, Calendar, load_calendar

FESTIVAL = """
notice: {title: 自治区人民政府办公厅关于2026年“三月三”放假的通知, number: "", issued: 2026-03-01}
days_off:
  - {holiday: sanyuesan, zh: 三月三, en: Sanyuesan Festival, from: 2026-04-18, to: 2026-04-21}
working_days:
  - {holiday: made_up, zh: 三月三补班, en: Sanyuesan make-up day, from: 2026-04-25, to: 2026-04-25}
"""
TYPHOON = """
notice: {title: 防汛抗旱指挥部停工通告, number: "", issued: 2026-04-22}
days_off:
  - {holiday: typhoon, zh: 台风停工, en: closed for a typhoon, from: 2026-04-23, to: 2026-04-23}
"""
REVOKED = """
notice: {title: 撤销停工的通告, number: "", issued: 2026-04-22}
working_days:
  - {holiday: reopened, zh: 恢复上班, en: open again, from: 2026-04-23, to: 2026-04-23}
"""
NATIONAL = load_calendar()
LOCAL = load_calendar(overlays=(FESTIVAL,))


def due(calendar: Calendar, language: str = "zh") -> tuple[str, str]:
    clock = Clock(datetime(2026, 4, 17, 9, tzinfo=SHANGHAI), Limit(4, Unit.WORKING_DAY))
    found = reckon(clock, calendar, threshold=Threshold(1, 0.2))
    return str(found.due.date()), explain(found, language)


def test_an_office_has_its_own_days() -> None:
    assert [NATIONAL.is_workday(date(2026, 4, day)) for day in (20, 21, 25)] == [True, True, False]
    assert [LOCAL.is_workday(date(2026, 4, day)) for day in (20, 21, 25)] == [False, False, True]
    assert LOCAL.why(date(2026, 4, 20)) == "local:sanyuesan"
    assert LOCAL.holiday_name("local:sanyuesan") == ("三月三", "Sanyuesan Festival")
    assert LOCAL.version != NATIONAL.version
    assert [one.notice.issued for one in LOCAL.overlays] == [date(2026, 3, 1)]


def test_the_explanation_names_them() -> None:
    assert due(NATIONAL)[0] == "2026-04-23"
    day, zh = due(LOCAL)
    assert day == "2026-04-25"
    assert "跳过三月三（4月18日至4月21日）" in zh
    assert "4月25日三月三补班计入" in zh
    _, en = due(LOCAL, "en")
    assert "skipping Sanyuesan Festival (18 April to 21 April)" in en
    assert "counting 25 April (Sanyuesan make-up day)" in en


def test_the_last_notice_decides() -> None:
    closed = load_calendar(overlays=(FESTIVAL, TYPHOON))
    assert not closed.is_workday(date(2026, 4, 23))
    assert load_calendar(overlays=(TYPHOON, REVOKED)).is_workday(date(2026, 4, 23))
    assert not load_calendar(overlays=(REVOKED, TYPHOON)).is_workday(date(2026, 4, 23))
    assert due(closed)[0] == "2026-04-27"


def test_calendars_of_two_offices_stand_side_by_side() -> None:
    assert load_calendar(overlays=(FESTIVAL,)) is LOCAL
    assert NATIONAL.add_workdays(date(2026, 4, 17), 1) == date(2026, 4, 20)
    assert LOCAL.add_workdays(date(2026, 4, 17), 1) == date(2026, 4, 22)


def test_a_notice_that_was_not_issued_yet_does_not_count() -> None:
    for day, worked in ((date(2026, 2, 28), True), (date(2026, 3, 1), False)):
        assert load_calendar(overlays=(FESTIVAL,), as_of=day).is_workday(date(2026, 4, 20)) is worked


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("issued: 2026-03-01", "issued: soon", "no date"),
        ("title: 自治区人民政府办公厅关于2026年“三月三”放假的通知", 'title: ""', "needs a title"),
        ("zh: 三月三, ", "", "holiday, zh, en, from and to"),
        ("2026-04-25, to: 2026-04-25", "2026-04-21, to: 2026-04-21", "both off and worked"),
        ("to: 2026-04-21", "to: 2026-04-01", "ends before it begins"),
    ],
)
def test_a_wrong_notice_is_told_what_and_where(old: str, new: str, complaint: str) -> None:
    assert old in FESTIVAL
    with pytest.raises(ScheduleError, match="my-file") as caught:
        parse_local_days(FESTIVAL.replace(old, new, 1), "my-file")
    assert complaint in str(caught.value)


def test_a_notice_that_changes_nothing_is_refused() -> None:
    with pytest.raises(ScheduleError, match="changes no day"):
        parse_local_days(FESTIVAL.split("days_off", maxsplit=1)[0], "x")
