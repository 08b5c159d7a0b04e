"""What happens is told in small frozen values without a word about the persons served."""

from __future__ import annotations

import json
from dataclasses import FrozenInstanceError, dataclass, fields
from datetime import UTC, date, datetime

import pytest

from huiyin.rules import events as e
from huiyin.rules.recorded import EVENTS, limit_of
from huiyin.rules.vocabulary import Limit, Unit
from tests.rules.happenings import CLERK, COLLEAGUE, MORE, application, at, happen

# Ids, numbers and words of the rulebook. Whatever somebody typed must be a digest instead.
WITHOUT_A_PERSON = {
    "paper",
    "relation",
    "covered_by",
    "unit",
    "verdict",
    "duty_line",
    "promise_line",
    "measure",
    "gravity",
    "ground",
    "importance",
    "next_to",
    "identity",
    "number",
    "custodian",
    "item",
    "to",
    "form",
    "procedure",
    "level",
    "how",
    "step",
    "what",
    "clause",
    "bearer",
    "against",
    "key",
    "calendar",
    "source",
    "assigner",
    "whose",
    "accused",
    "outcome",
    "ending",
    "responder",
    "grade",
    "role",
    "document_number",
    "archive_number",
}


def sample(kind: type[e.Event]) -> e.Event:
    return application() if kind is e.Registered else happen(kind)


def test_every_event_is_in_the_register_under_its_own_kind() -> None:
    written = {one for one in vars(e).values() if isinstance(one, type) and issubclass(one, e.Event)} - {
        e.Event
    }
    assert set(EVENTS.values()) == written
    assert all(kind and kind == event.kind for kind, event in EVENTS.items())


def test_the_day_of_an_event_is_the_offices_day() -> None:
    before, since = (
        happen(e.Granted, datetime(2026, 3, 2, hour, minute, tzinfo=UTC))
        for hour, minute in ((15, 59), (16, 0))
    )
    assert (before.on, since.on) == (date(2026, 3, 2), date(2026, 3, 3))


def test_the_duty_done_is_the_absent_colleagues_where_there_is_one() -> None:
    assert happen(e.Granted).principal == CLERK
    assert happen(e.Granted, acting_for=COLLEAGUE).principal == COLLEAGUE


@pytest.mark.parametrize("kind", EVENTS.values(), ids=EVENTS)
def test_a_body_is_json_with_every_fact_of_its_own_and_neither_when_nor_who(kind: type[e.Event]) -> None:
    body = sample(kind).body()
    assert json.loads(json.dumps(body)) == body
    assert set(body) == {one.name for one in fields(kind)} - {"at", "actor", "acting_for"}


@pytest.mark.parametrize("kind", EVENTS.values(), ids=EVENTS)
def test_free_text_appears_as_digests_only(kind: type[e.Event]) -> None:
    texts = {one.name for one in fields(kind) if one.type == "str"} - {"actor", "acting_for"}
    assert {name for name in texts if not name.endswith("_digest")} <= WITHOUT_A_PERSON


def test_a_limit_is_written_so_that_it_can_be_read_back() -> None:
    body = application(committed=MORE).body()
    assert body["committed"] == {"amount": 5, "unit": "working_day"}
    assert body["statutory"] is None
    assert limit_of({"amount": 5, "unit": "working_day"}) == MORE
    assert limit_of({"amount": 0, "unit": "at_once"}) == Limit(0, Unit.AT_ONCE)


@pytest.mark.parametrize("wrong", [{"amount": 5, "unit": "fortnight"}, {"amount": 0, "unit": "month"}])
def test_a_limit_that_no_rule_can_mean_is_not_read(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"fortnight|at least 1"):
        limit_of(wrong)


def test_lists_and_moments_are_written_plainly() -> None:
    @dataclass(frozen=True, slots=True, kw_only=True)
    class Met(e.Event):
        until: datetime

    checked = happen(e.MaterialsChecked, present=("居民户口簿",), missing=("收入证明", "近期照片"))
    assert checked.body() == {
        "present": ["居民户口簿"],
        "missing": ["收入证明", "近期照片"],
        "complete": False,
    }
    assert happen(Met, until=at("2026-03-02T10:00")).body() == {"until": "2026-03-02T10:00:00+08:00"}


def test_an_event_refuses_to_write_what_it_cannot_hold() -> None:
    @dataclass(frozen=True, slots=True, kw_only=True)
    class Weighed(e.Event):
        kilograms: float

    with pytest.raises(TypeError, match=r"cannot hold 1\.5"):
        happen(Weighed, kilograms=1.5).body()


def test_an_event_is_frozen_and_its_facts_are_named() -> None:
    event = happen(e.Rated)
    with pytest.raises(FrozenInstanceError):
        event.score = 1  # type: ignore[misc]
    with pytest.raises(TypeError):
        e.Closed(at("2026-03-02T10:00"), CLERK)  # type: ignore[call-arg]
