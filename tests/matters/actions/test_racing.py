"""One key from two senders at the same moment: one effect, and both get the same receipt."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace

import pytest
from django.db import connection

from huiyin.ledger import queries as ledger
from huiyin.matters import actions
from huiyin.matters.actions import Receipt, Request
from huiyin.matters.models import Command, Matter
from huiyin.rules.errors import HuiyinError, Unlawful
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
