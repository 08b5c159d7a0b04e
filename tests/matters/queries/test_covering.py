"""What a stand-in sees, and what may be pointed out about standing in."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.matters import queries
from huiyin.matters.models import Briefing, CoverAct
from huiyin.organisation.models import Tenant
from huiyin.organisation.queries import Asker
from tests.factories import Office
from tests.matters.handling import Desk

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def headquarters(office: Office) -> None:
    Tenant.objects.filter(id=office.tenant.id).update(rulebook="headquarters")


def seen_by(desk: Desk, who: str) -> Asker:
    return desk.office.asker(who, desk.at)


def test_the_matter_says_where_its_work_went(desk: Desk) -> None:
    number = desk.accepted()
    matter = queries.get(seen_by(desk, "clerk"), number)
    assert queries.cover_of(matter, desk.at) is None
    desk.office.absent("clerk", starts_at=desk.at, hours=2)
    found = queries.cover_of(matter, desk.at + HOUR)
    assert found is not None
    assert (found.by, found.clause) == (desk.office.people["second_clerk"], "p2.post-substitution.1")
    desk.office.absent("second_clerk", starts_at=desk.at, hours=2)
    nobody = queries.cover_of(matter, desk.at + HOUR)
    assert nobody is not None
    assert nobody.by is None


def test_a_stand_in_of_a_head_sees_what_the_head_sees_and_only_meanwhile(desk: Desk) -> None:
    office = desk.office
    number = desk.accepted()  # of the unit MZ, kept by the clerk
    assert number not in rows(desk, "stand_in")
    office.absent("leader_in_charge", starts_at=desk.at, hours=2)
    assert number in rows(desk, "stand_in")
    assert number not in rows(desk, "receptionist")
    Tenant.objects.filter(id=office.tenant.id).update(rulebook="township")
    assert number not in rows(desk, "stand_in")
    Tenant.objects.filter(id=office.tenant.id).update(rulebook="headquarters")
    desk.at += 3 * HOUR
    assert number not in rows(desk, "stand_in")


def test_covered_are_the_open_matters_of_the_absent(desk: Desk) -> None:
    number = desk.accepted()
    assert queries.covered(seen_by(desk, "second_clerk")) == []
    desk.office.absent("clerk", starts_at=desk.at, hours=2)
    assert [one.number for one in queries.covered(seen_by(desk, "second_clerk"))] == [number]
    assert queries.covered(seen_by(desk, "head")) == []


def test_late_for_want_of_cover_needs_both(desk: Desk) -> None:
    number = desk.accepted()
    matter = queries.get(seen_by(desk, "clerk"), number)
    due = next(one for one in queries.clocks_of(matter, desk.at) if one.ended_at is None).due_at
    assert not queries.late_without_cover(matter, due + HOUR)
    desk.office.absent("clerk", starts_at=due - HOUR, hours=3)
    assert queries.late_without_cover(matter, due + HOUR)  # who was there to act did nothing
    b = desk.office.people["second_clerk"].id
    act = CoverAct.objects.create(
        tenant_id=matter.tenant_id,
        matter=matter,
        actor_id=b,
        acting_for_id=desk.office.people["clerk"].id,
        kind="code.reissued",
        clause="p2.post-substitution.3.d",
        at=due - HOUR / 2,
    )
    assert not queries.late_without_cover(matter, due + HOUR)  # somebody was there and acted
    assert queries.stood_in(matter, due + HOUR, b)
    act.delete()
    assert queries.stood_in(matter, due + HOUR, b)  # being in charge when it ran out is enough
    assert not queries.stood_in(matter, due + HOUR, desk.office.people["head"].id)
    desk.office.absent("second_clerk", starts_at=due - HOUR, hours=3)
    assert not queries.late_without_cover(matter, due - HOUR / 2)
    assert queries.late_without_cover(matter, due + HOUR)


def test_returns_count_between_a_and_b_only(desk: Desk) -> None:
    office = desk.office
    number = desk.accepted()
    matter = queries.get(seen_by(desk, "clerk"), number)
    clerk, second, head = (office.people[key].id for key in ("clerk", "second_clerk", "head"))
    assert queries.returns_so_far(matter, clerk, second, desk.at) == 0
    desk.do("offer_handover", number, to=second)
    desk.do("accept_handover", number)
    assert queries.returns_so_far(matter, second, clerk, desk.at) == 0
    desk.do("offer_handover", number, who="second_clerk", to=clerk)
    desk.do("accept_handover", number, who="clerk")
    assert queries.returns_so_far(matter, clerk, second, desk.at) == 1
    assert queries.returns_so_far(matter, clerk, head, desk.at) == 0
    assert queries.was_given(matter, clerk, second)
    assert not queries.was_given(matter, clerk, head)


def rows(desk: Desk, who: str) -> set[str]:
    return {one.number for one in queries.matters(seen_by(desk, who), desk.at).rows}


def test_the_sheets_to_write_cost_no_more_for_more_absences(desk: Desk) -> None:
    office = desk.office
    later = desk.at + timedelta(days=20)
    asker = office.asker("clerk", later)

    def away(places: range) -> int:
        for place in places:
            office.absent("second_clerk", starts_at=desk.at + place * 3 * HOUR, hours=2)
            office.absent("receptionist", starts_at=desk.at + place * 3 * HOUR, hours=2)
        with CaptureQueriesContext(connection) as caught:
            found = queries.tasks_of(asker, later)
        # The clerk stands in for the second clerk at MZ02 and at reception.
        assert {one.position.code for one in found} == {"MZ02", "ZH01"}
        assert {one.absence.person_id for one in found} == {desk.id("second_clerk"), desk.id("receptionist")}
        return len(caught)

    first = away(range(1))
    assert away(range(1, 6)) == first
    assert len(queries.tasks_of(asker, later)) == 12
    sheet = queries.tasks_of(asker, later)[0]
    Briefing.objects.create(
        tenant=office.tenant,
        absence=sheet.absence,
        position=sheet.position,
        back=True,
        writer=office.people["clerk"],
        reader=sheet.reader,
        written_at=later,
    )
    assert len(queries.tasks_of(asker, later)) == 11, "what is written is not to be written"
