"""Events read back as they were written."""

from __future__ import annotations

import json

import pytest

from huiyin.rules import events as e
from huiyin.rules.recorded import EVENTS, read_back
from tests.rules.happenings import COLLEAGUE, application, happen


def written(event: e.Event, **change: object) -> e.Event | None:
    body = json.loads(json.dumps({**event.body(), **change}))
    return read_back(
        event.kind,
        at=event.at,
        actor=f"person:{event.actor}",
        acting_for=f"person:{event.acting_for}" if event.acting_for else "",
        body=body,
    )


@pytest.mark.parametrize("kind", EVENTS.values(), ids=EVENTS)
def test_every_event_comes_back_as_it_was(kind: type[e.Event]) -> None:
    event = application() if kind is e.Registered else happen(kind, acting_for=COLLEAGUE)
    assert written(event) == event


def test_flags_and_limits_come_back_as_such() -> None:
    event = written(happen(e.RefusalApproved))
    assert isinstance(event, e.RefusalApproved)
    assert event.final is True
    asked = written(happen(e.ExtensionRequested))
    assert isinstance(asked, e.ExtensionRequested)
    assert asked.limit == happen(e.ExtensionRequested).limit


def test_what_a_later_version_wrote_besides_is_left_out() -> None:
    assert written(happen(e.Granted), written_by="a later version") == happen(e.Granted)


def test_what_is_nothing_of_a_matter_is_nothing() -> None:
    assert read_back("person.hired", at=happen(e.Granted).at, actor="", acting_for="", body={}) is None


def test_a_body_that_lacks_what_the_event_needs_is_refused() -> None:
    with pytest.raises(ValueError, match=r"decision\.refused: .*number"):
        read_back("decision.refused", at=happen(e.Granted).at, actor="", acting_for="", body={})
