"""One workbook in: all of it, or nothing; and the second time nothing changes."""

from __future__ import annotations

import json
from datetime import date

import pytest

from huiyin.ledger.models import LedgerEvent
from huiyin.ledger.queries import verify
from huiyin.organisation import actions, queries
from huiyin.organisation.actions import OPERATOR, create_account, import_people
from huiyin.organisation.models import Account, Appointment, Person, Position, Role, Tenant, Unit
from huiyin.rules.errors import Forbidden, NotFound
from tests.factories import AT, Office, make_office
from tests.organisation.files import (
    PEOPLE,
    POSITIONS,
    UNITS,
    counts,
    load,
    messages,
    rows_of,
    with_people,
)
from tests.workbooks import workbook

pytestmark = pytest.mark.django_db


def test_a_workbook_becomes_an_office(tenant: Tenant) -> None:
    report = load(tenant)
    assert report.errors == []
    assert counts(report) == (11, 11, 0, 0)
    assert report.ignored == ["人员：性别"]
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
    assert report.errors[-1].message == "“MZ99”在“岗位”中找不到，或名称不唯一"
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


def test_only_administrators_of_the_office_import(office: Office, other: Office) -> None:
    data = with_people(["2001", "新人", "", "", "", ""])
    with pytest.raises(Forbidden):
        import_people(office.tenant, data, dry_run=True, at=AT, by=office.asker("head"))
    with pytest.raises(NotFound):
        import_people(office.tenant, data, dry_run=True, at=AT, by=other.asker("administrator"))
    report = import_people(office.tenant, data, dry_run=False, at=AT, by=office.asker("administrator"))
    assert report.created == 1


def test_a_file_that_is_no_workbook_is_one_error(tenant: Tenant) -> None:
    report = load(tenant, b"not a workbook")
    assert messages(report) == ["这不是 XLSX 文件，或文件已损坏"]
    assert report.errors[0].remedy


def test_a_large_file_takes_few_queries(tenant: Tenant, django_assert_max_num_queries: object) -> None:
    load(tenant)
    data = with_people(*[[f"P{n}", f"人{'甲乙丙丁'[n % 4]}", "", "", "", ""] for n in range(300)])
    assert callable(django_assert_max_num_queries)
    with django_assert_max_num_queries(40):
        assert load(tenant, data).created == 300


OWN = {
    "a post": {"人员": [["工号", "姓名", "A岗"], ["{no}", "{name}", "LD01"]]},
    "the rank": {
        "岗位": [["岗位编码", "岗位名称", "科室", "层级"], ["ZH03", "系统管理岗", "ZH", "主要领导"]]
    },
    "a unit below": {"科室": [["科室编码", "科室名称", "分管领导岗位"], ["MZ", "民政办", "ZH03"]]},
}


@pytest.mark.parametrize("what", OWN)
def test_an_importer_changes_nothing_of_their_own_posts(office: Office, what: str) -> None:
    by, me = office.asker("administrator"), office.people["administrator"]
    grids = {
        sheet: [[cell.format(no=me.staff_no, name=me.name) for cell in row] for row in rows]
        for sheet, rows in OWN[what].items()
    }
    data = workbook(grids)
    report = import_people(office.tenant, data, dry_run=False, at=AT, by=by)
    assert [(error.row, error.msgid) for error in report.errors] == [(2, "不能改动自己的岗位和层级")]
    assert office.asker("administrator").ranks == {"clerk"}
    # Negative control: on the machine, and by another administrator, the same file goes in.
    assert import_people(office.tenant, data, dry_run=True, at=AT).errors == []
    actions.grant_role(office.people["head"], "administrator", by=OPERATOR, at=AT)
    assert import_people(office.tenant, data, dry_run=True, at=AT, by=office.asker("head")).errors == []


def changed_hands(reason: str = "", *, given_up: str = "") -> bytes:
    """Second clerk takes the clerk's post, and the clerk the second's; with what each row says of why."""
    header = ["工号", "姓名", "在职", "A岗", "B岗", "任职日期", "更换理由"]
    rows = [["1006", "蒋经办", "是", "MZ01", "", "", reason], ["1005", "卫经办", "是", "", "", "", given_up]]
    return workbook({"人员": [header, *rows]})


def test_a_post_that_changes_hands_needs_a_reason_where_the_rulebook_wants_one() -> None:
    office = make_office("zhihui", rulebook="headquarters")
    held = list(Appointment.objects.filter(tenant=office.tenant).order_by("id").values())
    report = load(office.tenant, changed_hands())
    assert {error.clause for error in report.errors} == {"p2.post-substitution.6"}
    assert "没有写明理由" in report.errors[0].message
    assert "更换理由" in report.errors[0].remedy
    assert list(Appointment.objects.filter(tenant=office.tenant).order_by("id").values()) == held


def test_the_reason_is_kept_with_who_goes_and_who_comes() -> None:
    office = make_office("zhihui", rulebook="headquarters")
    report = load(office.tenant, changed_hands("轮岗", given_up="轮岗交流"))
    assert report.errors == []
    post = office.positions["MZ01"]
    old = Appointment.objects.get(position=post, part="A", person=office.people["clerk"])
    new = Appointment.objects.get(position=post, part="A", person=office.people["second_clerk"])
    assert (new.reason, new.until) == ("轮岗", None)
    assert (old.reason, old.until) == ("轮岗", AT.date())
    told = [json.loads(row.body) for row in LedgerEvent.objects.filter(kind__endswith="appointment_ended")]
    assert told
    assert all(one["reasoned"] for one in told)


def test_elsewhere_no_reason_is_asked_for(office: Office) -> None:
    assert load(office.tenant, changed_hands()).errors == []


def test_who_leaves_by_the_import_gives_up_posts_for_a_reason_too() -> None:
    office = make_office("zhihui", rulebook="headquarters")
    header = ["工号", "姓名", "在职", "更换理由"]
    gone = load(office.tenant, workbook({"人员": [header, ["1005", "卫经办", "否", ""]]}))
    assert {error.clause for error in gone.errors} == {"p2.post-substitution.6"}
    assert load(office.tenant, workbook({"人员": [header, ["1005", "卫经办", "否", "退休"]]})).errors == []
    assert {row.reason for row in Appointment.objects.filter(person=office.people["clerk"])} == {"退休"}
