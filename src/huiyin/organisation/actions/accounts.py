"""Signing in: accounts, passwords, roles."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db.models import Q

from huiyin.organisation.actions.entry import alone_in, gate
from huiyin.organisation.actions.office import hire
from huiyin.organisation.actions.record import note
from huiyin.organisation.models import Account, Person, Role, Tenant
from huiyin.organisation.permissions import (
    OPERATOR,
    By,
    Operator,
    may_change_roles,
    may_lose_administrator,
    may_reset_password,
    same_office,
)
from huiyin.organisation.queries import count_administrators, functions
from huiyin.organisation.terms import Duty
from huiyin.rules.errors import Forbidden, Invalid, Unlawful, msg
from huiyin.storage.transactions import write

TEMPORARY = timedelta(minutes=30)
_LONGEST_PASSWORD = 256
_SHORTEST_PASSWORD = 12
_FEWEST_DIFFERENT = 5
# No 0/O, 1/l/I: it is read out and typed.
_LETTERS = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_WEAK = {
    "password_too_short": msg("密码至少12个字符"),
    "password_too_common": msg("这个密码太常见，请换一个"),
    "password_entirely_numeric": msg("密码不能全是数字"),
    "password_too_similar": msg("密码与账号太相似，请换一个"),
}


def first_administrator(
    tenant: Tenant, *, staff_no: str, name: str, at: datetime, valid_for: timedelta = TEMPORARY
) -> tuple[Account, str]:
    """Make the office's first administrator, once; returns the account and its one-time password.

    Raises:
        Unlawful: the office already has an administrator.
        Invalid: a staff number that is taken, or a bad name.
    """
    with write():
        alone_in(tenant.id)
        if count_administrators(tenant.id):
            raise Unlawful(
                msg("本单位已有系统管理员"),
                code="administrator_exists",
                remedy=msg("请由现有系统管理员登录后授予角色。"),
            )
        person = hire(tenant, staff_no=staff_no, name=name, by=OPERATOR, at=at)
        grant_role(person, Duty.ADMINISTRATOR, by=OPERATOR, at=at)
        return create_account(person, by=OPERATOR, at=at, valid_for=valid_for)


def create_account(
    person: Person,
    password: str | None = None,
    *,
    by: By,
    at: datetime,
    valid_for: timedelta = TEMPORARY,
) -> tuple[Account, str]:
    """Let a person sign in as `<staff number>@<office>`; returns the account and its clear password.

    Without `password` a random one is made: it works once, for `valid_for`,
    and must be changed. With one, it is checked like any other and stays; only
    commands on the machine may choose it.

    Raises:
        Unlawful: they already have an account. Invalid: a weak password.
        Forbidden: the asker is no administrator, or chose a password for somebody else.
    """
    gate(by, person.tenant)
    if password is not None:
        _only_operator(by)
    account, clear = _prepared(person, password, at=at, valid_for=valid_for)
    with write():
        _insert(person, account, by=by, at=at)
    return account, clear


def create_accounts(
    people: Iterable[Person],
    *,
    by: By,
    at: datetime,
    valid_for: timedelta = TEMPORARY,
    progress: Callable[[int], None] = lambda _: None,
    shared: str | None = None,
) -> list[tuple[Account, str]]:
    """Let several people sign in, all or none; returns each account with its clear temporary password.

    The passwords are hashed before the transaction: nobody waits for that. With a `shared`
    password, which only commands on the machine may choose, all have that one, hashed once; it
    stays, and is checked like any other. Raises as `create_account` does.
    """
    if shared is not None:
        _only_operator(by)
    hashed = make_password(shared) if shared is not None else None
    prepared = []
    for person in people:
        gate(by, person.tenant)
        prepared.append((person, *_prepared(person, shared, at=at, valid_for=valid_for, hashed=hashed)))
        progress(1)
    with write():
        for person, account, _clear in prepared:
            _insert(person, account, by=by, at=at)
    return [(account, clear) for _person, account, clear in prepared]


def _only_operator(by: By) -> None:
    if not isinstance(by, Operator):
        raise Forbidden(msg("不能替别人设定密码，请发放临时密码"), code="password_of_another")


def _prepared(
    person: Person, password: str | None, *, at: datetime, valid_for: timedelta, hashed: str | None = None
) -> tuple[Account, str]:
    login = f"{person.staff_no}@{person.tenant.slug}".lower()
    account = Account(tenant_id=person.tenant_id, person=person, login=login)
    clear = password if password is not None else temporary_password()
    if password is not None:
        _refuse_weak(password, account, person)
    account.password = hashed or make_password(clear)
    account.must_change_password = password is None
    account.password_until = at + valid_for if password is None else None
    account.password_changed_at = at
    return account, clear


def _insert(person: Person, account: Account, *, by: By, at: datetime) -> None:
    if Account.objects.filter(Q(login=account.login) | Q(person=person)).exists():
        raise Unlawful(msg("此人已有账号"), code="account_exists")
    account.save(force_insert=True)
    note("account_created", tenant_id=person.tenant_id, subject_id=person.id, by=by, at=at)


def set_password(account: Account, password: str, *, old: str, by: By, at: datetime) -> Account:
    """Change one's own password with the old one in hand; every other session ends.

    Raises:
        Forbidden: it is not one's own account, the old password is wrong, or it is a
            temporary one whose time is over.
        Invalid: the new one is too weak, or is the old one.
    """
    same_office(by, account.tenant_id)
    if not isinstance(by, Operator) and getattr(by, "person_id", None) != account.person_id:
        raise Forbidden(msg("只能修改自己的密码"), code="password_of_another")
    if not check_password(old, account.password):
        raise Forbidden(msg("原密码不对"), code="wrong_password")
    if account.password_until is not None and at >= account.password_until:
        raise Forbidden(msg("临时密码已过期，请联系系统管理员重新发放"), code="password_expired")
    if password == old:
        raise Invalid({"password": msg("新密码不能与原密码相同")}, code="same_password")
    _refuse_weak(password, account, account.person)
    return _store(account, password, "password_changed", by=by, at=at, valid_for=None)


def reset_password(
    account: Account, *, by: By, at: datetime, valid_for: timedelta = TEMPORARY
) -> tuple[Account, str]:
    """Give somebody a new one-time password; returns it. The old one stops at once.

    Raises:
        Forbidden: the asker is no administrator, or it is their own.
    """
    same_office(by, account.tenant_id)
    if account.person is not None:
        may_reset_password(by, account.person.id).require()
    clear = temporary_password()
    return _store(account, clear, "password_reset", by=by, at=at, valid_for=valid_for), clear


def set_account_active(account: Account, *, active: bool, by: By, at: datetime) -> Account:
    """Close or reopen an account.

    Raises:
        Unlawful: it is the account of the last administrator.
    """
    gate(by, account.tenant, account.person)
    with write():
        alone_in(account.tenant_id)
        person = account.person
        if not active and person and Role.objects.filter(person=person, role=Duty.ADMINISTRATOR).exists():
            _keep_an_administrator(person)
        Account.objects.filter(id=account.id).update(is_active=active)
        account.is_active = active
        kind = "account_reopened" if active else "account_closed"
        subject = person.id if person else account.id
        note(kind, tenant_id=account.tenant_id, subject_id=subject, by=by, at=at)
    return account


def use_temporary_password(account: Account, at: datetime) -> None:
    """Use a temporary password up, at the first sign-in with it; others are not touched.

    Raises Forbidden when another sign-in was first.
    """
    if account.password_until is None:
        return
    with write():
        fresh = Account.objects.filter(id=account.id, password_used_at__isnull=True)
        if not fresh.update(password_used_at=at):
            raise Forbidden(msg("临时密码只能用一次，请联系系统管理员重新发放"), code="password_used")


def seen(account: Account, at: datetime) -> None:
    """Remember when somebody last signed in."""
    with write():
        Account.objects.filter(id=account.id).update(last_seen=at)


def grant_role(person: Person, role: str, *, by: By, at: datetime) -> Role:
    """Give a person one of `terms.Duty`; giving it again changes nothing.

    Raises:
        Forbidden: the asker is no administrator, or gives it to themselves.
        Invalid: no such role, one that the office's rulebook does not name, or a person who has left.
    """
    same_office(by, person.tenant_id)
    may_change_roles(by, person.id).require()
    if role not in functions(person.tenant, at) or not person.active:
        raise Invalid({"role": msg("只能授予在职人员已有的角色种类")})
    with write():
        granted, is_new = Role.objects.get_or_create(tenant_id=person.tenant_id, person=person, role=role)
        if is_new:
            body = {"role": str(role)}
            note("role_granted", tenant_id=person.tenant_id, subject_id=person.id, by=by, at=at, body=body)
    return granted


def revoke_role(person: Person, role: str, *, by: By, at: datetime) -> None:
    """Take a role back; taking one that is not held changes nothing.

    Raises:
        Forbidden: the asker is no administrator, or it is their own role.
        Unlawful: it is the last administrator's.
    """
    same_office(by, person.tenant_id)
    may_change_roles(by, person.id).require()
    with write():
        alone_in(person.tenant_id)
        if role == Duty.ADMINISTRATOR:
            _keep_an_administrator(person)
        taken, _ = Role.objects.filter(person=person, role=role).delete()
        if taken:
            body = {"role": str(role)}
            note("role_revoked", tenant_id=person.tenant_id, subject_id=person.id, by=by, at=at, body=body)


def temporary_password() -> str:
    """Return a random password of 16 letters and digits (about 92 bits) in groups of four."""
    letters = [secrets.choice(_LETTERS) for _ in range(16)]
    return "-".join("".join(letters[at : at + 4]) for at in range(0, 16, 4))


def _store(
    account: Account, password: str, kind: str, *, by: By, at: datetime, valid_for: timedelta | None
) -> Account:
    account.password = make_password(password)
    account.must_change_password = valid_for is not None
    account.password_until = at + valid_for if valid_for is not None else None
    account.password_used_at = None
    account.password_changed_at = at
    with write():
        account.save(
            update_fields=[
                "password",
                "must_change_password",
                "password_until",
                "password_used_at",
                "password_changed_at",
            ]
        )
        subject = account.person_id or account.id
        note(kind, tenant_id=account.tenant_id, subject_id=subject, by=by, at=at)
    return account


def _refuse_weak(password: str, account: Account, person: Person | None) -> None:
    """At least 12 characters, not common, not one's own name or number (ASVS 6.2)."""
    fault = ""
    if len(password) < _SHORTEST_PASSWORD:
        fault = _WEAK["password_too_short"]
    elif len(password) > _LONGEST_PASSWORD:
        fault = msg("密码最长256个字符")
    elif len(set(password)) < _FEWEST_DIFFERENT:
        fault = msg("密码中不同的字符太少")
    elif person is not None and (
        person.name in password or account.login.partition("@")[2] in password.lower()
    ):
        fault = _WEAK["password_too_similar"]
    else:
        try:
            validate_password(password, user=account)
        except ValidationError as refusal:
            known = [_WEAK[e.code] for e in refusal.error_list if e.code in _WEAK]
            fault = known[0] if known else msg("密码不够安全，请换一个")
    if fault:
        raise Invalid({"password": fault}, code="weak_password")


def _keep_an_administrator(person: Person) -> None:
    verdict = may_lose_administrator(person.tenant_id, person.id)
    if not verdict:
        raise Unlawful(verdict.reason, code="last_administrator")
