"""AB岗台账 and 顶岗台账."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from huiyin.organisation import actions
from huiyin.reports.ledgers.periods import Period
from huiyin.reports.ledgers.posts import COVERING, LEDGER
from tests.factories import make_office
from tests.matters.handling import Desk
from tests.reports.ledgers.books import as_people, scope_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return Desk(make_office())


def test_every_position_is_listed_with_its_pair(desk: Desk) -> None:
    office = desk.office
    lines = {str(line["岗位"]): line for line in as_people(LEDGER, scope_of(desk, None))}
    assert len(lines) == len(office.positions)
    line = lines[office.positions["MZ01"].title]
    assert (line["A岗"], line["B岗"]) == (office.people["clerk"].name, office.people["second_clerk"].name)
    assert line["职责"] == office.positions["MZ01"].duties
    assert line["备注"] == ""
    assert lines[office.positions["MZ00"].title]["备注"] == "未设B岗"


def test_a_head_has_the_positions_of_the_unit_and_a_clerk_their_own(desk: Desk) -> None:
    def titles(who: str) -> list[object]:
        return [line["岗位"] for line in as_people(LEDGER, scope_of(desk, desk.office.asker(who, desk.at)))]

    posts = desk.office.positions
    assert titles("head") == [posts[code].title for code in ("MZ00", "MZ01", "MZ02")]
    # A holds MZ01, and is B of MZ02 and ZH01.
    assert titles("clerk") == [posts[code].title for code in ("MZ01", "MZ02", "ZH01")]
    assert titles("administrator") == [posts["ZH03"].title]


def test_the_pair_is_that_of_the_period(desk: Desk) -> None:
    office = desk.office
    actions.appoint(
        office.positions["MZ01"],
        office.people["receptionist"],
        "B",
        since=date(2026, 2, 1),
        by=actions.OPERATOR,
        at=desk.at,
    )
    january = Period(date(2026, 1, 1), date(2026, 1, 31))

    def second(period: Period | None) -> object:
        scope = scope_of(desk, None, period) if period else scope_of(desk, None)
        lines = {str(line["岗位"]): line for line in as_people(LEDGER, scope)}
        return lines[office.positions["MZ01"].title]["B岗"]

    assert second(january) == office.people["second_clerk"].name
    assert second(None) == office.people["receptionist"].name


def test_who_stood_in_when_and_why(desk: Desk) -> None:
    office = desk.office
    office.absent("clerk", starts_at=desk.at, hours=16)
    office.absent("head", starts_at=desk.at + timedelta(hours=1))
    first, second = as_people(COVERING, scope_of(desk, None))
    assert (first["A岗"], first["B岗"], first["事由"]) == (
        office.people["clerk"].name,
        office.people["second_clerk"].name,
        "开会",
    )
    assert (first["顶岗起"], first["顶岗止"]) == (desk.at, desk.at + timedelta(hours=16))
    assert first["岗位"] == office.positions["MZ01"].title
    assert (second["B岗"], second["备注"]) == ("", "无人顶岗")
    mine = as_people(COVERING, scope_of(desk, office.asker("second_clerk", desk.at)))
    assert [line["A岗"] for line in mine] == [office.people["clerk"].name], "B sees whom they stood in for"
