"""The workbook of one year's schedule, in Chinese or in English: the notice it rests on, and its days.

Either is read, also where the words of the two are mixed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from typing import Final

from huiyin.organisation import workbook
from huiyin.rules import cells
from huiyin.rules.errors import msg
from huiyin.rules.importing import (
    Column,
    Faults,
    ImportReport,
    Row,
    Sheet,
    file_report,
    header_key,
    read_sheets,
)
from huiyin.rules.notices import changes_some
from huiyin.rules.schedules import Notice, ScheduleError
from huiyin.rules.yearfiles import HOLIDAYS, Drafted, Gathered, amend, draft, holiday_name, named

_KINDS: Final = {
    "放假": "off",
    "休息": "off",
    "上班": "worked",
    "工作": "worked",
    "off": "off",
    "dayoff": "off",
    "worked": "worked",
}
_LABEL = partial(cells.line, longest=200)
_ENGLISH_CHOICES: Final = {
    "kind": ("Off", "Worked"),
    "name": tuple(english for _, english in HOLIDAYS.values()),
}
_ENGLISH_EXAMPLES: Final = {
    "year": "Example 2027",
    "day": "Example 2027-01-01",
    "kind": "Off",
    "name": "New Year's Day",
}


# The last of the other names is the English one, by which the English workbook goes.
NOTICE = Sheet(
    "依据",
    ("通知", "Notice"),
    (
        Column("year", "年度", cells.whole, ("年份", "Year"), required=True, example="示例2027"),
        Column(
            "title",
            "文件名称",
            _LABEL,
            ("通知名称", "标题", "Title"),
            required=True,
            example="关于2027年部分节假日安排的通知",
            width=44,
        ),
        Column("number", "文号", _LABEL, ("发文字号", "Number"), example="国办发明电〔2026〕0号", width=24),
        Column(
            "issued",
            "印发日期",
            cells.day,
            ("日期", "issued", "Issued on"),
            required=True,
            example="2026-11-04",
        ),
    ),
    ("year",),
)

DAYS = Sheet(
    "放假安排",
    ("日期", "Days"),
    (
        Column("day", "日期", cells.day, ("day", "Date"), required=True, example="示例2027-01-01", width=22),
        Column(
            "kind",
            "安排",
            cells.choice(_KINDS),
            ("类别", "kind", "Off or worked"),
            required=True,
            choices=("放假", "上班"),
            example="放假",
        ),
        Column(
            "name",
            "节日",
            _LABEL,
            ("名称", "name", "Holiday"),
            choices=tuple(HOLIDAYS),
            note=msg("放假的日期填写节日名称；调休上班的可以空着。"),
            example="元旦",
            width=40,
        ),
        Column(
            "english",
            "英文名称",
            _LABEL,
            ("英文名", "English name"),
            note=msg("下拉列表里没有的节日，可以填写英文名称，供英文页面显示；空着则显示中文名称。"),
            width=30,
        ),
    ),
    ("day",),
)


def _in_english(sheet: Sheet) -> Sheet:
    return sheet._replace(
        name=sheet.also[-1],
        also=(sheet.name, *sheet.also[:-1]),
        columns=tuple(
            column._replace(
                header=column.also[-1],
                read=cells.choice(_KINDS, _ENGLISH_CHOICES["kind"]) if column.key == "kind" else column.read,
                also=(column.header, *column.also[:-1]),
                choices=_ENGLISH_CHOICES.get(column.key, ()),
                example=_ENGLISH_EXAMPLES.get(column.key, column.example),
            )
            for column in sheet.columns
        ),
    )


CHINESE: Final = (NOTICE, DAYS)
ENGLISH: Final = (_in_english(NOTICE), _in_english(DAYS))


def calendar_template(say: Callable[[str], str] = str, *, english: bool = False) -> bytes:
    """Return the empty workbook to fill in: its headers and drop-downs in Chinese, or in English.

    `say` puts title, notes and explanations into the same language.
    """
    notes = (
        msg("“依据”填一行：年度和所依据的通知。"),
        msg("“放假安排”一天一行：放假的每一天（含其中的周末）和调休上班的每个周末。"),
        msg("通知调整上一年12月的，上一年的日期也填在这里。"),
        msg("通知只调整几个节日的（名称如“关于调整2019年劳动节假期安排的通知”），只填这几个节日，其余不变。"),
        msg("导入只是提出，由另一人核对确认后生效。"),
    )
    contents = [workbook.Content(sheet, ()) for sheet in (ENGLISH if english else CHINESE)]
    return workbook.write_workbook(msg("放假安排导入模板"), contents, notes, say)


def read_calendar(data: bytes) -> tuple[Drafted | None, ImportReport]:
    """Return the schedule in a workbook, None with what must be mended in the report.

    Where the notice's title names only some holidays, it is a change to a year that has its schedule.
    """
    faults, ignored = Faults(), list[str]()
    try:
        grids = workbook.read_workbook(data)
    except workbook.NotAWorkbook as fault:
        return None, file_report(fault.msgid, fault.remedy, dry_run=True, **fault.params)
    notice, schedule = sheets = _sheets_of(grids)
    found = read_sheets(grids, sheets, faults, ignored)
    notices, days = found.get(notice.name, []), found.get(schedule.name, [])
    for row in days:
        if row.values.get("kind") == "off" and not row.text("name"):
            faults.add(row, "name", msg("放假的日期没有填写节日"), msg("请填写节日名称，例如元旦。"))
    drafted = None
    if not faults:
        try:
            drafted = _drafted(notice, notices, days)
        except ScheduleError as error:
            said, remedy = msg("放假安排自相矛盾：%(why)s"), msg("请对照通知原文改正后再提出。")
            return None, file_report(said, remedy, dry_run=True, why=str(error))
    rows = len(days) + len(notices)
    return drafted, ImportReport(rows, 0, 0, 0, faults.errors, ignored, faults.more, dry_run=True)


def _sheets_of(names: Iterable[str]) -> tuple[Sheet, Sheet]:
    """The sheets by the language of the workbook, in whose words is said what is missing."""
    english = {header_key(sheet.name) for sheet in ENGLISH}
    return ENGLISH if english & {header_key(name) for name in names} else CHINESE


def _drafted(sheet: Sheet, notices: list[Row], days: list[Row]) -> Drafted:
    gathered = _gathered(sheet, notices, days)
    drafted = amend(gathered) if changes_some(gathered.notice.title) else draft(gathered)
    return named(
        drafted, {holiday_name(row.text("name")): row.text("english") for row in days if row.text("english")}
    )


def _gathered(sheet: Sheet, notices: list[Row], days: list[Row]) -> Gathered:
    if len(notices) != 1:
        raise ScheduleError(f"the sheet {sheet.name} needs exactly one row, not {len(notices)}")
    year, issued = notices[0].values["year"], notices[0].values["issued"]
    off = {_day(row): holiday_name(row.text("name")) for row in days if row.values["kind"] == "off"}
    worked = frozenset(_day(row) for row in days if row.values["kind"] == "worked")
    if not isinstance(year, int) or not isinstance(issued, date):
        raise ScheduleError("the year and the day of the notice are missing")
    notice = Notice(notices[0].text("title"), notices[0].text("number"), issued)
    return Gathered(year, notice, off, worked)


def _day(row: Row) -> date:
    day = row.values["day"]
    if not isinstance(day, date):
        raise ScheduleError(f"row {row.number} has no date")
    return day
