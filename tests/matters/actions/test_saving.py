"""What is saved together stands together, under printed numbers."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection

from huiyin.ledger import queries as ledger
from huiyin.ledger import triggers
from huiyin.ledger.models import LedgerEvent
from huiyin.matters import actions, queries
from huiyin.matters.actions import By, saving
from huiyin.matters.models import Matter
from huiyin.obligations import actions as obligations
from huiyin.organisation import actions as organisation
from huiyin.organisation.queries import asker_for_token
from huiyin.rules.errors import Invalid, NotFound
from huiyin.rules.identifiers import parse_receipt_number
from tests.factories import make_office
from tests.matters.handling import Desk


def test_numbers_are_printed_in_their_books(desk: Desk) -> None:
    assert saving.printed("notice", "QY", 2026, 7) == "QY告〔2026〕7号"
    assert parse_receipt_number(saving.printed("receipt", "QY", 2026, 7))


def test_row_event_and_obligation_are_kept_or_lost_together(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = desk.accepted()
    before = len(desk.kinds(number))

    def fails(*_: object) -> None:
        raise Invalid({"obligation": "planted"})

    monkeypatch.setattr(obligations, "settle", fails)
    with pytest.raises(Invalid):
        desk.do("grant", number, reply="准予。")
    assert Matter.objects.get(number=number).stage == "in_hand"
    assert len(desk.kinds(number)) == before
    monkeypatch.undo()
    desk.do("grant", number, reply="准予。")
    assert len(desk.kinds(number)) == before + 1


def test_the_receipt_carries_the_hash_of_the_last_event(desk: Desk) -> None:
    number = desk.accepted()
    receipt = desk.do("grant", number, reply="准予。")
    matter = desk.matter(number)
    head = ledger.head_of(matter.tenant_id, matter.id)
    assert head is not None
    assert receipt.event_hash == bytes(head.hash).hex()
    assert ledger.verify(matter.tenant_id, matter.id).ok


def test_people_of_another_office_are_not_found(desk: Desk) -> None:
    other = make_office("linzhen")
    find = saving.person_finder(desk.office.tenant.id)
    assert find(str(desk.id("clerk"))) == desk.office.people["clerk"]
    with pytest.raises(NotFound):
        find(str(other.people["clerk"].id))


def test_an_event_through_a_token_names_it_under_the_hash(desk: Desk) -> None:
    integration, clear = organisation.issue_token(
        desk.office.people["clerk"],
        name="叫号机",
        rights=["review"],
        expires_at=desk.at + timedelta(days=1),
        by=organisation.OPERATOR,
        at=desk.at,
    )
    number = desk.register()
    program = asker_for_token(clear, desk.at)
    assert program is not None
    actions.accept_application(By(program, desk.at, "a-key"), number)
    bodies = {one.kind: one.body for one in queries.timeline(desk.matter(number))}
    assert bodies["application.accepted"]["token"] == str(integration.id)
    # Negative control: at the desk there is none; and a token changed afterwards is noticed.
    assert "token" not in bodies["matter.registered"]
    assert ledger.verify().ok
    triggers.drop(connection)
    row = LedgerEvent.objects.get(subject_id=desk.matter(number).id, kind="application.accepted")
    LedgerEvent.objects.filter(id=row.id).update(body=row.body.replace(str(integration.id), str(row.id)))
    triggers.create(connection)
    assert {fault.check for fault in ledger.verify().faults} == {"hash"}
