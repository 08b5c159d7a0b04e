from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from huiyin.matters import actions, queries
from huiyin.matters.models import Matter
from tests.factories import Office
from tests.matters.handling import Desk

SECRETS: dict[str, Any] = {
    "applicant_name": "欧阳申请",
    "applicant_phone": "13800001234",
    "applicant_id_number": "11010519491231002X",
    "applicant_email": "sun@example.com",
}


@pytest.fixture
def matter(office: Office) -> Matter:
    request = actions.Request(
        kind="application",
        channel="counter",
        item="DB-1",
        summary="低保，联系人13900005678",
        details="身份证11010519491231002X",
    )
    request = replace(request, **SECRETS)
    receipt = actions.register(actions.By(office.asker("receptionist"), office.at, "k"), request)
    row = Matter.objects.get(number=receipt.number)
    row.reply = "请打13900005678"
    return row


@pytest.mark.parametrize("key", ["clerk", "head", "main_leader", "efficiency_office", "administrator"])
def test_others_see_that_there_is_somebody_and_not_who(office: Office, matter: Matter, key: str) -> None:
    shown = queries.applicant_of(office.asker(key), matter)
    assert shown.masked
    told = f"{shown.name} {shown.phone} {shown.id_number} {shown.email}"
    told += f"{shown.summary} {shown.details} {shown.reply}"
    for secret in (*SECRETS.values(), "13900005678"):
        assert secret not in told
    assert shown.name == "欧***"
    assert shown.phone == "138****1234"


def test_whoever_was_asked_first_sees_whom_they_serve(office: Office, matter: Matter) -> None:
    shown = queries.applicant_of(office.asker("receptionist"), matter)
    assert not shown.masked
    assert (shown.name, shown.phone, shown.id_number, shown.email) == tuple(SECRETS.values())
    assert shown.reply == "请打13900005678"


def test_the_stand_in_sees_it_only_while_the_colleague_is_away(office: Office, matter: Matter) -> None:
    assert queries.applicant_of(office.asker("clerk"), matter).masked
    office.absent("receptionist")
    assert not queries.applicant_of(office.asker("clerk"), matter).masked


def test_what_was_said_with_a_rating_is_read_at_the_end_by_those_it_concerns(desk: Desk) -> None:
    number = desk.granted()
    desk.do("rate", number, who="applicant", code=desk.code, score=2, comment="来了三次")

    def read(who: str) -> str:
        return queries.comment_for(desk.office.asker(who), desk.matter(number))

    # Before the end it could change how the person is dealt with.
    assert read("clerk") == ""
    desk.do("deliver", number, how="in_person")
    desk.do("close", number)
    assert [read(who) for who in ("clerk", "head", "efficiency_office")] == ["来了三次"] * 3
    assert [read(who) for who in ("second_clerk", "receptionist", "administrator")] == [""] * 3
