"""The timeline tells each event in one line."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from huiyin.doors.desk import timeline
from huiyin.matters import actions
from huiyin.matters import queries as matters
from huiyin.matters.models import Matter
from huiyin.matters.queries import Moment
from tests.doors.desk.browser import Desk, enquiry
from tests.factories import Office

AT = datetime(2026, 1, 5, 2, 0, tzinfo=UTC)


def moment(kind: str, body: dict[str, object], actor: str = "卫经办", acting_for: str = "") -> Moment:
    return Moment(1, kind, AT, actor, acting_for, body, "ab" * 32)


MOVED = {"due_before": "2027-01-05T17:30:00+08:00", "due": "2027-01-06T17:30:00+08:00", "provisional": False}


@pytest.mark.parametrize(
    ("kind", "body", "fact"),
    [
        ("matter.registered", {"channel": "phone"}, "来电"),
        ("materials.checked", {"complete": True}, "材料齐全"),
        ("materials.checked", {"complete": False}, "材料不齐"),
        ("notice.issued", {"number": "告1号"}, "告1号"),
        ("clock.paused", {"procedure": "hearing"}, "听证"),
        ("extension.approved", {"limit": {"amount": 5, "unit": "working_day"}}, "5个工作日"),
        ("extension.requested", {}, ""),
        ("decision.delivered", {"how": "post"}, "邮寄"),
        ("matter.rated", {"score": 5}, "5星"),
        ("step.recorded", {"step": "T02"}, "T02"),
        ("custody.accepted", {"to": "not an id"}, ""),
        ("clock.recomputed", {**MOVED, "earlier_than_told": False}, "2027-01-05 17:30改为2027-01-06 17:30"),
        (
            "clock.recomputed",
            {**MOVED, "earlier_than_told": True, "lifted": True},
            "2027-01-05 17:30改为2027-01-06 17:30（早于已告知申请人的时间）（原超时记录撤销）",
        ),
        ("clock.recomputed", {**MOVED, "due_before": MOVED["due"]}, "2027-01-06 17:30，不再暂定"),
        ("something.new", {"number": "x"}, ""),
    ],
)
def test_the_fact_that_matters(db: None, kind: str, body: dict[str, object], fact: str) -> None:
    (line,) = timeline.lines(uuid4(), [moment(kind, body)])
    assert line.fact == fact


def test_who_and_for_whom(db: None) -> None:
    shown = timeline.lines(
        uuid4(),
        [
            moment("matter.registered", {}, actor=""),
            moment("limit.passed", {}, actor=""),
            moment("decision.granted", {}, actor="蒋经办", acting_for="卫经办"),
        ],
    )
    assert [line.who for line in shown] == ["蒋经办（替卫经办）", "系统", "申请人"]


def test_a_limit_that_passed_names_who_was_in_charge(office: Office) -> None:
    b = str(office.people["second_clerk"].id)
    passed, alone = timeline.lines(
        office.tenant.id,
        [
            moment("limit.passed", {"what": "decide"}),
            moment("limit.passed", {"what": "decide", "covered_by": b}),
        ],
    )
    assert (passed.fact, alone.fact) == (f"作出决定 · 当时由蒋经办{office.canary}顶岗", "作出决定")


def test_a_hand_over_names_the_colleague_newest_first(clerk: Desk, office: Office) -> None:
    number = enquiry(clerk).number
    actions.offer_handover(clerk.by(), number, to=office.people["second_clerk"].id, reason="")
    row = Matter.objects.get(number=number)
    first, last = timeline.lines(row.tenant_id, matters.timeline(row))
    assert (first.what, first.fact) == ("已提出移交", f"交给 蒋经办{office.canary}")
    assert last.what == "已登记"
