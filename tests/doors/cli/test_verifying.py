from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import connection

from huiyin.ledger import triggers
from huiyin.ledger.models import LedgerEvent
from huiyin.matters import actions
from huiyin.matters.actions import By, Request
from huiyin.matters.models import Matter
from tests.doors.cli.conftest import Run
from tests.factories import Office, make_office

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return make_office("qingshi")


@pytest.fixture
def number(office: Office) -> str:
    return _registered(office)


def _registered(office: Office) -> str:
    by = By(office.asker("clerk"), office.at, str(uuid4()))
    return actions.register(by, Request(kind="enquiry", channel="counter", summary="询问低保")).number


def test_an_untouched_ledger_is_believed(cli: Run, number: str) -> None:
    said = cli("verify", "--json")
    assert said.code == 0
    assert said.json["ok"] is True
    assert said.json["matters"] == 1
    assert said.json["events"] == LedgerEvent.objects.count()
    assert "没有发现问题" in cli("verify").out


def test_a_custodian_changed_behind_the_ledger_is_named(cli: Run, office: Office, number: str) -> None:
    Matter.objects.filter(number=number).update(custodian=office.people["head"])
    said = cli("verify", "--json")
    assert said.code == 1
    [fault] = said.json["faults"]
    assert (fault["tenant"], fault["matter"], fault["check"]) == ("qingshi", number, "custodian")
    assert str(office.people["clerk"].id) in fault["detail"]
    told = cli("verify")
    assert told.code == 1
    assert number in told.out


def test_an_edited_event_is_named(cli: Run, office: Office, number: str) -> None:
    row = Matter.objects.get(number=number)
    triggers.drop(connection)
    LedgerEvent.objects.filter(subject_id=row.id, seq=1).update(via="nobody")
    triggers.create(connection)
    [fault] = cli("verify", "--matter", number, "--json").json["faults"]
    assert (fault["matter"], fault["event"], fault["check"]) == (number, 1, "hash")


def test_one_matter_or_one_office_can_be_asked_for(cli: Run, office: Office, number: str) -> None:
    other = make_office("baisha")
    theirs = _registered(other)
    Matter.objects.filter(number=theirs, tenant=other.tenant).update(custodian=other.people["head"])
    assert cli("verify", "--office", "qingshi", "--json").json["matters"] == 1
    assert cli("verify", "--office", "qingshi").code == 0
    assert cli("verify", "--matter", number, "--json").json["subjects"] == 1
    assert cli("verify", "--office", "baisha").code == 1
    assert cli("verify", "--matter", theirs.lower(), "--office", "baisha").code == 1


@pytest.mark.parametrize(
    ("words", "told"),
    [(("--matter", "QI-2026-000009-X"), "QI-2026-000009-X"), (("--office", "moon"), "qingshi")],
)
def test_what_is_not_there_is_said(cli: Run, number: str, words: tuple[str, ...], told: str) -> None:
    said = cli("verify", *words)
    assert said.code == 1
    assert told in said.err


def test_a_number_that_two_offices_share_needs_the_office(cli: Run, office: Office, number: str) -> None:
    other = make_office("baisha")
    Matter.objects.filter(number=_registered(other)).update(number=number)
    said = cli("verify", "--matter", number)
    assert said.code == 1
    assert "--office" in said.err
