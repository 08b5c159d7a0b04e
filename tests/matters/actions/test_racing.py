"""One key from two senders at the same moment: one effect, and both get the same receipt."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import replace

import pytest
from django.db import connection

from huiyin.ledger import queries as ledger
from huiyin.matters import actions, queries
from huiyin.matters.actions import IncomingDocument, Receipt, Request
from huiyin.matters.models import Command, Matter, OfficialDocument
from huiyin.rules.errors import Forbidden, HuiyinError, Invalid, Unlawful
from huiyin.storage.transactions import write
from tests.factories import make_office
from tests.matters.handling import Desk

pytestmark = pytest.mark.django_db(transaction=True)
ASKED = Request(kind="enquiry", channel="phone", summary="问低保")


def at_once(*works: Callable[[], Receipt]) -> list[Receipt | HuiyinError]:
    """Run all in threads of their own, each with its own connection."""
    start = threading.Barrier(len(works))
    found: list[Receipt | HuiyinError] = []

    def run(work: Callable[[], Receipt]) -> None:
        start.wait()
        try:
            found.append(work())
        except HuiyinError as error:
            found.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def test_one_paper_that_comes_twice_at_once_is_entered_once() -> None:
    desk = Desk(make_office())
    told = IncomingDocument(title="关于报送情况的通知", source="县政府办公室", their_number="县府〔2026〕3号")
    keeper = [desk.by("office_head", key=f"key-{place}") for place in range(4)]
    made = at_once(*[lambda by=by: actions.register_incoming(by, told) for by in keeper])
    assert sum(isinstance(one, Receipt) for one in made) == 1
    assert {tuple(one.fields) for one in made if isinstance(one, Invalid)} == {("again",)}
    assert OfficialDocument.objects.count() == 1


def test_one_key_registers_once_and_different_keys_do_not_wait_for_each_other() -> None:
    desk = Desk(make_office())
    by = desk.by(key="one")
    same = at_once(*[lambda: actions.register(by, ASKED)] * 4)
    assert len({str(receipt) for receipt in same}) == 1
    assert isinstance(same[0], Receipt)
    assert (Matter.objects.count(), Command.objects.get().repeats) == (1, 3)
    # Negative control: with keys of their own each registers.
    others = [replace(by, key=f"other-{place}") for place in range(4)]
    made = at_once(*[lambda by=by: actions.register(by, ASKED) for by in others])
    assert len({receipt.number for receipt in made if isinstance(receipt, Receipt)}) == 4
    assert Matter.objects.count() == 5
    assert ledger.verify().ok


def test_one_key_of_a_verb_acts_once() -> None:
    desk = Desk(make_office())
    number = desk.enquiry()
    by = desk.by(key="one")
    found = at_once(*[lambda: actions.answer(by, number, reply="请来窗口。")] * 2)
    assert len({str(receipt) for receipt in found}) == 1
    assert desk.kinds(number).count("enquiry.answered") == 1


def test_two_takers_of_one_step_get_one_yes_and_one_no() -> None:
    desk = Desk(make_office())
    number = desk.enquiry()
    keys = [desk.by(), desk.by()]
    found = at_once(*[lambda by=by: actions.answer(by, number, reply="请来窗口。") for by in keys])
    assert {type(one) for one in found} == {
        Receipt,
        Unlawful,
    }
    assert desk.kinds(number).count("enquiry.answered") == 1


@pytest.mark.postgres
def test_whoever_acts_while_a_hand_over_is_accepted_finds_the_matter() -> None:
    desk = Desk(make_office())
    number = desk.accepted()
    desk.do("offer_handover", number, to=desk.id("second_clerk"))
    taker, giver, citizen = desk.by("second_clerk"), desk.by("clerk"), desk.by("applicant")
    held, matter_id, code = threading.Event(), desk.matter(number).id, desk.code

    def accept() -> Receipt:
        with write():
            receipt = actions.accept_handover(taker, number)
            held.set()
            wait_for_a_waiter()
            return receipt

    def after(work: Callable[[], Receipt]) -> Callable[[], Receipt]:
        def run() -> Receipt:
            held.wait(10)
            return work()

        return run

    def swept() -> Receipt:
        with write():
            return Receipt(queries.locked_for_sweep(matter_id).number, "", 0, "", "")

    found = at_once(
        accept,
        after(lambda: actions.pause(giver, number, procedure="hearing", planned_days=1, basis="听证")),
        after(lambda: actions.rate(citizen, number, code=code, score=5)),
        after(swept),
    )
    assert len(found) == 4
    refusals = {type(one) for one in found if isinstance(one, HuiyinError)}
    assert refusals == {Forbidden, Unlawful}


def wait_for_a_waiter() -> None:
    """Until somebody waits for a lock of this transaction; at most five seconds."""
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0] >= 1:
                # The others follow at once; none of them may be early.
                time.sleep(0.3)
                return
        time.sleep(0.02)
