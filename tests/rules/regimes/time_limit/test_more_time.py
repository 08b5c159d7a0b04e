"""More time: whose word it takes, how much and how often, by the kind of matter and the office's rulebook."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from huiyin.rules import events as e
from huiyin.rules.lifecycle import State, begin
from huiyin.rules.regimes.time_limit import more_time
from huiyin.rules.rulebook import Rulebook, load
from huiyin.rules.vocabulary import Duty, ExtendClock, Finding, Limit, ScheduleEvent, Unit
from tests.rules.happenings import BOOK, CLERK, MORE, application, at, happen, registered, task, without

ON = date(2026, 3, 2)
HEADQUARTERS = load("headquarters")
COMPANY = load("company")
PETITION = begin(registered(e.MatterKind.PETITION, "2026-03-02T10:00", source="direct"))
HOUSE = Limit(10, Unit.WORKING_DAY)
THIRTY = Limit(30, Unit.CALENDAR_DAY)


def codes(before: State, event: e.Event, book: Rulebook) -> list[tuple[str, str]]:
    return [(one.code, one.clause) for one in more_time.objections(before, event, book)]


@pytest.mark.parametrize(
    ("kind", "book", "rank", "most"),
    [
        (e.MatterKind.APPLICATION, BOOK, "main_leader", Limit(10, Unit.WORKING_DAY)),
        (e.MatterKind.PETITION, BOOK, "main_leader", HOUSE),
        (e.MatterKind.APPLICATION, COMPANY, "main_leader", HOUSE),
        (e.MatterKind.PETITION, HEADQUARTERS, "main_leader", THIRTY),
        (e.MatterKind.APPLICATION, HEADQUARTERS, "", HOUSE),
        (e.MatterKind.TASK, load("commission"), "leader_in_charge", HOUSE),
        (e.MatterKind.TASK, without("house.extension"), "main_leader", None),
    ],
)
def test_each_kind_has_the_clause_that_regulates_it(
    kind: e.MatterKind, book: Rulebook, rank: str, most: Limit | None
) -> None:
    assert more_time.approver(kind, book, ON) == rank
    assert more_time.most(kind, book, ON) == most


def test_a_petition_by_law_is_extended_once_and_in_the_laws_days() -> None:
    asked = happen(e.ExtensionRequested, limit=THIRTY)
    clause = "law.petition.34.b"
    assert codes(PETITION, asked, HEADQUARTERS) == []
    for limit in (replace(THIRTY, amount=31), Limit(20, Unit.WORKING_DAY)):
        assert codes(PETITION, replace(asked, limit=limit), HEADQUARTERS) == [("extension_too_long", clause)]
    assert codes(replace(PETITION, times_extended=1), asked, HEADQUARTERS) == [("extended", clause)]
    by_deputy = happen(e.ExtensionApproved, limit=THIRTY, level="leader_in_charge")
    assert codes(PETITION, by_deputy, HEADQUARTERS) == [("wrong_approver", clause)]


def test_what_no_clause_caps_is_asked_for_as_needed() -> None:
    asked = happen(e.ExtensionRequested, limit=replace(MORE, amount=99))
    bare = without("law.licensing.42.1.b", "house.extension")
    assert codes(replace(begin(task()), times_extended=3), asked, bare) == []
    assert codes(begin(application()), asked, bare) == []


@pytest.mark.parametrize(
    ("limit", "times", "found"),
    [
        (Limit(10, Unit.WORKING_DAY), 1, ""),
        (Limit(11, Unit.WORKING_DAY), 0, "extension_too_long"),
        # A day of another unit is compared by where it ends, as no law says in which unit to count.
        (Limit(5, Unit.CALENDAR_DAY), 0, ""),
        (Limit(900, Unit.CALENDAR_DAY), 0, "extension_too_long"),
        (Limit(1, Unit.WORKING_DAY), 2, "extended"),
    ],
)
def test_what_no_regulation_caps_the_house_does(limit: Limit, times: int, found: str) -> None:
    asked = happen(e.ExtensionRequested, limit=limit)
    expected = [(found, "house.extension")] if found else []
    assert codes(replace(begin(task()), times_extended=times), asked, BOOK) == expected


def test_more_is_asked_for_once_the_person_knows_of_what_was_given() -> None:
    untold = replace(begin(task()), extension_untold=True, times_extended=1)
    asked = happen(e.ExtensionRequested)
    assert codes(untold, asked, BOOK) == [("extension_untold", "p4.time-limit.8.c")]
    assert codes(replace(untold, extension_untold=False), asked, BOOK) == []


def test_the_end_waits_until_the_person_was_told() -> None:
    untold = replace(begin(application()), extension_untold=True)
    assert codes(untold, happen(e.Closed), BOOK) == [("extension_untold", "p4.time-limit.8.c")]
    untold = replace(PETITION, extension_untold=True)
    assert codes(untold, happen(e.Closed), HEADQUARTERS) == [("extension_untold", "law.petition.34.b")]
    assert codes(PETITION, happen(e.Closed), HEADQUARTERS) == []


def test_telling_is_a_duty_where_a_clause_says_by_when() -> None:
    due = at("2026-03-16T17:30")
    given, commission = happen(e.ExtensionApproved, due_before=due), load("commission")
    extended, told, until = more_time.consequences(given, begin(application()), commission)
    assert isinstance(extended, ExtendClock)
    assert isinstance(told, Duty)
    assert (extended.what, told.clause) == ("decide", "p3.time-limit.4.c")
    assert until == ScheduleEvent("tell_extension", due, given.at)
    passed = happen(e.LimitPassed, what="tell_extension", bearer=CLERK)
    late = Finding("extension_told_late", "p3.time-limit.4.c", passed.at, CLERK)
    assert list(more_time.told_late(passed, commission)) == [late]
    # Who prints no time has the matter wait for the notice, and that is all.
    for book, state in ((BOOK, begin(application())), (COMPANY, begin(task())), (HEADQUARTERS, PETITION)):
        assert len(list(more_time.consequences(given, state, book))) == 1
