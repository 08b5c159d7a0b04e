"""Reading pasted notices: 2014 to 2026 as the year files say them, and texts with faults."""

from __future__ import annotations

from datetime import date

import pytest
import yaml

from huiyin.rules.notices import changes_some, read_notice
from huiyin.rules.schedules import Notice, parse_year
from huiyin.rules.yearfiles import compose, shipped_texts
from tests.rules.notice_texts import LABOUR_DAY_2019, LABOUR_DAY_2026, notice_text

YEARS = range(2014, 2027)
TEXT = notice_text(2026)


def _without_later_notices(year: int) -> str:
    raw = yaml.safe_load(shipped_texts()[year])
    raw.pop("amendments", None)
    return yaml.safe_dump(raw, allow_unicode=True)


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("week", ["周", "星期", ""])
def test_a_notice_is_read_back_as_its_year_file(year: int, week: str) -> None:
    reading = read_notice(notice_text(year, week=week))
    assert reading.unread == ()
    assert reading.drafted is not None
    expected = parse_year(_without_later_notices(year), "shipped")
    found = parse_year(reading.drafted.text, "read")
    assert (found.year, found.notices, found.names) == (expected.year, expected.notices, expected.names)
    assert dict(found.off) == dict(expected.off)
    assert found.worked == expected.worked


@pytest.mark.parametrize("year", [2019, 2023])
@pytest.mark.parametrize("before", [True, False])
def test_days_of_the_december_before_become_an_amendment(year: int, before: bool) -> None:
    drafted = read_notice(notice_text(year, before=before)).drafted
    assert drafted is not None
    raw = yaml.safe_load(shipped_texts()[year - 1])
    expected = next(
        one
        for one in raw["amendments"]
        if one["notice"]["issued"].year == year - 1 and str(year) in one["notice"]["title"]
    )
    found = yaml.safe_load(drafted.amendment)
    assert found["days_off"] == expected["days_off"]
    assert found["working_weekends"] == expected.get("working_weekends", [])


def test_line_breaks_and_blanks_do_not_matter() -> None:
    joined = read_notice(notice_text(2026, joined=True))
    spaced = read_notice(TEXT.replace("月", " 月 ").replace("：", "：\n"))
    full_width = read_notice(TEXT.translate({ord(str(i)): chr(0xFF10 + i) for i in range(10)}))
    plain = read_notice(TEXT)
    assert plain.drafted is not None
    assert joined.drafted == spaced.drafted == full_width.drafted == plain.drafted


def test_advice_is_no_day_off() -> None:
    advised = TEXT.replace("二、春节：", "二、春节：鼓励各单位安排职工在除夕（2月16日，周一）休息。")
    assert read_notice(advised).drafted == read_notice(TEXT).drafted


@pytest.mark.parametrize(
    ("right", "wrong", "reason"),
    [
        ("1月4日（周日）上班", "1月5日（周日）上班", "日期与所写的星期不符"),
        ("1月4日（周日）上班", "1月5日（周一）上班", "上班的日子不是周末"),
        ("1月4日（周日）上班", "1月4日（周日）值班", "没有读懂"),
        ("1月4日（周日）上班", "1月4日（周日）上", "没有读懂"),
        ("2月28日（周六）上班", "2月30日（周六）上班", "日期不存在"),
        ("放假调休，共3天", "放假调休，共4天", "放假天数与所写的天数不符"),
        ("4月4日（周六）至6日", "4月8日（周三）至6日", "结束早于开始"),
    ],
)
def test_what_cannot_be_used_is_named_by_sentence(right: str, wrong: str, reason: str) -> None:
    assert right in TEXT
    reading = read_notice(TEXT.replace(right, wrong, 1))
    assert reading.drafted is None
    assert [one.reason for one in reading.unread] == [reason]
    assert reading.unread[0].sentence in TEXT.replace(right, wrong, 1).replace("（", "(").replace(
        "）", ")"
    ).replace("，", ",")


def test_a_holiday_that_is_cut_out_is_missed() -> None:
    start, end = TEXT.index("五、端午节"), TEXT.index("六、")
    reading = read_notice(TEXT[:start] + TEXT[end:])
    assert reading.drafted is None
    assert reading.missing == ("端午节",)


def test_days_without_a_holiday_are_not_taken() -> None:
    reading = read_notice(TEXT.replace("一、元旦：", ""))
    assert reading.drafted is None
    assert "没有写明是哪个节日" in [one.reason for one in reading.unread]


def test_year_and_notice_may_be_given_when_the_text_has_none() -> None:
    body = TEXT[TEXT.index("一、元旦") : TEXT.index("节假日期间")]
    assert read_notice(body).year == 0
    notice = Notice("通知", "", date(2025, 11, 4))
    reading = read_notice(body, year=2026, notice=notice)
    assert reading.drafted is not None
    assert parse_year(reading.drafted.text, "read").notices == (notice,)


def test_any_text_at_all_is_answered() -> None:
    damaged = ("", "。", "一、", "关于2027年部分节假日安排的通知", "1月1日", "一、元旦：99月99日放假。")
    for text in (*damaged, TEXT * 50):
        reading = read_notice(text)
        assert reading.drafted is None or reading.year == 2026


def test_a_notice_that_came_during_the_year_changes_it_as_the_shipped_file_says() -> None:
    reading = read_notice(LABOUR_DAY_2019)
    assert (reading.unread, reading.missing) == ((), ())
    assert reading.drafted is not None
    assert (reading.drafted.text, reading.drafted.amendment) == ("", "")
    base = yaml.safe_load(shipped_texts()[2019])
    shipped = [one for one in base["amendments"] if one["notice"]["title"].startswith("国务院办公厅关于调整")]
    found = yaml.safe_load(reading.drafted.change)
    for part in ("notice", "days_off", "working_weekends"):
        assert found[part] == shipped[0][part]
    changed = parse_year(compose(_without_later_notices(2019), [reading.drafted.change]), "changed")
    assert changed.off[date(2019, 5, 4)] == "labour_day"
    assert {date(2019, 4, 28), date(2019, 5, 5)} <= changed.worked
    assert changed.off[date(2019, 10, 1)] == "national_day"


def test_what_it_arranges_anew_replaces_what_stood_there() -> None:
    drafted = read_notice(LABOUR_DAY_2026).drafted
    assert drafted is not None
    changed = parse_year(compose(shipped_texts()[2026], [drafted.change]), "changed")
    assert date(2026, 5, 4) in changed.off
    assert date(2026, 5, 5) not in changed.off
    assert date(2026, 4, 26) in changed.worked


def test_its_opening_alone_names_the_year_and_the_holiday() -> None:
    body = LABOUR_DAY_2019.split("政府：\n")[1].split("国务院")[0]
    reading = read_notice(body)
    assert (reading.year, reading.unread, reading.missing, reading.notice) == (2019, (), (), None)
    notice = Notice("某通知", "", date(2019, 3, 22))
    given = read_notice(body, notice=notice).drafted
    assert given is not None
    assert given.own().notices == (notice,)


def test_it_is_checked_as_closely_as_a_yearly_one() -> None:
    for right, wrong, reason in (
        ("共4天", "共5天", "放假天数与所写的天数不符"),
        ("4月28日（星期日）", "4月28日（星期一）", "日期与所写的星期不符"),
        ("放假调休，共4天", "另行安排", "没有读懂"),
    ):
        reading = read_notice(LABOUR_DAY_2019.replace(right, wrong))
        assert reading.drafted is None
        assert [one.reason for one in reading.unread] == [reason]
    # Of two holidays without headings nobody knows whose the days are.
    both = LABOUR_DAY_2019.replace("劳动节", "劳动节、端午节")
    assert {one.reason for one in read_notice(both).unread} == {"没有写明是哪个节日"}


@pytest.mark.parametrize(
    ("title", "some"),
    [
        ("国务院办公厅关于调整2019年劳动节假期安排的通知", True),
        ("关于2020年中秋节、国庆节放假调休安排的通知", True),
        ("国务院办公厅关于延长2020年春节假期的通知", True),
        ("国务院办公厅关于2026年部分节假日安排的通知", False),
        ("关于2027年元旦、春节等节日放假安排的通知", False),
        ("关于2027年元旦、春节、清明节、劳动节、端午节、中秋节和国庆节放假安排的通知", False),
        ("某通知", False),
    ],
)
def test_a_title_tells_a_change_from_a_year(title: str, some: bool) -> None:
    assert changes_some(title) is some
