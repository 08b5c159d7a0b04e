"""A proof of delivery proves something: who took which paper, when, and who saw it left behind."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from huiyin.documents.models import Document
from huiyin.matters.models import DeliveryProof
from huiyin.matters.steps.serving import WANTED
from huiyin.rules import events as e
from huiyin.rules.errors import Invalid, Unlawful
from tests.factories import Office
from tests.matters.handling import INCOMPLETE
from tests.matters.in_memory import Bench, bench
from tests.matters.test_papers import refused

WHOLE = {
    "receiver": "王小明",
    "relation": "self",
    "tracking": "1234567890",
    "place": "住所",
    "reason": "不愿签收",
    "witness": "李大江",
}


def told(office: Office) -> Bench:
    one = bench(office)
    one.take("check", found=INCOMPLETE)
    one.take("notify", supplement_how="到2号窗口")
    return one


def number_of(one: Bench, kind: str) -> str:
    return str(next(row.number for row in one.fresh(Document) if row.kind == kind))


def faults(one: Bench, **said: Any) -> set[str]:
    with pytest.raises(Invalid) as caught:
        one.take("prove", **{"paper": number_of(one, "one_time_notice"), "how": "post", **said})
    return set(caught.value.fields)


@pytest.mark.parametrize(("how", "wanted"), list(WANTED.items()))
def test_each_way_asks_for_what_proves_it(office: Office, how: str, wanted: tuple[str, ...]) -> None:
    one = told(office)
    assert faults(one, how=how) == set(wanted)
    proof = one.take("prove", paper=number_of(one, "one_time_notice"), how=how, **WHOLE)
    assert (proof.how, proof.receiver, proof.served_at) == (how, "王小明", proof.recorded_at)
    event = one.dossier.events[-1]
    assert isinstance(event, e.PaperServed)
    assert (event.refused, event.relation) == (how == "left", "self")
    assert "王小明" not in str(event.body())


def test_what_cannot_be_is_refused(office: Office) -> None:
    one = told(office)
    post = {"tracking": "1234567890"}
    assert faults(one, **post, how="pigeon") == {"how"}
    assert faults(one, **post, relation="neighbour") == {"relation"}
    assert faults(one, **post, receiver="长" * 201) == {"receiver"}
    assert faults(one, **post, paper="告-1") == {"paper"}
    assert faults(one, **post, served_at=one.hand().at + timedelta(days=1)) == {"served_at"}
    assert faults(one, **post, served_at=one.hand().at - timedelta(days=400)) == {"served_at"}
    one.take("prove", paper=number_of(one, "one_time_notice"), how="post", **post)
    with pytest.raises(Unlawful) as caught:
        one.take("prove", paper=number_of(one, "one_time_notice"), how="post", **post)
    assert caught.value.code == "nothing_to_prove"


def test_a_decision_is_delivered_by_its_proof_and_a_notice_changes_no_stage(office: Office) -> None:
    one = told(office)
    one.take("prove", paper=number_of(one, "one_time_notice"), how="post", tracking="1")
    assert one.dossier.state.stage == "awaiting_supplement"
    one.take("supplement")
    one.take("accept")
    refused(one)
    one.take("prove", paper=number_of(one, "refusal_decision"), how="left", **WHOLE)
    assert one.dossier.state.stage == "delivered"
    assert one.kinds()[-2:] == ["paper.served", "decision.delivered"]
    assert len(one.fresh(DeliveryProof)) == 2
