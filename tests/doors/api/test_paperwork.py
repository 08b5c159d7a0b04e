"""The forms for official documents: limits with their units, and what the registers cannot hold."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from huiyin.doors.api.paperwork import Incoming, Outgoing, Readers
from huiyin.rules.vocabulary import Limit, Unit


def test_a_limit_is_read_with_its_unit_and_may_be_missing() -> None:
    assert Incoming(title="x", source="y").limit() is None
    told = Outgoing(title="x", recipient="y", limit_amount=3, limit_unit="calendar_day")
    assert told.limit() == Limit(3, Unit.CALENDAR_DAY)


@pytest.mark.parametrize(
    "wrong", [{"title": ""}, {"source": "甲" * 121}, {"pages": 0}, {"secrecy": "unknown"}, {"stranger": 1}]
)
def test_what_no_register_takes_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Incoming.model_validate({"title": "x", "source": "y", **wrong})
    with pytest.raises(ValidationError):
        Readers(to=[])
