"""An import finds out what does not hang together."""

from __future__ import annotations

import pytest

from huiyin.organisation import queries
from huiyin.organisation.models import Person, Position, Tenant, Unit
from huiyin.organisation.queries import asker_for_person
from huiyin.rules.errors import NotFound
from tests.factories import AT, Office
from tests.organisation.files import (
    POSITIONS,
    UNITS,
    Grid,
    counts,
    load,
    messages,
    with_people,
)
from tests.workbooks import workbook

pytestmark = pytest.mark.django_db


def test_leaving_ends_the_posts_and_coming_back_is_a_change(tenant: Tenant) -> None:
    load(tenant)
    assert counts(load(tenant, with_people(["1001", "张三", "否", "", "", ""]))) == (1, 0, 1, 0)
    person = Person.objects.get(tenant=tenant, staff_no="1001")
    assert not person.active
    assert queries.on_duty(Position.objects.get(tenant=tenant, code="MZ01").id, AT).staff_no == "1002"
    with pytest.raises(NotFound):
        asker_for_person(person.id, AT, "desk")
    assert counts(load(tenant, with_people(["1001", "张三", "否", "", "", ""]))) == (1, 0, 0, 1)
    assert counts(load(tenant, with_people(["1001", "张三", "是", "MZ01", "", ""]))) == (1, 0, 1, 0)


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([["1001", "张三", "", "", "", ""], ["１００１", "李四", "", "", "", ""]], "“1001”与第2行重复"),
        ([["1001", "张三", "", "MZ01", "MZ01", ""]], "同一岗位的A岗和B岗不能是同一个人"),
        ([["1001", "张三", "否", "MZ01", "", ""]], "已离职的人员不能再任岗位"),
        (
            [["1001", "张三", "", "MZ01", "", ""], ["1002", "李四", "", "MZ01", "", ""]],
            "岗位“MZ01”的A岗已在第2行填给另一人",
        ),
        ([["张三", "张三", "", "", "", ""]], "工号只能含英文字母、数字、连字符和下划线，最多32位"),
        ([["", "张三", "", "", "", ""]], "没有填写"),
        ([[330106199001011234, "张三", "", "", "", ""]], "数字过长（3.30106e+17），表格软件已丢掉末几位"),
    ],
)
def test_rows_that_contradict_each_other(tenant: Tenant, rows: Grid, message: str) -> None:
    load(tenant)
    report = load(tenant, with_people(*rows))
    assert messages(report) == [message]
    assert report.changed == 0


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([["A", "甲", "B", ""], ["B", "乙", "A", ""]], "上级科室绕成了圈"),
        ([["A", "甲", "A", ""]], "上级科室绕成了圈"),
        ([["A", "甲", "无此科", ""]], "“无此科”在“科室”中找不到，或名称不唯一"),
        ([["A", "甲", "", "X1"]], "“X1”在“岗位”中找不到，或名称不唯一"),
        (
            [["A", "甲", "", ""], ["B", "甲", "", ""], ["C", "丙", "甲", ""]],
            "“甲”在“科室”中找不到，或名称不唯一",
        ),
    ],
)
def test_units_that_do_not_hang_together(tenant: Tenant, rows: Grid, message: str) -> None:
    report = load(tenant, workbook({"科室": [UNITS[1], *rows]}))
    assert set(messages(report)) == {message}


def test_a_unit_can_be_renamed_and_used_by_its_new_name(tenant: Tenant) -> None:
    load(tenant)
    report = load(
        tenant,
        workbook({
            "科室": [["编码", "名称"], ["MZ", "民政科"]],
            "岗位": [POSITIONS[0], ["MZ03", "新岗", "民政科", "经办人", "", "", "", ""]],
        }),
    )  # fmt: skip
    assert (report.errors, counts(report)) == ([], (2, 1, 1, 0))
    unit = Unit.objects.get(tenant=tenant, code="MZ")
    assert unit.parent is not None  # the column was not there


def test_the_last_administrator_cannot_be_imported_away(office: Office) -> None:
    report = load(office.tenant, with_people(["1010", "朱管理", "否", "", "", ""]))
    assert messages(report) == ["这是本单位最后一位系统管理员"]


def test_codes_of_another_office_are_unknown_here(tenant: Tenant) -> None:
    assert Position.objects.filter(code="MZ01").exists()  # of the office "other"
    report = load(tenant, with_people(["1", "甲", "", "MZ01", "", ""]))
    assert messages(report) == ["“MZ01”在“岗位”中找不到，或名称不唯一"]
