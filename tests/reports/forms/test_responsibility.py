"""岗位责任书, one position's and the whole book."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.organisation import actions
from huiyin.organisation import queries as organisation
from huiyin.organisation.models import Position
from huiyin.reports.forms import responsibility
from tests.factories import AT, Office, make_office
from tests.reports.forms.reading import CHINESE, rows, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return make_office()


def issued(office: Office) -> None:
    lines = [
        actions.Line("content", "低保审核", ""),
        actions.Line("content", "入户核查", ""),
        actions.Line("task", "核查在保对象", "每漏一户扣1分"),
    ]
    lines += [
        actions.Line(one, "按规定", "")
        for one in (
            "quantity",
            "quality",
            "procedure",
            "standard",
            "time_limit",
            "powers",
            "responsibilities",
        )
    ]
    sheet = actions.write_sheet(office.positions["MZ01"], lines, by=actions.OPERATOR, at=AT)
    actions.issue_sheet(sheet, since=AT.date(), by=actions.OPERATOR, at=AT + timedelta(minutes=5))


def test_one_position_with_each_element_its_holder_and_what_is_scored(office: Office) -> None:
    issued(office)
    record = organisation.record(office.asker("clerk"), "MZ01", AT)
    form = responsibility.of_post(office.tenant, record, CHINESE)
    found = told(form)
    assert found["工作内容"] == "低保审核\n入户核查"
    assert (found["责任人（A岗）"], found["B岗"]) == (f"卫经办{office.canary}", f"蒋经办{office.canary}")
    assert (found["层级"], found["是否涉密岗"]) == ("经办人", "否")
    assert rows(form) == [("核查在保对象", "每漏一户扣1分")]
    assert (form.number, form.issued_at) == ("MZ01/1", AT + timedelta(minutes=5))


def test_a_position_without_a_sheet_shows_its_plain_duties(office: Office) -> None:
    record = organisation.record(office.asker("clerk"), "MZ02", AT)
    found = told(responsibility.of_post(office.tenant, record, CHINESE))
    assert found["职责"].startswith("救助经办岗的职责")
    assert found["版本"] == ""


def test_the_book_holds_the_charges_and_every_position(office: Office) -> None:
    issued(office)
    actions.describe_charge(office.tenant, None, "服务全镇群众", by=actions.OPERATOR, at=AT)
    actions.describe_charge(office.tenant, office.units["MZ"], "社会救助", by=actions.OPERATOR, at=AT)
    form = responsibility.book(office.tenant, AT + timedelta(days=1), CHINESE)
    headings = [one.heading for one in form.blocks]
    for position in Position.objects.all():
        assert position.title in headings
    assert told(form)["单位总体职能"] == "服务全镇群众"
    assert told(form)["科室职责"] == "社会救助"
    assert form.issued_at == AT + timedelta(minutes=5)


def test_queries_do_not_grow_with_the_positions(office: Office) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            responsibility.book(office.tenant, AT, CHINESE)
        return len(caught)

    first = queries()
    for place in range(5):
        Position.objects.create(
            tenant=office.tenant, unit=office.units["MZ"], code=f"N{place}", title="岗", rank="clerk"
        )
    assert queries() == first
