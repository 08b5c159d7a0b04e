"""One holder for each part of each position."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from huiyin.ledger.models import LedgerEvent
from huiyin.organisation import actions, queries
from huiyin.organisation.actions import OPERATOR
from huiyin.organisation.models import Appointment, Position, Tenant
from huiyin.rules.errors import Forbidden, Invalid, Unlawful
from tests.factories import AT, SINCE, Office

pytestmark = pytest.mark.django_db


def test_appointing_ends_the_one_before_on_the_same_day(office: Office) -> None:
    post, day = office.positions["MZ01"], date(2026, 3, 1)
    actions.appoint(post, office.people["head"], "A", since=day, by=OPERATOR, at=AT)
    before, after = post.appointments.filter(part="A").order_by("since")
    assert (before.until, after.since, after.until) == (day, day, None)
    assert queries.on_duty(post.id, AT) == office.people["clerk"]
    assert queries.on_duty(post.id, AT + timedelta(days=60)) == office.people["head"]


def test_appointing_the_same_again_changes_nothing(office: Office) -> None:
    before = Appointment.objects.count(), LedgerEvent.objects.count()
    actions.appoint(
        office.positions["MZ01"], office.people["clerk"], "A", since=AT.date(), by=OPERATOR, at=AT
    )
    assert (Appointment.objects.count(), LedgerEvent.objects.count()) == before


def test_an_earlier_appointment_replaces_one_still_to_come(office: Office) -> None:
    post = office.positions["MZ01"]
    actions.appoint(post, office.people["head"], "A", since=date(2026, 6, 1), by=OPERATOR, at=AT)
    actions.appoint(post, office.people["office_head"], "A", since=date(2026, 3, 1), by=OPERATOR, at=AT)
    assert queries.on_duty(post.id, AT + timedelta(days=300)) == office.people["office_head"]


@pytest.mark.parametrize(
    ("rulebook", "clause"), [("headquarters", "p2.post-substitution.2.a"), ("township", "")]
)
def test_nobody_is_their_own_stand_in(office: Office, rulebook: str, clause: str) -> None:
    """Wherever it is; only an office whose rulebook says so is told by which clause."""
    Tenant.objects.filter(id=office.tenant.id).update(rulebook=rulebook)
    post = Position.objects.get(code="MZ01", tenant=office.tenant)
    with pytest.raises(Unlawful) as caught:
        actions.appoint(post, office.people["clerk"], "B", since=AT.date(), by=OPERATOR, at=AT)
    assert caught.value.clause == clause


def test_somebody_who_left_is_not_appointed_and_leaves_every_post(office: Office) -> None:
    gone = actions.leave(office.people["clerk"], by=OPERATOR, at=AT)
    assert queries.on_duty(office.positions["MZ01"].id, AT) == office.people["second_clerk"]
    with pytest.raises(Invalid):
        actions.appoint(office.positions["MZ01"], gone, "A", since=AT.date(), by=OPERATOR, at=AT)


def test_nobody_changes_their_own_posts(office: Office) -> None:
    by, me = office.asker("administrator"), office.people["administrator"]
    post = actions.add_position(office.units["LD"], code="LD08", title="岗", rank="main_leader", by=by, at=AT)
    with pytest.raises(Forbidden):
        actions.appoint(post, me, "A", since=SINCE, by=by, at=AT)
    own = Appointment.objects.get(person=me)
    with pytest.raises(Forbidden):
        actions.end_appointment(own, until=AT.date(), by=by, at=AT)
    with pytest.raises(Forbidden):
        actions.set_overseer(office.units["MZ"], own.position, by=by, at=AT)
    assert "main_leader" not in office.asker("administrator").ranks
    # Negative control: somebody else's.
    actions.appoint(post, office.people["clerk"], "A", since=SINCE, by=by, at=AT)
    actions.set_overseer(office.units["ZH"], office.positions["LD02"], by=by, at=AT)
