"""Steps to a refusal on a dossier in memory."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from huiyin.documents.models import Document
from huiyin.matters import steps
from huiyin.matters.models import RefusalFiling, RefusalOpinion
from huiyin.rules.clauses import Values
from huiyin.rules.docket import Law
from huiyin.rules.errors import Invalid, Unlawful
from huiyin.rules.regimes import refusal_filing
from tests.factories import Office
from tests.matters.in_memory import Bench, in_hand
from tests.rules.happenings import without

PROPOSE: dict[str, Any] = {"facts": "月收入9000元", "reasons": "收入超标", "legal_basis": "社会救助办法"}


def filed(office: Office) -> Bench:
    one = in_hand(office)
    one.take("propose", **PROPOSE)
    one.take("file", to=one.id("leader_in_charge"))
    return one


def two_levels(one: Bench) -> None:
    """Let the rulebook demand two signatures."""
    book = one.dossier.law.book
    clause = book.clause(refusal_filing.LEVELS)
    levels = {"levels": ["leader_in_charge", "main_leader"]}
    both = replace(clause, values=(Values(date(2011, 1, 1), read=levels),))
    clauses = {**book.clauses, clause.id: both}
    one.dossier.law = Law(replace(book, clauses=clauses), one.dossier.law.calendar)


def test_the_form_stands_in_the_event_as_digests_only(office: Office) -> None:
    one = in_hand(office)
    row = one.take("propose", **PROPOSE)
    assert (row.facts, row.reasons, row.legal_basis) == tuple(PROPOSE.values())
    body = str(one.dossier.events[-1].body())
    assert not [text for text in PROPOSE.values() if text in body]
    assert one.dossier.digest("社会救助办法") in body


def test_filing_ends_its_clock_and_filing_anew_does_not_restart_it(office: Office) -> None:
    one = filed(office)
    row = one.dossier.open_filing()
    first = row.filed_at
    one.take("file", to=one.id("main_leader"), fell_back=True)
    assert (row.filed_at, row.filed_to_id, row.fell_back) == (first, office.people["main_leader"].id, True)
    [duty] = [duty for duty in one.owed if duty.what == "file_refusal"]
    assert duty.ended_at == first
    with pytest.raises(Unlawful) as caught:
        one.take("file", to=one.id("main_leader"))
    assert caught.value.code == "already_filed"


def test_one_signature_is_enough_where_the_rulebook_names_one_level(office: Office) -> None:
    one = filed(office)
    assert steps.following_level(one.dossier, one.hand()) == ""
    one.take("approve", "leader_in_charge", opinion="同意")
    assert one.dossier.state.stage == "refusal_approved"
    assert one.dossier.matter.refusal_approved_at == one.at
    assert one.dossier.approved_filing().ended_at == one.at


def test_two_levels_need_two_people(office: Office) -> None:
    one = filed(office)
    two_levels(one)
    assert steps.following_level(one.dossier, one.hand()) == "main_leader"
    one.take("approve", "leader_in_charge", next_to=one.id("main_leader"))
    assert (one.dossier.state.stage, one.dossier.matter.refusal_approved_at) == ("refusal_filed", None)
    with pytest.raises(Unlawful) as caught:
        one.take("approve", "leader_in_charge", next_to="")
    assert caught.value.code == "same_signer"
    one.take("approve", "main_leader")
    assert one.dossier.state.stage == "refusal_approved"
    assert [row.level for row in one.fresh(RefusalOpinion)] == ["leader_in_charge", "main_leader"]


def test_nobody_signs_their_own(office: Office) -> None:
    one = filed(office)
    for step, fields in (("approve", {}), ("overturn", {"opinion": "不对"})):
        with pytest.raises(Unlawful) as caught:
            one.take(step, "clerk", **fields)
        assert caught.value.code == "own_request"
    assert one.fresh(RefusalOpinion) == []


def test_an_overturned_filing_leads_back_and_a_new_one_may_follow(office: Office) -> None:
    one = filed(office)
    one.take("overturn", "leader_in_charge", opinion="收入算错了")
    assert one.dossier.state.stage == "in_hand"
    assert [(duty.key, duty.outcome) for duty in one.owed if duty.what == "decide"] == [
        ("decide-1", "waived"),
        ("decide-2", None),
    ]
    one.take("propose", **PROPOSE)
    assert [row.ending for row in one.fresh(RefusalFiling)] == ["overturned", ""]
    assert one.dossier.state.refusal_levels == ()


def test_without_approval_no_paper_is_drawn_and_no_number_spent(office: Office) -> None:
    one = filed(office)
    papers = len(one.fresh(Document))
    with pytest.raises(Unlawful):
        one.take("refuse", explanation="收入超过标准。")
    assert "refusal" not in one.numbers
    assert len(one.fresh(Document)) == papers


def test_a_refusal_is_explained_and_on_paper(office: Office) -> None:
    one = filed(office)
    one.take("approve", "leader_in_charge")
    with pytest.raises(Invalid):
        one.take("refuse", explanation=" ")
    one.take("refuse", explanation="收入超过标准。")
    assert [paper.kind for paper in one.fresh(Document)][-2:] == ["refusal_filing_form", "refusal_decision"]
    assert one.dossier.matter.reply == "收入超过标准。"


@pytest.mark.parametrize(
    ("gone", "cited"),
    [
        ((), "p4.refusal-filing.2.4"),
        (("refusal_in_writing",), "p4.time-limit.1.c"),
        (("refusal_in_writing", "meeting_explained"), ""),
    ],
)
def test_a_refusal_without_a_reason_cites_what_says_most_of_it(
    office: Office, gone: tuple[str, ...], cited: str
) -> None:
    one = filed(office)
    one.take("approve", "leader_in_charge")
    one.dossier.law = Law(without(*gone, book=one.dossier.law.book), one.dossier.law.calendar)
    with pytest.raises(Invalid) as caught:
        one.take("refuse", explanation=" ")
    assert caught.value.clause == cited
