"""How what was typed becomes arguments."""

from __future__ import annotations

from typing import Any, cast

import pytest

from huiyin.doors.desk.step import plain, whole
from huiyin.matters.actions import By
from huiyin.rules.errors import Invalid


def test_a_plain_verb_gets_what_was_typed() -> None:
    def verb(by: Any, number: str, **typed: str) -> Any:
        return by, number, typed

    found: Any = plain(verb)(cast("By", "me"), "N-1", {"reason": "甲"})
    assert found == ("me", "N-1", {"reason": "甲"})


def test_a_whole_number_is_read_or_refused_by_its_field() -> None:
    assert whole("12", "days") == 12
    with pytest.raises(Invalid) as caught:
        whole("十二", "days")
    assert set(caught.value.fields) == {"days"}
