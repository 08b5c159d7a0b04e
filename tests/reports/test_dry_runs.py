"""The dry run over an office: figures by unit and month, and nothing written."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from uuid import UUID

import pytest

from huiyin.reports import dry_runs
from huiyin.reports.dry_runs import DryRun, dry_run
from huiyin.reports.making import finish
from huiyin.rules.overlays import overlaid, parse_overlay
from huiyin.rules.rulebook import load
from tests.factories import Office, make_office, row_counts
from tests.matters.handling import MONDAY, Desk

pytestmark = pytest.mark.django_db

QUICKER = """\
base: township
reason: 试算
changes:
  - id: p4.time-limit.5.b
    since: 2026-01-01
    limit: {unit: working_day, range: [1, 3], by_urgency: {urgent: 1, normal: 1, low: 1}}
"""


@pytest.fixture
def desk() -> Desk:
    return Desk(make_office())


def run(office: Office, text: str = QUICKER, who: str = "") -> DryRun:
    at = MONDAY + timedelta(days=30)
    book = overlaid(load("township"), [parse_overlay(text, "ours.yaml")]) if text else load("township")
    asker = office.asker(who, at) if who else None
    return finish(dry_run(office.tenant, lambda _: book, asker=asker, at=at))


def answered_on_the_second_day(desk: Desk) -> str:
    number = desk.enquiry()
    desk.do("report_progress", number, at="2026-03-04 09:30", words="要到县里核实", how="phone")
    desk.do("answer", number, at="2026-03-04 10:00", reply="带户口簿来窗口。")
    return number


def test_the_same_rulebook_changes_nothing(desk: Desk) -> None:
    answered_on_the_second_day(desk)
    desk.refused()
    found = run(desk.office, "")
    assert found.total == {**dict.fromkeys(dry_runs.COUNTS, 0), "matters": 2}
    assert found.affected == []
    assert found.ours == found.theirs


def test_what_would_have_been_late_is_foretold_by_unit_and_month(desk: Desk) -> None:
    number = answered_on_the_second_day(desk)
    desk.granted()
    found = run(desk.office)
    assert (found.total["matters"], found.total["matters_changed"]) == (2, 1)
    assert (found.total["duties_changed"], found.total["newly_late"], found.total["saved"]) == (1, 1, 0)
    assert found.total["findings_new"] == 1
    assert [one.number for one in found.affected] == [number]
    unit = desk.office.units["MZ"].name
    assert found.by_month[unit, "2026-03"]["newly_late"] == 1


def test_it_writes_nothing(desk: Desk) -> None:
    answered_on_the_second_day(desk)
    before = row_counts()
    assert run(desk.office).total["matters_changed"]
    assert row_counts() == before


def test_a_person_sees_what_comes_of_the_matters_they_may_see(desk: Desk) -> None:
    other = Desk(make_office("beitang"))
    answered_on_the_second_day(desk)
    answered_on_the_second_day(other)
    seen = {who: run(desk.office, who=who).total["matters"] for who in ("efficiency_office", "stand_in")}
    assert seen == {"efficiency_office": 1, "stand_in": 0}
    assert other.office.canary not in repr(run(desk.office))


def test_as_many_matters_as_asked_for_are_listed_and_all_are_counted(desk: Desk) -> None:
    for _ in range(3):
        desk.at = MONDAY
        answered_on_the_second_day(desk)
    at = MONDAY + timedelta(days=30)
    book = overlaid(load("township"), [parse_overlay(QUICKER, "ours.yaml")])
    steps: list[int] = []
    told = dry_run(desk.office.tenant, lambda _: book, asker=None, at=at, most=2)
    found = finish(told, steps.append)
    assert (len(found.affected), found.total["matters_changed"]) == (2, 3)
    assert sum(steps) == dry_runs.count(desk.office.tenant, asker=None) == 3


def test_what_the_other_rulebook_forbids_is_counted_by_code_and_clause(desk: Desk) -> None:
    number = desk.asked_for_time()
    desk.do("approve_extension", number)
    text = QUICKER.replace("p4.time-limit.5.b", "p4.time-limit.8.b")
    text = text[: text.index("    limit:")] + "    approver: leader_in_charge\n"
    found = run(desk.office, text)
    assert found.forbidden == {("wrong_approver", "p4.time-limit.8.b"): 1}
    assert found.total["not_allowed"] == 1


def test_portions_one_after_the_other_are_the_whole(desk: Desk) -> None:
    for _ in range(5):
        desk.at = MONDAY
        answered_on_the_second_day(desk)
    at = MONDAY + timedelta(days=30)
    book = overlaid(load("township"), [parse_overlay(QUICKER, "ours.yaml")])
    whole = run(desk.office)
    total: Counter[str] = Counter()
    affected: set[str] = set()
    last: UUID | None = None
    sizes: list[int] = []
    while not sizes or last is not None:
        told = dry_run(desk.office.tenant, lambda _: book, asker=None, at=at, after=last, portion=2)
        part = finish(told)
        sizes.append(part.total["matters"])
        total.update(part.total)
        affected |= {one.number for one in part.affected}
        last = part.last
    assert sizes == [2, 2, 1]
    assert total == whole.total
    assert affected == {one.number for one in whole.affected}
    assert whole.last is None


def test_a_last_portion_that_is_full_is_followed_by_an_empty_one(desk: Desk) -> None:
    answered_on_the_second_day(desk)
    at = MONDAY + timedelta(days=30)
    tenant, book = desk.office.tenant, load("township")
    full = finish(dry_run(tenant, lambda _: book, asker=None, at=at, portion=1))
    assert full.last is not None
    empty = finish(dry_run(tenant, lambda _: book, asker=None, at=at, after=full.last, portion=1))
    assert (empty.total["matters"], empty.last) == (0, None)
