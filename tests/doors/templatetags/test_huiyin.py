"""What pages share: lights that do not rest on colour, clauses, fields, icons."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.template import Context, Template

from huiyin.doors.forms import Field, bind
from huiyin.matters import labels
from huiyin.rules.rulebook import load


def drawn(source: str, **context: object) -> str:
    return Template("{% load huiyin %}" + source).render(Context(context))


@pytest.mark.parametrize("code", list(labels.LIGHTS))
def test_a_light_has_icon_word_and_colour(code: str) -> None:
    html = drawn("{% light code %}", code=code)
    assert f"light-{code}" in html
    assert f"icons.svg#{code}" in html
    assert labels.LIGHTS[code] in html


def test_a_clause_says_its_words_to_everybody() -> None:
    html = drawn("{% clause book id %}", book=load("township"), id="p4.time-limit.2")
    assert 'tabindex="0"' in html
    assert "data-tip" in html
    assert "visually-hidden" in html
    assert "data-tip" not in drawn("{% clause book id %}", book=load("township"), id="no.such")
    assert drawn("{% clause book id %}", book=load("township"), id="").strip() == ""


def test_words_for_codes() -> None:
    assert drawn('{{ "open"|word:"stage" }}') == "待答复"
    assert drawn('{{ "receipt"|word:"paper" }}') == "收件回执单"
    assert drawn('{{ ""|word:"ending" }}') == "等待接收"


def test_moments_limits_and_short_hashes() -> None:
    at = datetime(2026, 1, 5, 16, 30, tzinfo=UTC)
    assert drawn("{{ at|moment }} {{ at|day }} {{ left|remaining }}", at=at, left=60) == (
        "2026-01-06 00:30 2026-01-06 剩1小时"
    )
    assert drawn("{% limit_of 3 'working_day' %}") == "3个工作日"
    assert drawn("{{ 'abcdefghij'|short:4 }}") == "abcd"
    assert drawn("{% clause_text book id %}", book=load("township"), id="p4.time-limit.2")


def test_the_last_day_is_the_day_before_a_midnight() -> None:
    midnight, noon = datetime(2026, 1, 5, 16, tzinfo=UTC), datetime(2026, 1, 6, 4, tzinfo=UTC)
    assert drawn("{{ at|last_day }}", at=midnight) == "2026-01-05"
    assert drawn("{{ at|last_day }}", at=noon) == "2026-01-06"
    assert drawn("{{ at|last_day }}", at=None) == ""


def test_every_key_is_fresh() -> None:
    one, other = drawn("{% new_key %} {% new_key %}").split()
    assert one != other


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("text", 'type="text"'),
        ("textarea", "<textarea"),
        ("select", "<select"),
        ("radio", 'type="radio"'),
        ("checkbox", 'type="checkbox"'),
        ("person", 'role="combobox"'),
        ("hidden", 'type="hidden"'),
        ("password", 'type="password"'),
    ],
)
def test_every_kind_of_field_is_drawn_with_its_label_and_error(kind: str, expected: str) -> None:
    field = Field("x", "标签", kind, choices={"a": "甲"}, help="提示")
    (bound,) = bind([field], {"x": "<b>"}, {"x": "有误"})
    html = drawn("{% field bound %}", bound=bound)
    assert expected in html
    assert "<b>" not in html
    if kind != "hidden":
        assert "标签" in html
        assert "有误" in html
        assert "f-x-error" in html


def test_a_password_is_never_sent_back() -> None:
    (bound,) = bind([Field("x", "密码", "password")], {"x": "geheim"})
    assert "geheim" not in drawn("{% field bound %}", bound=bound)
