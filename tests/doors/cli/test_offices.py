from __future__ import annotations

import pytest

from huiyin.doors.cli import offices
from huiyin.organisation.models import Account, Role, Tenant
from tests.doors.cli.conftest import Run

pytestmark = pytest.mark.django_db

INIT = ("init", "--rulebook", "township", "--json", "--name")


def test_init_makes_an_empty_office_and_its_first_administrator(cli: Run) -> None:
    said = cli(*INIT, "青石镇人民政府", "--phone", "0500-5551234", "--administrator", "何管理")
    assert said.code == 0
    assert said.json["office"] == {
        "slug": "office-1",
        "name": "青石镇人民政府",
        "rulebook": "township",
        "receipt_prefix": "HYA",
    }
    admin = said.json["administrator"]
    account = Account.objects.get(login=admin["login"])
    assert account.check_password(admin["password"])
    assert account.must_change_password
    assert account.person is not None
    assert account.person.name == "何管理"
    held = set(Role.objects.filter(person=account.person).values_list("role", flat=True))
    assert held == set(admin["roles"]) == {"administrator", "efficiency_office"}


def test_the_one_time_password_is_told_once_to_people(cli: Run) -> None:
    said = cli("init", "--rulebook", "township", "--name", "青石镇")
    account = Account.objects.get()
    password = next(line.rpartition("：")[2] for line in said.out.splitlines() if "一次性口令" in line)
    assert account.check_password(password)
    assert account.login in said.out
    assert "效能办" in said.out


def test_slugs_and_prefixes_are_derived_and_never_shared(cli: Run) -> None:
    made = [
        cli(*INIT, name).json["office"]
        for name in ("青石镇", "白沙镇", "Green Stone Town", "Green Hill Town")
    ]
    assert [one["slug"] for one in made] == ["office-1", "office-2", "green-stone-town", "green-hill-town"]
    assert [one["receipt_prefix"] for one in made] == ["HYA", "HYB", "GR", "GRE"]
    assert [one["slug"] for one in cli("office", "list", "--json").json["offices"]] == [
        "green-hill-town",
        "green-stone-town",
        "office-1",
        "office-2",
    ]


def test_a_second_office_of_the_same_slug_is_refused_with_a_remedy(cli: Run) -> None:
    cli(*INIT, "青石镇", "--slug", "qingshi")
    said = cli("init", "--rulebook", "township", "--name", "另一个", "--slug", "qingshi")
    assert said.code == 1
    assert "qingshi" in said.err
    assert "--slug" in said.err
    assert Tenant.objects.count() == 1


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--rulebook", "moon", "--name", "青石镇"), "township"),
        (("--rulebook", "township", "--name", "青石镇", "--prefix", "q"), "2至4个大写字母"),
        (("--rulebook", "township", "--name", "青石镇", "--slug", "Q!"), "单位简码"),
        (("--rulebook", "township", "--name", " "), "name"),
        (("--rulebook", "township", "--name", "青石镇", "--phone", "12"), "phone"),
    ],
)
def test_what_cannot_be_an_office_leaves_nothing(cli: Run, words: tuple[str, ...], told: str) -> None:
    said = cli("init", *words)
    assert said.code == 1
    assert told in said.err
    assert not Tenant.objects.exists()
    assert not Account.objects.exists()


def test_an_office_list_without_offices(cli: Run) -> None:
    assert "还没有任何单位" in cli("office", "list").out


def test_prefixes_run_on_when_the_alphabet_ends() -> None:
    taken = {f"HY{chr(letter)}" for letter in range(ord("A"), ord("Z") + 1)}
    assert offices.prefix_from("office-27", taken) == "HYAA"
    assert offices.prefix_from("x-1", set()) == "HYA"
    assert offices.slug_from("123", set()) == "office-1"


def test_the_same_name_is_not_made_into_a_second_office_by_accident(cli: Run) -> None:
    cli(*INIT, "青石镇")
    again = cli(*INIT, "青石镇")
    assert again.code == 1
    assert again.json["error"]["code"] == "office_exists"
    assert "--another" in again.json["error"]["remedy"]
    assert Tenant.objects.count() == 1
    # The controls: asked for by name of the option, or by a slug of its own.
    assert cli(*INIT, "青石镇", "--another").code == 0
    assert cli(*INIT, "青石镇", "--slug", "qingshi").code == 0
    assert Tenant.objects.count() == 3


def test_what_is_said_of_an_office_can_be_changed(cli: Run) -> None:
    cli(*INIT, "青石镇", "--phone", "0500-5551234")
    said = cli("office", "edit", "--name-en", "Qingshi Town", "--address", "人民路1号", "--json")
    assert said.code == 0
    assert said.json["office"]["name_en"] == "Qingshi Town"
    tenant = Tenant.objects.get()
    assert (tenant.address, tenant.phone) == ("人民路1号", "0500-5551234")
    assert cli("office", "edit", "--phone", "").code == 0
    assert Tenant.objects.get().phone == ""


def test_a_change_that_cannot_be_is_refused_by_field(cli: Run) -> None:
    cli(*INIT, "青石镇")
    said = cli("office", "edit", "--complaint-phone", "打过来", "--json")
    assert said.code == 1
    assert "complaint_phone" in said.json["error"]["fields"]
    assert cli("office", "edit").code == 2
    assert "--phone" in cli("office", "edit").err
