"""Duties are found by index: one person's, one subject's, and those that ran out."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from huiyin.obligations import actions, queries
from huiyin.obligations.models import Finding, Obligation, Reminder
from huiyin.rules import clocks
from huiyin.rules import vocabulary as v
from huiyin.rules.reminding import stage_of
from tests.factories import Office, make_office
from tests.obligations.duties import AT, DAY, kept, owed, subject


def plan_of(rows: QuerySet[Obligation, object]) -> str:
    """How the database would look for them, if it had to avoid reading the whole table."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_bitmapscan = off")
            # Whatever statistics of a few rows say: the index that gives the order, too.
            cursor.execute("SET LOCAL enable_sort = off")
    return rows.explain()


class TestTheSweep:
    def test_finds_what_ran_out_oldest_first_and_each_subject_once(self, office: Office) -> None:
        newer = kept(office, owed(office, due=AT - DAY))
        older = kept(office, owed(office, due=AT - 3 * DAY), owed(office, "deliver-1", due=AT - 2 * DAY))
        assert queries.ran_out(AT, 10) == [("matters", older.id), ("matters", newer.id)]
        assert queries.ran_out(AT, 1) == [("matters", older.id)]

    @pytest.mark.parametrize(
        "more",
        [
            {"paused": True},
            {"overdue_noted": True},
            {"ended_at": AT, "outcome": v.Outcome.LATE},
            {"due": AT},
            {"due": AT + DAY},
        ],
    )
    def test_leaves_alone_what_is_paused_noted_ended_or_not_due(
        self, office: Office, more: dict[str, Any]
    ) -> None:
        kept(office, owed(office, **{"due": AT - DAY, **more}))
        assert queries.ran_out(AT, 10) == []

    def test_looks_in_its_own_index(self, office: Office) -> None:
        for _ in range(50):
            kept(office, owed(office, due=AT - DAY))
        with CaptureQueriesContext(connection) as seen:
            queries.ran_out(AT, 10)
        [asked] = seen.captured_queries
        assert "overdue_noted" in asked["sql"]
        running = Obligation.objects.filter(
            ended_at__isnull=True, paused=False, overdue_noted=False, due_at__lt=AT
        ).order_by("due_at")
        assert "obligation_sweep" in plan_of(running.values_list("room", "subject_id")[:10])

    def test_would_not_without_asking_for_what_runs(self, office: Office) -> None:
        # Negative control: without the index's condition the database cannot use it.
        kept(office, owed(office, due=AT - DAY))
        assert "obligation_sweep" not in plan_of(Obligation.objects.filter(due_at__lt=AT).order_by("due_at"))


class TestReading:
    def test_a_row_becomes_the_duty_it_was(self, office: Office) -> None:
        facts = (
            clocks.Paused("hearing", "law.licensing.45", AT - DAY, 3),
            clocks.Resumed(AT),
            clocks.Extended(v.Limit(5, v.Unit.WORKING_DAY), AT, "digest"),
        )
        duty = owed(office, clock=clocks.Clock(AT - 9 * DAY, v.Limit(5, v.Unit.WORKING_DAY), facts))
        about = kept(office, duty)
        [row] = queries.of_subject(about.id)
        assert queries.as_owed(row) == duty
        assert queries.clock_of(row) == duty.clock

    def test_duties_of_a_subject_stand_in_the_order_they_arose(self, office: Office) -> None:
        about = kept(office, *(owed(office, f"review-{n}") for n in (1, 2, 3, 10, 11)))
        assert [row.key for row in queries.of_subject(about.id)] == [f"review-{n}" for n in (1, 2, 3, 10, 11)]

    def test_open_duties_of_many_subjects_take_one_query(self, office: Office) -> None:
        many = [
            kept(
                office,
                owed(office, due=AT + DAY),
                owed(office, "deliver-1", due=AT),
                owed(office, "answer-1", ended_at=AT, outcome=v.Outcome.LATE),
            )
            for _ in range(3)
        ]
        with CaptureQueriesContext(connection) as seen:
            found = queries.of_subjects([one.id for one in many])
        assert len(seen) == 1
        assert [[row.key for row in found[one.id]] for one in many] == [["deliver-1", "decide-1"]] * 3

    def test_what_one_person_owes_soonest_first_and_nobody_elses(self, office: Office) -> None:
        kept(office, owed(office, due=AT + DAY), owed(office, "deliver-1", due=AT))
        kept(office, owed(office, who="two"))
        kept(office, owed(office, "answer-1", ended_at=AT, outcome=v.Outcome.EARLY))
        mine = queries.owed_by([office.people["one"].id])
        assert [row.key for row in mine] == ["deliver-1", "decide-1"]
        assert "obligation_owed" in plan_of(mine)


@pytest.mark.parametrize(
    ("more", "light"),
    [
        ({"due": AT + 9 * DAY, "yellow": AT + DAY}, v.Light.GREEN),
        ({"due": AT + DAY, "yellow": AT}, v.Light.YELLOW),
        ({"due": AT, "yellow": AT - DAY}, v.Light.YELLOW),
        ({"due": AT - DAY}, v.Light.RED),
        ({"due": AT - DAY, "paused": True}, v.Light.BLUE),
        ({"ended_at": AT, "outcome": v.Outcome.LATE}, v.Light.GREY),
    ],
)
def test_the_light_of_a_row_is_the_light_it_is_found_by(
    office: Office, more: dict[str, Any], light: v.Light
) -> None:
    about = kept(office, owed(office, **more))
    [row] = queries.of_subject(about.id)
    assert queries.light_of(row, AT) is light
    for one in v.Light:
        showing = about.id in set(queries.subjects_showing(office.tenant.id, one, AT))
        assert showing is (one is light), one


def test_another_offices_lights_stay_there(office: Office) -> None:
    kept(office, owed(office, due=AT - DAY))
    other = make_office()
    assert list(queries.subjects_showing(other.tenant.id, v.Light.RED, AT)) == []


def test_findings_of_a_subject_oldest_first(office: Office) -> None:
    about = subject(office)
    person = str(office.people["one"].id)
    late, early = (v.Finding("overdue", "p4.time-limit.8.a", at, person) for at in (AT, AT - DAY))
    actions.note(about, [late, early])
    actions.note(subject(office), [v.Finding("second_notice", "p4.one-time-notice.4", AT, "")])
    assert [row.found_at for row in queries.findings_of(about.id)] == [AT - DAY, AT]
    assert Finding.objects.filter(against__isnull=True).count() == 1


def test_an_office_had_another_calendar_only_after_its_second_recomputation(office: Office) -> None:
    def begin(calendar: str) -> None:
        actions.begin_recomputation(office.tenant.id, calendar, {}, since=None, total=0, at=AT)

    assert not queries.had_another_calendar(office.tenant.id)
    begin("cn@1")
    assert not queries.had_another_calendar(office.tenant.id)
    begin("cn@2")
    assert queries.had_another_calendar(office.tenant.id)


def test_what_reached_another_stage_and_nothing_twice(office: Office) -> None:
    cutoffs = {"near": AT + DAY, "overdue": AT, "head": AT, "leader_in_charge": AT - 2 * DAY}
    about = {name: subject(office) for name in ("green", "yellow", "late", "paused", "ended")}
    actions.settle(about["green"], [], [owed(office, due=AT + 3 * DAY)])
    actions.settle(about["yellow"], [], [owed(office, due=AT + DAY / 2)])
    actions.settle(about["late"], [], [owed(office, due=AT - DAY)])
    actions.settle(about["paused"], [], [owed(office, due=AT - DAY, paused=True)])
    ended = owed(office, due=AT - DAY, ended_at=AT, outcome=v.Outcome.LATE)
    actions.settle(about["ended"], [], [ended])

    def found(limit: int = 9) -> set[UUID]:
        rows = queries.to_remind(office.tenant.id, "matters", cutoffs, AT, limit)
        return set(rows.values_list("subject_id", flat=True))

    assert found() == {about["yellow"].id, about["late"].id}
    assert len(found(1)) == 1
    climbed: dict[int, list[UUID]] = {}
    for row in queries.to_remind(office.tenant.id, "matters", cutoffs, AT, 9):
        climbed.setdefault(stage_of(row.due_at, cutoffs), []).append(row.id)
    actions.climb(office.tenant.id, [], climbed, AT)
    assert found() == set()
    cutoffs["leader_in_charge"] = AT
    assert found() == {about["late"].id}
    assert not queries.to_remind(office.tenant.id, "elsewhere", cutoffs, AT, 9).exists()


def test_a_reminder_is_so_until_its_duty_moves_ends_stops_or_is_anothers(office: Office) -> None:
    changes: list[dict[str, object]] = [
        {"due_at": AT + DAY},
        {"ended_at": AT, "outcome": "late"},
        {"paused": True},
        {"bearer": office.people["two"]},
    ]
    for change in changes:
        about = subject(office)
        actions.settle(about, [], [owed(office)])
        row = Obligation.objects.get(subject_id=about.id)
        one = Reminder.objects.create(
            tenant=office.tenant,
            duty=row,
            due_at=row.due_at,
            stage="soon",
            bearer=row.bearer,
            person=row.bearer,
            found_at=AT,
        )
        assert queries.still_so(one)
        assert actions.drop_moot(office.tenant.id, AT) == 0
        Obligation.objects.filter(id=row.id).update(**change)
        assert not queries.still_so(Reminder.objects.get(id=one.id))
        assert actions.drop_moot(office.tenant.id, AT) == 1


def test_another_moment_or_another_bearer_begins_anew(office: Office) -> None:
    changes: list[dict[str, Any]] = [
        {"due": AT + DAY},
        {"bearer": str(office.people["two"].id)},
        {"paused": True},
    ]
    for change in changes:
        about, before = subject(office), owed(office)
        actions.settle(about, [], [before])
        Obligation.objects.filter(subject_id=about.id).update(reminded=2)
        actions.settle(about, [before], [replace(before, **change)])
        (row,) = queries.of_subject(about.id)
        assert row.reminded == (2 if "paused" in change else 0)
