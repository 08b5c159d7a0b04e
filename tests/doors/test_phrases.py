"""Codes, moments, limits and refusals in the reader's language."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from huiyin.documents import viewing
from huiyin.doors import phrases
from huiyin.matters import labels
from huiyin.rules.errors import Forbidden, Invalid
from huiyin.rules.rulebook import load
from huiyin.rules.vocabulary import Limit, Unit

AT = datetime(2026, 1, 5, 16, 30, tzinfo=UTC)


def test_moments_and_days_are_the_offices() -> None:
    assert phrases.moment(AT) == "2026-01-06 00:30"
    assert phrases.day(AT) == "2026-01-06"
    assert phrases.day(date(2026, 1, 5)) == "2026-01-05"
    assert (phrases.moment(None), phrases.day(None)) == ("", "")


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (0, "剩0分钟"),
        (59, "剩59分钟"),
        (60, "剩1小时"),
        (420, "剩1个工作日"),
        (420 * 2 + 150, "剩2个工作日2小时"),
        (-1, "已超1分钟"),
        (-480, "已超1个工作日1小时"),
    ],
)
def test_time_left_is_office_time(minutes: int, said: str) -> None:
    assert phrases.remaining(minutes) == said


def test_what_became_late_after_hours_is_not_said_to_have_time_left() -> None:
    assert phrases.remaining(0, "red") == "刚超期"
    assert phrases.remaining(-1, "red") == "已超1分钟"
    # The control: the office closed on the last day, and the moment has not passed.
    assert phrases.remaining(0, "yellow") == "剩0分钟"


def test_days_of_office_time_are_working_days_in_english_too() -> None:
    with translation.override("en"):
        assert phrases.remaining(420 * 2 + 60) == "2 working days 1 hour left"
        assert phrases.duration(420) == "1 working day"
        assert phrases.remaining(0, "red") == "just overdue"


def test_limits_in_words() -> None:
    assert phrases.limit(Limit(5, Unit.WORKING_DAY)) == "5个工作日"
    assert phrases.limit(None) == ""
    assert phrases.limit_of(2, "month") == "2个月"
    assert phrases.limit_of(0, "") == ""


def test_a_refusal_is_filled_in_with_its_remedy_and_clause() -> None:
    error = Forbidden(
        "只有%(name)s能办",
        code="x",
        params={"name": "卫经办"},
        clause="p4.time-limit.1",
        remedy="请找%(name)s。",
    )
    said = phrases.refusal(error)
    assert (said.message, said.remedy, said.clause) == ("只有卫经办能办", "请找卫经办。", "p4.time-limit.1")
    assert phrases.field_errors(error) == {}


def test_each_wrong_field_has_its_sentence() -> None:
    error = Invalid({"reply": "不能使用“%(phrase)s”"}, params={"phrase": "不归我管"})
    assert phrases.field_errors(error) == {"reply": "不能使用“不归我管”"}


def test_clauses_are_read_in_the_readers_language() -> None:
    zh = phrases.clause_text(load("township"), "p4.time-limit.2")
    with translation.override("en"):
        en = phrases.clause_text(load("township"), "p4.time-limit.2")
        assert phrases.language() == "en"
        assert phrases.paper_language() == "en"
    assert zh
    assert en
    assert zh != en
    assert phrases.clause_text(load("township"), "no.such.clause") == ""
    assert (phrases.language(), phrases.paper_language()) == ("zh", "zh-hans")


def test_an_unknown_code_shows_itself() -> None:
    assert phrases.label({"a": "甲"}, "a") == "甲"
    assert phrases.label({"a": "甲"}, "b") == "b"


@pytest.mark.parametrize("unit", Unit)
def test_every_unit_has_words_in_both_languages(unit: Unit) -> None:
    amount = 2 if unit.takes_amount else 0
    chinese, english = phrases.limit(Limit(amount, unit)), ""
    with translation.override("en"):
        english = phrases.limit(Limit(amount, unit))
    assert chinese
    assert english.isascii()
    assert ("2" in chinese, "2" in english) == (unit.takes_amount, unit.takes_amount)
    assert unit.value in labels.UNITS
    assert unit in viewing._LIMITS
