from __future__ import annotations

import inspect

import pytest
from pydantic import BaseModel, ValidationError

from huiyin.doors.api import asks
from huiyin.matters.steps import Paper
from huiyin.rules.vocabulary import Limit, Unit


def test_every_body_is_closed() -> None:
    bodies = [
        kind
        for _, kind in inspect.getmembers(asks, inspect.isclass)
        if issubclass(kind, asks.Ask) and kind is not asks.Ask
    ]
    assert len(bodies) > 15
    for kind in bodies:
        assert kind.model_config.get("extra") == "forbid", kind
    # The control: an open one is told apart.
    assert BaseModel.model_config.get("extra") is None


@pytest.mark.parametrize("text", ["\0", "a\0b", "\ud800", "x\udfff"])
def test_what_no_database_can_hold_is_refused_where_it_stands(text: str) -> None:
    with pytest.raises(ValidationError) as caught:
        asks.Reply(reply=text)
    (found,) = caught.value.errors()
    assert found["loc"] == ("reply",)
    assert found["type"] in {"unstorable", "string_unicode"}
    assert asks.Reply(reply="𠮷野家\n第二行").fields() == {"reply": "𠮷野家\n第二行"}
    assert asks.Reply(reply="e\u0301\r\n\x07x").fields() == {"reply": "é\nx"}


@pytest.mark.parametrize("days", [True, "3", 3.0, 0, -1, 367, 2**70, None])
def test_numbers_are_numbers_within_what_a_clock_can_count(days: object) -> None:
    body = {"procedure": "hearing", "basis": "需听证"}
    with pytest.raises(ValidationError) as caught:
        asks.Pause.model_validate({**body, "planned_days": days})
    assert [one["loc"] for one in caught.value.errors()] == [("planned_days",)]
    assert asks.Pause.model_validate({**body, "planned_days": 3}).fields()["planned_days"] == 3


def test_bodies_say_what_their_verb_takes() -> None:
    assert asks.Nothing().fields() == {}
    extension = asks.Extension(amount=5, reason="核查")
    assert extension.fields() == {"limit": Limit(5, Unit.WORKING_DAY), "reason": "核查"}
    materials = asks.Materials.model_validate({"materials": [{"name": "户口簿", "present": True}]})
    assert materials.fields() == {"found": (Paper(name="户口簿", present=True),)}
    assert asks.Granting(outcome="granted", reply="准予").fields() == {"reply": "准予"}
    assert asks.Refusing(outcome="refused", explanation="不符").fields() == {"explanation": "不符"}


def test_words_come_from_their_list() -> None:
    with pytest.raises(ValidationError):
        asks.Told(how="pigeon")
    with pytest.raises(ValidationError):
        asks.Extension(amount=1, unit="at_once", reason="x")
