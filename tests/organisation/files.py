"""An office as a workbook, and how it is loaded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from huiyin.organisation.actions import import_people
from huiyin.organisation.models import Appointment, Person, Position, Tenant, Unit
from huiyin.rules.importing import ImportReport
from tests.factories import AT
from tests.workbooks import Value, workbook

Grid = Sequence[Sequence[Value]]


UNITS: Grid = [
    ["召公镇科室一览表"],
    ["科室编码", "科室名称", "上级科室", "分管领导岗位"],
    ["示例KS01", "例", "", ""],
    ["LD", "领导班子", None, None],
    ["MZ", "民政办", "LD", "LD02"],
    ["MZ2", "救助股", "民政办", ""],
]


POSITIONS: Grid = [
    ["编码", "岗位名称", "所属科室", "层级", "岗位职责", "电话", "地点", "首问接待"],
    ["LD01", "镇长", "领导班子", "主要领导", "", "", "", ""],
    ["LD02", "副镇长", "LD", "分管领导", "", "", "", ""],
    ["MZ01", "低保岗", "民政办", "经办人", "低保受理\n初审", "0571 88880001", "一楼", "是"],
    ["MZ02", "救助岗", "救助股", "经办人", "", "801", "", "否"],
]


PEOPLE: Grid = [
    ["工号", "姓名", "办公电话", "电子邮箱", "A岗", "B岗", "任职时间", "性别"],
    [1001.0, "张 三", "", "zhang@example.cn", "MZ01", "MZ02", "2025.1.4", "男"],
    ["１００２", "李四", "", "", "MZ02", "MZ01", 45661, ""],
    ["1003", "王镇长", "", "", "LD01", None, date(2025, 1, 4), ""],
    ["1004", "买买提•吐尔逊", "", "", "LD02", "", "2025年1月4日", ""],
    ["合计", "4人"],
]


FILE = workbook({"科室": UNITS, "岗位": POSITIONS, "人员": PEOPLE})


def load(tenant: Tenant, data: bytes = FILE, *, days: int = 0, dry_run: bool = False) -> ImportReport:
    return import_people(tenant, data, dry_run=dry_run, at=AT + timedelta(days=days))


def counts(report: ImportReport) -> tuple[int, int, int, int]:
    return report.rows, report.created, report.changed, report.unchanged


def rows_of(tenant: Tenant) -> int:
    return sum(model.objects.filter(tenant=tenant).count() for model in (Unit, Position, Person, Appointment))


def with_people(*rows: Sequence[Value]) -> bytes:
    return workbook({"人员": [["工号", "姓名", "在职", "A岗", "B岗", "任职日期"], *rows]})


def messages(report: ImportReport) -> list[str]:
    return [error.message for error in report.errors]
