"""A leader's inbox."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.delivery.models import Message
from huiyin.matters import queries
from tests.commissions import COUNTED, commission_office
from tests.factories import make_office
from tests.matters.handling import FIVE_DAYS, TAKEN_BACK, Desk


def test_each_leader_sees_what_waits_for_them(desk: Desk) -> None:
    extension, filing = desk.asked_for_time(), desk.filed()
    at = desk.at
    main = queries.decisions(desk.office.asker("main_leader", at), at)
    deputy = queries.decisions(desk.office.asker("leader_in_charge", at), at)
    assert [(one.kind, one.number) for one in main] == [("extension", extension)]
    assert [(one.kind, one.number) for one in deputy] == [("refusal", filing)]
    assert queries.decisions(desk.office.asker("clerk", at), at) == []


def test_at_a_commission_more_time_waits_for_the_leader_in_charge_of_the_unit(db: None) -> None:
    desk = Desk(commission_office())
    number = desk.accepted(materials=COUNTED)
    desk.do("request_extension", number, limit=FIVE_DAYS, reason="需入户核查")
    waits = {who for who in desk.office.people if queries.decisions(desk.office.asker(who, desk.at), desk.at)}
    assert waits == {"leader_in_charge"}
    told = Message.objects.filter(text="extension_wanted").values_list("person_id", flat=True)
    assert set(told) == {desk.id("leader_in_charge")}


def test_a_stand_in_has_a_filing_to_sign_where_the_main_leader_does_not_step_in(db: None) -> None:
    desk = Desk(commission_office())
    number = desk.accepted(materials=COUNTED)
    form = {"facts": "月收入9000元", "reasons": "收入超标", "legal_basis": "《社会救助暂行办法》第九条"}
    more = {
        "ground": "violates_law",
        "importance": "ordinary",
        "phone": "13900001234",
        "opinion": "拟不予办理",
    }
    desk.do("propose_refusal", number, **form, **more)
    desk.do("file_refusal", number)
    desk.office.absent("leader_in_charge", starts_at=desk.at)
    (waiting,) = queries.decisions(desk.office.asker("stand_in", desk.at), desk.at)
    assert (waiting.number, waiting.acting_for_id) == (number, desk.id("leader_in_charge"))
    desk.do("approve_refusal", number, who="stand_in", acting_for="leader_in_charge", opinion="同意")


def test_at_the_township_a_stand_in_has_nothing_to_sign(desk: Desk) -> None:
    desk.filed()
    desk.office.absent("leader_in_charge", starts_at=desk.at)
    assert queries.decisions(desk.office.asker("stand_in", desk.at), desk.at) == []


def test_when_the_leader_in_charge_asks_it_is_the_main_leader(db: None) -> None:
    desk = Desk(commission_office())
    number = desk.accepted(materials=COUNTED)
    desk.do("offer_handover", number, to=desk.id("leader_in_charge"))
    desk.do("accept_handover", number, who="leader_in_charge")
    desk.do("request_extension", number, who="leader_in_charge", limit=FIVE_DAYS, reason="需入户核查")
    (waiting,) = queries.decisions(desk.office.asker("main_leader", desk.at), desk.at)
    assert (waiting.number, waiting.own) == (number, False)
    desk.do("approve_extension", number, who="main_leader", opinion="同意")


def test_what_was_decided_or_withdrawn_waits_no_longer(desk: Desk) -> None:
    number, filing = desk.asked_for_time(), desk.filed()
    desk.do("withdraw", number, reason="不需要了", **TAKEN_BACK)
    desk.do("overturn_refusal", filing, opinion="继续办")
    at = desk.at
    assert queries.decisions(desk.office.asker("main_leader", at), at) == []
    assert queries.decisions(desk.office.asker("leader_in_charge", at), at) == []


def test_another_offices_leader_sees_nothing(desk: Desk) -> None:
    desk.asked_for_time()
    other = make_office("linzhen")
    assert queries.decisions(other.asker("main_leader", desk.at), desk.at) == []


@pytest.mark.parametrize("who", ["main_leader", "leader_in_charge"])
def test_the_count_of_queries_does_not_grow(desk: Desk, who: str) -> None:
    counts = []
    for rounds in (1, 2):
        for _ in range(rounds):
            desk.asked_for_time()
            desk.filed()
        asker = desk.office.asker(who, desk.at)
        with CaptureQueriesContext(connection) as seen:
            assert len(queries.decisions(asker, desk.at)) == (1 if rounds == 1 else 3)
        counts.append(len(seen))
    assert counts[0] == counts[1]
