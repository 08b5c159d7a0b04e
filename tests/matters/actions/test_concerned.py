"""Whom an event concerns: whoever has the work, whoever decides, whoever was named."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from huiyin.matters.actions.concerned import concerned
from huiyin.matters.actions.saving import load_dossier, unasked
from huiyin.rules import events as e
from tests.matters.handling import Desk


def of(desk: Desk, number: str, event: type[e.Event], **fields: Any) -> list[tuple[str, list[UUID]]]:
    matter = desk.matter(number)
    made = event(at=desk.at, actor=str(desk.id("head")), **fields)
    return concerned(load_dossier(unasked(matter, desk.at), matter), made)


def test_what_happens_to_the_work_concerns_the_custodian(desk: Desk) -> None:
    number = desk.asked_for_time()
    to = str(desk.id("second_clerk"))
    assert of(desk, number, e.ExtensionRefused, reason_digest="") == [
        ("extension_denied", [desk.id("clerk")])
    ]
    assert of(desk, number, e.HandoverOffered, to=to) == [("handover_offered", [desk.id("second_clerk")])]


def test_what_waits_for_a_decision_concerns_who_decides(desk: Desk) -> None:
    number = desk.accepted()
    asked = of(desk, number, e.ExtensionRequested, limit=None, reason_digest="")
    assert asked == [("extension_wanted", [desk.id("main_leader")])]


def test_what_only_the_register_notes_concerns_nobody(desk: Desk) -> None:
    assert of(desk, desk.accepted(), e.DocumentRead) == []
