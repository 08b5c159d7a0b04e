"""What is asked is a plain value: what was not said has its usual meaning."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest

from huiyin.matters.actions.requests import Request


def test_what_was_not_said_is_the_usual_thing() -> None:
    asked = Request(kind="enquiry", channel="counter")
    assert (asked.urgency, asked.nature, asked.first_responder, asked.materials) == (
        "normal",
        "business",
        None,
        (),
    )


def test_a_request_stays_as_it_was_typed() -> None:
    asked = Request(kind="enquiry", channel="counter")
    with pytest.raises(FrozenInstanceError):
        asked.kind = "report"  # type: ignore[misc]
