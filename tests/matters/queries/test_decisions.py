"""A leader's inbox."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.matters import queries
from tests.factories import make_office
from tests.matters.handling import Desk


def test_each_leader_sees_what_waits_for_them(desk: Desk) -> None:
    extension, filing = desk.asked_for_time(), desk.filed()
    at = desk.at
    main = queries.decisions(desk.office.asker("main_leader", at), at)
    deputy = queries.decisions(desk.office.asker("leader_in_charge", at), at)
    assert [(one.kind, one.number) for one in main] == [("extension", extension)]
    assert [(one.kind, one.number) for one in deputy] == [("refusal", filing)]
    assert queries.decisions(desk.office.asker("clerk", at), at) == []


def test_what_was_decided_or_withdrawn_waits_no_longer(desk: Desk) -> None:
    number, filing = desk.asked_for_time(), desk.filed()
    desk.do("withdraw", number, reason="不需要了")
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
