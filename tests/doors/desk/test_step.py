"""How what was typed becomes arguments."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast
from uuid import uuid4

import pytest

from huiyin.doors.desk.step import naming, plain, whole
from huiyin.matters.actions import By
from huiyin.rules.errors import Invalid


def test_a_plain_verb_gets_what_was_typed() -> None:
    def verb(by: Any, number: str, **typed: str) -> Any:
        return by, number, typed

    found: Any = plain(verb)(cast("By", "me"), "N-1", {"reason": "甲"})
    assert found == ("me", "N-1", {"reason": "甲"})


def test_a_verb_that_names_a_colleague_gets_their_id_and_only_the_fields_it_takes() -> None:
    def verb(by: Any, number: str, **typed: object) -> Any:
        return by, number, typed

    someone = uuid4()
    typed = {"to": str(someone), "to_text": "卫经办", "reason": "甲", "next": "/"}
    found: Any = naming(verb, "reason")(cast("By", SimpleNamespace(asker=None)), "N-1", typed)
    assert found[2] == {"to": someone, "reason": "甲"}


def test_a_whole_number_is_read_or_refused_by_its_field() -> None:
    assert whole("12", "days") == 12
    with pytest.raises(Invalid) as caught:
        whole("十二", "days")
    assert set(caught.value.fields) == {"days"}
