"""Absences that wait for a hand-over, who stands in, and where nobody is left."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from huiyin.organisation import actions, queries
from huiyin.organisation.actions import OPERATOR
from huiyin.organisation.models import Absence, Appointment
from huiyin.rules.errors import Invalid, Unlawful
from tests.factories import AT, Office
from tests.organisation.test_duties import bound_by

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


def away(office: Office, who: str, *, begins: float, hours: float = 4, **more: Any) -> Absence:
    return actions.record_absence(
        office.people[who],
        starts_at=AT + begins * HOUR,
        ends_at=AT + (begins + hours) * HOUR,
        kind="training",
        by=OPERATOR,
        at=AT,
        **{"why_unbriefed": "临时有事", **more},
    )


def test_a_planned_absence_waits_until_it_is_released(office: Office) -> None:
    bound_by(office, "headquarters")
    clerk = office.people["clerk"].id
    absence = away(office, "clerk", begins=1)
    assert (absence.held, absence.unbriefed) == (True, False)
    assert queries.waiting_absences([clerk], AT) == [absence]
    assert not queries.is_absent(clerk, AT + 2 * HOUR)
    assert queries.absence_now(clerk, AT + 2 * HOUR) is None
    actions.release_absence(absence, by=OPERATOR, at=AT + 2 * HOUR, briefed=True)
    assert not queries.is_absent(clerk, AT + 1.5 * HOUR)  # what was true before stays true
    assert queries.is_absent(clerk, AT + 2 * HOUR)
    assert queries.asker_for_person(
        office.people["second_clerk"].id, AT + 2 * HOUR, "desk"
    ).stands_in_for == {clerk}
    with pytest.raises(Unlawful):
        actions.release_absence(absence, by=OPERATOR, at=AT + 2 * HOUR, briefed=True)


def test_who_left_without_handing_over_is_covered_by_nobody_until_b_takes_over(office: Office) -> None:
    bound_by(office, "headquarters")
    clerk = office.people["clerk"].id
    absence = away(office, "clerk", begins=1)

    def listed(hours: float) -> list[tuple[str, bool]]:
        return [
            (one.position.code, one.unbriefed)
            for one in queries.uncovered(office.tenant.id, AT + hours * HOUR)
        ]

    assert (queries.is_uncovered(clerk, AT), listed(0)) == (False, [])
    assert queries.is_uncovered(clerk, AT + 2 * HOUR)
    assert listed(2) == [("MZ01", True)]
    assert list(queries.uncovered_people(office.tenant.id, AT + 2 * HOUR)) == [clerk]
    assert queries.covering_at(clerk, AT + 2 * HOUR) is None
    actions.release_absence(absence, by=OPERATOR, at=AT + 2 * HOUR, briefed=False)
    assert not queries.is_uncovered(clerk, AT + 3 * HOUR)
    assert queries.is_uncovered(clerk, AT + 1.5 * HOUR)  # what was true before stays true
    assert listed(3) == []
    assert queries.covering_at(clerk, AT + 3 * HOUR) == (office.people["second_clerk"], AT + 2 * HOUR)


def test_nobody_was_in_charge_before_the_absence_was_known(office: Office) -> None:
    bound_by(office, "headquarters")
    away(office, "clerk", begins=-2)
    clerk, b = office.people["clerk"].id, office.people["second_clerk"]
    assert queries.covering_at(clerk, AT - HOUR) is None
    assert queries.covering_at(clerk, AT) == (b, AT)
    assert queries.covering_at(clerk, AT, office.positions["MZ01"].id) == (b, AT)
    assert queries.covering_at(b.id, AT) is None


def test_where_nobody_regulates_it_an_absence_just_begins(office: Office) -> None:
    absence = away(office, "clerk", begins=1)
    assert (absence.held, absence.unbriefed) == (False, False)
    assert queries.is_absent(office.people["clerk"].id, AT + HOUR)


def test_with_nobody_to_hand_over_to_it_does_not_wait(office: Office) -> None:
    bound_by(office, "headquarters")
    assert not away(office, "main_leader", begins=1).held


def test_one_that_has_begun_is_marked_as_unbriefed(office: Office) -> None:
    bound_by(office, "headquarters")
    absence = away(office, "clerk", begins=0)
    assert (absence.held, absence.unbriefed) == (False, True)


def test_the_reasons_are_those_of_the_rulebook(office: Office) -> None:
    bound_by(office, "headquarters")
    with pytest.raises(Invalid) as caught:
        actions.record_absence(
            office.people["clerk"], starts_at=AT, ends_at=AT + HOUR, kind="ill", by=OPERATOR, at=AT
        )
    assert caught.value.clause == "p2.post-substitution.1"


def test_a_and_b_are_not_away_together_on_a_plan(office: Office) -> None:
    bound_by(office, "headquarters")
    away(office, "second_clerk", begins=24)
    for begins, hours in ((24, 4), (20, 5), (27, 9)):
        with pytest.raises(Unlawful) as caught:
            away(office, "clerk", begins=begins, hours=hours)
        assert caught.value.code == "pair_away"
    away(office, "clerk", begins=20, hours=4)  # up to, not including
    away(office, "clerk", begins=25, hours=1, head_covers=True)
    bound_by(office, "township")
    away(office, "receptionist", begins=24)
    away(office, "clerk", begins=26, hours=1)


def test_uncovered_is_since_the_second_left(office: Office) -> None:
    assert queries.uncovered(office.tenant.id, AT) == []
    away(office, "clerk", begins=-2, hours=8)
    assert queries.uncovered(office.tenant.id, AT) == []
    away(office, "second_clerk", begins=-1, hours=4)
    rows = {one.position.code: one for one in queries.uncovered(office.tenant.id, AT)}
    assert set(rows) == {"MZ01", "MZ02"}
    one = rows["MZ01"]
    assert (one.since, one.until) == (AT - HOUR, AT + 3 * HOUR)
    assert one.head == office.people["head"]
    clerk, second = office.people["clerk"].id, office.people["second_clerk"].id
    assert set(queries.uncovered_people(office.tenant.id, AT)) == {clerk, second}
    assert queries.is_uncovered(clerk, AT)
    assert not queries.is_uncovered(clerk, AT - 1.5 * HOUR)
    assert not queries.is_uncovered(office.people["head"].id, AT)


def test_a_position_without_b_is_uncovered_as_soon_as_a_leaves(office: Office) -> None:
    away(office, "head", begins=-1)
    (one,) = queries.uncovered(office.tenant.id, AT)
    assert (one.position.code, one.b, one.head) == ("MZ00", None, None)


def test_pairs_are_seen_from_both_sides(office: Office) -> None:
    ids = {key: person.id for key, person in office.people.items()}
    assert queries.are_pair(ids["clerk"], ids["second_clerk"], AT)
    assert queries.are_pair(ids["clerk"], ids["receptionist"], AT)
    assert not queries.are_pair(ids["head"], ids["second_clerk"], AT)
    (row,) = queries.stand_ins(ids["clerk"], AT)
    assert (row[0].code, row[1].id, row[2]) == ("MZ01", ids["second_clerk"], True)
    assert queries.stand_ins(ids["main_leader"], AT) == []


def test_the_pairs_of_many_absences_are_those_of_each_on_its_first_day(office: Office) -> None:
    absences = [away(office, "clerk", begins=1), away(office, "head", begins=1)]
    absences.append(away(office, "leader_in_charge", begins=48))
    until = AT.date() + timedelta(days=1)
    Appointment.objects.filter(position__code="LD02", part="B").update(until=until)
    found = queries.stand_ins_at_start(absences)
    for one in absences:
        plain = [
            (position, person) for position, person, _ in queries.stand_ins(one.person_id, one.starts_at)
        ]
        assert found[one.id] == plain
    assert [len(found[one.id]) for one in absences] == [1, 0, 0], "the leader's stand-in held it no longer"


def test_ended_ones_are_remembered_for_a_month(office: Office) -> None:
    absence = away(office, "clerk", begins=-2, hours=3)
    later = AT + 2 * HOUR
    assert queries.ended_absences(office.tenant.id, AT) == []
    assert queries.ended_absences(office.tenant.id, later) == [absence]
    assert queries.ended_absences(office.tenant.id, later + timedelta(days=40)) == []
    called_off = away(office, "head", begins=5)
    actions.cancel_absence(called_off, by=OPERATOR, at=AT + HOUR)
    assert called_off not in queries.ended_absences(office.tenant.id, later)


def test_who_leaves_at_once_says_why_and_no_absence_begins_before_today(office: Office) -> None:
    bound_by(office, "headquarters")
    for told in (" ", "长" * 201):
        with pytest.raises(Invalid) as caught:
            away(office, "clerk", begins=0, why_unbriefed=told)
        assert list(caught.value.fields) == ["why_unbriefed"]
    with pytest.raises(Invalid) as caught:
        away(office, "clerk", begins=-24, hours=48, why_unbriefed="忘了登记")
    assert list(caught.value.fields) == ["starts_at"]
    absence = away(office, "clerk", begins=-1, why_unbriefed=" 突发 疾病 ")
    assert (absence.unbriefed, absence.why_unbriefed) == (True, "突发 疾病")
    seen = {
        who: queries.unbriefed_this_year(office.asker(who), AT) for who in ("head", "office_head", "clerk")
    }
    assert seen == {"head": [absence], "office_head": [], "clerk": []}
