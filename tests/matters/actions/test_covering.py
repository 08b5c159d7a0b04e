"""Hand-over sheets between A and B: who writes, who signs, what stands in them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from huiyin.delivery.models import Message
from huiyin.ledger.models import LedgerEvent
from huiyin.matters import actions, queries
from huiyin.matters.models import CoverAct
from huiyin.organisation.models import Absence, Appointment, Tenant
from huiyin.organisation.queries import asker_for_person
from huiyin.rules.errors import Forbidden, Invalid, NotFound, Unlawful
from tests.factories import SINCE, Office
from tests.matters.handling import Desk

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def headquarters(office: Office) -> None:
    Tenant.objects.filter(id=office.tenant.id).update(rulebook="headquarters")
    for person in office.people.values():
        person.tenant.rulebook = "headquarters"


def planned(desk: Desk, *, hours: float = 8) -> Absence:
    return actions.go_away(
        desk.office.people["clerk"],
        starts_at=desk.at + 24 * HOUR,
        ends_at=desk.at + (24 + hours) * HOUR,
        kind="business_trip",
        by=desk.office.asker("clerk", desk.at),
        at=desk.at,
    )


def test_a_sheet_has_what_came_with_a_post_held_earlier(desk: Desk) -> None:
    office = desk.office
    clerk, post = office.people["clerk"], office.positions["MZ02"]
    number = desk.register(item="ZM-1", materials=())
    day = SINCE.replace(year=2024)
    Appointment.objects.create(
        tenant=office.tenant, position=post, person=clerk, part="A", since=day, until=day + 30 * 24 * HOUR
    )
    planned(desk)
    (task,) = queries.tasks_of(office.asker("clerk", desk.at), desk.at)
    assert [matter.number for matter, _ in queries.hand_over_rows(task)] == [number]


def gone(desk: Desk, who: str) -> None:
    """Away since now, with nobody told before."""
    actions.go_away(
        desk.office.people[who],
        starts_at=desk.at,
        ends_at=desk.at + 4 * HOUR,
        kind="leave",
        by=desk.office.asker(who, desk.at),
        at=desk.at,
        why_unbriefed="突发疾病",
    )


def test_the_whole_way_there_and_back(desk: Desk) -> None:
    office = desk.office
    number = desk.accepted()
    absence = planned(desk)
    clerk, second = (office.asker(who, desk.at) for who in ("clerk", "second_clerk"))
    (task,) = queries.tasks_of(clerk, desk.at)
    assert (task.position.code, task.reader.id, task.back) == ("MZ01", second.person_id, False)
    sheet = actions.write_briefing(
        absence,
        task.position,
        things="办公室钥匙",
        notes="周四有回访",
        progress={number: "等入户核查"},
        by=clerk,
        at=desk.at,
    )
    (line,) = queries.lines_of(sheet)
    assert (line.matter.number, line.what, line.progress, line.done) == (
        number,
        "decide",
        "等入户核查",
        False,
    )
    assert queries.tasks_of(clerk, desk.at) == []
    actions.acknowledge_briefing(sheet, by=second, at=desk.at)
    absence.refresh_from_db()
    assert absence.released_at == desk.at
    away = absence.starts_at + HOUR
    acting = asker_for_person(second.person_id, away, "desk")
    by = actions.By(acting, away, "cover-1", acting_for=clerk.person_id)
    actions.grant(by, number, reply="准予")
    (act,) = CoverAct.objects.all()
    assert (act.actor_id, act.acting_for_id, act.kind) == (
        second.person_id,
        clerk.person_id,
        "decision.granted",
    )
    over = absence.ends_at + HOUR
    back_by = asker_for_person(second.person_id, over, "desk")
    (task,) = queries.tasks_of(back_by, over)
    assert task.back
    back = actions.write_briefing(absence, task.position, back=True, by=back_by, at=over)
    assert [(one.done, one.what) for one in queries.lines_of(back)] == [
        (True, "decision.granted"),
        (False, ""),
    ]
    with pytest.raises(Forbidden):
        actions.acknowledge_briefing(back, by=back_by, at=over)
    actions.acknowledge_briefing(back, by=asker_for_person(clerk.person_id, over, "desk"), at=over)
    kinds = (
        LedgerEvent.objects.filter(subject_id=clerk.person_id).order_by("seq").values_list("kind", flat=True)
    )
    assert list(kinds)[-6:] == [
        "absence_recorded",
        "briefing_written",
        "briefing_acknowledged",
        "absence_released",
        "briefing_written",
        "briefing_acknowledged",
    ]


def test_only_the_one_who_goes_writes_and_only_once(desk: Desk) -> None:
    absence = planned(desk)
    post = desk.office.positions["MZ01"]
    for who in ("second_clerk", "head", "main_leader"):
        with pytest.raises(NotFound):
            actions.write_briefing(absence, post, by=desk.office.asker(who, desk.at), at=desk.at)
    by = desk.office.asker("clerk", desk.at)
    with pytest.raises(Invalid) as caught:
        actions.write_briefing(absence, post, notes="长" * 2001, by=by, at=desk.at)
    assert set(caught.value.fields) == {"notes"}
    sheet = actions.write_briefing(absence, post, by=by, at=desk.at)
    with pytest.raises(NotFound):
        actions.write_briefing(absence, post, by=by, at=desk.at)
    with pytest.raises(Forbidden):
        actions.acknowledge_briefing(sheet, by=desk.office.asker("head", desk.at), at=desk.at)
    reader = desk.office.asker("second_clerk", desk.at)
    actions.acknowledge_briefing(sheet, by=reader, at=desk.at)
    with pytest.raises(Unlawful):
        actions.acknowledge_briefing(sheet, by=reader, at=desk.at)
    assert queries.briefings_of(desk.office.asker("head", desk.at)).get() == sheet
    with pytest.raises(NotFound):
        queries.briefing(desk.office.asker("receptionist", desk.at), sheet.id)


def test_off_where_no_clause_wants_it(desk: Desk) -> None:
    Tenant.objects.filter(id=desk.office.tenant.id).update(rulebook="township")
    desk.office.people["clerk"].tenant.refresh_from_db()
    absence = planned(desk)
    assert not absence.held
    by = desk.office.asker("clerk", desk.at)
    assert queries.tasks_of(by, desk.at) == []
    with pytest.raises(Unlawful):
        actions.write_briefing(absence, desk.office.positions["MZ01"], by=by, at=desk.at)
    assert not Message.objects.filter(text="cover_begins").exists()


def test_stepping_in_is_for_the_stand_in_and_not_before(desk: Desk) -> None:
    absence = planned(desk)
    with pytest.raises(Unlawful):
        actions.step_in(absence, by=desk.office.asker("second_clerk", desk.at), at=desk.at)
    begun = absence.starts_at + HOUR
    for who in ("receptionist", "main_leader"):
        with pytest.raises(Forbidden):
            actions.step_in(absence, by=desk.office.asker(who, begun), at=begun)
    done = actions.step_in(absence, by=desk.office.asker("second_clerk", begun), at=begun)
    assert done.unbriefed
    assert Message.objects.filter(text="cover_begins", person=desk.office.people["second_clerk"]).count() == 1


def test_b_who_is_away_takes_nothing_over(desk: Desk) -> None:
    absence = planned(desk)
    desk.at = absence.starts_at + HOUR
    gone(desk, "second_clerk")
    with pytest.raises(Forbidden):
        actions.step_in(absence, by=desk.office.asker("second_clerk", desk.at), at=desk.at)
    with pytest.raises(Unlawful) as caught:
        actions.step_in(absence, by=desk.office.asker("head", desk.at), at=desk.at)
    assert (caught.value.code, caught.value.clause) == ("nobody_here", "p2.post-substitution.3.b")


def test_the_efficiency_office_and_the_head_hear_of_it_once(desk: Desk) -> None:
    assert actions.warn_of_uncovered(desk.at) == 0
    gone(desk, "clerk")
    gone(desk, "second_clerk")
    for _ in range(2):
        actions.warn_of_uncovered(desk.at + HOUR)
    told = Message.objects.filter(text="post_uncovered").values_list("person", flat=True)
    people = desk.office.people
    assert sorted(told) == sorted([people["efficiency_office"].id, people["head"].id] * 2)  # two positions


def test_while_nobody_covers_the_head_may_take_the_matter_over(desk: Desk) -> None:
    number = desk.accepted()
    gone(desk, "clerk")
    with pytest.raises(Forbidden):
        desk.do("assign_custodian", number, who="head", reason="代管")
    gone(desk, "second_clerk")
    assert [one.number for one in queries.deserted(desk.office.asker("head", desk.at), desk.at)] == [number]
    desk.do("assign_custodian", number, who="head", reason="A岗B岗都不在")
    assert queries.get(desk.office.asker("head", desk.at), number).custodian == desk.office.people["head"]
