"""Papers that did not arrive, as a register."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.reports.ledgers import frame, unserved, workbook
from tests.factories import make_office
from tests.matters.actions.test_serving import TAKEN, told
from tests.matters.handling import Desk, moment
from tests.reports.ledgers.books import as_people, scope_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return Desk(make_office())


def test_what_waits_for_its_proof_is_listed_until_somebody_gives_it(desk: Desk) -> None:
    number, paper = told(desk)
    clerk = desk.office.asker("clerk", desk.at)
    [line] = as_people(unserved.LEDGER, scope_of(desk, clerk))
    assert (line["文书"], line["文书编号"], line["编号"]) == ("一次性告知书", paper, number)
    assert (line["申请人"], line["责任人"], line["环节"]) == (
        "王小明",
        desk.office.people["clerk"].name,
        "待补正",
    )
    for who in (desk.office.asker("office_head", desk.at), None):
        assert as_people(unserved.LEDGER, scope_of(desk, who)) == []
    desk.do("prove_delivery", number, paper=paper, **TAKEN)
    assert as_people(unserved.LEDGER, scope_of(desk, clerk)) == []


def test_it_has_no_period_in_its_title_and_costs_no_more_for_more_lines(desk: Desk) -> None:
    clerk = desk.office.asker("clerk", desk.at)
    scope = scope_of(desk, clerk)
    assert workbook.title_of(unserved.LEDGER, scope) == f"{desk.office.tenant.name}没有送达回证的文书"
    counts = []
    for day in ("2026-03-03", "2026-03-04"):
        desk.at = moment(f"{day} 09:00")
        told(desk)
        with CaptureQueriesContext(connection) as queries:
            frame.first_lines(unserved.LEDGER, scope, 20)
        counts.append(len(queries))
    assert counts[0] == counts[1]
