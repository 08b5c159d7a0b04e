"""An import of items finds out what cannot be used, and counts what would change."""

from __future__ import annotations

import pytest

from huiyin.catalogue import queries
from huiyin.catalogue.models import ServiceItem
from tests.catalogue.files import ITEMS, MATERIALS, counts, load, row, sheets
from tests.factories import Office
from tests.workbooks import Value, workbook

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("values", "column", "message"),
    [
        ({"promise": "21个工作日"}, "承诺办结时限", "承诺时限不能长于法定时限"),
        ({"promise": "2个月", "law": "1个月"}, "承诺办结时限", "承诺时限不能长于法定时限"),
        ({"law": "20"}, "法定办结时限", "“20”不是时限"),
        ({"post": "XX"}, "承办岗位", "“XX”在“岗位”中找不到，或名称不唯一"),
        ({"post": ""}, "承办岗位", "没有填写"),
        ({"name": ""}, "事项名称", "没有填写"),
        ({"instant": "也许"}, "是否即办", "“也许”看不出是或否"),
        ({"name": "长" * 201}, "事项名称", "超过200个字（现有201个）"),
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


def test_a_promise_as_long_as_the_law_passes_where_the_rulebook_does_not_forbid_it(office: Office) -> None:
    assert load(office, sheets(office, [ITEMS[1], row(promise="20工作日")], None)).ok
    assert load(office, sheets(office, [ITEMS[1], row(law="")], None)).ok


def test_limits_in_different_units_are_left_to_the_office(office: Office) -> None:
    assert load(office, sheets(office, [ITEMS[1], row(promise="25日")], None)).ok


@pytest.mark.parametrize(
    ("paper", "message"),
    [
        (["NO", "甲", 1, "原件", ""], "“NO”在“事项”中找不到，或名称不唯一"),
        (["JZ-1", "申请书", 1, "原件", ""], "“申请书”与第3行重复"),
        (["JZ-1", "甲", "两份", "原件", ""], "“两份”不是整数"),
        (["JZ-1", "甲", 1, "随便", ""], "“随便”不在可选范围内"),
    ],
)
def test_materials_that_cannot_be_used(office: Office, paper: list[Value], message: str) -> None:
    report = load(office, sheets(office, materials=[*MATERIALS, paper]))
    assert [error.message for error in report.errors] == [message]
    assert not ServiceItem.objects.filter(code="JZ-1").exists()


def test_an_item_with_a_new_paper_counts_as_changed(office: Office) -> None:
    load(office, sheets(office))
    report = load(office, sheets(office, materials=[*MATERIALS, ["JZ-1", "收入证明", 1, "原件", ""]]))
    assert counts(report) == (6, 1, 1, 4)
    assert queries.item(office.tenant.id, "JZ-1").version == 2


def test_materials_alone_are_for_items_already_here(office: Office) -> None:
    report = load(office, workbook({"材料": [MATERIALS[0], ["DB-1", "居民户口簿", 1, "原件", "必要"]]}))
    assert counts(report) == (1, 0, 0, 1)
    guide = queries.guide(office.tenant.id, "DB-1")
    assert ([p.name for p in guide.materials], guide.version) == (["居民户口簿"], 2)
