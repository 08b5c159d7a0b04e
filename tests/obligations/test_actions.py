"""Duties and findings are stored as the rules gave them, and only what changed is written."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from huiyin.obligations import actions, queries
from huiyin.obligations.models import Finding, Obligation
from huiyin.rules import events as e
from huiyin.rules import vocabulary as v
from huiyin.rules.docket import follow
from tests.obligations.duties import Office
from tests.rules.happenings import BOOK, LAW, MAIN_LEADER, at, happen

MONDAY = "2026-03-02T10:00"
ACCEPTED = happen(e.ApplicationAccepted)


def test_new_duties_are_stored_whole_in_one_statement(office: Office) -> None:
    subject, docket = office.subject(), office.docket(MONDAY, ACCEPTED)
    with CaptureQueriesContext(connection) as asked:
        actions.settle(subject, (), docket.owed)
    assert len(asked) == 1
    stored = queries.of_subject(subject.id)
    assert tuple(queries.as_owed(row) for row in stored) == docket.owed
    assert {(row.tenant_id, row.room, row.rulebook) for row in stored} == {
        (office.tenant.id, "matters", BOOK.version)
    }


def test_only_what_changed_is_written(office: Office) -> None:
    subject = office.subject()
    before = office.docket(MONDAY, happen(e.RefusalProposed))
    after = follow(before, happen(e.RefusalFiled), LAW).docket
    actions.settle(subject, (), before.owed)
    with CaptureQueriesContext(connection) as asked:
        actions.settle(subject, before.owed, after.owed)
    assert len(asked) == 1, "the review went on as it was"
    assert asked[0]["sql"].startswith("UPDATE")
    assert tuple(queries.as_owed(row) for row in queries.of_subject(subject.id)) == after.owed
    with CaptureQueriesContext(connection) as asked:
        actions.settle(subject, after.owed, after.owed)
    assert len(asked) == 0


def test_one_step_may_end_a_duty_and_begin_another(office: Office) -> None:
    subject, before = office.subject(), office.docket(MONDAY)
    after = follow(before, ACCEPTED, LAW).docket
    actions.settle(subject, (), before.owed)
    with CaptureQueriesContext(connection) as asked:
        actions.settle(subject, before.owed, after.owed)
    assert len(asked) == 2, "one statement inserts, one updates"
    assert tuple(queries.as_owed(row) for row in queries.of_subject(subject.id)) == after.owed


def test_another_subject_with_the_same_key_is_left_alone(office: Office) -> None:
    theirs = office.owes(MONDAY)
    subject, before = office.subject(), office.docket(MONDAY)
    actions.settle(subject, (), before.owed)
    actions.settle(subject, before.owed, follow(before, ACCEPTED, LAW).docket.owed)
    (untouched,) = queries.of_subject(theirs.id)
    assert untouched.ended_at is None


def test_a_paused_and_extended_clock_comes_back_with_its_facts(office: Office) -> None:
    subject = office.owes(
        MONDAY,
        ACCEPTED,
        happen(e.SpecialProcedureStarted, "2026-03-04T10:00"),
        happen(e.SpecialProcedureEnded, "2026-03-06T10:00"),
        happen(e.ExtensionRequested, "2026-03-09T10:00"),
        happen(e.ExtensionApproved, "2026-03-10T10:00", MAIN_LEADER),
        happen(e.SpecialProcedureStarted, "2026-03-11T10:00"),
    )
    decide = next(row for row in queries.of_subject(subject.id) if row.what == "decide")
    assert decide.paused
    assert len(queries.clock_of(decide).facts) == 4


def test_findings_are_stored_against_a_person_or_the_office(office: Office) -> None:
    subject = office.subject()
    overdue = v.Finding("overdue", "p4.time-limit.8.a", at("2026-03-09T17:30"), str(office.clerk.id))
    twice = v.Finding("second_notice", "p4.one-time-notice.4", at("2026-03-10T10:00"), "")
    with CaptureQueriesContext(connection) as asked:
        actions.note(subject, [overdue, twice])
        actions.note(subject, [])
    assert len(asked) == 1
    one, other = Finding.objects.order_by("found_at")
    assert (one.what, one.clause, one.found_at, one.against) == (
        "overdue",
        "p4.time-limit.8.a",
        overdue.at,
        office.clerk,
    )
    assert (other.what, other.against, other.subject_id) == ("second_notice", None, subject.id)
    assert (other.tenant_id, other.room) == (office.tenant.id, "matters")


def test_rows_prepared_for_bulk_are_unsaved_and_store_the_same(office: Office) -> None:
    subject, docket = office.subject(), office.docket(MONDAY, ACCEPTED)
    findings = [v.Finding("overdue", "p4.time-limit.8.a", at(MONDAY), str(office.clerk.id))]
    rows, found = actions.rows(subject, docket.owed), actions.finding_rows(subject, findings)
    assert not Obligation.objects.exists()
    assert not Finding.objects.exists()
    actions.save_all(rows, found)
    assert tuple(queries.as_owed(row) for row in queries.of_subject(subject.id)) == docket.owed
    assert Finding.objects.count() == 1


def test_the_database_holds_one_duty_to_a_key_and_an_outcome_to_an_end(office: Office) -> None:
    subject, docket = office.subject(), office.docket(MONDAY)
    actions.settle(subject, (), docket.owed)
    with pytest.raises(IntegrityError), transaction.atomic():
        actions.settle(subject, (), docket.owed)
    ended = replace(docket.owed[0], ended_at=docket.owed[0].due + timedelta(days=1))
    with pytest.raises(IntegrityError), transaction.atomic():
        actions.settle(office.subject(), (), [ended])
