"""Since when the public is shown who holds a position."""

from __future__ import annotations

from datetime import timedelta

import pytest

from huiyin.organisation import actions
from huiyin.organisation.models import Position, Tenant
from huiyin.reports.pairs_shown import pairs_of
from tests.factories import AT, Office, make_office

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return make_office()


def test_it_is_the_later_of_holding_and_entering(office: Office) -> None:
    post = office.positions["MZ01"]
    assert pairs_of(office.tenant, [post], AT)[post.id].shown_on == AT.date()
    ahead = AT.date() + timedelta(days=10)
    actions.appoint(post, office.people["receptionist"], "B", since=ahead, by=actions.OPERATOR, at=AT)
    now = pairs_of(office.tenant, [post], AT)[post.id]
    then = pairs_of(office.tenant, [post], AT + timedelta(days=10))[post.id]
    assert now.holder("B") == office.people["second_clerk"].name
    assert then.holder("B") == office.people["receptionist"].name
    assert then.shown_on == ahead


def test_what_is_not_shown_has_no_day(office: Office) -> None:
    post = office.positions["MZ01"]
    Position.objects.filter(id=post.id).update(secret=True, secret_reason="涉密")
    post.refresh_from_db()
    assert pairs_of(office.tenant, [post], AT)[post.id].shown_on is None
    open_post = office.positions["MZ02"]
    Tenant.objects.filter(id=office.tenant.id).update(rulebook="company")
    office.tenant.refresh_from_db()
    assert pairs_of(office.tenant, [open_post], AT)[open_post.id].shown_on is None


def test_a_position_that_nobody_holds_has_no_pair(office: Office) -> None:
    bare = Position.objects.create(
        tenant=office.tenant, unit=office.units["MZ"], code="N1", title="岗", rank="clerk"
    )
    pair = pairs_of(office.tenant, [bare], AT)[bare.id]
    assert (pair.holder("A"), pair.shown_on, pair.changed_at, pair.reason) == ("", None, None, "")
