"""Reading pasted notices: 2014 to 2026 as the year files say them, and texts with faults."""

from __future__ import annotations

from datetime import date

import pytest
import yaml

from huiyin.rules.notices import read_notice
from huiyin.rules.schedules import Notice, parse_year
from huiyin.rules.yearfiles import shipped_texts
from tests.rules.notice_texts import notice_text

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
