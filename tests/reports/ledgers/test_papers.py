"""收文台账 and 发文台账."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.matters import actions
from huiyin.reports.ledgers import frame
from huiyin.reports.ledgers.papers import ARCHIVE, INCOMING, OUTGOING
from tests.factories import make_office
from tests.matters.handling import Desk, moment
from tests.matters.paperwork import KEEPER, checked, comes_in, sent, signed
from tests.reports.ledgers.books import as_people, scope_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return Desk(make_office())


def test_an_incoming_document_with_who_has_it_and_its_limit(desk: Desk) -> None:
    number = sent(
        desk, title="关于供水的函", source="县住建局", their_number="住建发〔2026〕9号", urgency="urgent"
    )
    (line,) = as_people(INCOMING, scope_of(desk, None))
    assert (line["来文单位"], line["来文字号"], line["标题"]) == (
        "县住建局",
        "住建发〔2026〕9号",
        "关于供水的函",
    )
    assert (line["密级"], line["紧急程度"], line["是否超期"]) == ("非密", "紧急", "否")
    assert line["备注"] == number
    assert as_people(OUTGOING, scope_of(desk, None)) == []


def test_the_day_it_came_and_not_the_one_it_was_entered_on(desk: Desk) -> None:
    came = moment("2026-02-27 10:00").date()
    comes_in(desk, received_on=came)
    (line,) = as_people(INCOMING, scope_of(desk, None))
    assert line["收文日期"] == came


def test_an_outgoing_document_with_who_checked_and_signed_it(desk: Desk) -> None:
    canary = desk.office.canary
    checked(desk)
    (before,) = as_people(OUTGOING, scope_of(desk, None))
    assert (before["拟稿人"], before["核稿"], before["签发"]) == (f"卫经办{canary}", f"褚科长{canary}", "")
    number = signed(desk)
    after = as_people(OUTGOING, scope_of(desk, None))[-1]
    assert (after["签发"], after["主送单位"], after["备注"]) == (f"冯分管{canary}", "县政府", number)


def test_what_was_filed_stands_by_its_number_both_ways_and_what_is_void_nowhere(desk: Desk) -> None:
    first, second, slip = sent(desk, source="县住建局", pages=6), signed(desk), comes_in(desk)
    assert as_people(ARCHIVE, scope_of(desk, None)) == []
    desk.do("sign_for_document", first)
    desk.do("complete_document", first, result="已报送")
    desk.do("archive_document", first, who=KEEPER, archive_number="2026-D10-2")
    desk.do("number_document", second, who=KEEPER)
    desk.do("dispatch_document", second, who=KEEPER, how="post")
    desk.do("archive_document", second, who=KEEPER, archive_number="2026-D10-1")
    desk.do("void_document", slip, who=KEEPER, reason="登记重复")
    lines = as_people(ARCHIVE, scope_of(desk, None))
    assert [line["备注"] for line in lines] == [second, first]
    assert (lines[1]["来文或主送单位"], lines[1]["页数"]) == ("县住建局", 6)
    assert lines[0]["收发文字号"] == "ZHAO发〔2026〕1号"
    seen = [line["备注"] for line in as_people(ARCHIVE, scope_of(desk, desk.office.asker("clerk", desk.at)))]
    assert seen == [second, first]
    stranger = make_office("biechu").asker("office_head", desk.at)
    assert as_people(ARCHIVE, scope_of(desk, stranger)) == []
    # In its register the void one keeps its number and counts as late nowhere.
    (void,) = [line for line in as_people(INCOMING, scope_of(desk, None)) if line["备注"] == slip]
    assert (void["归档号"], void["是否超期"]) == ("已作废", "否")


def test_lateness_stays_in_the_register(desk: Desk) -> None:
    comes_in(desk)
    desk.at = moment("2026-05-20 10:00")
    actions.note_limits_passed(desk.at)
    assert as_people(INCOMING, scope_of(desk, None))[0]["是否超期"] == "是"


def test_everybody_has_what_they_may_see(desk: Desk) -> None:
    first, second = comes_in(desk), sent(desk)

    def numbers(who: str) -> list[object]:
        return [line["备注"] for line in as_people(INCOMING, scope_of(desk, desk.office.asker(who, desk.at)))]

    assert numbers(KEEPER) == [first, second]
    assert numbers("main_leader") == [first, second]
    assert numbers("clerk") == [second]
    assert numbers("second_clerk") == []


def test_more_documents_do_not_cost_more_queries(desk: Desk) -> None:
    counts = []
    for _ in range(2):
        sent(desk)
        signed(desk)
        for ledger in (INCOMING, OUTGOING):
            with CaptureQueriesContext(connection) as captured:
                assert list(frame.all_lines(ledger, scope_of(desk, None)))
            counts.append(len(captured))
    assert counts[:2] == counts[2:] == [3, 3]
