"""Fields: what was typed is kept, and comes in one form."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from huiyin.doors.forms import Field, bind, clean, moment, read

NAME = Field("name", "姓名", initial="某人")
KIND = Field("kind", "类型", "select", choices={"a": "甲", "b": "乙"})


def test_before_anything_was_typed_the_initial_value_stands() -> None:
    (bound,) = bind([NAME])
    assert (bound.value, bound.error, bound.id) == ("某人", "", "f-name")


def test_what_was_typed_is_kept_with_its_error() -> None:
    (bound,) = bind([NAME], {"name": "王"}, {"name": "太短"}, "x")
    assert (bound.value, bound.error, bound.id) == ("王", "太短", "x-name")


def test_emptied_stays_empty() -> None:
    assert bind([NAME], {})[0].value == ""


def test_the_chosen_option_is_marked() -> None:
    assert bind([KIND], {"kind": "b"})[0].options == [("a", "甲", False), ("b", "乙", True)]


def test_only_known_fields_are_read() -> None:
    assert read([NAME], {"name": "王", "stage": "closed", "tenant": "x"}) == {"name": "王"}


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("王\x00秀\x07兰", "王秀兰"),
        ("一\r\n二\r三", "一\n二\n三"),
        ("a\u202egpj.exe", "agpj.exe"),
        ("e\u0301", "é"),
        ("零\u200b宽", "零宽"),
        ("\ud800半", "半"),
    ],
)
def test_text_has_one_form(typed: str, kept: str) -> None:
    assert clean(typed) == kept


def test_endless_text_is_cut() -> None:
    assert len(clean("长" * 100_000)) == 20_000
    assert clean("长短", 1) == "长"


@pytest.mark.parametrize(
    "typed", ["0001-01-01", "9999-12-31", "1949-12-31T23:59", "2200-01-01", "x", "", "2026-02-30", "2026\x00"]
)
def test_a_moment_that_nobody_means_is_none(typed: str) -> None:
    with pytest.raises(ValueError, match=r"year|isoformat|range"):
        moment(typed)


def test_a_moment_is_read_on_the_office_s_clock() -> None:
    assert moment("2026-03-02T09:00") == datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
    assert moment("1950-01-01").year == 1950
    assert moment("2199-12-31").day == 31
