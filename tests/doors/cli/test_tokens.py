from __future__ import annotations

from datetime import UTC, datetime

import pytest

from huiyin.organisation.models import Integration
from huiyin.organisation.queries import asker_for_token
from tests.doors.cli.conftest import Run
from tests.factories import make_office

pytestmark = pytest.mark.django_db

ISSUE = ("token", "issue", "--person", "1005", "--name", "政务平台", "--rights")


@pytest.fixture(autouse=True)
def _office() -> None:
    make_office("qingshi")


def test_a_token_acts_as_the_person_with_the_named_rights(cli: Run) -> None:
    said = cli(*ISSUE, "read, register", "--days", "30", "--json")
    assert said.code == 0
    asker = asker_for_token(said.json["token"], datetime.now(UTC))
    assert asker is not None
    assert asker.rights == frozenset({"read", "register"})
    assert said.json["rights"] == ["read", "register"]


def test_a_revoked_token_opens_nothing(cli: Run) -> None:
    made = cli(*ISSUE, "read", "--json").json
    assert cli("token", "revoke", made["id"], "--json").code == 0
    assert asker_for_token(made["token"], datetime.now(UTC)) is None
    again = cli("token", "revoke", made["id"])
    assert again.code == 1
    assert "已经停用" in again.err


def test_people_are_told_the_token_and_how_to_stop_it(cli: Run) -> None:
    said = cli(*ISSUE, "read")
    assert "hy_" in said.out
    assert f"token revoke {Integration.objects.get().id}" in said.out


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("--person", "9999", "--name", "x", "--rights", "read"), 1, "9999"),
        (("--person", "1005", "--name", "x", "--rights", "read,fly"), 1, "fly"),
        (("--person", "1005", "--name", "x", "--rights", ""), 1, "权限"),
        (("--person", "1005", "--name", "x", "--rights", "read", "--days", "9999"), 2, "--days"),
    ],
)
def test_what_cannot_be_a_token_is_refused(cli: Run, words: tuple[str, ...], code: int, told: str) -> None:
    said = cli("token", "issue", *words)
    assert said.code == code
    assert told in said.err
    assert not Integration.objects.exists()


def test_a_token_of_another_office_cannot_be_revoked(cli: Run) -> None:
    made = cli(*ISSUE, "read", "--json").json
    make_office("baisha")
    said = cli("token", "revoke", made["id"], "--office", "baisha")
    assert said.code == 1
    assert asker_for_token(made["token"], datetime.now(UTC)) is not None
