"""An import moves people between positions."""

from __future__ import annotations

from datetime import timedelta

import pytest

from huiyin.organisation import actions, queries
from huiyin.organisation.models import Person, Position, Tenant
from tests.factories import AT
from tests.organisation.files import (
    counts,
    load,
    messages,
    with_people,
)
from tests.workbooks import workbook

pytestmark = pytest.mark.django_db


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


def test_a_stand_in_of_oneself_is_found_across_files(tenant: Tenant) -> None:
    load(tenant)
    report = load(tenant, workbook({"人员": [["工号", "姓名", "B岗"], ["1001", "张三", "MZ01"]]}))
    assert messages(report) == ["同一岗位的A岗和B岗不能是同一个人"]
    # The township has A and B without a clause that says so.
    assert report.errors[0].clause == ""


def test_a_workbook_makes_nobody_b_who_is_not_on_record_as_able(tenant: Tenant) -> None:
    tenant.rulebook = "headquarters"
    tenant.save(update_fields=["rulebook"])
    # An office that begins has nothing on record yet; what is missing stands among its gaps.
    assert messages(load(tenant)) == []
    heads = ["工号", "姓名", "A岗", "B岗", "更换理由"]
    change = workbook({"人员": [heads, ["1003", "王镇长", "LD01", "MZ01", "原B岗调离"]]})
    report = load(tenant, change)
    assert messages(report) == ["能否胜任本岗和所替岗位还没有记载，不能任命为B岗"]
    assert report.errors[0].clause == "p2.post-substitution.2.b"
    able = Person.objects.get(tenant=tenant, staff_no="1003")
    for code in ("MZ01", "LD01"):
        post = Position.objects.get(tenant=tenant, code=code)
        actions.record_competence(post, able, basis="轮岗半年", by=actions.OPERATOR, at=AT)
    assert messages(load(tenant, change)) == []
    tenant.rulebook = "township"
    tenant.save(update_fields=["rulebook"])
    assert messages(load(tenant, workbook({"人员": [heads[:4], ["1001", "张三", "MZ01", "LD02"]]}))) == []
