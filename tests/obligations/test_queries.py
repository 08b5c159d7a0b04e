"""Duties are found by subject, by person, by light, and by an index once they ran out."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.obligations import actions, queries
from huiyin.obligations.models import Obligation
from huiyin.rules import events as e
from huiyin.rules import vocabulary as v
from huiyin.rules.vocabulary import Light
from huiyin.storage.ids import new_id
from tests.obligations.duties import Office, open_office
from tests.rules.happenings import LEADER, at, happen

MONDAY = "2026-03-02T10:00"
ACCEPTED = happen(e.ApplicationAccepted)
# A review begun on Monday 2 March: yellow from Friday's close, due at Monday's.
YELLOW, DUE = at("2026-03-06T17:30"), at("2026-03-09T17:30")
SECOND = timedelta(seconds=1)


def test_a_subjects_duties_come_in_the_order_they_arose(office: Office) -> None:
    def refusal(day: int) -> tuple[e.Event, ...]:
        moment = at("2026-03-04T10:00") + timedelta(hours=day)
        return (
            happen(e.RefusalProposed, moment),
            happen(e.RefusalFiled, moment),
            happen(e.RefusalOverturned, moment, LEADER),
        )

    many = [event for day in range(11) for event in refusal(day)]
    subject = office.owes(MONDAY, ACCEPTED, *many)
    keys = [row.key for row in queries.of_subject(subject.id) if row.what == "decide"]
    assert keys == [f"decide-{n}" for n in range(1, 13)], "the tenth comes after the ninth"
    starts = [row.started_at for row in queries.of_subject(subject.id)]
    assert starts == sorted(starts)
    assert queries.of_subject(new_id()) == []


def test_open_duties_of_several_subjects_take_one_query(office: Office) -> None:
    review = office.owes(MONDAY)
    refusing = office.owes(MONDAY, happen(e.RefusalProposed))
    withdrawn = office.owes(MONDAY, happen(e.Withdrawn))
    office.owes(MONDAY)
    with CaptureQueriesContext(connection) as asked:
        found = queries.of_subjects([review.id, refusing.id, withdrawn.id])
    assert len(asked) == 1
    assert {key: [row.key for row in rows] for key, rows in found.items()} == {
        review.id: ["review-1"],
        refusing.id: ["file_refusal-1", "review-1"],
    }


def test_what_persons_owe_is_soonest_first_and_open(office: Office) -> None:
    late = office.owes("2026-03-04T10:00")
    soon = office.owes(MONDAY, custodian=office.colleague)
    office.owes(MONDAY, happen(e.Withdrawn))
    mine = queries.owed_by([office.clerk.id])
    assert [row.subject_id for row in mine] == [late.id]
    both = queries.owed_by([office.clerk.id, office.colleague.id])
    assert [row.subject_id for row in both] == [soon.id, late.id]
    with CaptureQueriesContext(connection) as asked:
        assert [row.bearer.name for row in both.all()] == ["欧阳喆", "解一鸣"]
    assert len(asked) == 1
    assert list(queries.owed_by([])) == []


def test_what_ran_out_is_open_running_past_due_and_not_noted(office: Office) -> None:
    first, second = office.owes(MONDAY), office.owes("2026-03-03T10:00")
    office.owes(MONDAY, happen(e.Withdrawn))
    office.owes(MONDAY, ACCEPTED, happen(e.SpecialProcedureStarted, "2026-03-04T10:00"))
    assert queries.ran_out(DUE, 10) == []
    assert queries.ran_out(DUE + SECOND, 10) == [("matters", first.id)]
    spring = at("2026-03-20T10:00")
    assert queries.ran_out(spring, 10) == [("matters", first.id), ("matters", second.id)]
    assert queries.ran_out(spring, 1) == [("matters", first.id)]
    Obligation.objects.filter(subject_id=first.id).update(overdue_noted=True)
    assert queries.ran_out(spring, 10) == [("matters", second.id)]


def test_a_subject_with_two_limits_passed_is_named_once(office: Office) -> None:
    subject = office.owes(MONDAY, happen(e.RefusalProposed))
    assert queries.ran_out(at("2026-03-20T10:00"), 10) == [("matters", subject.id)]


def test_what_ran_out_is_found_by_the_sweeps_own_index(office: Office) -> None:
    office.owes(MONDAY)
    moment = at("2026-03-20T10:00")
    with CaptureQueriesContext(connection) as asked:
        queries.ran_out(moment, 10)
        list(Obligation.objects.filter(due_at__lt=moment).order_by("due_at"))
    sweep, any_due = (plan(one["sql"]) for one in asked)
    assert "obligation_sweep" in sweep
    assert "obligation_sweep" not in any_due, "the index holds only what still runs"


def plan(sql: str) -> str:
    """Return how the database means to answer; a table of one row is otherwise read whole."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_sort = off")
        cursor.execute(f"EXPLAIN {'QUERY PLAN ' if connection.vendor == 'sqlite' else ''}{sql}")
        return "\n".join(str(row) for row in cursor.fetchall())


def showing(office: Office, light: Light, moment: str) -> set[UUID]:
    return set(queries.subjects_showing(office.tenant.id, light, at(moment)))


def test_every_subject_shows_under_its_light(office: Office) -> None:
    running = office.owes(MONDAY)
    paused = office.owes(MONDAY, ACCEPTED, happen(e.SpecialProcedureStarted))
    ended = office.owes(MONDAY, happen(e.Withdrawn))
    for moment, light in (
        ("2026-03-06T17:29:59", Light.GREEN),
        ("2026-03-06T17:30:00", Light.YELLOW),
        ("2026-03-09T17:30:00", Light.YELLOW),
        ("2026-03-09T17:30:01", Light.RED),
    ):
        for other in Light:
            expected = {Light.BLUE: {paused.id}, Light.GREY: {ended.id}}.get(other, set())
            assert showing(office, other, moment) == (expected | {running.id} if other is light else expected)


def test_the_light_of_a_row_agrees_with_the_lists(office: Office) -> None:
    subjects = [
        office.owes(MONDAY),
        office.owes(MONDAY, ACCEPTED, happen(e.SpecialProcedureStarted)),
        office.owes(MONDAY, happen(e.Withdrawn)),
    ]
    for moment in (YELLOW - SECOND, YELLOW, DUE, DUE + SECOND):
        for subject in subjects:
            row = queries.of_subject(subject.id)[-1]
            light = queries.light_of(row, moment)
            assert subject.id in queries.subjects_showing(office.tenant.id, light, moment), (moment, light)


def test_one_subject_may_show_two_lights_but_grey_only_alone(office: Office) -> None:
    subject = office.owes(MONDAY, happen(e.RefusalProposed))
    assert showing(office, Light.RED, "2026-03-06T09:00") == {subject.id}
    assert showing(office, Light.GREEN, "2026-03-06T09:00") == {subject.id}
    half_ended = office.owes(MONDAY, ACCEPTED)
    assert half_ended.id not in showing(office, Light.GREY, "2026-03-06T09:00")


@pytest.mark.parametrize("light", Light)
def test_another_offices_lights_are_not_seen(office: Office, light: Light) -> None:
    other = open_office("baihe")
    for theirs in ((), (happen(e.Withdrawn),), (ACCEPTED, happen(e.SpecialProcedureStarted))):
        other.owes(MONDAY, *theirs)
    for moment in ("2026-03-03T10:00", "2026-03-09T10:00", "2026-03-20T10:00"):
        assert showing(office, light, moment) == set()


def test_findings_come_oldest_first_with_whom_they_are_against(office: Office) -> None:
    subject = office.subject()
    late = v.Finding("overdue", "p4.time-limit.8.a", DUE, str(office.clerk.id))
    early = v.Finding("second_notice", "p4.one-time-notice.4", YELLOW, "")
    actions.note(subject, [late, early])
    actions.note(office.subject(), [late])
    with CaptureQueriesContext(connection) as asked:
        found = [(one.what, one.against and one.against.name) for one in queries.findings_of(subject.id)]
    assert found == [("second_notice", None), ("overdue", "解一鸣")]
    assert len(asked) == 1
