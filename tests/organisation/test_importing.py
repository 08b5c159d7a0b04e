"""One workbook in: all of it, or nothing; and the second time nothing changes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from huiyin.ledger.models import LedgerEvent
from huiyin.ledger.queries import verify
from huiyin.organisation import queries
from huiyin.organisation.actions import OPERATOR, create_account, import_people, open_office, people_template
from huiyin.organisation.models import Account, Appointment, Person, Position, Role, Tenant, Unit
from huiyin.organisation.queries import asker_for_person
from huiyin.rules.errors import Forbidden, NotFound
from huiyin.rules.importing import ImportReport
from tests.factories import AT, make_office
from tests.workbooks import Value, workbook

pytestmark = pytest.mark.django_db
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


@pytest.fixture
def tenant() -> Tenant:
    make_office("other")
    return open_office(slug="zg", name="召公镇", rulebook="township", receipt_prefix="ZG", at=AT)


def load(tenant: Tenant, data: bytes = FILE, *, days: int = 0, dry_run: bool = False) -> ImportReport:
    return import_people(tenant, data, dry_run=dry_run, at=AT + timedelta(days=days))


def counts(report: ImportReport) -> tuple[int, int, int, int]:
    return report.rows, report.created, report.changed, report.unchanged


def rows_of(tenant: Tenant) -> int:
    return sum(model.objects.filter(tenant=tenant).count() for model in (Unit, Position, Person, Appointment))


def with_people(*rows: Sequence[Value]) -> bytes:
    return workbook({"人员": [["工号", "姓名", "在职", "A岗", "B岗", "任职日期"], *rows]})


def test_a_workbook_becomes_an_office(tenant: Tenant) -> None:
    report = load(tenant)
    assert report.errors == []
    assert counts(report) == (11, 11, 0, 0)
    assert report.ignored == ["人员:性别"]
    unit = Unit.objects.get(tenant=tenant, code="MZ")
    assert unit.parent is not None
    assert unit.overseer is not None
    assert (unit.parent.code, unit.overseer.code) == ("LD", "LD02")
    post = Position.objects.get(tenant=tenant, code="MZ01")
    assert (post.rank, post.duties, post.phone, post.reception) == (
        "clerk",
        "低保受理\n初审",
        "0571-88880001",
        True,
    )
    person = Person.objects.get(tenant=tenant, staff_no="1001")
    assert (person.name, person.email) == ("张三", "zhang@example.cn")
    assert Person.objects.get(tenant=tenant, staff_no="1004").name == "买买提·吐尔逊"
    assert set(Appointment.objects.filter(tenant=tenant).values_list("since", flat=True)) == {
        date(2025, 1, 4)
    }
    assert queries.on_duty(post.id, AT) == person
    assert queries.leader_in_charge(unit.id, AT)[0].staff_no == "1004"


def test_import_makes_no_accounts_and_no_roles(tenant: Tenant) -> None:
    load(tenant)
    assert not Account.objects.filter(tenant=tenant).exists()
    assert not Role.objects.filter(tenant=tenant).exists()


def test_the_same_file_again_changes_nothing_on_any_later_day(tenant: Tenant) -> None:
    load(tenant)
    before = rows_of(tenant), LedgerEvent.objects.count()
    for days in (0, 1, 400):
        assert counts(load(tenant, days=days)) == (11, 0, 0, 11)
    assert (rows_of(tenant), LedgerEvent.objects.count()) == before


def test_a_dry_run_counts_and_writes_nothing(tenant: Tenant) -> None:
    before = rows_of(tenant), LedgerEvent.objects.count()
    report = load(tenant, dry_run=True)
    assert (counts(report), report.dry_run) == ((11, 11, 0, 0), True)
    assert (rows_of(tenant), LedgerEvent.objects.count()) == before


def test_the_ledger_verifies_after_an_import_and_further_verbs(tenant: Tenant) -> None:
    load(tenant)
    create_account(Person.objects.get(tenant=tenant, staff_no="1001"), by=OPERATOR, at=AT)
    load(tenant, with_people(["1001", "张三三", "", "MZ01", "", ""]))
    assert verify().ok
    assert "张三" not in "".join(LedgerEvent.objects.values_list("body", flat=True))


def test_one_wrong_cell_and_nothing_is_written(tenant: Tenant) -> None:
    people = [*PEOPLE[:-1], ["1005", "赵五", "12", "x@", "MZ99", "", "2026.2.30", ""]]
    report = load(tenant, workbook({"科室": UNITS, "岗位": POSITIONS, "人员": people}))
    assert [(e.sheet, e.row, e.column) for e in report.errors] == [
        ("人员", 6, "办公电话"),
        ("人员", 6, "电子邮箱"),
        ("人员", 6, "任职时间"),
        ("人员", 6, "A岗"),
    ]
    assert report.errors[-1].message == "“MZ99”在“岗位”中找不到,或名称不唯一"
    assert all(error.remedy for error in report.errors)
    assert (report.created, report.changed, rows_of(tenant)) == (0, 0, 0)


def test_a_changed_row_updates_and_only_that(tenant: Tenant) -> None:
    load(tenant)
    report = load(
        tenant,
        with_people(["1001", "张三丰", "", "MZ01", "MZ02", ""], ["1002", "李四", "", "MZ02", "MZ01", ""]),
    )
    assert counts(report) == (2, 0, 1, 1)
    person = Person.objects.get(tenant=tenant, staff_no="1001")
    assert (person.name, person.email) == ("张三丰", "zhang@example.cn")  # no column, left alone
    assert Appointment.objects.filter(tenant=tenant, person=person).count() == 2


def test_two_people_swap_their_posts(tenant: Tenant) -> None:
    load(tenant)
    swap = with_people(["1001", "张三", "", "MZ02", "MZ01", ""], ["1002", "李四", "", "MZ01", "MZ02", ""])
    assert counts(load(tenant, swap)) == (2, 0, 2, 0)
    for code, staff_no in (("MZ01", "1002"), ("MZ02", "1001")):
        post = Position.objects.get(tenant=tenant, code=code)
        assert queries.on_duty(post.id, AT).staff_no == staff_no
        assert queries.on_duty(post.id, AT - timedelta(days=1)).staff_no != staff_no
    assert counts(load(tenant, swap, days=1)) == (2, 0, 0, 2)


def test_a_post_taken_over_from_a_later_day(tenant: Tenant) -> None:
    load(tenant)
    later = with_people(["1005", "赵五", "", "MZ01", "", "2026-03-01"])
    assert counts(load(tenant, later)) == (1, 1, 0, 0)
    post = Position.objects.get(tenant=tenant, code="MZ01")
    assert queries.on_duty(post.id, AT).staff_no == "1001"
    assert queries.on_duty(post.id, AT + timedelta(days=60)).staff_no == "1005"
    assert counts(load(tenant, later, days=1)) == (1, 0, 0, 1)
    assert counts(load(tenant, later, days=90)) == (1, 0, 0, 1)


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


def messages(report: ImportReport) -> list[str]:
    return [error.message for error in report.errors]


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
        ([["张三", "张三", "", "", "", ""]], "工号只能含英文字母、数字、连字符和下划线,最多32位"),
        ([["", "张三", "", "", "", ""]], "没有填写"),
        ([[330106199001011234, "张三", "", "", "", ""]], "数字过长(3.30106e+17),表格软件已丢掉末几位"),
    ],
)
def test_rows_that_contradict_each_other(tenant: Tenant, rows: Grid, message: str) -> None:
    load(tenant)
    report = load(tenant, with_people(*rows))
    assert messages(report) == [message]
    assert report.changed == 0


def test_a_stand_in_of_oneself_is_found_across_files(tenant: Tenant) -> None:
    load(tenant)
    report = load(tenant, workbook({"人员": [["工号", "姓名", "B岗"], ["1001", "张三", "MZ01"]]}))
    assert messages(report) == ["同一岗位的A岗和B岗不能是同一个人"]
    assert report.errors[0].clause == "p2.post-substitution.2.a"


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([["A", "甲", "B", ""], ["B", "乙", "A", ""]], "上级科室绕成了圈"),
        ([["A", "甲", "A", ""]], "上级科室绕成了圈"),
        ([["A", "甲", "无此科", ""]], "“无此科”在“科室”中找不到,或名称不唯一"),
        ([["A", "甲", "", "X1"]], "“X1”在“岗位”中找不到,或名称不唯一"),
        (
            [["A", "甲", "", ""], ["B", "甲", "", ""], ["C", "丙", "甲", ""]],
            "“甲”在“科室”中找不到,或名称不唯一",
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


def test_the_last_administrator_cannot_be_imported_away() -> None:
    office = make_office("zhaogong")
    report = load(office.tenant, with_people(["1010", "朱管理", "否", "", "", ""]))
    assert messages(report) == ["这是本单位最后一位系统管理员"]


def test_only_administrators_of_the_office_import() -> None:
    office, other = make_office("zhaogong"), make_office("other")
    data = with_people(["2001", "新人", "", "", "", ""])
    with pytest.raises(Forbidden):
        import_people(office.tenant, data, dry_run=True, at=AT, by=office.asker("head"))
    with pytest.raises(NotFound):
        import_people(office.tenant, data, dry_run=True, at=AT, by=other.asker("administrator"))
    report = import_people(office.tenant, data, dry_run=False, at=AT, by=office.asker("administrator"))
    assert report.created == 1


def test_codes_of_another_office_are_unknown_here(tenant: Tenant) -> None:
    assert Position.objects.filter(code="MZ01").exists()  # of the office "other"
    report = load(tenant, with_people(["1", "甲", "", "MZ01", "", ""]))
    assert messages(report) == ["“MZ01”在“岗位”中找不到,或名称不唯一"]


def test_a_file_that_is_no_workbook_is_one_error(tenant: Tenant) -> None:
    report = load(tenant, b"not a workbook")
    assert messages(report) == ["这不是 XLSX 文件,或文件已损坏"]
    assert report.errors[0].remedy


def test_the_template_imports_as_nothing(tenant: Tenant) -> None:
    report = load(tenant, people_template())
    assert (report.errors, counts(report)) == ([], (0, 0, 0, 0))


def test_a_large_file_takes_few_queries(tenant: Tenant, django_assert_max_num_queries: object) -> None:
    load(tenant)
    data = with_people(*[[f"P{n}", f"人{'甲乙丙丁'[n % 4]}", "", "", "", ""] for n in range(300)])
    assert callable(django_assert_max_num_queries)
    with django_assert_max_num_queries(40):
        assert load(tenant, data).created == 300
