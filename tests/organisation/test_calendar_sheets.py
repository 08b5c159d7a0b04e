"""The workbook of one year's schedule."""

from __future__ import annotations

import io
import re
from datetime import date
from gettext import translation

import pytest
import xlsxwriter  # type: ignore[import-untyped]

from huiyin.doors.speaking import CATALOGUES
from huiyin.organisation.calendar_sheets import ENGLISH, calendar_template, read_calendar
from huiyin.organisation.workbook import read_workbook
from huiyin.rules.schedules import parse_year
from huiyin.rules.workdays import load_calendar
from huiyin.rules.yearfiles import HOLIDAYS, unnamed

HEAD = (
    ("年度", "文件名称", "文号", "印发日期"),
    ("2027", "关于2027年部分节假日安排的通知", "", "2026-11-09"),
)
DAYS = (
    ("日期", "安排", "节日"),
    ("2026-12-31", "放假", "元旦"),
    ("2027年1月1日", "放假", "元旦"),
    ("2027.2.6", "放假", "春节"),
    ("20270220", "上班", ""),
)


def book(
    notice: tuple[tuple[str, ...], ...] = HEAD,
    days: tuple[tuple[str, ...], ...] = DAYS,
    names: tuple[str, str] = ("依据", "放假安排"),
) -> bytes:
    file = io.BytesIO()
    made = xlsxwriter.Workbook(file, {"in_memory": True})
    for name, rows in zip(names, (notice, days), strict=True):
        page = made.add_worksheet(name)
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
    made.close()
    return file.getvalue()


def test_a_workbook_gives_the_year_and_what_changes_before_it() -> None:
    drafted, report = read_calendar(book())
    assert report.errors == []
    assert drafted is not None
    found = parse_year(drafted.text, "a")
    assert [day.isoformat() for day in found.off] == ["2027-01-01", "2027-02-06"]
    assert [day.isoformat() for day in found.worked] == ["2027-02-20"]
    assert "2026-12-31" in drafted.amendment
    assert load_calendar(published=(drafted.text,)).is_official(2027)


def test_the_template_has_both_sheets_and_is_empty() -> None:
    assert set(read_workbook(calendar_template())) == {"依据", "放假安排", "说明"}
    drafted, report = read_calendar(calendar_template())
    assert drafted is None
    assert report.errors


def test_what_cannot_be_used_is_named_by_row() -> None:
    drafted, report = read_calendar(
        book(days=(*DAYS, ("2027-03-32", "放假", "元旦"), ("2027-03-01", "放假", "")))
    )
    assert drafted is None
    assert [(error.row, error.column) for error in report.errors] == [(6, "日期"), (7, "节日")]


def test_a_contradiction_is_named_for_the_file() -> None:
    for days in ((*DAYS, ("2027-03-01", "上班", "")), (*DAYS, ("2030-01-01", "放假", "元旦")), DAYS[:1]):
        drafted, report = read_calendar(book(days=days))
        assert drafted is None
        assert len(report.errors) == 1
    assert read_calendar(book(notice=HEAD[:1]))[0] is None
    assert read_calendar(b"PK nonsense")[0] is None


ENGLISH_HEAD = (
    ("Year*", "Title*", "Number", "Issued on*"),
    ("2027", "关于2027年部分节假日安排的通知", "", "2026-11-09"),
)
ENGLISH_DAYS = (
    ("Date*", "Off or worked*", "Holiday", "English name"),
    ("2026-12-31", "Off", "New Year's Day", ""),
    ("2027-01-01", "day off", "New Year’s Day", ""),
    ("2027-02-06", "OFF", "Spring Festival", ""),
    ("2027-02-20", "Worked", "", ""),
)
SHEETS = ("Notice", "Days")


def english(days: tuple[tuple[str, ...], ...] = ENGLISH_DAYS) -> bytes:
    return book(ENGLISH_HEAD, days, SHEETS)


def test_an_english_workbook_says_the_same() -> None:
    drafted, report = read_calendar(english())
    assert (report.errors, report.ignored) == ([], [])
    assert drafted == read_calendar(book())[0]


@pytest.mark.parametrize("names", [SHEETS, ("依据", "放假安排")])
def test_the_words_of_both_languages_may_be_mixed(names: tuple[str, str]) -> None:
    for head, days in ((HEAD, ENGLISH_DAYS), (ENGLISH_HEAD, DAYS)):
        assert read_calendar(book(head, days, names))[0] == read_calendar(book())[0]


def test_the_english_template_speaks_english_and_reads_back() -> None:
    say = translation("django", CATALOGUES, ["en"]).gettext
    data = calendar_template(say, english=True)
    grids = read_workbook(data)
    assert list(grids)[:2] == list(SHEETS)
    text = "".join(str(cell) for rows in grids.values() for row in rows for cell in row)
    # Only what a notice itself is called, and its number, is Chinese.
    for example in (
        "关于2027年部分节假日安排的通知",
        "国办发明电〔2026〕0号",
        "关于调整2019年劳动节假期安排的通知",
    ):
        text = text.replace(example, "")
    assert re.findall("[\u4e00-\u9fff]+", text) == []
    drafted, report = read_calendar(data)
    assert drafted is None
    assert {error.sheet for error in report.errors} <= {"", *SHEETS}
    day = ENGLISH[1]
    assert [column.choices for column in day.columns] == [
        (),
        ("Off", "Worked"),
        tuple(name for _, name in HOLIDAYS.values()),
        (),
    ]


def test_what_an_english_workbook_lacks_is_said_in_its_words() -> None:
    rows = (("Date*", "Off or worked*", "Holiday"), ("2027-01-01", "maybe", "New Year's Day"))
    report = read_calendar(english(rows))[1]
    assert [(error.sheet, error.column, error.params["choices"]) for error in report.errors] == [
        ("Days", "Off or worked*", "Off、Worked")
    ]
    headless = read_calendar(english(()))[1]
    assert headless.errors


def test_a_holiday_nobody_knows_takes_its_english_name_from_its_column() -> None:
    new = ("2027-09-03", "Off", "胜利日", "Victory Day")
    drafted, _ = read_calendar(english((*ENGLISH_DAYS, new)))
    assert drafted is not None
    assert ("胜利日", "Victory Day") in drafted.own().names.values()
    left, _ = read_calendar(english((*ENGLISH_DAYS, (*new[:3], ""))))
    assert left is not None
    assert unnamed(left) == ["胜利日"]


def test_a_notice_on_some_holidays_is_a_change_to_its_year() -> None:
    head = (HEAD[0], ("2026", "关于调整2026年劳动节假期安排的通知", "", "2026-03-20"))
    days = (DAYS[0], ("2026-05-01", "放假", "劳动节"), ("2026-04-26", "上班", ""))
    drafted, report = read_calendar(book(head, days))
    assert report.errors == []
    assert drafted is not None
    assert (drafted.text, sorted(drafted.own().off)) == ("", [date(2026, 5, 1)])
