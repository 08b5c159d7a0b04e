"""The forms of the verbs on documents, filled in as on the page."""

from __future__ import annotations

import pytest

from huiyin.doors.desk import steps
from huiyin.doors.desk.document_steps import DOCUMENT_STEPS
from huiyin.matters.models import Matter
from huiyin.rules.errors import Invalid
from tests.factories import make_office
from tests.matters.handling import Desk
from tests.matters.paperwork import KEEPER, on_its_way, ordered, sent


@pytest.fixture
def desk(db: None) -> Desk:
    return Desk(make_office("zhaogong", rulebook="headquarters"))


def stage(number: str) -> str:
    return Matter.objects.get(number=number).stage


def test_a_colleague_is_named_by_name_or_by_choice(desk: Desk) -> None:
    number = on_its_way(desk)
    name = desk.office.people["clerk"].name
    typed = {"to": "", "to_text": name, "days": "8", "special": "需现场核对"}
    steps.run("send_document", desk.by(KEEPER), number, typed)
    assert stage(number) == "sent"
    assert Matter.objects.get(number=number).allotted_amount == 8


@pytest.mark.parametrize("days", ["0", "几天", "-1"])
def test_a_limit_that_is_no_number_of_days_is_refused_at_its_field(desk: Desk, days: str) -> None:
    number = on_its_way(desk)
    typed = {"to": str(desk.id("clerk")), "days": days, "special": ""}
    with pytest.raises(Invalid) as caught:
        steps.run("send_document", desk.by(KEEPER), number, typed)
    assert set(caught.value.fields) == {"days"}
    assert stage(number) == "to_send"


def test_both_boxes_are_ticked_when_a_delay_is_explained(desk: Desk) -> None:
    number = sent(desk)
    desk.do("sign_for_document", number)
    typed = {"reason": "待复函", "told_assigner": "on", "told_leader": "on"}
    receipt = steps.run("explain_delay", desk.by("clerk"), number, typed)
    assert receipt.number == number


def test_a_draft_and_a_reader_take_a_colleague(desk: Desk) -> None:
    number = ordered(desk)
    steps.run("submit_draft", desk.by("clerk"), number, {"text": "稿", "to": str(desk.id("head"))})
    assert stage(number) == "to_check"
    came = on_its_way(desk)
    steps.run("circulate", desk.by(KEEPER), came, {"to": str(desk.id("head"))})


def test_every_document_verb_has_its_button_of_its_own() -> None:
    assert len({step.go for step in DOCUMENT_STEPS.values()}) == len(DOCUMENT_STEPS)
