"""Whose lines they are, in what order, and at what cost."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.matters.steps import Paper
from huiyin.organisation import actions as organisation
from huiyin.reports.ledgers import enquiries, frame, posts, steps
from huiyin.reports.ledgers.frame import Ledger
from huiyin.reports.ledgers.periods import Period
from huiyin.reports.ledgers.registry import REGISTRY
from tests.factories import Office, make_office
from tests.matters.handling import INCOMPLETE, Desk
from tests.matters.paperwork import filed, sent, signed
from tests.reports.ledgers.books import as_people, briefed, scope_of

pytestmark = pytest.mark.django_db

EVERYWHERE = [one for one in REGISTRY if one is not steps.LEDGER]
"""Registers of every office; steps have times in the commission alone, and `test_steps.py` counts theirs."""


@pytest.fixture
def desk() -> Desk:
    return Desk(make_office())


def numbers(desk: Desk, who: str | None) -> set[object]:
    asker = desk.office.asker(who, desk.at) if who else None
    return {line["备注"] for line in as_people(enquiries.LEDGER, scope_of(desk, asker))}


def test_everybody_has_the_lines_that_are_theirs(desk: Desk) -> None:
    by_clerk = desk.register("clerk")
    by_second = desk.register("second_clerk", item="ZM-1")
    at_reception = desk.register("receptionist", kind="enquiry", item="", summary="问路", materials=())
    assert numbers(desk, "main_leader") == {by_clerk, by_second, at_reception}
    assert numbers(desk, "efficiency_office") == {by_clerk, by_second, at_reception}
    assert numbers(desk, "head") == {by_clerk, by_second}
    assert numbers(desk, "leader_in_charge") == {by_clerk, by_second}
    assert numbers(desk, "clerk") == {by_clerk}
    assert numbers(desk, "office_head") == {at_reception}
    assert numbers(desk, "administrator") == set()
    assert numbers(desk, None) == {by_clerk, by_second, at_reception}


def test_another_office_is_never_listed(desk: Desk) -> None:
    other = Desk(make_office("linzhen"))
    theirs, ours = other.register(), desk.register()
    assert numbers(desk, "main_leader") == {ours}
    assert numbers(desk, None) == {ours}
    assert numbers(other, None) == {theirs}


def test_only_whoever_deals_with_a_person_reads_who_it_is(desk: Desk) -> None:
    desk.register("clerk", applicant_name="王秀兰", applicant_phone="13812341234")
    title = "服务对象姓名或单位"
    mine = as_people(enquiries.LEDGER, scope_of(desk, desk.office.asker("clerk", desk.at)))
    assert (mine[0][title], mine[0]["联系电话"]) == ("王秀兰", "13812341234")
    for asker in (desk.office.asker("head", desk.at), desk.office.asker("main_leader", desk.at), None):
        (line,) = as_people(enquiries.LEDGER, scope_of(desk, asker))
        assert (line[title], line["联系电话"]) == ("王**", "138****1234")


def test_only_the_days_asked_for_are_listed(desk: Desk) -> None:
    desk.register()
    within, before = Period(date(2026, 3, 2), date(2026, 3, 2)), Period(date(2026, 1, 1), date(2026, 3, 1))
    assert frame.count(enquiries.LEDGER, scope_of(desk, None, within)) == 1
    assert frame.count(enquiries.LEDGER, scope_of(desk, None, before)) == 0


def test_the_first_lines_are_the_beginning_of_all(desk: Desk) -> None:
    for _ in range(3):
        desk.register()
    scope = scope_of(desk, None)
    everything = list(frame.all_lines(enquiries.LEDGER, scope))
    assert [line[0] for line in everything] == [1, 2, 3]
    assert frame.first_lines(enquiries.LEDGER, scope, 2) == everything[:2]
    assert frame.count(enquiries.LEDGER, scope) == 3


def _everything_once(desk: Desk) -> None:
    """One matter of every sort that a register looks at."""
    lacking = desk.register(materials=INCOMPLETE)
    desk.do("issue_notice", lacking, supplement_how="到原窗口补交")
    refused = desk.accepted()
    desk.do("propose_refusal", refused, facts="不符合", reasons="收入超过标准", legal_basis="办法第九条")
    desk.do("file_refusal", refused)
    desk.do("approve_refusal", refused, opinion="同意")
    paused = desk.accepted()
    desk.do("pause", paused, procedure="expert_review", planned_days=3, basis="需要评审")
    desk.do("resume", paused)
    moved = desk.register()
    desk.do("offer_handover", moved, to=desk.id("second_clerk"), reason="属救助")
    desk.do("accept_handover", moved)
    sent(desk)
    signed(desk)
    filed(desk)
    desk.do("report_progress", desk.given(), words="已清理一半")
    led = desk.enquiry()
    desk.do("keep_papers", led, to=desk.id("second_clerk"), papers=(Paper("证", present=True),), contact="1")
    desk.do("route_contact", led, way="unclear", to=desk.id("leader_in_charge"), words="归谁管")
    office = desk.office
    code = f"Q{len(office.positions)}"
    office.positions[code] = organisation.add_position(
        office.units["MZ"], code=code, title=f"新岗{code}", rank="clerk", by=organisation.OPERATOR, at=desk.at
    )
    away = office.absent("office_head", starts_at=desk.at, hours=0.1)
    briefed(desk, away, "office_head", "clerk")


@pytest.mark.parametrize("ledger", EVERYWHERE, ids=lambda one: one.name)
def test_more_lines_do_not_cost_more_queries(
    desk: Desk, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    asker = desk.office.asker("main_leader", desk.at)
    counts = []
    for _ in range(2):
        _everything_once(desk)
        scope = scope_of(desk, asker)
        with CaptureQueriesContext(connection) as captured:
            lines = list(frame.all_lines(ledger, scope))
        counts.append((len(captured), len(lines)))
    assert counts[0][0] == counts[1][0] <= 7
    assert counts[1][1] > counts[0][1] > 0, "the test must have lines to count"
    monkeypatch.setattr(frame, "CHUNK", 1)
    assert list(frame.all_lines(ledger, scope)) == lines


@pytest.mark.parametrize("ledger", REGISTRY, ids=lambda one: one.name)
def test_every_register_has_its_frame(desk: Desk, ledger: Ledger) -> None:
    _everything_once(desk)
    titles = [column.title for column in ledger.all_columns]
    assert titles[0] == "序号"
    assert titles[-1] == "备注"
    assert len(set(titles)) == len(titles)
    for line in frame.all_lines(ledger, scope_of(desk, None)):
        assert len(line) == len(titles)


def test_an_empty_register_has_no_lines(desk: Desk) -> None:
    office: Office = desk.office
    for ledger in REGISTRY:
        if ledger is posts.LEDGER:
            continue
        assert frame.first_lines(ledger, scope_of(desk, office.asker("head", desk.at)), 5) == []
