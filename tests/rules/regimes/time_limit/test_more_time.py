"""More time: whose word it takes, how much and how often, by the kind of matter and the office's rulebook."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from huiyin.rules import events as e
from huiyin.rules.lifecycle import State, begin
from huiyin.rules.regimes.time_limit import more_time
from huiyin.rules.rulebook import Rulebook, load
from huiyin.rules.vocabulary import Duty, ExtendClock, Limit, Unit
from tests.rules.happenings import BOOK, MORE, application, happen, registered, task, without

ON = date(2026, 3, 2)
HEADQUARTERS = load("headquarters")
COMPANY = load("company")
PETITION = begin(registered(e.MatterKind.PETITION, "2026-03-02T10:00", source="direct"))
THIRTY = Limit(30, Unit.CALENDAR_DAY)


def codes(before: State, event: e.Event, book: Rulebook) -> list[tuple[str, str]]:
    return [(one.code, one.clause) for one in more_time.objections(before, event, book)]


@pytest.mark.parametrize(
    ("kind", "book", "rank", "most"),
    [
        (e.MatterKind.APPLICATION, BOOK, "main_leader", Limit(10, Unit.WORKING_DAY)),
        (e.MatterKind.PETITION, BOOK, "main_leader", None),
        (e.MatterKind.APPLICATION, COMPANY, "main_leader", None),
        (e.MatterKind.PETITION, HEADQUARTERS, "main_leader", THIRTY),
        (e.MatterKind.APPLICATION, HEADQUARTERS, "", None),
        (e.MatterKind.TASK, load("commission"), "leader_in_charge", None),
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
    assert codes(replace(begin(task()), times_extended=3), asked, BOOK) == []
    assert codes(begin(application()), asked, without("law.licensing.42.1.b")) == []


def test_the_end_waits_until_the_person_was_told() -> None:
    untold = replace(begin(application()), extension_untold=True)
    assert codes(untold, happen(e.Closed), BOOK) == [("extension_untold", "p4.time-limit.8.c")]
    untold = replace(PETITION, extension_untold=True)
    assert codes(untold, happen(e.Closed), HEADQUARTERS) == [("extension_untold", "law.petition.34.b")]
    assert codes(PETITION, happen(e.Closed), HEADQUARTERS) == []


def test_telling_is_a_duty_where_a_clause_says_by_when() -> None:
    given = happen(e.ExtensionApproved)
    extended, told = more_time.consequences(given, begin(application()), BOOK)
    assert isinstance(extended, ExtendClock)
    assert isinstance(told, Duty)
    assert (extended.what, told.clause) == ("decide", "p4.time-limit.8.c")
    assert len(list(more_time.consequences(given, PETITION, HEADQUARTERS))) == 1
