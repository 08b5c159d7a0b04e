"""Pointing out a clause, on a dossier in memory."""

from __future__ import annotations

import pytest

from huiyin.matters.models import StepNote
from huiyin.rules.errors import Invalid, Unlawful
from tests.factories import Office
from tests.matters.in_memory import in_hand

GROUND = "p4.first-responder.4"


def test_the_words_stay_apart_and_the_finding_names_clause_and_person(office: Office) -> None:
    one = in_hand(office)
    before = one.dossier.docket
    clerk = str(office.people["clerk"].id)
    one.take("invoke", "head", clause=GROUND, against=clerk, facts=" 来人反映无人理会 ")
    (event,) = [event for event in one.dossier.events if event.kind == "clause.invoked"]
    assert "来人" not in str(event.body())
    (kept,) = [row for row in one.dossier.fresh if isinstance(row, StepNote)]
    assert (kept.text, kept.seq) == ("来人反映无人理会", one.dossier.matter.version)
    found = one.dossier.findings[-1]
    assert (found.what, found.clause, found.against) == ("invoked", GROUND, clerk)
    assert before is not None
    assert one.dossier.docket is not None
    assert one.dossier.docket.owed == before.owed


@pytest.mark.parametrize("facts", ["", "  ", "字" * 2001])
def test_it_says_what_happened(office: Office, facts: str) -> None:
    one = in_hand(office)
    with pytest.raises(Invalid):
        one.take("invoke", "head", clause=GROUND, against=str(office.people["clerk"].id), facts=facts)
    assert "clause.invoked" not in one.kinds()


def test_a_clause_is_chosen(office: Office) -> None:
    one = in_hand(office)
    with pytest.raises(Invalid) as refused:
        one.take("invoke", "head", clause="", against=str(office.people["clerk"].id), facts="x")
    assert set(refused.value.fields) == {"clause"}


def test_a_clause_that_something_else_keeps_is_refused(office: Office) -> None:
    one = in_hand(office)
    with pytest.raises(Unlawful):
        one.take(
            "invoke", "head", clause="p4.time-limit.5.b", against=str(office.people["clerk"].id), facts="x"
        )
    assert one.dossier.findings == []
