"""AB岗设置表 and AB岗交接单."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.matters import queries as matters
from huiyin.matters.models import Briefing, BriefingLine
from huiyin.organisation.models import Position
from huiyin.reports.forms import standing_in
from tests.factories import AT, SINCE, Office, make_office
from tests.matters.handling import Desk
from tests.reports.forms.reading import CHINESE, rows, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return make_office()


def test_every_position_with_its_pair(office: Office) -> None:
    form = standing_in.pairs(office.tenant, AT, CHINESE)
    assert len(rows(form)) == Position.objects.count()
    line = next(row for row in rows(form) if row[2].startswith("低保经办岗"))
    assert line[4:6] == (f"卫经办{office.canary}", f"蒋经办{office.canary}")
    assert line[7] == CHINESE.day(AT)  # entered that day, though it holds since SINCE
    assert AT.date() > SINCE
    bare = next(row for row in rows(form) if row[2].startswith("镇长岗"))
    assert bare[5] == "未设B岗"


def test_a_secret_position_is_shown_to_nobody_outside(office: Office) -> None:
    Position.objects.filter(code="MZ01").update(secret=True, secret_reason="涉密")
    form = standing_in.pairs(office.tenant, AT, CHINESE)
    assert next(row for row in rows(form) if row[2].startswith("低保经办岗"))[7] == "涉密岗，不公示"


def test_the_table_is_the_same_on_every_day_until_something_changes(office: Office) -> None:
    assert standing_in.pairs(office.tenant, AT, CHINESE) == standing_in.pairs(
        office.tenant, AT + timedelta(days=3), CHINESE
    )


def test_queries_do_not_grow_with_the_positions(office: Office) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            standing_in.pairs(office.tenant, AT, CHINESE)
        return len(caught)

    first = queries()
    unit = office.units["MZ"]
    for place in range(5):
        Position.objects.create(tenant=office.tenant, unit=unit, code=f"N{place}", title="岗", rank="clerk")
    assert queries() == first


def test_a_hand_over_tells_what_is_open_and_who_signed(office: Office) -> None:
    desk = Desk(office)
    number = desk.accepted(applicant_name="王秀兰", applicant_phone="13812341234")
    sheet = Briefing.objects.create(
        tenant=office.tenant,
        absence=office.absent("clerk", starts_at=desk.at),
        position=office.positions["MZ01"],
        writer=office.people["clerk"],
        reader=office.people["second_clerk"],
        things="公章一枚",
        notes="周四回访",
        written_at=desk.at,
    )
    writer = office.asker("clerk", desk.at)
    matter = matters.get(writer, number)
    BriefingLine.objects.create(
        briefing=sheet, place=1, matter=matter, what="decide", at=desk.at, stage="in_hand", progress="等核查"
    )
    form = standing_in.hand_over(writer, sheet, CHINESE)
    assert form.title == "AB岗交接单"
    assert (told(form)["文件、印章、钥匙、账号"], told(form)["交代事项"]) == ("公章一枚", "周四回访")
    (line,) = rows(form)
    assert line[0] == number
    assert line[2].startswith("作出决定 2026年3月2日")
    assert line[3:] == ("办理中\n等核查", "王秀兰 13812341234")
    assert [bool(one.name) for one in form.signatures] == [True, False]
    # Before the absence the reader does not deal with the person yet.
    assert "王秀兰" not in rows(standing_in.hand_over(office.asker("head", desk.at), sheet, CHINESE))[0][4]


def test_a_return_tells_what_was_done_meanwhile(office: Office) -> None:
    desk = Desk(office)
    matter = matters.get(office.asker("clerk", desk.at), desk.accepted())
    sheet = Briefing.objects.create(
        tenant=office.tenant,
        absence=office.absent("clerk", starts_at=desk.at),
        position=office.positions["MZ01"],
        back=True,
        writer=office.people["second_clerk"],
        reader=office.people["clerk"],
        written_at=desk.at,
        acknowledged_at=desk.at + timedelta(hours=1),
    )
    BriefingLine.objects.create(
        briefing=sheet,
        place=1,
        matter=matter,
        done=True,
        what="decision.granted",
        at=desk.at,
        stage="granted",
    )
    form = standing_in.hand_over(office.asker("clerk", desk.at), sheet, CHINESE)
    assert form.title == "AB岗返岗移交单"
    assert [row[1] for row in rows(form)] == ["已准予"]
    assert form.issued_at == sheet.acknowledged_at
    assert all(one.name for one in form.signatures)
