"""The office's own changes of its rulebook: one person proposes, another confirms, never for a day past."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from huiyin.organisation import actions, permissions, queries
from huiyin.organisation.models import RulebookChange, Tenant
from huiyin.rules.errors import Forbidden, Invalid, NotFound, Unlawful
from huiyin.rules.overlays import Change
from huiyin.rules.rulebook import Rulebook, load
from tests.factories import AT, Office
from tests.organisation.events import kinds

pytestmark = pytest.mark.django_db

CLAUSE = "p4.time-limit.3.b"
SINCE, TODAY = date(2026, 2, 1), AT.date()


def change(amount: int = 2, *, since: date = SINCE, clause: str = CLAUSE, running: bool = False) -> Change:
    return Change(clause, since, {"limit": {"amount": amount, "unit": "working_day"}}, running)


def proposed(office: Office, *changes: Change, at: datetime = AT) -> RulebookChange:
    by = office.asker("efficiency_office")
    return actions.propose_rules(office.tenant, changes or (change(),), reason="镇长办公会", by=by, at=at)


def confirmed(office: Office, *changes: Change) -> RulebookChange:
    row = proposed(office, *changes)
    actions.confirm_rules(row, by=office.asker("main_leader"), at=AT)
    row.refresh_from_db()
    return row


def book(office: Office, began: date, on: date | None = None) -> Rulebook:
    return queries.book_of(Tenant.objects.get(id=office.tenant.id), began, on=on)


def days(office: Office, began: date, on: date) -> int:
    return book(office, began).limit(CLAUSE, on).amount


def test_it_binds_what_begins_later_once_a_second_person_confirmed_it(office: Office, other: Office) -> None:
    row = proposed(office)
    assert days(office, SINCE, SINCE) == 1
    actions.confirm_rules(row, by=office.asker("main_leader"), at=AT)
    assert days(office, SINCE, SINCE) == 2
    # What began the day before keeps its version, whatever happens to it later.
    assert days(office, SINCE - timedelta(days=1), SINCE + timedelta(days=30)) == 1
    assert book(office, TODAY).version != book(office, SINCE).version
    assert days(other, SINCE, SINCE) == 1
    assert kinds(office.tenant.id)[-2:] == ["rulebook_proposed", "rulebook_confirmed"]


def test_a_change_that_says_so_reaches_what_runs_already(office: Office) -> None:
    confirmed(office, change(running=True))
    assert days(office, TODAY, SINCE - timedelta(days=1)) == 1
    assert days(office, TODAY, SINCE) == 2


def test_two_changes_hold_one_after_the_other_whatever_came_first(office: Office) -> None:
    confirmed(office, change(4, since=SINCE + timedelta(days=28)))
    confirmed(office, change(3))
    assert days(office, SINCE, SINCE) == 3
    assert days(office, SINCE + timedelta(days=28), SINCE + timedelta(days=28)) == 4


def test_changes_apply_in_the_order_of_their_days_not_of_their_numbers(office: Office) -> None:
    later = SINCE + timedelta(days=28)
    confirmed(office, Change("house.lights", later, {"share": 0.5}, running=True))
    confirmed(office, Change("house.lights", SINCE, {"min_working_days": 3}, running=True))
    assert book(office, TODAY).clause("house.lights").on(later) == {"min_working_days": 3, "share": 0.5}


def test_of_two_changes_for_one_day_the_one_confirmed_later_holds(office: Office) -> None:
    first, second = proposed(office, change(4)), proposed(office, change(3))
    actions.confirm_rules(second, by=office.asker("main_leader"), at=AT)
    actions.confirm_rules(first, by=office.asker("main_leader"), at=AT + timedelta(minutes=1))
    assert days(office, SINCE, SINCE) == 4


def test_wording_changes_on_its_day(office: Office) -> None:
    confirmed(office, Change(CLAUSE, SINCE, {}, running=True, zh="新的条文", en="New"))
    assert book(office, TODAY).clause(CLAUSE).zh != "新的条文"
    assert book(office, TODAY, on=SINCE).clause(CLAUSE).zh == "新的条文"
    assert book(office, SINCE).clause(CLAUSE).en == "New"


def test_nobody_confirms_their_own_and_the_database_knows(office: Office) -> None:
    row = proposed(office)
    with pytest.raises(Forbidden, match="另一人"):
        actions.confirm_rules(row, by=office.asker("efficiency_office"), at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        RulebookChange.objects.filter(id=row.id).update(
            state="confirmed", decided_by=row.proposed_by, decided_at=AT
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        RulebookChange.objects.filter(id=row.id).update(state="rejected")
    row.refresh_from_db()
    assert row.state == "proposed"


@pytest.mark.parametrize("who", ["clerk", "head", "office_head", "leader_in_charge"])
def test_others_neither_propose_nor_confirm(office: Office, who: str) -> None:
    row, by = proposed(office), office.asker(who)
    with pytest.raises(Forbidden):
        actions.propose_rules(office.tenant, [change()], reason="x", by=by, at=AT)
    with pytest.raises(Forbidden):
        actions.confirm_rules(row, by=by, at=AT)
    with pytest.raises(Forbidden):
        actions.withdraw_rules(row, by=by, at=AT)
    assert not permissions.may_try_rules(by)


def test_another_office_finds_nothing(office: Office, other: Office) -> None:
    row, stranger = proposed(office), other.asker("main_leader")
    with pytest.raises(NotFound):
        actions.confirm_rules(row, by=stranger, at=AT)
    with pytest.raises(NotFound):
        actions.propose_rules(office.tenant, [change()], reason="x", by=stranger, at=AT)
    with pytest.raises(NotFound):
        queries.rulebook_change(stranger, row.id)
    assert not queries.rulebook_changes(stranger)
    assert queries.rulebook_change(office.asker("clerk"), row.id) == row


def test_a_day_that_has_come_is_too_late(office: Office) -> None:
    with pytest.raises(Unlawful) as refused:
        proposed(office, change(since=TODAY))
    assert refused.value.code == "day_has_come"
    row = proposed(office)
    on_the_day = AT.replace(year=SINCE.year, month=SINCE.month, day=SINCE.day)
    with pytest.raises(Unlawful) as refused:
        actions.confirm_rules(row, by=office.asker("main_leader"), at=on_the_day)
    assert refused.value.code == "day_has_come"
    assert days(office, SINCE, SINCE) == 1


def test_what_does_not_fit_the_rulebook_is_never_proposed(office: Office) -> None:
    for wrong in (
        change(clause="p1.time-limit.1"),
        change(clause=next(key for key in load("township").clauses if key.startswith("law."))),
        change(amount=0),
    ):
        with pytest.raises(Invalid) as refused:
            proposed(office, wrong)
        assert refused.value.code == "rulebook_change_invalid"
    with pytest.raises(Invalid):
        actions.propose_rules(
            office.tenant, [change()], reason=" ", by=office.asker("efficiency_office"), at=AT
        )
    assert not RulebookChange.objects.exists()


def test_a_proposal_is_sent_back_or_withdrawn_and_stays_on_record(office: Office) -> None:
    first, second = proposed(office), proposed(office)
    with pytest.raises(Invalid):
        actions.reject_rules(first, remark=" ", by=office.asker("main_leader"), at=AT)
    actions.reject_rules(first, remark="期限太短", by=office.asker("main_leader"), at=AT)
    actions.withdraw_rules(second, by=office.asker("efficiency_office"), at=AT)
    for row in (first, second):
        with pytest.raises(Unlawful) as refused:
            actions.confirm_rules(row, by=office.asker("main_leader"), at=AT)
        assert refused.value.code == "already_decided"
    states = {row.number: (row.state, row.remark) for row in RulebookChange.objects.all()}
    assert states == {1: ("rejected", "期限太短"), 2: ("withdrawn", "")}
    assert days(office, SINCE, SINCE) == 1


def test_what_is_not_in_force_yet_is_taken_back_by_two_persons(office: Office) -> None:
    row = confirmed(office)
    back = actions.propose_taking_back(row, reason="会议改期", by=office.asker("efficiency_office"), at=AT)
    assert days(office, SINCE, SINCE) == 2
    actions.confirm_rules(back, by=office.asker("main_leader"), at=AT)
    assert days(office, SINCE, SINCE) == 1
    row.refresh_from_db()
    assert row.state == "superseded"
    with pytest.raises(Unlawful) as refused:
        actions.propose_taking_back(row, reason="x", by=office.asker("efficiency_office"), at=AT)
    assert refused.value.code == "not_in_force"
    # Two that take the same change back: the second finds nothing left to take.
    again = confirmed(office)
    twice = [
        actions.propose_taking_back(again, reason="x", by=office.asker("efficiency_office"), at=AT)
        for _ in range(2)
    ]
    actions.confirm_rules(twice[0], by=office.asker("main_leader"), at=AT)
    with pytest.raises(Unlawful) as refused:
        actions.confirm_rules(twice[1], by=office.asker("main_leader"), at=AT)
    assert refused.value.code == "already_decided"
    other = confirmed(office)
    later = AT + timedelta(days=60)
    with pytest.raises(Unlawful) as refused:
        actions.propose_taking_back(other, reason="x", by=office.asker("efficiency_office"), at=later)
    assert refused.value.code == "day_has_come"


def test_a_known_office_is_asked_nothing(office: Office) -> None:
    confirmed(office)
    tenant = Tenant.objects.get(id=office.tenant.id)
    queries.book_of(tenant, SINCE)
    with CaptureQueriesContext(connection) as asked:
        queries.book_of(tenant, SINCE)
        queries.book_of(tenant, TODAY)
    assert len(asked) == 0
