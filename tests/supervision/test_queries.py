"""Who reads the book, and what number and code open."""

from __future__ import annotations

from datetime import timedelta

import pytest

from huiyin.rules.errors import NotFound
from huiyin.supervision import actions, queries
from huiyin.supervision.models import Opinion
from tests.factories import AT, Office
from tests.supervision.actions.test_handling import TOLD
from tests.supervision.actions.test_writing import TEXT, wrote

LATER = AT + timedelta(days=2)


def test_the_book_is_read_by_few_and_by_nobody_else_s_office(office: Office, other: Office) -> None:
    wrote(office)
    row = Opinion.objects.get()
    for key in ("efficiency_office", "main_leader"):
        assert queries.opinion(office.asker(key), row.id) == row
        with pytest.raises(NotFound):
            queries.opinion(other.asker(key), row.id)
    for key in ("clerk", "head", "leader_in_charge", "administrator"):
        assert not queries.reads_book(office.asker(key))
        with pytest.raises(NotFound):
            queries.opinion(office.asker(key), row.id)


def test_number_and_code_show_the_result_and_never_the_words(office: Office, other: Office) -> None:
    entered = wrote(office)
    before = queries.answered(office.tenant, entered.number, entered.code)
    assert (before.handled_at, before.result) == (None, "")
    row = Opinion.objects.get()
    by = office.asker("efficiency_office", LATER)
    actions.handle_opinion(row, finding="confirmed", result="已致歉", told=TOLD, by=by, at=LATER)
    found = queries.answered(office.tenant, entered.number, entered.code)
    assert (found.finding, found.result) == ("confirmed", "已致歉")
    assert TEXT not in str(found)
    wrong = ((office, entered.number, "0000000000"), (office, "YJ-2026-0009", entered.code))
    for where, number, code in (*wrong, (other, entered.number, entered.code)):
        with pytest.raises(NotFound):
            queries.answered(where.tenant, number, code)


def test_what_waits_is_told_apart(office: Office) -> None:
    wrote(office)
    asker = office.asker("efficiency_office")
    assert (
        queries.opinions(asker, waiting=True).count(),
        queries.opinions(asker, waiting=False).count(),
    ) == (
        1,
        0,
    )
