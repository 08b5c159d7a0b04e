"""Passwords, accounts and roles."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.contrib.auth.hashers import check_password
from django.db import transaction

from huiyin.organisation import actions, queries
from huiyin.organisation.actions import OPERATOR, accounts
from huiyin.organisation.models import Account, Role
from huiyin.rules.errors import Forbidden, Invalid, Unlawful
from tests.factories import AT, Office
from tests.organisation.events import kinds

pytestmark = pytest.mark.django_db


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


def test_a_shared_password_is_hashed_once_and_chosen_on_the_machine_only(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = [
        actions.hire(office.tenant, staff_no=f"8{n}", name="新人", by=OPERATOR, at=AT) for n in range(2)
    ]
    hashed: list[str] = []

    def hash_once(clear: str) -> str:
        hashed.append(clear)
        return "hash"

    monkeypatch.setattr(accounts, "make_password", hash_once)
    with pytest.raises(Forbidden):
        actions.create_accounts(people, by=office.asker("clerk"), at=AT, shared="a-long-enough-word")
    with pytest.raises(Invalid):
        actions.create_accounts(people, by=OPERATOR, at=AT, shared="short")
    hashed.clear()
    made = actions.create_accounts(people, by=OPERATOR, at=AT, shared="a-long-enough-word")
    assert hashed == ["a-long-enough-word"]
    assert [(one.password, one.must_change_password, one.password_until) for one, _ in made] == [
        ("hash", False, None)
    ] * 2


def test_several_accounts_are_opened_together_or_not_at_all(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = [
        actions.hire(office.tenant, staff_no=f"9{n}", name="新人", by=OPERATOR, at=AT) for n in range(3)
    ]
    steps: list[int] = []
    locked: list[bool] = []

    @contextmanager
    def holding() -> Iterator[None]:
        locked.append(True)
        with transaction.atomic():
            yield

    def hashed(_: str) -> str:
        assert not locked, "nobody waits for a hash"
        return "hash"

    with monkeypatch.context() as patched:
        patched.setattr(accounts, "make_password", hashed)
        patched.setattr(accounts, "write", holding)
        made = actions.create_accounts(people, by=OPERATOR, at=AT, progress=steps.append)
    assert locked == [True]
    assert {account.password for account, _ in made} == {"hash"}
    assert [account.person for account, _ in made] == people
    assert steps == [1, 1, 1]
    new = actions.hire(office.tenant, staff_no="99", name="新人", by=OPERATOR, at=AT)
    with pytest.raises(Unlawful):
        actions.create_accounts([new, people[0]], by=OPERATOR, at=AT)
    assert not Account.objects.filter(person=new).exists()
