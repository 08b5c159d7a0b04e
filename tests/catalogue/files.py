"""A catalogue as a workbook, and how it is loaded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from huiyin.catalogue.actions import import_items
from huiyin.rules.importing import ImportReport
from tests.factories import AT, Office
from tests.workbooks import Value, workbook

Grid = Sequence[Sequence[Value]]


ITEMS: Grid = [
    ["召公镇政务服务事项清单"],
    [
        "序号",
        "事项编码",
        "事项名称",
        "承办岗位",
        "是否即办",
        "法定办结时限",
        "承诺办结时限",
        "收费标准",
        "是否公开",
    ],
    [1, "JZ-1", "临时救助", "MZ02", "否", "20个工作日", "10个工作日", "不收费", "是"],
    [2, 11330100002489.0, "老年优待证", "低保经办岗{canary}", "是", "", "", "", "否"],
    [3, "", "", "", "", "", "", "", ""],
    ["合计", "", "2项"],
]


MATERIALS: Grid = [
    ["事项编码", "材料名称", "份数", "原件/复印件", "必要性"],
    ["示例", "例", 1, "原件", "必要"],
    ["JZ-1", "申请书", "1份", "原件", "必要"],
    ["jz-1", "身份证", 2.0, "复印件", "容缺"],
    ["11330100002489", "照片", None, None, None],
]


def sheets(office: Office, items: Grid = ITEMS, materials: Grid | None = MATERIALS) -> bytes:
    filled = [
        [c.replace("{canary}", office.canary) if isinstance(c, str) else c for c in row] for row in items
    ]
    return workbook({"事项": filled} | ({"材料": materials} if materials is not None else {}))


def load(office: Office, data: bytes, *, dry_run: bool = False, days: int = 0) -> ImportReport:
    return import_items(office.tenant, data, dry_run=dry_run, at=AT + timedelta(days=days))


def counts(report: ImportReport) -> tuple[int, int, int, int]:
    return report.rows, report.created, report.changed, report.unchanged


def row(**values: Value) -> list[Value]:
    usual: dict[str, Value] = {
        "code": "N", "name": "新事项", "post": "MZ01", "instant": "否", "law": "20个工作日", "promise": "",
        "fee": "", "public": "",
    }  # fmt: skip
    return [1, *(usual | values).values()]
