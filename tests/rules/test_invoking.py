"""Clauses that a person points out: which, and what comes of it."""

from __future__ import annotations

from datetime import date

import pytest

from huiyin.rules import events as e
from huiyin.rules.docket import Law, follow
from huiyin.rules.errors import Unlawful
from huiyin.rules.invoking import ABOUT_NO_MATTER, KINDS, gravities, invocable, measures
from huiyin.rules.rulebook import available, load
from huiyin.rules.vocabulary import Finding
from tests.rules.happenings import CLERK, LAW, enquiry, happen, without

GROUND = "p4.first-responder.4"


def test_only_what_takes_a_person_and_only_of_the_own_regulation() -> None:
    for slug in available():
        book = load(slug)
        found = invocable(book)
        assert bool(found) is (slug != "report")
        assert {one.kept for one in found} <= KINDS
        assert all(one.id in book.own for one in found)
    assert not {one.plays for slug in available() for one in invocable(load(slug))} & ABOUT_NO_MATTER
    assert GROUND in {one.id for one in invocable(load("township"))}
    assert "p4.time-limit.5.b" not in {one.id for one in invocable(load("township"))}


def test_it_lands_as_a_finding_and_touches_no_clock() -> None:
    begun = follow(None, enquiry("2026-03-02T10:00"), LAW)
    event = happen(e.ClauseInvoked, "2026-03-02T11:00")
    after = follow(begun.docket, event, LAW)
    assert after.findings == (Finding("invoked", GROUND, event.at, CLERK),)
    assert after.docket.owed == begun.docket.owed
    assert after.docket.state == begun.docket.state


@pytest.mark.parametrize(
    "clause",
    ["p4.time-limit.5.b", "p3.first-responder.1", "law.licensing.42.1.b", "p4.assessment.2", "no.such"],
)
def test_what_is_kept_otherwise_or_by_another_office_cannot_be_invoked(clause: str) -> None:
    begun = follow(None, enquiry("2026-03-02T10:00"), LAW)
    with pytest.raises(Unlawful) as refused:
        follow(begun.docket, happen(e.ClauseInvoked, "2026-03-02T11:00", clause=clause), LAW)
    assert refused.value.code == "not_invocable"


def test_without_the_clause_there_is_nothing_to_invoke() -> None:
    begun = follow(None, enquiry("2026-03-02T10:00"), LAW)
    with pytest.raises(Unlawful):
        follow(begun.docket, happen(e.ClauseInvoked, "2026-03-02T11:00"), Law(without(GROUND), LAW.calendar))


def test_exactly_the_measures_that_a_clause_prints_may_be_proposed() -> None:
    day = date(2026, 3, 2)
    company, township = (load(name) for name in ("company", "township"))
    five = measures(company.clause("p1.time-limit.end"), day)
    four = measures(township.clause("p4.time-limit.end"), day)
    assert (len(five), len(four)) == (5, 4)
    assert set(five) - set(four) == {"warning_discipline_talk"}
    assert gravities(township.clause("p4.time-limit.end"), day)
    assert not measures(township.clause(GROUND), day)
    assert not gravities(township.clause(GROUND), day)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({}, "gravity_needed"),
        ({"gravity": "worst"}, "no_such_gravity"),
        ({"gravity": "minor", "measure": "warning_discipline_talk"}, "no_such_measure"),
    ],
)
def test_a_proposal_is_one_of_the_clause(said: dict[str, str], code: str) -> None:
    begun = follow(None, enquiry("2026-03-02T10:00"), LAW)
    event = happen(e.ClauseInvoked, "2026-03-02T11:00", clause="p4.time-limit.end", **said)
    with pytest.raises(Unlawful) as refused:
        follow(begun.docket, event, LAW)
    assert refused.value.code == code
    fit = {"gravity": "grave", "measure": "criticism"}
    event = happen(e.ClauseInvoked, "2026-03-02T11:00", clause="p4.time-limit.end", **fit)
    (found,) = follow(begun.docket, event, LAW).findings
    assert (found.gravity, found.measure) == ("grave", "criticism")
