"""Calendars: one person proposes, another confirms, and only then does it count."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from huiyin.organisation import actions, permissions, queries
from huiyin.organisation.actions import OPERATOR
from huiyin.organisation.models import CalendarChange, Tenant
from huiyin.organisation.permissions import MANAGE
from huiyin.rules.errors import Conflict, Forbidden, Invalid, NotFound, Unlawful
from huiyin.rules.schedules import Notice
from huiyin.rules.workdays import Calendar, load_calendar
from huiyin.rules.yearfiles import Change, Drafted, Gathered, amend, draft, from_yaml, shipped_texts
from tests.factories import AT, Office
from tests.organisation.events import kinds

pytestmark = pytest.mark.django_db

NOTICE = Notice("关于2027年部分节假日安排的通知", "某发〔2026〕1号", date(2026, 11, 9))
DAY = date(2027, 3, 1)


def drafted(*more: date, worked: tuple[date, ...] = (date(2027, 2, 20),)) -> Drafted:
    off = {date(2027, 1, 1): "元旦", DAY: "春节", **dict.fromkeys(more, "元旦")}
    return draft(Gathered(2027, NOTICE, off, frozenset(worked)))


def confirmed(office: Office, made: Drafted) -> CalendarChange:
    change = actions.propose_year(office.tenant, made, by=office.asker("office_head"), at=AT)[0]
    actions.confirm_calendar(change, by=office.asker("administrator"), at=AT)
    change.refresh_from_db()
    return change


def calendar(office: Office) -> Calendar:
    return queries.calendar_of(Tenant.objects.get(id=office.tenant.id))


def test_a_year_counts_once_a_second_person_confirmed_it(office: Office, other: Office) -> None:
    change = actions.propose_year(office.tenant, drafted(), by=office.asker("office_head"), at=AT)[0]
    assert not calendar(office).is_official(2027)
    actions.confirm_calendar(change, by=office.asker("administrator"), at=AT)
    assert calendar(office).is_official(2027)
    assert not calendar(office).is_workday(DAY)
    assert calendar(office).notices(2027) == (NOTICE,)
    assert not calendar(other).is_official(2027)
    assert kinds(office.tenant.id)[-2:] == ["calendar_proposed", "calendar_confirmed"]


def test_nobody_decides_on_their_own_proposal_and_the_database_knows(office: Office) -> None:
    mine = office.asker("office_head")
    change = actions.propose_year(office.tenant, drafted(), by=mine, at=AT)[0]
    with pytest.raises(Forbidden, match="另一人"):
        actions.confirm_calendar(change, by=mine, at=AT)
    with pytest.raises(Forbidden):
        actions.reject_calendar(change, remark="不对", by=mine, at=AT)
    with pytest.raises(Forbidden):
        actions.confirm_calendar(change, by=OPERATOR, at=AT)
    rows = CalendarChange.objects.filter(id=change.id)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(state="confirmed", decided_by=mine.person_id, decided_at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(state="confirmed", decided_at=AT)
    rows.update(state="confirmed", decided_by=office.people["administrator"].id, decided_at=AT)


def test_only_those_who_keep_the_calendar_propose(office: Office, other: Office) -> None:
    allowed = {key for key in office.people if permissions.may_propose_calendar(office.asker(key))}
    assert allowed == {"administrator", "office_head", "efficiency_office"}
    with pytest.raises(Forbidden):
        actions.propose_year(office.tenant, drafted(), by=office.asker("clerk"), at=AT)
    with pytest.raises(NotFound):
        actions.propose_year(office.tenant, drafted(), by=other.asker("administrator"), at=AT)
    program = replace(office.asker("administrator"), rights=frozenset({MANAGE}), via="api")
    with pytest.raises(Forbidden):
        actions.propose_year(office.tenant, drafted(), by=program, at=AT)
    change = actions.propose_year(office.tenant, drafted(), by=OPERATOR, at=AT)[0]
    with pytest.raises(NotFound):
        actions.confirm_calendar(change, by=other.asker("administrator"), at=AT)
    with pytest.raises(NotFound):
        queries.calendar_change(other.asker("administrator"), change.id)
    assert permissions.may_confirm_calendar(office.asker("administrator"), None)


def test_the_notice_changes_the_december_before_in_the_same_step(office: Office) -> None:
    made = drafted(date(2026, 12, 31))
    rows = actions.propose_year(office.tenant, made, by=office.asker("office_head"), at=AT)
    assert [(row.kind, row.year) for row in rows] == [("year", 2027), ("amendment", 2026)]
    actions.confirm_calendar(rows[0], by=office.asker("efficiency_office"), at=AT)
    assert not calendar(office).is_workday(date(2026, 12, 31))
    assert len(calendar(office).notices(2026)) == 2
    assert calendar(office).is_workday(date(2026, 12, 30))


def test_a_later_proposal_takes_the_place_of_the_year_and_local_changes_stay(office: Office) -> None:
    first = confirmed(office, drafted())
    closed = date(2027, 5, 6)
    local = actions.propose_local(
        office.tenant, name="台风停工", off=[closed], reason="防汛", by=office.asker("office_head"), at=AT
    )
    actions.confirm_calendar(local, by=office.asker("administrator"), at=AT)
    second = confirmed(office, drafted(date(2027, 1, 4)))
    first.refresh_from_db()
    assert (first.state, first.superseded_at, second.version) == ("superseded", AT, 3)
    for day in (closed, date(2027, 1, 4)):
        assert not calendar(office).is_workday(day)
    assert [row.id for row in queries.local_changes(office.tenant.id, 2027)] == [local.id]


def test_a_local_change_rests_on_the_shipped_year_and_can_be_revoked(office: Office) -> None:
    days: dict[str, Any] = {"off": [date(2026, 8, 5)], "worked": [date(2026, 8, 15)]}
    local = actions.propose_local(
        office.tenant, name="台风停工", **days, reason="防汛", by=office.asker("office_head"), at=AT
    )
    actions.confirm_calendar(local, by=office.asker("administrator"), at=AT)
    assert not calendar(office).is_workday(date(2026, 8, 5))
    assert calendar(office).is_workday(date(2026, 8, 15))
    local.refresh_from_db()
    with pytest.raises(Invalid):
        actions.propose_revocation(local, reason=" ", by=office.asker("office_head"), at=AT)
    undo = actions.propose_revocation(local, reason="台风转向", by=office.asker("office_head"), at=AT)
    actions.confirm_calendar(undo, by=office.asker("administrator"), at=AT)
    assert calendar(office).version == load_calendar().version
    assert Tenant.objects.get(id=office.tenant.id).calendar_digest == ""
    local.refresh_from_db()
    assert local.state == "superseded"
    with pytest.raises(Unlawful):
        actions.propose_revocation(local, reason="再来", by=office.asker("office_head"), at=AT)


@pytest.mark.parametrize(
    ("days", "field"),
    [
        ({}, "off"),
        ({"off": [date(2026, 8, 5), date(2025, 8, 5)]}, "off"),
        ({"off": [date(2031, 8, 5)]}, "off"),
        ({"worked": [date(2026, 8, 5)]}, "worked"),
        ({"worked": [date(2026, 1, 4) - timedelta(days=7)]}, "worked"),
        ({"off": [date(2026, 8, 15)], "worked": [date(2026, 8, 15)]}, "worked"),
    ],
)
def test_a_local_change_nobody_could_mean_is_refused(
    office: Office, days: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        actions.propose_local(
            office.tenant, name="停工", reason="防汛", by=office.asker("office_head"), at=AT, **days
        )
    assert list(refused.value.fields) == [field]
    with pytest.raises(Invalid) as refused:
        actions.propose_local(
            office.tenant, name="", reason="", by=office.asker("office_head"), at=AT, **days
        )
    assert {"name", "reason"} <= set(refused.value.fields)


def test_rejected_and_withdrawn_proposals_stay_on_record_and_change_nothing(office: Office) -> None:
    mine, second = office.asker("office_head"), office.asker("administrator")
    change = actions.propose_year(office.tenant, drafted(), by=mine, at=AT)[0]
    with pytest.raises(Conflict, match="2027年已有一份"):
        actions.propose_year(office.tenant, drafted(), by=second, at=AT)
    with pytest.raises(Invalid):
        actions.reject_calendar(change, remark=" ", by=second, at=AT)
    actions.reject_calendar(change, remark="与通知不符", by=second, at=AT)
    with pytest.raises(Unlawful, match="处理过"):
        actions.confirm_calendar(change, by=second, at=AT)
    again = actions.propose_year(office.tenant, drafted(), by=mine, at=AT)[0]
    with pytest.raises(Forbidden):
        actions.withdraw_calendar(again, by=second, at=AT)
    actions.withdraw_calendar(again, by=mine, at=AT)
    states = [row.state for row in queries.calendar_changes(mine)]
    assert states == ["withdrawn", "rejected"]
    assert calendar(office) is load_calendar()


def test_what_is_in_force_already_is_not_proposed(office: Office) -> None:
    with pytest.raises(Unlawful, match="相同"):
        actions.propose_year(
            office.tenant, from_yaml(shipped_texts()[2026]), by=office.asker("office_head"), at=AT
        )
    confirmed(office, drafted())
    with pytest.raises(Unlawful, match="相同"):
        actions.propose_year(office.tenant, drafted(), by=office.asker("office_head"), at=AT)


def test_a_contradiction_is_found_before_anything_is_written(office: Office) -> None:
    with pytest.raises(Invalid, match="自相矛盾"):
        actions.propose_year(
            office.tenant, Drafted(2027, "year: 2027"), by=office.asker("office_head"), at=AT
        )
    assert not queries.waiting_changes(office.tenant.id)
    with pytest.raises(Invalid, match="自相矛盾"):
        queries.preview(office.tenant, Drafted(2027, "year: 2027"))


def test_the_calendar_costs_no_query_once_it_is_known(office: Office) -> None:
    confirmed(office, drafted())
    tenant = Tenant.objects.get(id=office.tenant.id)
    known = queries.calendar_of(tenant)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert queries.calendar_of(tenant) is known
    assert len(asked) == 0
    confirmed(office, drafted(date(2027, 1, 4)))
    # Somebody who still holds the office's old row gets a calendar, and does not spoil it for others.
    assert queries.calendar_of(tenant) is known
    assert not calendar(office).is_workday(date(2027, 1, 4))


def test_a_stale_row_is_not_remembered_under_its_old_digest(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    confirmed(office, drafted())
    stale = Tenant.objects.get(id=office.tenant.id)
    confirmed(office, drafted(date(2027, 1, 4)))
    monkeypatch.setattr("huiyin.organisation.queries.calendars._known", {})
    queries.calendar_of(stale)
    from huiyin.organisation.queries.calendars import _known  # noqa: PLC0415 - after the patch

    assert [key[1] for key in _known] == [Tenant.objects.get(id=office.tenant.id).calendar_digest]


def test_a_preview_says_what_would_change(office: Office) -> None:
    found = queries.preview(office.tenant, drafted(date(2026, 12, 31)))
    assert found.estimated
    assert [change.day for change in found.earlier] == [date(2026, 12, 31)]
    by_day = {change.day: (change.before, change.after) for change in found.in_force}
    assert by_day[DAY] == ("workday", "spring_festival")
    assert by_day[date(2027, 2, 20)] == ("weekend", "shifted_workday")
    assert by_day[date(2027, 5, 3)] == ("labour_day", "workday")
    assert found.working_days == 261 - 2 + 1
    confirmed(office, drafted())
    assert queries.preview(Tenant.objects.get(id=office.tenant.id), drafted()).in_force == []


def test_a_missing_year_is_said_from_october_on(office: Office) -> None:
    shipped = load_calendar()
    assert queries.missing_year(shipped, AT.replace(month=9, day=30, hour=15)) is None
    assert queries.missing_year(shipped, AT.replace(month=9, day=30, hour=16)) == 2027
    assert queries.missing_year(shipped, AT.replace(month=12)) == 2027
    assert queries.missing_year(shipped, AT.replace(year=2027, month=3)) == 2027
    confirmed(office, drafted())
    assert queries.missing_year(calendar(office), AT.replace(month=12)) is None
    assert queries.years_of(shipped, 2026) == {2024: True, 2025: True, 2026: True, 2027: False, 2028: False}


MAY = Notice("关于调整2026年劳动节假期安排的通知", "", date(2026, 3, 20))
FIVE_OFF, FIVE_WORKED = date(2026, 5, 5), date(2026, 4, 26)


def may(year: int = 2026) -> Drafted:
    """Four days off instead of five, and another weekend worked for it."""
    off = {date(year, 5, day): "劳动节" for day in (1, 2, 3, 4)}
    return amend(Gathered(year, MAY, off, frozenset({FIVE_WORKED} if year == 2026 else ())))


def test_a_notice_during_the_year_changes_only_its_holiday_and_by_two_people(office: Office) -> None:
    mine = office.asker("office_head")
    rows = actions.propose_year(office.tenant, may(), by=mine, at=AT)
    assert [(row.kind, row.year, row.title) for row in rows] == [("amendment", 2026, MAY.title)]
    assert not calendar(office).is_workday(FIVE_OFF)
    with pytest.raises(Forbidden):
        actions.confirm_calendar(rows[0], by=mine, at=AT)
    actions.confirm_calendar(rows[0], by=office.asker("administrator"), at=AT)
    found, shipped = calendar(office), load_calendar()
    assert found.is_workday(FIVE_OFF)
    assert found.is_workday(FIVE_WORKED)
    assert found.notices(2026) == (*shipped.notices(2026), MAY)
    days = [date(2026, 1, 1) + timedelta(days=i) for i in range(365)]
    moved = [day for day in days if found.is_workday(day) != shipped.is_workday(day)]
    assert moved == [FIVE_WORKED, FIVE_OFF]


def test_a_change_rests_on_the_year_the_office_confirmed(office: Office) -> None:
    with pytest.raises(Unlawful, match="2027年的放假安排还没有公布"):
        actions.propose_year(office.tenant, may(2027), by=office.asker("office_head"), at=AT)
    with pytest.raises(Unlawful, match="2027年的放假安排还没有公布"):
        queries.preview(office.tenant, may(2027))
    confirmed(office, drafted(date(2027, 5, 6)))
    confirmed(office, may(2027))
    assert not calendar(office).is_workday(date(2027, 5, 3))
    # A new schedule for the whole year takes the place of both.
    confirmed(office, drafted(date(2027, 5, 7)))
    assert calendar(office).is_workday(date(2027, 5, 3))
    assert calendar(office).notices(2027) == (NOTICE,)


def test_the_same_change_waits_once_and_is_not_proposed_once_it_holds(office: Office) -> None:
    mine = office.asker("office_head")
    change = actions.propose_year(office.tenant, may(), by=mine, at=AT)[0]
    with pytest.raises(Conflict, match="2026年已有一份"):
        actions.propose_year(office.tenant, may(), by=office.asker("administrator"), at=AT)
    actions.confirm_calendar(change, by=office.asker("administrator"), at=AT)
    with pytest.raises(Unlawful, match="相同"):
        actions.propose_year(office.tenant, may(), by=mine, at=AT)


def test_a_preview_of_a_change_shows_its_days_and_what_it_leaves_worked(office: Office) -> None:
    found = queries.preview(office.tenant, may())
    assert (found.amends, found.estimated, found.earlier) == (True, False, [])
    assert found.in_force == [
        Change(FIVE_WORKED, "weekend", "shifted_workday"),
        Change(FIVE_OFF, "labour_day", "workday"),
    ]
    assert max(found.year.off) == date(2026, 5, 4)
    # 9 May was worked for the old arrangement; the notice does not say that it no longer is.
    assert found.still_worked == [date(2026, 5, 9)]
    whole = queries.preview(office.tenant, drafted())
    assert (whole.amends, whole.still_worked) == (False, [])


def test_who_confirms_sees_what_would_change(office: Office) -> None:
    change = actions.propose_year(office.tenant, may(), by=office.asker("office_head"), at=AT)[0]
    after, changes = queries.effect(office.tenant, change)
    assert [one.day for one in changes] == [FIVE_WORKED, FIVE_OFF]
    assert after.is_workday(FIVE_OFF)
    local = actions.propose_local(
        office.tenant, name="台风停工", english="Typhoon", off=[date(2026, 8, 5)], reason="防汛",
        by=office.asker("office_head"), at=AT,
    )  # fmt: skip
    after, changes = queries.effect(office.tenant, local)
    assert [(one.day, one.after) for one in changes] == [(date(2026, 8, 5), "local_20260805")]
    assert after.holiday_name("local_20260805") == ("台风停工", "Typhoon")
    actions.confirm_calendar(local, by=office.asker("administrator"), at=AT)
    local.refresh_from_db()
    undo = actions.propose_revocation(local, reason="转向", by=office.asker("office_head"), at=AT)
    _, changes = queries.effect(Tenant.objects.get(id=office.tenant.id), undo)
    assert [(one.day, one.after) for one in changes] == [(date(2026, 8, 5), "workday")]
