"""Petitions: from above, or brought by the person, each by the clauses of its own office."""

from __future__ import annotations

from datetime import date

import pytest

from huiyin.rules import events as e
from huiyin.rules.lifecycle import begin
from huiyin.rules.regimes.time_limit import petitions
from huiyin.rules.sources import FROM_ABOVE, Source
from tests.rules.happenings import without
from tests.rules.regimes.time_limit.test_assigned import LAWS, SET_DAY, TEN, begun, petition, refused

ON = date(2026, 3, 2)


def test_only_a_petition_from_above_cannot_be_taken_back() -> None:
    for source, held in (("supervised", True), ("hotline", True), ("direct", False)):
        assert petitions.sent_down(begin(petition(source=source)), LAWS["township"].book) is held
    assert not petitions.sent_down(begin(petition(source="supervised")), LAWS["headquarters"].book)


def test_what_the_person_brought_has_the_days_of_its_urgency_and_no_others() -> None:
    assert refused(petition(source="direct", given=TEN)) == ("limit_from_law", "p4.time-limit.5.b")
    assert refused(petition(source="direct", given_for=SET_DAY)) == ("limit_from_law", "p4.time-limit.5.b")
    assert begun(petition(source="direct", given=TEN), "company") == [("settle", "p1.time-limit.3.a", TEN)]


@pytest.mark.parametrize("source", [Source.DIRECT, *sorted(FROM_ABOVE)])
def test_only_what_the_person_brought_is_answered_at_once(source: Source) -> None:
    here = petitions.answered_at_once(e.MatterKind.PETITION, source, LAWS["township"].book)
    assert here is (source is Source.DIRECT)
    assert not petitions.answered_at_once(e.MatterKind.TASK, source, LAWS["township"].book)
    assert not petitions.answered_at_once(e.MatterKind.PETITION, source, LAWS["headquarters"].book)


def test_where_no_clause_speaks_of_petitions_from_above_none_are_known() -> None:
    book = without("petition_limit", "petition_by_urgency")
    assert list(petitions.sources(book, ON)) == [Source.DIRECT]
    assert not petitions.may_be_set(Source.SUPERVISED, book)
