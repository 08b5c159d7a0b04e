from __future__ import annotations

import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.settings.logs import OneLine, safe


@given(st.text())
def test_input_never_starts_a_line(text: str) -> None:
    assert len(safe(text).splitlines()) <= 1
    assert safe(text).isprintable()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("张三 13812341234", "张三 138****1234"),
        ("password=hunter2 next", "password=*** next"),
        ("'token': 'abc.def'", "'token': '***'"),
        ("Authorization: Bearer abc.def", "Authorization: ***"),
        ("口令:天王盖地虎 好", "口令:*** 好"),
        ("a\nERROR forged", "a\\nERROR forged"),
        ("a\u2028b\x85c\x1b[31m\u202e", "a\\u2028b\\x85c\\x1b[31m\\u202e"),
        ("收件 20261123000001", "收件 20261123000001"),
    ],
)
def test_secrets_and_controls(text: str, shown: str) -> None:
    assert safe(text) == shown


def test_a_record_with_a_traceback_is_one_line_in_utc() -> None:
    try:
        raise ValueError("身份证 330102199001011234")  # noqa: TRY301
    except ValueError as error:
        record = logging.LogRecord(
            "x", logging.ERROR, "f", 1, "失败 %s", ("a\r\nb",), (ValueError, error, None)
        )
    record.created = 0
    line = OneLine().format(record)
    assert line.startswith("1970-01-01T00:00:00.000Z ERROR x 失败 a\\r\\nb\\nTraceback")
    assert "3301**********1234" in line
    assert "\n" not in line
