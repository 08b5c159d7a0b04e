"""Once only, also when many senders ask at the same moment."""

from __future__ import annotations

import json
import threading

import pytest
from django.db import connection
from django.http import HttpResponse
from django.utils import timezone

from huiyin.matters.models import Matter
from tests.doors.api.programs import Program
from tests.factories import make_office

ASKED = {"kind": "enquiry", "channel": "phone", "summary": "怎么补办户口簿"}


def at_once(program: Program, senders: int, key: str) -> list[HttpResponse]:
    """Send the same registration from many threads; with an empty key each sends its own."""
    start = threading.Barrier(senders)
    answers: list[HttpResponse] = []

    def send(place: int) -> None:
        start.wait()
        try:
            answers.append(program.post("/matters", ASKED, key=key or f"own-{place}"))
        finally:
            connection.close()

    threads = [threading.Thread(target=send, args=(place,)) for place in range(senders)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


@pytest.mark.django_db(transaction=True)
def test_one_key_from_twenty_senders_is_one_matter() -> None:
    program = Program(make_office(at=timezone.now()), "clerk")
    answers = at_once(program, 20, "same")
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 1
    assert Matter.objects.count() == 1
    replays = [answer.headers.get("Idempotent-Replay") for answer in answers]
    assert (replays.count(None), replays.count("true")) == (1, 19)
    # The control: with keys of their own as many matters, each with its own number and code.
    answers = at_once(program, 5, "")
    assert {answer.status_code for answer in answers} == {201}
    receipts = [json.loads(answer.content) for answer in answers]
    assert len({one["number"] for one in receipts}) == len({one["code"] for one in receipts}) == 5
    assert Matter.objects.count() == 6
