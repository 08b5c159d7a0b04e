"""Why this day: whole paragraphs in both languages."""

from __future__ import annotations

from datetime import datetime

import pytest

from huiyin.rules.clocks import (
    Clock,
    Counting,
    Extended,
    Fact,
    Paused,
    Resumed,
    Scheduled,
    Threshold,
    explain,
    reckon,
)
from huiyin.rules.vocabulary import Limit, Unit
from huiyin.rules.workdays import SHANGHAI, load_calendar

CALENDAR = load_calendar()


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def why(start: str, amount: int, unit: Unit, *facts: Fact, language: str = "zh") -> str:
    clock = Clock(at(start), Limit(amount, unit), facts)
    return explain(reckon(clock, CALENDAR, threshold=Threshold(1, 0.2)), language)


PAUSE = (
    Paused("hearing", "law.licensing.45", at("2026-03-10T09:00"), 5),
    Resumed(at("2026-03-16T17:30")),
)
EXTENSION = Extended(Limit(10, Unit.WORKING_DAY), at("2026-04-01T10:00"), "digest")


@pytest.mark.parametrize(
    ("start", "amount", "unit", "facts", "zh", "en"),
    [
        (
            "2026-03-02T09:00",
            20,
            Unit.WORKING_DAY,
            PAUSE,
            (
                "从2026年3月2日（不计当日）起算20个工作日，跳过周末6天、清明节（4月4日至4月6日），"
                "暂停3月10日至3月16日（5个工作日不计），至4月7日下班前（17:30）。"
            ),
            (
                "20 working days from 2 March 2026 (that day not counted), skipping 6 weekend days and "
                "Tomb-sweeping Day (4 April to 6 April), paused 10 March to 16 March (5 working days not "
                "counted), until close of business on 7 April (17:30)."
            ),
        ),
        (
            "2026-03-02T09:00",
            20,
            Unit.WORKING_DAY,
            (PAUSE[0], EXTENSION),
            (
                "从2026年3月2日（不计当日）起算20个工作日，跳过周末10天、清明节（4月4日至4月6日），"
                "暂停3月10日至3月16日（5个工作日不计，按计划时长），4月1日批准延长10个工作日，"
                "至4月21日下班前（17:30）。"
            ),
            (
                "20 working days from 2 March 2026 (that day not counted), skipping 10 weekend days and "
                "Tomb-sweeping Day (4 April to 6 April), paused 10 March to 16 March (5 working days not "
                "counted, as planned), extended on 1 April by 10 working days, until close of business on "
                "21 April (17:30)."
            ),
        ),
        (
            "2026-02-13T09:00",
            2,
            Unit.WORKING_DAY,
            (),
            (
                "从2026年2月13日（不计当日）起算2个工作日，跳过春节（2月15日至2月23日），"
                "其中2月14日调休上班计入，至2月24日下班前（17:30）。"
            ),
            (
                "2 working days from 13 February 2026 (that day not counted), skipping Spring Festival "
                "(15 February to 23 February), counting the worked weekend of 14 February, until close of "
                "business on 24 February (17:30)."
            ),
        ),
        (
            "2026-12-30T09:00",
            1,
            Unit.MONTH,
            (),
            (
                "从2026年12月30日（不计当日）起算1个月，末日2027年1月30日为周末，顺延至2027年2月1日，"
                "至2027年2月1日下班前（17:30）。2027年没有正式公布的放假安排可依，此期限为暂定，公布后重新计算。"
            ),
            (
                "1 month from 30 December 2026 (that day not counted), moved from 30 January 2027 "
                "(weekend) to 1 February 2027, until close of business on 1 February 2027 (17:30). No "
                "official schedule is published for 2027; the moment is provisional and will be "
                "reckoned again when there is one."
            ),
        ),
        (
            "2026-03-06T16:30",
            2,
            Unit.WORKING_HOUR,
            (
                Paused("hearing", "x", at("2026-03-06T17:00"), 1),
                Resumed(at("2026-03-06T17:10")),
            ),
            (
                "从2026年3月6日16:30起算2个工作小时（只计办公时间），跳过周末2天，"
                "暂停3月6日17:00至3月6日17:10（10分钟不计），至3月9日09:40。"
            ),
            (
                "2 working hours of office time from 16:30 on 6 March 2026, skipping 2 weekend days, paused "
                "from 17:00 on 6 March to 17:10 on 6 March (10 minutes not counted), until 09:40 on 9 March."
            ),
        ),
        (
            "2026-02-14T18:00",
            0,
            Unit.AT_ONCE,
            (),
            "2026年2月14日18:00起即时办理，末日2月15日为春节，顺延至2月24日，至2月24日下班前（17:30）。",
            (
                "To be done at once from 18:00 on 14 February 2026, moved from 15 February (Spring Festival) "
                "to 24 February, until close of business on 24 February (17:30)."
            ),
        ),
        (
            "2026-03-02T09:00",
            2,
            Unit.CALENDAR_DAY,
            (
                Paused("hearing", "x", at("2026-03-05T09:00"), 1),
                Resumed(at("2026-03-05T10:00")),
                Extended(Limit(2, Unit.CALENDAR_DAY), at("2026-03-03T10:00"), "digest"),
            ),
            (
                "从2026年3月2日（不计当日）起算2个自然日，暂停3月5日（1天不计），3月3日批准延长2个自然日，"
                "末日3月7日为周末，顺延至3月9日，至3月9日下班前（17:30）。"
            ),
            (
                "2 calendar days from 2 March 2026 (that day not counted), paused 5 March (1 day not "
                "counted), extended on 3 March by 2 calendar days, moved from 7 March (weekend) to 9 March, "
                "until close of business on 9 March (17:30)."
            ),
        ),
        (
            "2026-03-04T09:00",
            0,
            Unit.AT_ONCE,
            (Paused("hearing", "x", at("2026-03-04T10:00"), 2),),
            "2026年3月4日09:00起即时办理，末日3月4日正在暂停，顺延至3月6日，至3月6日下班前（17:30）。",
            (
                "To be done at once from 09:00 on 4 March 2026, moved from 4 March (paused) to 6 March, "
                "until close of business on 6 March (17:30)."
            ),
        ),
        (
            "2025-03-02T09:00",
            1,
            Unit.YEAR,
            (),
            "从2025年3月2日（不计当日）起算1年，至2026年3月2日下班前（17:30）。",
            (
                "1 year from 2 March 2025 (that day not counted), until close of business on "
                "2 March 2026 (17:30)."
            ),
        ),
        (
            "2026-03-06T16:40",
            24,
            Unit.CLOCK_HOUR,
            (
                Paused("hearing", "x", at("2026-03-06T23:00"), 1),
                Resumed(at("2026-03-07T01:00")),
            ),
            (
                "从2026年3月6日16:40起算24小时（不分昼夜，休息日照计），"
                "暂停3月6日23:00至3月7日01:00（120分钟不计），至3月7日18:40。"
            ),
            (
                "24 clock hours, day and night, from 16:40 on 6 March 2026, paused from 23:00 on 6 March to "
                "01:00 on 7 March (120 minutes not counted), until 18:40 on 7 March."
            ),
        ),
        (
            "2026-03-02T09:00",
            0,
            Unit.BEFORE_EVENT,
            (),
            "2026年3月2日09:00起，须在活动举行前办理，活动时间尚未确定，确定后即为期限。",
            (
                "To be done from 09:00 on 2 March 2026 and before the event takes place, which is not "
                "scheduled yet."
            ),
        ),
        (
            "2026-03-02T09:00",
            0,
            Unit.BEFORE_EVENT,
            (Scheduled(at("2026-03-20T14:30"), at("2026-03-03T09:00")),),
            "2026年3月2日09:00起，须在活动举行前办理，至3月20日14:30。",
            (
                "To be done from 09:00 on 2 March 2026 and before the event takes place, until 14:30 on "
                "20 March."
            ),
        ),
    ],
)
def test_paragraphs(  # noqa: PLR0917 (each column is part of the example)
    start: str, amount: int, unit: Unit, facts: tuple[Fact, ...], zh: str, en: str
) -> None:
    assert why(start, amount, unit, *facts, language="zh-hans") == zh
    assert why(start, amount, unit, *facts, language="en-gb") == en


def test_a_receipt_put_off_to_the_next_opening_is_said() -> None:
    clock = Clock(at("2026-03-06T18:05"), Limit(1, Unit.WORKING_DAY))
    found = reckon(clock, CALENDAR, threshold=Threshold(1, 0.2), counting=Counting(late_receipt_waits=True))
    assert explain(found, "zh") == (
        "3月6日18:05收到的，视为3月9日08:30上班时收到，从2026年3月9日（不计当日）起算1个工作日，"
        "至3月10日下班前（17:30）。"
    )
    assert explain(found, "en") == (
        "What came in at 18:05 on 6 March counts as received at 08:30 on 9 March, when the office opens, "
        "1 working day from 9 March 2026 (that day not counted), until close of business on 10 March (17:30)."
    )
