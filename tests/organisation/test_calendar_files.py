"""A schedule is read from whatever somebody has."""

from __future__ import annotations

import json
from datetime import date

import pytest

from huiyin.organisation.calendar_files import read_schedule
from huiyin.rules.yearfiles import from_yaml, shipped_texts
from tests.organisation.test_calendar_sheets import book
from tests.rules.notice_texts import notice_text

DAYS = {"year": 2027, "days": [{"name": "元旦", "date": "2027-01-01", "isOffDay": True}]}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_the_text_of_a_notice_is_read_in_any_usual_encoding(encoding: str) -> None:
    read = read_schedule(notice_text(2026).encode(encoding))
    assert read.drafted is not None
    assert read.drafted.year == 2026


def test_every_form_is_told_by_its_content() -> None:
    assert read_schedule(shipped_texts()[2026].encode()).drafted == from_yaml(shipped_texts()[2026])
    assert read_schedule(book()).drafted is not None
    common = json.dumps(DAYS).encode()
    assert read_schedule(common).lacks == ("title", "issued")
    given = read_schedule(common, title="通知", issued=date(2026, 11, 9))
    assert given.drafted is not None


def test_the_wrong_year_is_refused() -> None:
    for data in (shipped_texts()[2026].encode(), book()):
        read = read_schedule(data, year=2030)
        assert read.drafted is None
        assert "2030" in read.errors[0].message


def test_what_cannot_be_used_says_why() -> None:
    assert read_schedule(b"\xff\xff\xff\x00").errors[0].message == "文件不是文本，也不是 XLSX"
    assert "not YAML" in read_schedule(b"year: [").errors[0].message
    assert read_schedule("随便什么".encode()).lacks == ("year", "title", "issued")
    damaged = read_schedule(notice_text(2026).replace("上班。", "值班。").encode())
    assert damaged.drafted is None
    assert {one.reason for one in damaged.unread} == {"没有读懂"}
