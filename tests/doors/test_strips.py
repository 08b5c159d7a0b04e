"""The picture of 'why this day?' in words, in both languages."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

from django.template import Context, Template
from django.utils import translation

from huiyin.doors import strips
from huiyin.rules.clocks import Clock, Extended, Paused, Resumed, Threshold, reckon
from huiyin.rules.strip import Mark, Month, strip
from huiyin.rules.vocabulary import Limit, Unit
from huiyin.rules.workdays import SHANGHAI, load_calendar


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}T10:00").replace(tzinfo=SHANGHAI)


def months(amount: int = 5, unit: Unit = Unit.WORKING_DAY) -> tuple[Month, ...]:
    facts = (
        Paused("hearing", "x", at("2026-02-25"), 3),
        Resumed(at("2026-02-26")),
        Extended(Limit(2, Unit.WORKING_DAY), at("2026-02-27"), "digest"),
    )
    clock = Clock(at("2026-02-12"), Limit(amount, unit), facts)
    return strip(reckon(clock, load_calendar(), threshold=Threshold(1, 0.2)))


def words(found: tuple[Month, ...]) -> dict[str, tuple[str, ...]]:
    return {
        f"{sheet.name} {cell.day}": cell.words
        for sheet in strips.sheets(found)
        for week in sheet.weeks
        for cell in week
        if cell is not None
    }


def test_each_day_says_in_a_word_what_it_was() -> None:
    found = words(months())
    assert found["2026年2月 12"] == ("不计",)
    assert found["2026年2月 14"] == ("第2天", "调休")
    assert found["2026年2月 15"] == ("放假",)
    assert found["2026年2月 25"] == ("暂停",)
    assert found["2026年3月 1"] == ("周末",)
    assert found["2026年3月 3"] == ("第7天", "延长", "到期")
    assert found["2026年3月 4"] == ()


def test_it_is_whole_in_english() -> None:
    with translation.override("en"):
        found = words(months())
        assert found["February 2026 14"] == ("day 2", "worked")
        assert found["March 2026 3"] == ("day 7", "added", "due")
        assert all(word.isascii() for said in found.values() for word in said)


def test_hours_are_shown_as_hours_and_minutes() -> None:
    assert words(months(1, Unit.WORKING_HOUR))["2026年2月 12"][0] == "1:00"


def test_of_many_months_the_first_and_the_last_are_shown() -> None:
    found = months(2, Unit.YEAR)
    shown = list(strips.sheets(found))
    assert len(shown) == strips.SHOWN
    assert [sheet.left_out for sheet in shown] == [0, len(found) - strips.SHOWN, 0, 0]
    assert shown[0].name == "2026年2月"
    assert [sheet.left_out for sheet in strips.sheets(months())] == [0, 0]


def test_it_is_drawn_as_tables_without_styles_of_its_own() -> None:
    page = Template("{% load huiyin %}{% month_strip found %}").render(Context({"found": months()}))
    assert page.count("<table") == page.count("<caption>") == 2
    assert page.count('scope="col"') == 14
    assert "style=" not in page
    due = re.search(r'<td class="strip-counted strip-due"><b>3</b>(.*?)</td>', page)
    assert due is not None
    assert due[1] == "<span>第7天</span><span>延长</span><span>到期</span>"


def test_every_mark_has_a_style_and_a_word() -> None:
    sheet = Path(strips.__file__).with_name("static") / "huiyin" / "strip.css"
    styles = sheet.read_text(encoding="utf-8")
    for mark in Mark:
        assert f"td.strip-{mark.value}" in styles
        assert mark in strips._WORDS or mark in {Mark.OUTSIDE, Mark.COUNTED}
