"""Rows become cases, or errors that name row and column; nothing is dropped unsaid."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.matters.eventlog.mapping import read_mapping
from huiyin.matters.eventlog.reading import ENDED_EARLY, LogRead, read_log
from huiyin.rules.events import Channel
from huiyin.rules.importing import MOST_ERRORS
from huiyin.rules.workdays import SHANGHAI
from tests.matters.eventlog.small_logs import HEAD, MAPPING, NOW
from tests.matters.eventlog.small_logs import log as plain_log

HEADER = f"{HEAD},事由"
PLAIN = (
    "A,登记,2026-03-02 09:00,甲,窗口,2026-03-02 08:30,2026-03-06 16:00,盖房",
    "A,审查,2026-03-04 09:00,乙,窗口,2026-03-02 08:30,2026-03-06 16:00,盖房",
    "A,发证,2026-03-06 15:00,甲,窗口,2026-03-02 08:30,2026-03-06 16:00,盖房",
    "B,登记,2026-03-03 09:00,乙,网上,,,",
    "B,审查,2026-03-03 10:00,,网上,,,",
)


def log(*rows: str, header: str = HEADER) -> bytes:
    return plain_log(*rows, head=header)


def read(data: bytes, more: str = "") -> LogRead:
    text = MAPPING.replace("  ended: 办结", "  ended: 办结\n  summary: 事由")
    return read_log(data, read_mapping(f"{text}\n{more}"), now=NOW)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def places(found: LogRead) -> list[tuple[int, str]]:
    assert all(error.message and error.remedy for error in found.errors)
    return [(error.row, error.column) for error in found.errors]


def test_rows_become_cases_with_their_steps_in_order() -> None:
    found = read(log(*reversed(PLAIN)))
    assert (found.rows, found.errors, found.damaged, found.lost) == (5, [], set(), 0)
    case = found.cases["A"]
    assert [(one.step, one.resource) for one in case.steps] == [
        ("登记", "甲"),
        ("审查", "乙"),
        ("发证", "甲"),
    ]
    assert case.steps[0].at == at("2026-03-02 09:00")
    assert (case.begun, case.ended_at) == (at("2026-03-02 08:30"), at("2026-03-06 16:00"))
    assert (case.channel, case.summary) == (Channel.COUNTER, "盖房")
    assert (found.cases["B"].channel, found.cases["B"].ended_at) == (Channel.ONLINE, None)
    assert found.cases["B"].steps[1].resource == ""


def test_what_was_received_after_its_first_step_began_with_it() -> None:
    found = read(log("A,登记,2026-03-02 09:00,甲,,2026-03-05 09:00,,"))
    assert found.cases["A"].begun == at("2026-03-02 09:00")
    assert not found.adjusted


def test_an_end_before_the_receipt_is_moved_to_the_last_step_and_counted() -> None:
    rows = ("A,登记,2026-03-02 09:00,甲,,,2026-02-01 09:00,", "A,发证,2026-03-04 09:00,甲,,,,")
    found = read(log(*rows, *PLAIN[3:]))
    assert found.cases["A"].ended_at == at("2026-03-04 09:00")
    assert found.adjusted == {ENDED_EARLY: 1}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-03-02T09:00:00+08:00", "2026-03-02 09:00"),
        ("2026-03-02T01:00:00Z", "2026-03-02 09:00"),
        ("2026-03-02 09:00:30.5", "2026-03-02 09:00:30.5"),
        ("2026-03-02", "2026-03-02 00:00"),
    ],
)
def test_moments_count_in_the_mappings_zone_unless_they_name_theirs(text: str, expected: str) -> None:
    assert read(log(f"A,登记,{text},甲,,,,")).cases["A"].steps[0].at == at(expected)


def test_another_zone_is_another_moment() -> None:
    # Negative control: the same cell.
    found = read(log(PLAIN[0]), "zone: Europe/Amsterdam")
    assert found.cases["A"].steps[0].at == at("2026-03-02 16:00")


@pytest.mark.parametrize(
    "text",
    ["2026-02-30", "昨天", "02/03/2026", "0001-01-01", "9999-12-31T23:00-14:00", "1989-12-31", "2027-01-01"],
)
def test_a_moment_that_cannot_be_is_named_in_each_column(text: str) -> None:
    rows = (f"A,登记,{text},甲,,,,", f"B,登记,2026-03-02,甲,,{text},,", f"C,登记,2026-03-02,甲,,,{text},")
    found = read(log(*rows, PLAIN[3].replace("B", "D")))
    assert places(found) == [(2, "时间"), (3, "收件"), (4, "办结")]
    assert text in found.errors[0].message
    assert (set(found.cases), found.damaged) == ({"D"}, {"A", "B", "C"})


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (",登记,2026-03-02,甲,,,,", "案号"),
        ("A,,2026-03-02,甲,,,,", "环节"),
        ("A,登记,,甲,,,,", "时间"),
        ("A,登记,2026-03-02,甲,飞鸽,,,", "来源"),
        (f"{'长' * 81},登记,2026-03-02,甲,,,,", "案号"),
        (f"A,{'长' * 201},2026-03-02,甲,,,,", "环节"),
        (f"A,登记,2026-03-02,{'长' * 51},,,,", "人员"),
        ("A,登记,2026-03-02,甲,,,", ""),
        ("A,登记,2026-03-02,甲,,,,,", ""),
        ('A,登"记,2026-03-02,甲,,,,\nA,"登"记,2026-03-02,甲,,,,', ""),
    ],
)
def test_every_fault_names_its_row_and_column(row: str, column: str) -> None:
    found = read(log(PLAIN[3], row, PLAIN[4]))
    assert [one for _, one in places(found)] == [column]
    assert found.errors[0].row in {3, 4}


def test_a_fault_is_its_cases_wherever_the_column_stands() -> None:
    data = log("登记, A ,2026-03-02", header="环节,案号,时间,人员,来源,收件,办结,事由")
    assert read(data).damaged == {"A"}


@pytest.mark.parametrize(
    "row", [",登记,2026-03-02,甲,,,,", "A", 'A,登记,2026-03-02,"甲', 'A,登记,2026-03-02,甲,,,,"事']
)
def test_a_row_that_shows_no_case_is_counted_as_lost(row: str) -> None:
    header = HEADER if row != "A" else "环节,案号,时间,人员,来源,收件,办结,事由"
    found = read(log(row, header=header))
    assert (found.lost, found.damaged) == (1, set())
    assert len(found.errors) == 1


def test_an_open_quote_does_not_swallow_the_rows_after_it() -> None:
    found = read(log(PLAIN[3] + '"盖房', *PLAIN[:3]))
    assert places(found) == [(2, "")]
    # Negative control: closed, it is a summary with a line break in it.
    closed = read(log(PLAIN[3] + '"盖\n房"', *PLAIN[:3]))
    assert (closed.errors, closed.rows, closed.cases["B"].summary) == ([], 4, "盖\n房")


@pytest.mark.parametrize("missing", ["案号", "环节", "时间", "人员", "来源", "事由"])
def test_a_missing_column_is_named_once_and_nothing_read(missing: str) -> None:
    found = read(log(*PLAIN, header=HEADER.replace(missing, "别的")))
    assert (places(found), found.rows, found.cases) == ([(1, missing)], 0, {})
    assert "别的" in found.errors[0].remedy


@pytest.mark.parametrize("data", [b"", b"\n\n", HEADER.encode(), log("", ",,,,,,,")])
def test_a_file_without_rows_is_an_error(data: bytes) -> None:
    assert len(read(data).errors) > 0


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32", "gb18030"])
def test_another_encoding_is_named_and_nothing_read(encoding: str) -> None:
    found = read(log(*PLAIN).decode().encode(encoding))
    assert len(found.errors) == 1
    assert found.cases == {}


def test_the_line_of_a_wrong_byte_is_named() -> None:
    found = read(log(*PLAIN).replace("乙".encode(), b"\xff", 1))
    assert places(found) == [(3, "")]


def test_the_encoding_that_the_mapping_names_is_read() -> None:
    # Negative control of the two above.
    text = log(*PLAIN).decode()
    assert read(text.encode("gb18030"), "encoding: gb18030").errors == []
    assert read(text.encode("utf-8-sig")).errors == []
    assert read(text.replace(",", "\t").encode(), 'delimiter: "\t"').errors == []
    assert len(read(text.encode(), "encoding: klingon").errors) == 1


def test_errors_beyond_what_anybody_reads_are_counted() -> None:
    found = read(log(*("A,登记,昨天,甲,,,," for _ in range(MOST_ERRORS + 7))))
    assert (len(found.errors), found.more_errors) == (MOST_ERRORS, 7)


@given(data=st.binary(max_size=400))
def test_random_bytes_give_errors_and_no_case(data: bytes) -> None:
    found = read(data)
    assert found.errors
    assert not found.cases


@given(cut=st.integers(0, 400), noise=st.sampled_from(['"', ",", "\n", "\r", "\0", "\u2028", "\ufeff", "；"]))
def test_a_stray_character_is_said_or_changes_no_row(cut: int, noise: str) -> None:
    text = log(*PLAIN).decode()
    found = read((text[:cut] + noise + text[cut:]).encode())
    if not found.errors:
        assert sum(len(case.steps) for case in found.cases.values()) == found.rows == len(PLAIN)


def test_resources_are_read_as_they_will_be_kept() -> None:
    rows = ["A-1,登记,2026-03-02 09:00, Anna ,窗口,,,", "A-1,审查,2026-03-03 09:00,Anna,窗口,,,"]
    assert {one.resource for one in read(log(*rows)).cases["A-1"].steps} == {"Anna"}
