"""Passed limits are found by the index, noted once, and never on a paused clock."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import OperationalError

from huiyin.delivery.models import Message
from huiyin.documents import queries as documents
from huiyin.documents.contents import Kind, OneTimeNotice
from huiyin.ledger import queries as ledger
from huiyin.matters import actions, queries
from huiyin.matters.actions import sweep
from huiyin.matters.actions.commands import Session
from huiyin.matters.actions.saving import save
from huiyin.matters.dossier import Dossier
from huiyin.matters.steps import Paper
from huiyin.obligations import queries as duties
from huiyin.rules.errors import Unlawful
from tests.factories import licensed
from tests.matters.handling import INCOMPLETE, Desk, moment


def test_a_passed_limit_is_noted_once(desk: Desk) -> None:
    number = desk.enquiry()
    due = desk.clocks(number)["answer-1"].due_at
    assert actions.note_limits_passed(due) == 0
    assert actions.note_limits_passed(due + timedelta(seconds=1)) == 1
    assert actions.note_limits_passed(due + timedelta(days=9)) == 0
    assert desk.kinds(number).count("limit.passed") == 1
    (finding,) = duties.findings_of(desk.matter(number).id)
    assert (finding.what, finding.found_at, finding.against_id) == ("overdue", due, desk.id("clerk"))


def test_a_paused_clock_does_not_run_out_but_the_procedure_does(desk: Desk) -> None:
    number = desk.accepted()
    desk.do("pause", number, procedure="hearing", planned_days=1, basis="听证")
    assert actions.note_limits_passed(moment("2026-03-20 09:00")) == 1
    assert actions.note_limits_passed(moment("2026-12-01 09:00")) == 0
    passed = [one for one in queries.timeline(desk.matter(number)) if one.kind == "limit.passed"]
    assert [one.body["what"] for one in passed] == ["end_procedure"]
    desk.do("resume", number, at="2026-04-01 09:00")
    assert actions.note_limits_passed(moment("2026-12-01 09:00")) == 1


def test_a_sweep_stops_where_it_is_told_and_goes_on(desk: Desk) -> None:
    for _ in range(3):
        desk.enquiry()
    late = moment("2026-03-20 09:00")
    assert [actions.note_limits_passed(late, limit=2), actions.note_limits_passed(late, limit=2)] == [2, 1]
    assert actions.note_limits_passed(late) == 0


def test_what_ended_in_time_is_left_alone(desk: Desk) -> None:
    number = desk.enquiry()
    desk.do("answer", number, reply="请来窗口。")
    assert actions.note_limits_passed(moment("2026-12-01 09:00")) == 0


def test_a_matter_is_noted_whether_the_sweep_or_a_verb_came_first(desk: Desk) -> None:
    swept, handled = desk.enquiry(), desk.enquiry()
    late = moment("2026-03-20 09:00")
    for number in (swept, handled):
        if number == swept:
            actions.note_limits_passed(late)
        desk.do("report_progress", number, at="2026-03-20 09:01", words="要到县里核实", how="phone")
        desk.do("answer", number, at="2026-03-20 09:01", reply="请来窗口。")
    assert desk.kinds(swept) == desk.kinds(handled)
    assert [len(duties.findings_of(desk.matter(number).id)) for number in (swept, handled)] == [1, 1]


def test_a_stopped_sweep_loses_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    numbers = [desk.enquiry() for _ in range(3)]
    late = moment("2026-03-20 09:00")
    whole = save
    saved: list[str] = []

    def stops(session: Session, dossier: Dossier) -> None:
        if len(saved) == 1:
            raise SystemExit("the machine went down")
        whole(session, dossier)
        saved.append(dossier.matter.number)

    monkeypatch.setattr(sweep, "save", stops)
    with pytest.raises(SystemExit):
        actions.note_limits_passed(late)
    monkeypatch.undo()
    # All three ran out at one moment; which is noted first is the database's to choose.
    assert sorted(desk.kinds(number).count("limit.passed") for number in numbers) == [0, 0, 1]
    assert actions.note_limits_passed(late) == 2
    assert [desk.kinds(number).count("limit.passed") for number in numbers] == [1, 1, 1]
    assert ledger.verify(desk.office.tenant.id).ok


def test_whatever_is_wrong_with_one_matter_keeps_no_other_from_being_noted(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    broken, *others = (desk.enquiry() for _ in range(3))
    late, whole = moment("2026-03-20 09:00"), save

    def spoils(session: Session, dossier: Dossier) -> None:
        if dossier.matter.number == broken:
            raise KeyError("what nobody foresaw")
        whole(session, dossier)

    monkeypatch.setattr(sweep, "save", spoils)
    # One at a time, so that the broken one, which ran out first, would take every turn.
    assert [actions.note_limits_passed(late, limit=1) for _ in range(3)] == [1, 1, 0]
    assert [desk.kinds(number).count("limit.passed") for number in (broken, *others)] == [0, 1, 1]
    assert "what nobody foresaw" in caplog.text
    monkeypatch.setattr(sweep, "MOST_STUCK", 1)
    assert actions.note_limits_passed(late) == 0
    monkeypatch.undo()
    assert actions.note_limits_passed(late) == 1


def test_a_database_that_does_not_answer_is_no_fault_of_the_matter(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(2):
        desk.enquiry()
    tried: list[str] = []

    def locked(_: Session, dossier: Dossier) -> None:
        tried.append(dossier.matter.number)
        raise OperationalError("database is locked")

    monkeypatch.setattr(sweep, "save", locked)
    with pytest.raises(OperationalError):
        actions.note_limits_passed(moment("2026-03-20 09:00"))
    assert len(tried) == 1


def test_two_limits_of_one_matter_are_noted_in_their_order(desk: Desk) -> None:
    number = desk.register(item="ZM-1", materials=(Paper("居民身份证", present=True),))
    assert actions.note_limits_passed(moment("2026-05-20 09:00")) == 1
    told = [one for one in queries.timeline(desk.matter(number)) if one.kind == "limit.passed"]
    assert [one.body["what"] for one in told] == ["finish", "review"]
    assert [one.at for one in told] == sorted(one.at for one in told)


def test_silence_takes_an_application_on_and_everybody_concerned_hears_until_when(desk: Desk) -> None:
    with licensed(desk.office):
        number = desk.register(applicant_email="wang@example.org")
    late = moment("2026-03-10 09:00")
    assert actions.note_limits_passed(late) == 1
    assert actions.note_limits_passed(late) == 0
    assert desk.kinds(number)[-2:] == ["limit.passed", "application.deemed_accepted"]
    row = desk.matter(number)
    assert (row.stage, row.accepted_at, row.deemed_at) == (
        "in_hand",
        row.received_at,
        moment("2026-03-09 17:30"),
    )
    told = {
        (one.text, one.channel): one.params
        for one in Message.objects.filter(text__contains="deemed_accepted", tenant=desk.office.tenant)
    }
    params = {"number": number, "since": "2026-03-02", "day": "2026-03-16"}
    assert set(told) >= {("deemed_accepted", "inapp"), ("matter_deemed_accepted", "email")}
    assert all(one == params for one in told.values())
    assert queries.verify(desk.office.tenant.id).faults == []


def test_a_late_notice_says_that_its_supplement_changes_no_limit(desk: Desk) -> None:
    with licensed(desk.office):
        number = desk.register(materials=INCOMPLETE)
        late = desk.register(materials=INCOMPLETE)
    desk.do("issue_notice", number, at="2026-03-09 17:00", supplement_how="到窗口")
    desk.do("issue_notice", late, at="2026-03-10 09:00", supplement_how="到窗口")
    assert [_deemed_since(desk, one) for one in (number, late)] == [None, desk.matter(late).received_at]
    assert [desk.matter(one).stage for one in (number, late)] == ["awaiting_supplement", "in_hand"]
    desk.do("receive_supplement", late)
    assert desk.matter(late).stage == "in_hand"
    assert queries.verify(desk.office.tenant.id).faults == []
    with pytest.raises(Unlawful) as caught:
        desk.do("accept_application", late)
    assert (caught.value.code, caught.value.clause) == ("deemed_accepted", "law.licensing.32.4.b")


def _deemed_since(desk: Desk, number: str) -> datetime | None:
    row = documents.latest(desk.office.tenant.id, desk.matter(number).id, Kind.ONE_TIME_NOTICE)
    assert row is not None
    content = documents.content_of(row)
    assert isinstance(content, OneTimeNotice)
    return content.deemed_since
