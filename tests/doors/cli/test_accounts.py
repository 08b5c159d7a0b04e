from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from huiyin.organisation.models import Account, Person
from tests.doors.cli.conftest import Run
from tests.factories import Office, make_office

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def office() -> Office:
    return make_office("qingshi")


def test_everybody_without_an_account_gets_one_with_a_password_of_their_own(cli: Run) -> None:
    waiting = set(Person.objects.filter(account__isnull=True, active=True).values_list("staff_no", flat=True))
    assert waiting
    said = cli("account", "open", "--all", "--days", "3", "--json")
    assert said.code == 0
    opened = said.json["accounts"]
    assert {one["staff_no"] for one in opened} == waiting
    assert len({one["password"] for one in opened}) == len(waiting)
    for one in opened[:2]:
        made = Account.objects.get(login=one["login"])
        assert made.check_password(one["password"])
        assert made.must_change_password
        assert made.password_until is not None
        assert timedelta(days=2) < made.password_until - datetime.now(UTC) <= timedelta(days=3)
    again = cli("account", "open", "--all")
    assert again.code == 0
    assert "都已有账号" in again.out


def test_people_are_told_the_password_this_once(cli: Run) -> None:
    said = cli("account", "open", "1005")
    assert said.code == 0
    account = Account.objects.get(login="1005@qingshi")
    line = next(line for line in said.out.splitlines() if account.login in line)
    assert account.check_password(line.split()[1])
    assert "只显示这一次" in said.out


def test_all_are_opened_or_none(cli: Run) -> None:
    before = Account.objects.count()
    unknown = cli("account", "open", "1005", "9998", "9999", "--json")
    assert unknown.code == 1
    assert "9998、9999" in unknown.json["error"]["message"]
    cli("account", "open", "1005")
    taken = cli("account", "open", "1006", "1005")
    assert taken.code == 1
    assert "已有账号" in taken.err
    assert Account.objects.count() == before + 1


def test_numbers_and_all_are_not_given_together_and_not_left_out(cli: Run) -> None:
    assert cli("account", "open").code == 2
    assert "--all" in cli("account", "open", "1005", "--all").err
