"""Questions to a leader and papers handed back, on a dossier in memory."""

from __future__ import annotations

import pytest

from huiyin.documents.models import Document
from huiyin.matters.models import Instruction, MaterialReturn
from huiyin.rules.docket import Law
from huiyin.rules.errors import Invalid, Unlawful
from huiyin.rules.rulebook import load
from tests.factories import Office
from tests.matters.in_memory import Bench, bench, in_hand

PROPOSE = {"facts": "月收入9000元", "reasons": "收入超标", "legal_basis": "社会救助办法"}


def refused(one: Bench) -> Bench:
    """Take it to a refusal under the township, then let the commission's rulebook hold."""
    one.take("propose", **PROPOSE)
    one.take("file", to=one.id("leader_in_charge"))
    one.take("approve", "leader_in_charge", opinion="同意")
    one.take("refuse", explanation="已当面说明")
    one.dossier.law = Law(load("commission"), one.dossier.law.calendar)
    return one


def test_a_question_and_its_answer_stand_in_events_as_digests_only(office: Office) -> None:
    one = in_hand(office)
    row = one.take("ask_instruction", to=one.id("leader_in_charge"), question="能否否定王小明？")
    assert isinstance(row, Instruction)
    assert one.dossier.state.instruction_to == one.id("leader_in_charge")
    one.take("give_instruction", "leader_in_charge", allows=False, answer="再核实王小明的收入")
    assert (row.allows, row.answer, str(row.answered_by_id)) == (
        False,
        "再核实王小明的收入",
        one.id("leader_in_charge"),
    )
    said = "".join(str(event.body()) for event in one.dossier.events)
    assert "王小明" not in said
    assert not one.dossier.state.refusal_allowed


@pytest.mark.parametrize(("step", "fields"), [("ask_instruction", {"to": "", "question": " "})])
def test_an_empty_question_is_not_put(office: Office, step: str, fields: dict[str, str]) -> None:
    one = in_hand(office)
    with pytest.raises(Invalid):
        one.take(step, **fields)
    assert one.kinds()[-1] == "application.accepted"


def test_papers_go_back_once_with_a_slip_and_without_the_number_of_the_document(office: Office) -> None:
    one = refused(in_hand(office))
    row = one.take("give_back", identity="id_card", receiver="王小明", signed=True)
    assert isinstance(row, MaterialReturn)
    assert one.kinds()[-2:] == ["return.asked", "return.done"]
    slip = one.fresh(Document)[-1]
    assert (slip.kind, slip.number) == ("return_slip", row.number)
    assert "居民户口簿" in slip.content
    with pytest.raises(Unlawful) as caught:
        one.take("give_back", identity="id_card", receiver="王小明", signed=True)
    assert caught.value.code == "already_returned"


def test_each_thing_lacking_at_the_handing_over_is_named(office: Office) -> None:
    one = refused(in_hand(office))
    with pytest.raises(Invalid) as caught:
        one.take("give_back", identity="library_card", receiver=" ", signed=False)
    assert set(caught.value.fields) == {"identity", "receiver", "signed"}
    assert caught.value.clause == "p3.refusal-filing.5"


def test_without_a_record_of_papers_there_is_nothing_to_return(office: Office) -> None:
    one = refused(bench(office))
    with pytest.raises(Unlawful) as caught:
        one.take("ask_return")
    assert caught.value.code == "nothing_to_return"


@pytest.mark.parametrize("rulebook", ["township", "company", "headquarters"])
def test_where_no_return_is_regulated_none_is_recorded(office: Office, rulebook: str) -> None:
    one = refused(in_hand(office))
    one.dossier.law = Law(load(rulebook), one.dossier.law.calendar)
    with pytest.raises(Unlawful) as caught:
        one.take("ask_return")
    assert caught.value.code == "not_regulated"
