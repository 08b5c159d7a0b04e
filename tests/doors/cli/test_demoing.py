from __future__ import annotations

import pytest

from huiyin.doors.cli.demo import roles
from huiyin.matters.models import Matter
from huiyin.organisation.models import Account
from tests.doors.cli.conftest import Run

pytestmark = pytest.mark.django_db


def test_the_demo_is_loaded_once_and_says_how_to_sign_in(cli: Run) -> None:
    said = cli("demo", "--matters", "70", "--json")
    assert said.code == 0
    assert said.json["matters"] == Matter.objects.count() == 70
    for one in said.json["sign_in"]:
        account = Account.objects.get(login=one["login"])
        assert account.check_password(one["password"])
        assert not account.must_change_password
    assert len(said.json["sign_in"]) == len(roles.ROLES) == Account.objects.count()
    track = said.json["track"]
    assert Matter.objects.get(number=track["number"]).code_hash
    again = cli("demo", "--matters", "70")
    assert again.code == 1
    assert "HUIYIN_HOME" in again.err
    assert Matter.objects.count() == 70
    assert cli("verify").code == 0


def test_people_are_told_the_same(cli: Run) -> None:
    said = cli("demo", "--matters", "5")
    assert said.code == 0
    for role in roles.ROLES:
        assert f"{role.staff_no}@{roles.SLUG}" in said.out
    assert roles.PASSWORD in said.out
