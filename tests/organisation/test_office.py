"""Setting an office up, and who may."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from huiyin.ledger.models import LedgerEvent
from huiyin.organisation import actions
from huiyin.organisation.models import Appointment, Person, Tenant
from huiyin.rules.errors import Forbidden, Invalid, NotFound
from tests.factories import AT, PASSWORD, SINCE, Office, make_office, row_counts

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("slug", "Zhao"),
        ("slug", "1a"),
        ("receipt_prefix", "Z"),
        ("receipt_prefix", "zg"),
        ("phone", "x"),
        ("rulebook", ""),
        ("name", " "),
    ],
)
def test_an_office_is_not_opened_with(field: str, value: str) -> None:
    right = {"slug": "zg", "name": "镇政府", "rulebook": "township", "receipt_prefix": "ZG"}
    before = row_counts()
    with pytest.raises(Invalid) as caught:
        actions.open_office(**(right | {field: value}), at=AT)
    assert set(caught.value.fields) == {field}
    assert row_counts() == before


def test_an_address_is_taken_once(office: Office) -> None:
    with pytest.raises(Invalid, match="已被使用"):
        actions.open_office(slug="zhaogong", name="另一", rulebook="township", receipt_prefix="ZG", at=AT)


def by_whom(office: Office, key: str) -> list[Callable[[], object]]:
    by = office.asker(key)
    clerk, post = office.people["clerk"], office.positions["MZ01"]
    return [
        lambda: actions.add_unit(office.tenant, code="N", name="新", by=by, at=AT),
        lambda: actions.set_overseer(office.units["MZ"], None, by=by, at=AT),
        lambda: actions.add_position(office.units["MZ"], code="N", title="新", rank="clerk", by=by, at=AT),
        lambda: actions.hire(office.tenant, staff_no="N", name="新人", by=by, at=AT),
        lambda: actions.appoint(post, office.people["head"], "B", since=date(2026, 1, 5), by=by, at=AT),
        lambda: actions.end_appointment(
            post.appointments.get(part="A"), until=date(2026, 2, 1), by=by, at=AT
        ),
        lambda: actions.create_account(clerk, by=by, at=AT),
        lambda: actions.grant_role(clerk, "office_clerk", by=by, at=AT),
        lambda: actions.revoke_role(clerk, "office_clerk", by=by, at=AT),
        lambda: actions.issue_token(clerk, name="x", rights=["x"], expires_at=AT + HOUR, by=by, at=AT),
        lambda: actions.leave(office.people["second_clerk"], by=by, at=AT),
    ]


def test_every_verb_is_for_administrators(office: Office) -> None:
    for call in by_whom(office, "main_leader"):
        with pytest.raises(Forbidden):
            call()
    for call in by_whom(office, "administrator"):
        call()


def test_another_offices_administrator_finds_nothing(office: Office, other: Office) -> None:
    by = other.asker("administrator")
    clerk, post = office.people["clerk"], office.positions["MZ01"]
    account, _ = office.account("clerk")
    before = LedgerEvent.objects.count()
    calls: list[Callable[[], object]] = [
        lambda: actions.add_unit(office.tenant, code="N", name="新", by=by, at=AT),
        lambda: actions.add_unit(other.tenant, code="N", name="新", parent=office.units["MZ"], by=by, at=AT),
        lambda: actions.appoint(other.positions["MZ01"], clerk, "A", since=SINCE, by=by, at=AT),
        lambda: actions.appoint(post, other.people["clerk"], "A", since=SINCE, by=by, at=AT),
        lambda: actions.leave(clerk, by=by, at=AT),
        lambda: actions.create_account(clerk, by=by, at=AT),
        lambda: actions.reset_password(account, by=by, at=AT),
        lambda: actions.set_account_active(account, active=False, by=by, at=AT),
        lambda: actions.set_password(account, "another-long-pass", old=PASSWORD, by=by, at=AT),
        lambda: actions.grant_role(clerk, "administrator", by=by, at=AT),
        lambda: actions.issue_token(clerk, name="x", rights=["x"], expires_at=AT + HOUR, by=by, at=AT),
        lambda: actions.record_absence(clerk, starts_at=AT, ends_at=AT + HOUR, kind="leave", by=by, at=AT),
    ]
    for call in calls:
        with pytest.raises(NotFound):
            call()
    assert LedgerEvent.objects.count() == before


def test_what_is_said_of_an_office_is_changed_by_its_administrators_alone(office: Office) -> None:
    actions.describe_office(office.tenant, address=" 人民路1号 ", by=office.asker("administrator"), at=AT)
    kept = Tenant.objects.get(id=office.tenant.id)
    assert (kept.address, kept.phone) == ("人民路1号", office.tenant.phone)
    (event,) = LedgerEvent.objects.filter(kind="office_described")
    assert event.body == '{"fields":"address"}'
    with pytest.raises(Forbidden):
        actions.describe_office(office.tenant, address="别处", by=office.asker("clerk"), at=AT)
    with pytest.raises(Invalid) as caught:
        actions.describe_office(office.tenant, name="", address="长" * 201, by=actions.OPERATOR, at=AT)
    assert set(caught.value.fields) == {"name", "address"}


def test_nobody_leaves_a_post_without_a_reason_where_the_rulebook_wants_one() -> None:
    office = make_office("zhihui", rulebook="headquarters")
    clerk, by = office.people["clerk"], actions.OPERATOR
    with pytest.raises(Invalid) as refusal:
        actions.leave(clerk, by=by, at=office.at)
    assert refusal.value.clause == "p2.post-substitution.6"
    assert Person.objects.get(id=clerk.id).active
    actions.leave(clerk, by=by, at=office.at, reason="退休")
    held = Appointment.objects.filter(person=clerk)
    assert {row.reason for row in held} == {"退休"}
