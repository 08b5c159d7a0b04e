"""What is owed once a file is whole: the end of the sitting, or the time recorded with the item."""

from __future__ import annotations

from dataclasses import replace

import pytest

from huiyin.rules import events as e
from huiyin.rules.lifecycle import Stage, State, advance, begin
from huiyin.rules.regimes import time_limit as regime
from huiyin.rules.rulebook import Rulebook, load
from huiyin.rules.vocabulary import Consequence, Discharge, Duty, Limit, Unit
from tests.rules.happenings import BOOK, CLERK, application, happen, without

CHECKED = happen(e.MaterialsChecked, complete=True)
MISSING = happen(e.MaterialsChecked)
NOTICED = happen(e.NoticeIssued)
SUPPLEMENTED = happen(e.SupplementReceived)
ACCEPTED = happen(e.ApplicationAccepted)
COMPANY = load("company")
AT_ONCE = Limit(0, Unit.AT_ONCE)


def follows(before: State, event: e.Event, book: Rulebook) -> list[Consequence]:
    return list(regime.consequences(before, event, advance(before, event), book))


def given(*events: e.Event) -> State:
    found = begin(application(committed=Limit(10, Unit.WORKING_DAY)))
    for event in events:
        found = advance(found, event)
    return found


@pytest.mark.parametrize(
    ("book", "clause"),
    [
        (BOOK, "p4.one-time-notice.2.a"),
        (without("complete_at_once"), "p4.time-limit.1.b"),
        (COMPANY, "p1.time-limit.1.b"),
        (load("headquarters"), "p2.one-time-notice.2.b"),
        (load("commission"), "p3.time-limit.2"),
    ],
)
def test_an_instant_file_that_is_complete_is_owed_by_the_end_of_the_sitting(
    book: Rulebook, clause: str
) -> None:
    here = begin(application(instant=True))
    owed = Duty("finish", clause, CLERK, CHECKED.at, AT_ONCE, once=True)
    assert follows(here, CHECKED, book) == [owed]
    assert follows(here, MISSING, book) == [Discharge("finish", MISSING.at, waived=True)]
    # After the decision the papers are checked for the file; no clock would ever end again.
    assert owed not in follows(replace(here, stage=Stage.REFUSED), CHECKED, book)
    assert Discharge("finish", ACCEPTED.at) in follows(here, ACCEPTED, book)


def test_an_instant_file_made_whole_is_owed_by_the_end_of_that_sitting() -> None:
    here = advance(begin(application(instant=True)), NOTICED)
    owed = Duty("finish", "p4.one-time-notice.2.a", CLERK, SUPPLEMENTED.at, AT_ONCE, once=True)
    assert follows(here, SUPPLEMENTED, BOOK) == [owed]
    assert follows(here, SUPPLEMENTED, without("complete_at_once", "at_once", "made_whole")) == []


def test_only_papers_that_came_in_start_the_clock_where_the_clause_says_no_more() -> None:
    owed = Duty("decide", "p4.time-limit.2", CLERK, SUPPLEMENTED.at, Limit(10, Unit.WORKING_DAY))
    assert follows(given(NOTICED), SUPPLEMENTED, BOOK) == [owed]
    assert follows(given(NOTICED), SUPPLEMENTED, without("made_whole")) == []
    assert follows(given(), CHECKED, BOOK) == []
    taken_on = [one for one in follows(given(), ACCEPTED, BOOK) if isinstance(one, Duty)]
    assert [one.once for one in taken_on] == [True]


def test_no_clause_wants_the_sitting_where_none_is_played() -> None:
    here = begin(application(instant=True))
    assert follows(here, CHECKED, without("complete_at_once", "at_once")) == []
    assert follows(begin(application()), CHECKED, BOOK) == []


def decide(event: e.Event, *, once: bool = True) -> Duty:
    limit = Limit(10, Unit.WORKING_DAY)
    return Duty("decide", "p1.service-commitment.5.c", CLERK, event.at, limit, once=once)


def test_a_whole_file_has_the_items_own_time_and_one_made_whole_has_it_anew() -> None:
    assert follows(given(), CHECKED, COMPANY) == [decide(CHECKED)]
    assert follows(given(CHECKED), ACCEPTED, COMPANY) == [decide(ACCEPTED)]
    waived = Discharge("decide", NOTICED.at, waived=True)
    assert follows(given(), MISSING, COMPANY) == [replace(waived, at=MISSING.at)]
    assert follows(given(MISSING), NOTICED, COMPANY) == [waived]
    anew = [replace(waived, at=SUPPLEMENTED.at), decide(SUPPLEMENTED, once=False)]
    assert follows(given(MISSING, NOTICED), SUPPLEMENTED, COMPANY) == anew


def test_asking_again_costs_the_applicant_no_time() -> None:
    whole = given(MISSING, NOTICED, SUPPLEMENTED)
    again = replace(NOTICED, ordinal=2)
    assert not [one for one in follows(whole, MISSING, COMPANY) if isinstance(one, Discharge)]
    assert not [one for one in follows(whole, again, COMPANY) if isinstance(one, Discharge)]


def test_another_limit_or_none_leaves_the_whole_file_alone() -> None:
    assert follows(given(), CHECKED, BOOK) == []
    bare = replace(given(), statutory=None, committed=None)
    assert follows(bare, CHECKED, COMPANY) == []
