"""Items and materials from one workbook: all of it, or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest

from huiyin.catalogue import queries
from huiyin.catalogue.actions import import_items, items_template
from huiyin.catalogue.models import ItemVersion, Material, ServiceItem
from huiyin.ledger.models import LedgerEvent
from huiyin.ledger.queries import verify
from huiyin.rules.errors import Forbidden, NotFound
from huiyin.rules.importing import ImportReport
from huiyin.rules.vocabulary import Limit, Unit
from tests.factories import AT, Office, make_office
from tests.workbooks import Value, workbook

pytestmark = pytest.mark.django_db
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


@pytest.fixture
def office() -> Office:
    make_office("other")
    return make_office("zhaogong")


def sheets(office: Office, items: Grid = ITEMS, materials: Grid | None = MATERIALS) -> bytes:
    filled = [
        [c.replace("{canary}", office.canary) if isinstance(c, str) else c for c in row] for row in items
    ]
    return workbook({"事项": filled} | ({"材料": materials} if materials is not None else {}))


def load(office: Office, data: bytes, *, dry_run: bool = False, days: int = 0) -> ImportReport:
    return import_items(office.tenant, data, dry_run=dry_run, at=AT + timedelta(days=days))


def counts(report: ImportReport) -> tuple[int, int, int, int]:
    return report.rows, report.created, report.changed, report.unchanged


def test_a_workbook_becomes_a_catalogue(office: Office) -> None:
    report = load(office, sheets(office))
    assert (report.errors, counts(report), report.ignored) == ([], (5, 5, 0, 0), [])
    guide = queries.guide(office.tenant.id, "JZ-1")
    assert (guide.statutory, guide.committed) == (Limit(20, Unit.WORKING_DAY), Limit(10, Unit.WORKING_DAY))
    assert guide.unit == office.units["MZ"].name
    assert [(p.name, p.copies, p.original, p.required) for p in guide.materials] == [
        ("申请书", 1, True, True),
        ("身份证", 2, False, False),
    ]
    instant = queries.guide(office.tenant.id, "11330100002489", public=False)
    assert (instant.instant, instant.open_to_public, len(instant.materials)) == (True, False, 1)
    assert ItemVersion.objects.filter(tenant=office.tenant, item__code="JZ-1").count() == 1


def test_the_same_file_again_changes_nothing(office: Office) -> None:
    load(office, sheets(office))
    before = LedgerEvent.objects.count(), ItemVersion.objects.count()
    assert counts(load(office, sheets(office), days=9)) == (5, 0, 0, 5)
    assert (LedgerEvent.objects.count(), ItemVersion.objects.count()) == before


def test_a_dry_run_writes_nothing(office: Office) -> None:
    before = ServiceItem.objects.count(), LedgerEvent.objects.count()
    assert counts(load(office, sheets(office), dry_run=True)) == (5, 5, 0, 0)
    assert (ServiceItem.objects.count(), LedgerEvent.objects.count()) == before


def test_changes_begin_versions_of_just_these_items(office: Office) -> None:
    load(office, sheets(office))
    papers: Grid = [
        MATERIALS[0],
        ["JZ-1", "身份证", 1, "复印件", "容缺"],
        ["JZ-1", "收入证明", 1, "原件", ""],
        MATERIALS[-1],
    ]
    report = load(office, sheets(office, materials=papers), days=1)
    assert counts(report) == (5, 1, 2, 2)  # a paper new; a paper and its item changed
    item = queries.item(office.tenant.id, "JZ-1")
    assert item.version == 2
    assert [p.name for p in queries.guide(office.tenant.id, "JZ-1").materials] == ["身份证", "收入证明"]
    assert [p.name for p in queries.item_version(office.tenant.id, item.id, 1).materials] == [
        "申请书",
        "身份证",
    ]
    assert queries.guide(office.tenant.id, "11330100002489", public=False).version == 1
    assert verify().ok


def test_an_item_with_a_new_paper_counts_as_changed(office: Office) -> None:
    load(office, sheets(office))
    report = load(office, sheets(office, materials=[*MATERIALS, ["JZ-1", "收入证明", 1, "原件", ""]]))
    assert counts(report) == (6, 1, 1, 4)
    assert queries.item(office.tenant.id, "JZ-1").version == 2


def test_without_the_sheet_materials_they_stay(office: Office) -> None:
    load(office, sheets(office))
    report = load(office, sheets(office, materials=None))
    assert counts(report) == (2, 0, 0, 2)
    assert Material.objects.filter(item__code="JZ-1").count() == 2


def test_materials_alone_are_for_items_already_here(office: Office) -> None:
    report = load(office, workbook({"材料": [MATERIALS[0], ["DB-1", "居民户口簿", 1, "原件", "必要"]]}))
    assert counts(report) == (1, 0, 0, 1)
    guide = queries.guide(office.tenant.id, "DB-1")
    assert ([p.name for p in guide.materials], guide.version) == (["居民户口簿"], 2)


def row(**values: Value) -> list[Value]:
    usual: dict[str, Value] = {
        "code": "N", "name": "新事项", "post": "MZ01", "instant": "否", "law": "20个工作日", "promise": "",
        "fee": "", "public": "",
    }  # fmt: skip
    return [1, *(usual | values).values()]


@pytest.mark.parametrize(
    ("values", "column", "message"),
    [
        ({"promise": "20个工作日"}, "承诺办结时限", "承诺时限必须短于法定时限"),
        ({"promise": "1个月", "law": "1个月"}, "承诺办结时限", "承诺时限必须短于法定时限"),
        ({"law": ""}, "承诺办结时限", "不是即办件,却没有法定时限和承诺时限"),
        ({"law": "20"}, "法定办结时限", "“20”不是时限"),
        ({"post": "XX"}, "承办岗位", "“XX”在“岗位”中找不到,或名称不唯一"),
        ({"post": ""}, "承办岗位", "没有填写"),
        ({"name": ""}, "事项名称", "没有填写"),
        ({"instant": "也许"}, "是否即办", "“也许”看不出是或否"),
        ({"name": "长" * 201}, "事项名称", "超过200个字(现有201个)"),
    ],
)
def test_rows_that_cannot_be_used(
    office: Office, values: dict[str, Value], column: str, message: str
) -> None:
    report = load(office, sheets(office, [ITEMS[1], row(**values), row(code="OK")], None))
    (error,) = report.errors
    assert (error.sheet, error.row, error.column, error.message) == ("事项", 2, column, message)
    assert error.remedy
    assert not ServiceItem.objects.filter(code="OK").exists()


def test_a_promise_not_shorter_than_the_law_cites_its_clause(office: Office) -> None:
    report = load(office, sheets(office, [ITEMS[1], row(promise="30工作日")], None))
    assert report.errors[0].clause == "p3.service-commitment.2.2.c"


def test_limits_in_different_units_are_left_to_the_office(office: Office) -> None:
    assert load(office, sheets(office, [ITEMS[1], row(promise="25日")], None)).ok


@pytest.mark.parametrize(
    ("paper", "message"),
    [
        (["NO", "甲", 1, "原件", ""], "“NO”在“事项”中找不到,或名称不唯一"),
        (["JZ-1", "申请书", 1, "原件", ""], "“申请书”与第3行重复"),
        (["JZ-1", "甲", "两份", "原件", ""], "“两份”不是整数"),
        (["JZ-1", "甲", 1, "随便", ""], "“随便”不在可选范围内"),
    ],
)
def test_materials_that_cannot_be_used(office: Office, paper: list[Value], message: str) -> None:
    report = load(office, sheets(office, materials=[*MATERIALS, paper]))
    assert [error.message for error in report.errors] == [message]
    assert not ServiceItem.objects.filter(code="JZ-1").exists()


def test_only_administrators_of_the_office_import(office: Office) -> None:
    other = make_office("third")
    data = sheets(office)
    with pytest.raises(Forbidden):
        import_items(office.tenant, data, dry_run=True, at=AT, by=office.asker("head"))
    with pytest.raises(NotFound):
        import_items(office.tenant, data, dry_run=True, at=AT, by=other.asker("administrator"))


def test_noise_and_the_template(office: Office) -> None:
    assert [e.message for e in load(office, b"noise").errors] == ["这不是 XLSX 文件,或文件已损坏"]
    report = load(office, items_template())
    assert (report.errors, counts(report)) == ([], (0, 0, 0, 0))
