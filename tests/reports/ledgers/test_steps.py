"""签批超期台账."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.reports.ledgers import frame
from huiyin.reports.ledgers.steps import LEDGER
from tests.matters.handling import Desk
from tests.matters.stepped import accepted, commission
from tests.reports.ledgers.books import as_people, scope_of

pytestmark = pytest.mark.django_db


def test_a_late_step_stands_under_its_signer_until_and_after_it_is_signed() -> None:
    desk = Desk(commission())
    number = accepted(desk)
    desk.do("sign_step", number)
    assert as_people(LEDGER, scope_of(desk, None)) == []
    desk.at += timedelta(days=5)
    (line,) = as_people(LEDGER, scope_of(desk, None))
    assert (line["签批人"], line["编号"], line["环节"]) == (
        desk.office.people["head"].name,
        number,
        "审核",
    )
    assert (line["签批时间"], line["依据条款"]) == (None, "p3.service-commitment.2.2.b")
    desk.do("sign_step", number, who="head")
    (line,) = as_people(LEDGER, scope_of(desk, desk.office.asker("head", desk.at)))
    assert line["签批时间"] == desk.at
    assert as_people(LEDGER, scope_of(desk, desk.office.asker("receptionist", desk.at))) == []


def test_more_late_steps_do_not_cost_more_queries(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(commission())
    counts = []
    for _ in range(2):
        accepted(desk)
        desk.at += timedelta(days=5)
        scope = scope_of(desk, desk.office.asker("main_leader", desk.at))
        with CaptureQueriesContext(connection) as captured:
            lines = list(frame.all_lines(LEDGER, scope))
        counts.append((len(captured), len(lines)))
    assert counts[0][0] == counts[1][0] <= 7
    assert [many for _, many in counts] == [1, 2]
    monkeypatch.setattr(frame, "CHUNK", 1)
    assert list(frame.all_lines(LEDGER, scope)) == lines
