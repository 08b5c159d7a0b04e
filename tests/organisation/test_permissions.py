"""Yes or no, and why, for every rank."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from huiyin.organisation import permissions
from huiyin.organisation.actions import OPERATOR, create_account, leave
from huiyin.organisation.permissions import MANAGE
from tests.factories import AT, Office

pytestmark = pytest.mark.django_db


def test_only_administrators_manage_people(office: Office) -> None:
    allowed = {key for key in office.people if permissions.may_manage_people(office.asker(key))}
    assert allowed == {"administrator"}
    assert permissions.may_manage_people(OPERATOR)
    assert "系统管理员" in permissions.may_manage_people(office.asker("main_leader")).reason


def test_a_program_needs_the_right_and_still_issues_no_tokens_or_roles(office: Office) -> None:
    desk = office.asker("administrator")
    program = replace(desk, rights=frozenset({MANAGE}), via="api")
    assert not permissions.may_manage_people(replace(desk, rights=frozenset({"matters.read"})))
    assert permissions.may_manage_people(program)
    assert not permissions.may_issue_tokens(program)
    assert not permissions.may_change_roles(program, office.people["clerk"].id)
    assert permissions.may_issue_tokens(desk)
    assert permissions.may_change_roles(desk, office.people["clerk"].id)


def test_nobody_changes_their_own_roles_or_resets_their_own_password(office: Office) -> None:
    asker = office.asker("administrator")
    assert not permissions.may_change_roles(asker, asker.person_id)
    assert not permissions.may_reset_password(asker, asker.person_id)
    assert permissions.may_reset_password(asker, office.people["clerk"].id)


@pytest.mark.parametrize(
    ("by", "whom", "allowed"),
    [
        ("clerk", "clerk", True),
        ("clerk", "second_clerk", False),
        ("head", "clerk", True),
        ("office_head", "clerk", False),
        ("head", "head", True),
        ("leader_in_charge", "head", True),
        ("leader_in_charge", "clerk", False),
        ("clerk", "head", False),
        ("efficiency_office", "clerk", False),
        ("administrator", "main_leader", True),
    ],
)
def test_who_records_whose_absence(office: Office, by: str, whom: str, allowed: bool) -> None:
    verdict = permissions.may_record_absence(office.asker(by), office.people[whom].id)
    assert verdict.allowed is allowed
    assert bool(verdict.reason) is not allowed


@pytest.mark.parametrize("by", ["head", "administrator"])
def test_nobody_sends_a_colleague_away_to_decide_in_their_name(office: Office, by: str) -> None:
    clerk = office.people["clerk"]
    assert permissions.may_record_absence(office.asker(by), clerk.id)
    office.small_post("clerk", by)
    assert not permissions.may_record_absence(office.asker(by), clerk.id)
    assert permissions.may_record_absence(office.asker("clerk"), clerk.id)


def test_a_head_of_another_office_records_nothing_here(office: Office, other: Office) -> None:
    assert not permissions.may_record_absence(other.asker("head"), office.people["clerk"].id)


def test_the_last_administrator_stays(office: Office) -> None:
    last = office.people["administrator"].id
    assert not permissions.may_lose_administrator(office.tenant.id, last)
    assert permissions.may_lose_administrator(office.tenant.id, office.people["clerk"].id)


def test_signing_in_needs_an_active_account_and_a_password_in_its_time(office: Office) -> None:
    account, _ = create_account(office.people["clerk"], by=OPERATOR, at=AT)
    assert permissions.may_sign_in(account, AT)
    assert "过期" in permissions.may_sign_in(account, AT + timedelta(minutes=30)).reason
    leave(office.people["clerk"], by=OPERATOR, at=AT)
    account.refresh_from_db()
    assert "停用" in permissions.may_sign_in(account, AT).reason
