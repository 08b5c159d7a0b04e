"""AB岗台账 and 顶岗台账."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from huiyin.matters import queries as matters
from huiyin.matters.models import Briefing, BriefingLine
from huiyin.organisation import actions
from huiyin.organisation.models import Absence
from huiyin.reports.ledgers.periods import Period
from huiyin.reports.ledgers.posts import COVERING, LEDGER
from tests.factories import AT, make_office
from tests.matters.handling import Desk, moment
from tests.reports.ledgers.books import as_people, briefed, scope_of

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
    assert line["公示日期"] == AT.date(), "entered on the day the office was made"
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


def test_what_was_handed_over_by_whom_and_whether_it_was_taken(desk: Desk) -> None:
    office = desk.office
    matter = matters.get(office.asker("clerk", desk.at), desk.accepted())
    away = office.absent("clerk", starts_at=desk.at + timedelta(hours=1))
    sheet = briefed(desk, away, "clerk", "second_clerk", things="公章一枚", notes="王秀兰13812341234周四来")
    for place, done in enumerate((False, False, True)):
        BriefingLine.objects.create(briefing=sheet, place=place, matter=matter, stage="in_hand", done=done)
    reader = office.people["second_clerk"].name
    (line,) = as_people(COVERING, scope_of(desk, office.asker("head", desk.at)))
    assert (line["交接事项"], line["待办数"]) == ("公章一枚\n王秀兰13812341234周四来", 2)
    assert (line["交接人"], line["B岗确认"], line["返岗移交"]) == (
        office.people["clerk"].name,
        f"等{reader}确认",
        "",
    )
    Briefing.objects.filter(id=sheet.id).update(acknowledged_at=moment("2026-03-02 10:00"))
    briefed(desk, away, "second_clerk", "clerk", position=sheet.position, back=True)
    (line,) = as_people(COVERING, scope_of(desk, None))
    assert line["B岗确认"] == f"{reader} 2026-03-02 10:00"
    assert line["返岗移交"] == f"等{office.people['clerk'].name}确认"
    assert "13812341234" not in str(line["交接事项"]), "on the machine nobody asks, so everything is masked"


def test_who_may_not_read_the_sheet_does_not_read_it_in_the_register(desk: Desk) -> None:
    office = desk.office
    away = office.absent("clerk", starts_at=desk.at)
    briefed(desk, away, "clerk", "head", things="公章一枚")
    # Stands in for the same colleague at another position.
    (line,) = as_people(COVERING, scope_of(desk, office.asker("second_clerk", desk.at)))
    assert (line["交接事项"], line["待办数"], line["B岗确认"]) == ("", None, "")


def test_stepping_in_without_a_sheet_is_told(desk: Desk) -> None:
    away = desk.office.absent("clerk", starts_at=desk.at)
    Absence.objects.filter(id=away.id).update(unbriefed=True)
    (line,) = as_people(COVERING, scope_of(desk, None))
    assert line["B岗确认"] == "没有交接，B岗主动顶岗"
