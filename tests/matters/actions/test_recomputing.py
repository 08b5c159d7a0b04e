"""A new calendar moves what is owed, once, on the record, and tells who must know."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from huiyin.delivery.models import Message
from huiyin.ledger.models import Head, LedgerEvent
from huiyin.ledger.queries import verify
from huiyin.matters import actions, queries
from huiyin.matters.actions.recomputing import Glance
from huiyin.matters.steps import Paper
from huiyin.obligations import queries as duties
from huiyin.obligations.models import Finding, Obligation, Recomputation
from huiyin.organisation import actions as organisation
from huiyin.organisation.models import CalendarChange, Tenant
from huiyin.rules.clocks import Clock
from huiyin.rules.facts import Paused, Resumed, facts_to_json
from huiyin.rules.recomputing import Reckoner
from huiyin.rules.schedules import Notice
from huiyin.rules.vocabulary import Limit, Unit
from huiyin.rules.yearfiles import Gathered, draft
from huiyin.storage.ids import new_id
from huiyin.storage.inserting import update_each
from tests.commissions import commission_office
from tests.matters.handling import FIVE_DAYS, Desk, moment
from tests.rules.happenings import LAW

NOTICE = Notice("关于2027年部分节假日安排的通知", "某发〔2026〕1号", date(2026, 11, 9))
SOON = timedelta(seconds=90)
DECEMBER = "2026-12-21 09:00"


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """An office whose duties were reckoned under the shipped calendar, on a Monday in December."""
    desk.at = moment(DECEMBER)
    recomputed(desk)
    return desk


def recomputed(desk: Desk) -> int:
    """Let the worker go on until nothing is left, as it does in a minute or two."""
    moved = actions.recompute_due_dates(desk.at)
    while actions.is_recomputing():
        desk.at += SOON
        moved += actions.recompute_due_dates(desk.at)
    return moved


def publish(desk: Desk, *off: date, worked: tuple[date, ...] = ()) -> CalendarChange:
    """Confirm a schedule for 2027 with New Year's Day and these days off."""
    days = {date(2027, 1, 1): "元旦", **dict.fromkeys(off, "元旦")}
    made = draft(Gathered(2027, NOTICE, days, frozenset(worked)))
    clerk, other = desk.office.asker("office_head", desk.at), desk.office.asker("administrator", desk.at)
    change = organisation.propose_year(desk.office.tenant, made, by=clerk, at=desk.at)[0]
    organisation.confirm_calendar(change, by=other, at=desk.at)
    return change


def close_office(desk: Desk, *days: date) -> None:
    clerk, other = desk.office.asker("office_head", desk.at), desk.office.asker("administrator", desk.at)
    change = organisation.propose_local(
        desk.office.tenant, name="停电", off=days, reason="抢修", by=clerk, at=desk.at
    )
    organisation.confirm_calendar(change, by=other, at=desk.at)


def due(desk: Desk, number: str, key: str = "decide-1") -> datetime:
    return Obligation.objects.get(subject_id=desk.matter(number).id, key=key).due_at


def told(desk: Desk, number: str) -> list[dict[str, object]]:
    rows = LedgerEvent.objects.filter(subject_id=desk.matter(number).id, kind="clock.recomputed")
    return [json.loads(row.body) for row in rows.order_by("seq")]


def test_a_published_year_moves_what_needs_it_once_and_on_the_record(desk: Desk) -> None:
    number = desk.accepted()
    before, version = due(desk, number), desk.matter(number).version
    assert before == moment("2027-01-05 17:30")
    assert Obligation.objects.get(subject_id=desk.matter(number).id, key="decide-1").provisional
    publish(desk, date(2027, 1, 4))
    assert recomputed(desk) == 1
    assert due(desk, number) == moment("2027-01-06 17:30")
    (event,) = told(desk, number)
    assert (event["due_before"], event["due"]) == ("2027-01-05T17:30:00+08:00", "2027-01-06T17:30:00+08:00")
    assert event["provisional"] is False
    assert event["calendar"] == queries.law_of(fresh(desk), desk.office.at).calendar.version
    assert event["earlier_than_told"] is False
    assert desk.matter(number).version == version + 1
    assert recomputed(desk) == 0
    assert len(told(desk, number)) == 1
    assert verify(desk.office.tenant.id).faults == []


def test_the_rows_are_what_the_clocks_give(desk: Desk) -> None:
    numbers = [desk.accepted() for _ in range(3)] + [desk.enquiry()]
    desk.do("pause", numbers[1], procedure="hearing", planned_days=9, basis="听证")
    desk.do("request_extension", numbers[2], limit=FIVE_DAYS, reason="核查")
    desk.do("approve_extension", numbers[2])
    publish(desk, date(2027, 1, 4), worked=(date(2027, 1, 9),))
    assert recomputed(desk) >= 3
    law = queries.law_of(fresh(desk), desk.office.at)
    for row in Obligation.objects.filter(ended_at__isnull=True):
        clock = duties.clock_of(row)
        expected = law.reckon(clock)
        found = (row.due_at, row.yellow_at, row.provisional, row.paused)
        assert found == (expected.due, expected.yellow_at, expected.provisional, expected.paused)
    # The paused one has its procedure besides, which ends later too.
    assert [len(told(desk, number)) for number in numbers[:2]] == [1, 2]


def test_what_is_only_no_longer_provisional_is_recorded_and_nobody_is_bothered(desk: Desk) -> None:
    number = desk.accepted(applicant_email="wang@example.cn")
    before = due(desk, number)
    publish(desk)
    sent = Message.objects.count()
    assert recomputed(desk) == 1
    assert due(desk, number) == before
    assert [event["provisional"] for event in told(desk, number)] == [False]
    assert Message.objects.count() == sent


def test_bearer_and_applicant_hear_of_it_once_for_each_matter(desk: Desk) -> None:
    number = desk.accepted(applicant_email="wang@example.cn")
    other = desk.accepted()
    desk.do("request_extension", number, limit=FIVE_DAYS, reason="核查")
    desk.do("approve_extension", number)
    publish(desk, date(2027, 1, 4), date(2027, 1, 5))
    recomputed(desk)
    found = Message.objects.filter(text="due_moved")
    by_number = {n: [m for m in found if m.params["number"] == n] for n in (number, other)}
    assert [m.channel for m in by_number[other]].count("inapp") == 1
    assert [m.channel for m in by_number[number]].count("inapp") == 1
    (letter,) = (m for m in by_number[number] if m.address)
    assert letter.address == "wang@example.cn"
    assert letter.params["day"] == due(desk, number).date().isoformat()
    assert not [m for m in by_number[other] if m.address]


def test_a_day_earlier_than_the_applicant_was_told_is_flagged(desk: Desk) -> None:
    number = desk.accepted()
    publish(desk, worked=(date(2027, 1, 2),))
    recomputed(desk)
    (event,) = told(desk, number)
    assert event["earlier_than_told"] is True
    assert due(desk, number) == moment("2027-01-04 17:30")


def test_a_limit_that_has_not_passed_after_all_is_lifted_and_runs_again(desk: Desk) -> None:
    number = desk.enquiry()
    limit = due(desk, number, "answer-1")
    desk.at = limit + timedelta(minutes=5)
    assert actions.note_limits_passed(desk.at) == 1
    close_office(desk, limit.date())
    assert recomputed(desk) == 1
    (event,) = told(desk, number)
    assert event["lifted"] is True
    row = Obligation.objects.get(subject_id=desk.matter(number).id, key="answer-1")
    assert not row.overdue_noted
    assert row.due_at > limit
    assert Finding.objects.get(subject_id=row.subject_id).lifted_at is not None
    assert desk.kinds(number).count("limit.passed") == 1
    assert actions.note_limits_passed(row.due_at + timedelta(seconds=1)) == 1
    assert Finding.objects.filter(subject_id=row.subject_id, lifted_at__isnull=True).count() == 1


def test_a_limit_that_is_still_past_stays_noted(desk: Desk) -> None:
    number = desk.enquiry()
    limit = due(desk, number, "answer-1")
    desk.at = limit + timedelta(days=30)
    assert actions.note_limits_passed(desk.at) == 1
    close_office(desk, limit.date())
    assert recomputed(desk) == 1
    assert [event["lifted"] for event in told(desk, number)] == [False]
    assert actions.note_limits_passed(desk.at) == 0
    assert Finding.objects.filter(lifted_at__isnull=True).count() == 1


def test_closed_duties_and_other_offices_stay_as_they_were(desk: Desk) -> None:
    number = desk.accepted()
    desk.do("grant", number, reply="准予")
    before = due(desk, number)
    publish(desk, date(2027, 1, 4))
    recomputed(desk)
    assert due(desk, number) == before


def test_it_goes_on_where_it_was_stopped_in_small_steps(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("huiyin.matters.actions.recomputing.PAGE", 3)
    monkeypatch.setattr("huiyin.matters.actions.recomputing.TOGETHER", 2)
    numbers = [desk.accepted() for _ in range(7)]
    publish(desk, date(2027, 1, 4))
    steps = [actions.recompute_due_dates(desk.at, read=3, written=2) for _ in range(9)]
    assert sum(steps) == 7
    assert max(steps) <= 3
    row = Recomputation.objects.get(current=True)
    assert (row.moved, row.seen, row.finished_at) == (7, row.total, None)
    assert recomputed(desk) == 0
    assert [len(told(desk, number)) for number in numbers] == [1] * 7


def test_a_subject_is_never_left_behind_half_looked_at(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    numbers = _beside_a_duty_that_stays(desk, monkeypatch)
    steps = [actions.recompute_due_dates(desk.at, written=1) for _ in range(5)]
    assert steps == [1, 1, 1, 1, 0]
    row = Recomputation.objects.get(current=True)
    assert (row.moved, row.seen, row.total) == (4, 8, 8)
    assert [[event["key"] for event in told(desk, number)] for number in numbers] == [["decide-1"]] * 4


def test_it_would_be_if_the_cursor_stood_before_the_row_that_moved(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = _beside_a_duty_that_stays(desk, monkeypatch)
    monkeypatch.setattr("huiyin.matters.actions.recomputing._first_of_subject", lambda _, place: place)
    for _ in range(5):
        actions.recompute_due_dates(desk.at, written=1)
    assert [len(told(desk, number)) for number in numbers] != [1] * 4


def _beside_a_duty_that_stays(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Four matters under a new calendar, each with one duty that moves behind one that does not."""
    monkeypatch.setattr("huiyin.matters.actions.recomputing.TOGETHER", 1)
    numbers = [desk.accepted() for _ in range(4)]
    publish(desk, date(2027, 1, 4))
    law = queries.law_of(fresh(desk), desk.office.at)
    for row in Obligation.objects.filter(key="decide-1"):
        found = law.reckon(duties.clock_of(row))
        row.id, row.key = new_id(), "aside-1"
        row.due_at, row.yellow_at, row.provisional = found.due, found.yellow_at, found.provisional
        row.save(force_insert=True)
    return numbers


def test_nobody_waits_while_the_duties_are_counted(desk: Desk) -> None:
    desk.accepted()
    publish(desk, date(2027, 1, 4))
    with CaptureQueriesContext(connection) as seen:
        actions.recompute_due_dates(desk.at)
    said = [str(query["sql"]) for query in seen.captured_queries]
    counted = next(place for place, sql in enumerate(said) if "COUNT(*)" in sql)
    assert counted < next(place for place, sql in enumerate(said) if sql.startswith(("SAVEPOINT", "BEGIN")))


def test_only_what_moved_is_written(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    stays, moves = desk.enquiry(), desk.accepted()
    version = desk.matter(stays).version
    publish(desk, date(2027, 1, 4))
    # Whatever is due is looked at, as after an update.
    Recomputation.objects.update(marks={})
    written: list[UUID] = []

    def noting(rows: Sequence[Obligation | Head], names: Sequence[str]) -> None:
        written.extend(row.subject_id for row in rows)
        update_each(rows, names)

    for room in ("obligations", "ledger"):
        monkeypatch.setattr(f"huiyin.{room}.actions.update_each", noting)
    assert recomputed(desk) == 1
    assert Recomputation.objects.get(current=True).total > 1
    assert written == [desk.matter(moves).id] * 2
    assert desk.matter(stays).version == version


MINUTES = st.integers(0, 3 * 24 * 60).map(lambda n: moment("2026-12-18 00:00") + timedelta(minutes=n))
CLOCKS = st.tuples(
    MINUTES,
    st.sampled_from([Limit(1, Unit.WORKING_DAY), Limit(10, Unit.WORKING_DAY), Limit(4, Unit.WORKING_HOUR)]),
    st.booleans(),
)
STALE = st.sampled_from([timedelta(), timedelta(), timedelta(minutes=1), timedelta(days=-1)])


@given(st.lists(st.tuples(CLOCKS, STALE, STALE, st.booleans()), max_size=40))
def test_a_glance_finds_just_those_that_reckoning_each_would(
    rows: list[tuple[tuple[datetime, Limit, bool], timedelta, timedelta, bool]],
) -> None:
    page, expected = [], []
    for place, ((start, limit, paused), due_off, yellow_off, flipped) in enumerate(rows):
        facts = (Paused("hearing", "听证", start, 3), Resumed(start + timedelta(days=2))) if paused else ()
        found = LAW.reckon(Clock(start, limit, facts))
        stored = (found.due + due_off, found.yellow_at + yellow_off, found.provisional != flipped)
        if stored != (found.due, found.yellow_at, found.provisional):
            expected.append(place)
        page.append(
            (
                new_id().hex,
                str(start.astimezone(UTC).replace(tzinfo=None)),
                limit.amount,
                limit.unit.value,
                json.dumps(facts_to_json(facts)),
                str(stored[0]),
                str(stored[1]),
                stored[2],
            )
        )
    assert Glance(Reckoner(LAW)).moved(page) == expected


def test_another_worker_that_was_faster_is_left_to_it(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    number = desk.accepted()
    publish(desk, date(2027, 1, 4))
    real = actions.recompute_due_dates
    page = "huiyin.matters.actions.recomputing._page"
    from huiyin.matters.actions import recomputing  # noqa: PLC0415 - the real one, before it is replaced

    first = recomputing._page

    def meanwhile(*args: object) -> object:
        found = first(*args)  # type: ignore[arg-type]
        monkeypatch.setattr(page, first)
        assert real(desk.at) == 1
        return found

    monkeypatch.setattr(page, meanwhile)
    assert real(desk.at) == 0
    assert len(told(desk, number)) == 1


def test_what_came_in_under_the_old_calendar_is_found_by_the_second_pass(desk: Desk) -> None:
    publish(desk, date(2027, 1, 4))
    actions.recompute_due_dates(desk.at)
    # Registered by a request that had read the office before the confirmation, written after the pass.
    number = desk.accepted()
    stale = moment("2027-01-05 17:30")
    rows = Obligation.objects.filter(subject_id=desk.matter(number).id, key="decide-1")
    rows.update(due_at=stale, provisional=True)
    assert recomputed(desk) == 1
    assert due(desk, number) == moment("2027-01-06 17:30")


def fresh(desk: Desk) -> Tenant:
    return Tenant.objects.get(id=desk.office.tenant.id)


def test_a_day_that_moved_is_told_to_who_holds_the_work_of_a_bearer_who_has_gone(desk: Desk) -> None:
    number = desk.accepted()
    organisation.leave(desk.office.people["clerk"], by=organisation.OPERATOR, at=desk.at)
    publish(desk, date(2027, 1, 4))
    recomputed(desk)
    heard = Message.objects.filter(text="due_moved", channel="inapp", params__number=number)
    assert {row.person_id for row in heard} == {desk.id("second_clerk"), desk.id("head")}


def test_whatever_the_passing_found_is_lifted_with_it_and_counted_once_afterwards(db: None) -> None:
    desk = Desk(commission_office(), at=moment(DECEMBER))
    recomputed(desk)
    papers = (
        Paper("居民户口簿", present=True, pages=4),
        Paper("收入证明", present=False, problem="没有盖章"),
    )
    number = desk.register(channel="counter", materials=papers[:1])
    desk.do("check_materials", number, found=papers)
    limit = due(desk, number, "notify-1")
    desk.at = limit + timedelta(minutes=5)
    actions.note_limits_passed(desk.at)
    found = Finding.objects.filter(subject_id=desk.matter(number).id)
    assert "untold" in set(found.values_list("what", flat=True))
    before = set(found.values_list("what", flat=True))
    close_office(desk, limit.date())
    assert recomputed(desk) >= 1
    assert not found.filter(found_at=limit, lifted_at__isnull=True).exists()
    later = due(desk, number, "notify-1")
    assert later > limit
    actions.note_limits_passed(later + timedelta(seconds=1))
    counted = list(found.filter(lifted_at__isnull=True).values_list("what", flat=True))
    assert sorted(counted) == sorted(before)
