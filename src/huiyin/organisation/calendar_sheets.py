"""The workbook that holds one year's schedule: the notice it rests on, and its days."""

from __future__ import annotations

from datetime import date
from functools import partial

from huiyin.organisation import workbook
from huiyin.rules import cells
from huiyin.rules.errors import msg
from huiyin.rules.importing import Column, Faults, ImportReport, Row, Sheet, file_report, read_sheets
from huiyin.rules.schedules import Notice, ScheduleError
from huiyin.rules.yearfiles import HOLIDAYS, Drafted, Gathered, draft, holiday_name

_KINDS = {"放假": "off", "休息": "off", "off": "off", "上班": "worked", "工作": "worked", "worked": "worked"}
_LABEL = partial(cells.line, longest=200)

NOTICE = Sheet(
    "依据",
    ("通知", "notice"),
    (
        Column("year", "年度", cells.whole, ("年份", "year"), required=True, example="示例2027"),
        Column(
            "title",
            "文件名称",
            _LABEL,
            ("通知名称", "标题", "title"),
            required=True,
            example="关于2027年部分节假日安排的通知",
            width=44,
        ),
        Column("number", "文号", _LABEL, ("发文字号", "number"), example="国办发明电〔2026〕0号", width=24),
        Column("issued", "印发日期", cells.day, ("日期", "issued"), required=True, example="2026-11-04"),
    ),
    ("year",),
)

DAYS = Sheet(
    "放假安排",
    ("日期", "days"),
    (
        Column("day", "日期", cells.day, ("day", "date"), required=True, example="示例2027-01-01"),
        Column(
            "kind",
            "安排",
            cells.choice(_KINDS),
            ("类别", "kind"),
            required=True,
            choices=("放假", "上班"),
            example="放假",
        ),
        Column(
            "name",
            "节日",
            _LABEL,
            ("名称", "name"),
            choices=tuple(HOLIDAYS),
            note="放假的日期填写节日名称；调休上班的可以空着。",
            example="元旦",
        ),
    ),
    ("day",),
)


def calendar_template() -> bytes:
    """Return the empty workbook to fill in."""
    notes = (
        msg("“依据”填一行：年度和所依据的通知。"),
        msg("“放假安排”一天一行：放假的每一天（含其中的周末）和调休上班的每个周末。"),
        msg("通知调整上一年12月的，上一年的日期也填在这里。"),
        msg("导入只是提出，由另一人核对确认后生效。"),
    )
    contents = [workbook.Content(sheet, ()) for sheet in (NOTICE, DAYS)]
    return workbook.write_workbook("放假安排导入模板", contents, notes)


def read_calendar(data: bytes) -> tuple[Drafted | None, ImportReport]:
    """Return the schedule in a workbook, None with what must be mended in the report."""
    faults, ignored = Faults(), list[str]()
    try:
        found = read_sheets(workbook.read_workbook(data), (NOTICE, DAYS), faults, ignored)
    except workbook.NotAWorkbook as fault:
        return None, file_report(fault.msgid, fault.remedy, dry_run=True, **fault.params)
    notices, days = found.get(NOTICE.name, []), found.get(DAYS.name, [])
    for row in days:
        if row.values.get("kind") == "off" and not row.text("name"):
            faults.add(row, "name", msg("放假的日期没有填写节日"), msg("请填写节日名称，例如元旦。"))
    drafted = None
    if not faults:
        try:
            drafted = draft(_gathered(notices, days))
        except ScheduleError as error:
            said, remedy = msg("放假安排自相矛盾：%(why)s"), msg("请对照通知原文改正后再提出。")
            return None, file_report(said, remedy, dry_run=True, why=str(error))
    rows = len(days) + len(notices)
    return drafted, ImportReport(rows, 0, 0, 0, faults.errors, ignored, faults.more, dry_run=True)


def _gathered(notices: list[Row], days: list[Row]) -> Gathered:
    if len(notices) != 1:
        raise ScheduleError(f"the sheet {NOTICE.name} needs exactly one row, not {len(notices)}")
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
