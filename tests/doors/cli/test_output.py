from __future__ import annotations

import io
import json

import pytest

from huiyin.doors.cli import output
from huiyin.rules.errors import Invalid, Unlawful
from huiyin.rules.importing import RowError


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def _bar(stream: io.StringIO, total: int, *moments: float) -> output.Bar:
    clock = iter(moments)
    return output.Bar("写入", total, stream, lambda: next(clock))


def test_what_is_over_soon_shows_no_bar() -> None:
    stream = _Terminal()
    bar = _bar(stream, 10, 0.0, 0.5, 1.9, 1.95)
    bar.advance(5)
    bar.advance(5)
    bar.end()
    assert stream.getvalue() == ""


def test_what_takes_longer_than_two_seconds_shows_how_far_it_is() -> None:
    stream = _Terminal()
    bar = _bar(stream, 10, 0.0, 2.1, 2.15, 3.0)
    bar.advance(5)
    bar.advance(1)
    assert "50%" in stream.getvalue()
    assert "60%" not in stream.getvalue()
    bar.end()
    assert "60% 6/10" in stream.getvalue()
    assert stream.getvalue().endswith("\n")


def test_without_a_terminal_a_line_stands_now_and_then() -> None:
    stream = io.StringIO()
    bar = _bar(stream, 0, 0.0, 3.0, 5.0, 14.0)
    for _ in range(3):
        bar.advance(1)
    assert stream.getvalue() == "写入 1 3 s\n写入 3 14 s\n"


def test_json_is_one_object_and_nothing_else(capsys: pytest.CaptureFixture[str]) -> None:
    output.answer({"a": "中"}, ["never printed"], as_json=True)
    assert json.loads(capsys.readouterr().out) == {"a": "中"}


def test_a_problem_says_what_where_and_what_to_do() -> None:
    problem = output.problem_of(
        Unlawful("第%(row)s行不行", code="no", params={"row": 3}, remedy="请改第%(row)s行。", clause="p4.x")
    )
    assert problem == {
        "code": "no",
        "message": "第3行不行",
        "clause": "p4.x",
        "remedy": "请改第3行。",
        "fields": {},
    }
    assert output.problem_of(Invalid({"slug": "请填写"}))["fields"] == {"slug": "请填写"}


def test_rows_are_told_by_place_and_the_rest_counted() -> None:
    errors = [RowError("log", row, "时间", "不是时间", "请改") for row in range(1, 31)]
    lines = list(output.row_lines(errors, 7))
    assert lines[0] == "log 第1行 时间：不是时间。请改"
    assert "另有17处" in lines[-1]
    assert output.row_error(errors[0]) == {
        "sheet": "log",
        "row": 1,
        "column": "时间",
        "message": "不是时间",
        "remedy": "请改",
    }
