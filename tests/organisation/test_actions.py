"""The verbs: who may, what they refuse, and that each leaves its event."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.contrib.auth.hashers import check_password

from huiyin.ledger.models import LedgerEvent
from huiyin.ledger.queries import verify
from huiyin.organisation import actions, queries
from huiyin.organisation.actions import OPERATOR
from huiyin.organisation.models import Account, Appointment, Integration, Role, Tenant
from huiyin.rules.errors import Forbidden, HuiyinError, Invalid, NotFound, Unlawful
from tests.factories import AT, PASSWORD, SINCE, Office, make_office

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def office() -> Office:
    return make_office("zhaogong")


def kinds(subject: UUID) -> list[str]:
    return list(LedgerEvent.objects.filter(subject_id=subject).order_by("seq").values_list("kind", flat=True))


def test_a_whole_office_leaves_a_ledger_that_verifies_and_names_nobody(office: Office) -> None:
    assert verify().ok
    bodies = "".join(LedgerEvent.objects.values_list("body", flat=True))
    assert office.canary not in bodies
    assert kinds(office.tenant.id) == ["office_opened"]
    assert kinds(office.positions["MZ01"].id) == ["position_added", "appointed", "appointed"]
    assert kinds(office.people["administrator"].id) == ["person_hired", "role_granted"]


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
    with pytest.raises(Invalid) as caught:
        actions.open_office(**(right | {field: value}), at=AT)
    assert set(caught.value.fields) == {field}
    assert not Tenant.objects.exists()


def test_an_address_is_taken_once(office: Office) -> None:
    with pytest.raises(Invalid, match="已被使用"):
        actions.open_office(slug="zhaogong", name="另一", rulebook="township", receipt_prefix="ZG", at=AT)


def test_codes_are_taken_once_per_office(office: Office) -> None:
    for call in (
        lambda: actions.add_unit(office.tenant, code="MZ", name="又", by=OPERATOR, at=AT),
        lambda: actions.add_position(
            office.units["MZ"], code="MZ01", title="又", rank="clerk", by=OPERATOR, at=AT
        ),
        lambda: actions.hire(office.tenant, staff_no="1001", name="又", by=OPERATOR, at=AT),
    ):
        with pytest.raises(Invalid, match="已被使用"):
            call()
    make_office("other")  # the same codes there are fine


def test_what_is_entered_is_checked(office: Office) -> None:
    with pytest.raises(Invalid) as caught:
        actions.hire(
            office.tenant, staff_no="一", name="张3", email="x", office_phone="?", by=OPERATOR, at=AT
        )
    assert set(caught.value.fields) == {"staff_no", "name", "email", "office_phone"}
    with pytest.raises(Invalid) as caught:
        actions.add_position(office.units["MZ"], code="", title="", rank="emperor", by=OPERATOR, at=AT)
    assert set(caught.value.fields) == {"code", "title", "rank"}


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


def test_another_offices_administrator_finds_nothing(office: Office) -> None:
    other = make_office("other")
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


# --- appointments ---


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


def test_nobody_is_their_own_stand_in(office: Office) -> None:
    with pytest.raises(Unlawful) as caught:
        actions.appoint(
            office.positions["MZ01"], office.people["clerk"], "B", since=AT.date(), by=OPERATOR, at=AT
        )
    assert caught.value.clause == "p2.post-substitution.2.a"


def test_somebody_who_left_is_not_appointed_and_leaves_every_post(office: Office) -> None:
    gone = actions.leave(office.people["clerk"], by=OPERATOR, at=AT)
    assert queries.on_duty(office.positions["MZ01"].id, AT) == office.people["second_clerk"]
    with pytest.raises(Invalid):
        actions.appoint(office.positions["MZ01"], gone, "A", since=AT.date(), by=OPERATOR, at=AT)


# --- absence ---


def test_absence_is_refused_when_it_overlaps_or_ends_before_it_starts(office: Office) -> None:
    office.absent("clerk")
    clerk, by = office.people["clerk"], office.asker("clerk")
    with pytest.raises(Unlawful, match="已登记过离岗"):
        actions.record_absence(clerk, starts_at=AT, ends_at=AT + HOUR, kind="leave", by=by, at=AT)
    with pytest.raises(Invalid) as caught:
        actions.record_absence(clerk, starts_at=AT, ends_at=AT, kind="ill", by=by, at=AT)
    assert set(caught.value.fields) == {"ends_at", "kind"}
    with pytest.raises(Forbidden):
        actions.record_absence(
            office.people["head"], starts_at=AT, ends_at=AT + HOUR, kind="leave", by=by, at=AT
        )


def test_absence_ends_once(office: Office) -> None:
    absence = office.absent("clerk")
    with pytest.raises(Forbidden):
        actions.cancel_absence(absence, by=office.asker("second_clerk"), at=AT)
    actions.cancel_absence(absence, by=office.asker("clerk"), at=AT)
    with pytest.raises(Unlawful, match="已经结束"):
        actions.cancel_absence(absence, by=office.asker("clerk"), at=AT)
    assert kinds(office.people["clerk"].id)[-2:] == ["absence_recorded", "absence_cancelled"]


# --- accounts ---


def test_the_first_administrator_is_made_once() -> None:
    tenant = actions.open_office(slug="new", name="新局", rulebook="township", receipt_prefix="XJ", at=AT)
    account, password = actions.first_administrator(tenant, staff_no="A1", name="朱元", at=AT)
    assert (account.login, account.must_change_password) == ("a1@new", True)
    assert check_password(password, account.password)
    assert queries.asker_for_account(account, AT).roles == {"administrator"}
    with pytest.raises(Unlawful, match="已有系统管理员"):
        actions.first_administrator(tenant, staff_no="A2", name="朱二", at=AT)
    assert Account.objects.count() == 1


def test_a_temporary_password_is_random_and_runs_out(office: Office) -> None:
    account, first = actions.create_account(office.people["clerk"], by=office.asker("administrator"), at=AT)
    assert account.password_until == AT + timedelta(minutes=30)
    again, second = actions.reset_password(account, by=office.asker("administrator"), at=AT)
    assert len({first, second, actions.temporary_password()}) == 3
    assert not check_password(first, again.password)
    assert check_password(second, again.password)
    with pytest.raises(Unlawful, match="已有账号"):
        actions.create_account(office.people["clerk"], by=OPERATOR, at=AT)


def test_an_administrator_never_chooses_somebody_elses_password(office: Office) -> None:
    with pytest.raises(Forbidden):
        actions.create_account(
            office.people["clerk"], "chosen-by-another-1", by=office.asker("administrator"), at=AT
        )


def test_changing_the_password_needs_the_old_one(office: Office) -> None:
    account, old = office.account("clerk")
    by = office.asker("clerk")
    with pytest.raises(Forbidden, match="原密码不对"):
        actions.set_password(account, "brand-new-and-long", old="wrong", by=by, at=AT)
    with pytest.raises(Forbidden, match="自己的密码"):
        actions.set_password(account, "brand-new-and-long", old=old, by=office.asker("administrator"), at=AT)
    with pytest.raises(Invalid, match="不能与原密码相同"):
        actions.set_password(account, old, old=old, by=by, at=AT)
    changed = actions.set_password(account, "brand-new-and-long", old=old, by=by, at=AT)
    assert (changed.must_change_password, changed.password_until) == (False, None)
    assert kinds(office.people["clerk"].id)[-1] == "password_changed"


@pytest.mark.parametrize(
    "weak",
    ["short", "1" * 20, "123456789012", "aaaabbbbcccc", "1005@zhaogong", "zhaogong-zhen-2026", "x" * 300],
)
def test_weak_passwords_are_refused(office: Office, weak: str) -> None:
    with pytest.raises(Invalid) as caught:
        actions.create_account(office.people["clerk"], weak, by=OPERATOR, at=AT)
    assert set(caught.value.fields) == {"password"}
    assert not Account.objects.exists()


def test_a_password_of_64_characters_and_chinese_is_fine(office: Office) -> None:
    account, _ = actions.create_account(
        office.people["clerk"], "春眠不觉晓处处闻啼鸟夜来" + "x" * 52, by=OPERATOR, at=AT
    )
    assert not account.must_change_password


def test_signing_in_finds_the_account_in_any_case(office: Office) -> None:
    account, _ = office.account("clerk")
    assert Account.objects.get_by_natural_key("1005@ZHAOGONG") == account
    actions.seen(account, AT)
    account.refresh_from_db()
    assert account.last_seen == AT


# --- roles ---


def test_roles_are_given_once_and_never_to_oneself(office: Office) -> None:
    by = office.asker("administrator")
    clerk = office.people["clerk"]
    for _ in range(2):
        actions.grant_role(clerk, "administrator", by=by, at=AT)
    assert kinds(clerk.id).count("role_granted") == 1
    with pytest.raises(Forbidden, match="自己的角色"):
        actions.grant_role(office.people["administrator"], "efficiency_office", by=by, at=AT)
    with pytest.raises(Invalid):
        actions.grant_role(clerk, "emperor", by=by, at=AT)


def test_the_last_administrator_keeps_role_account_and_post(office: Office) -> None:
    last = office.people["administrator"]
    account, _ = office.account("administrator")
    calls: list[Callable[[], object]] = [
        lambda: actions.revoke_role(last, "administrator", by=OPERATOR, at=AT),
        lambda: actions.leave(last, by=OPERATOR, at=AT),
        lambda: actions.set_account_active(account, active=False, by=OPERATOR, at=AT),
    ]
    for call in calls:
        with pytest.raises(Unlawful, match="最后一位系统管理员"):
            call()
    actions.grant_role(office.people["clerk"], "administrator", by=OPERATOR, at=AT)
    actions.revoke_role(last, "administrator", by=office.asker("clerk"), at=AT)
    assert not Role.objects.filter(person=last).exists()


# --- tokens ---


def test_a_token_is_shown_once_and_stops_at_once(office: Office) -> None:
    by = office.asker("administrator")
    integration, token = actions.issue_token(
        office.people["clerk"], name="叫号机", rights=["b", "a", "a"], expires_at=AT + HOUR, by=by, at=AT
    )
    assert integration.rights == ["a", "b"]
    assert token not in repr(list(Integration.objects.values()))
    assert queries.asker_for_token(token, AT) is not None
    actions.revoke_token(integration, by=by, at=AT)
    assert queries.asker_for_token(token, AT) is None
    with pytest.raises(Unlawful):
        actions.revoke_token(integration, by=by, at=AT)
    assert kinds(integration.id) == ["token_issued", "token_revoked"]


def test_a_token_needs_rights_and_an_end(office: Office) -> None:
    with pytest.raises(HuiyinError) as caught:
        actions.issue_token(
            office.people["clerk"],
            name="",
            rights=["A B"],
            expires_at=AT + timedelta(days=400),
            by=OPERATOR,
            at=AT,
        )
    assert isinstance(caught.value, Invalid)
    assert set(caught.value.fields) == {"rights", "expires_at", "name"}
