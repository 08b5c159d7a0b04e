"""A row and its state say the same, in both directions."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from huiyin.matters import rows
from huiyin.matters.models import Matter
from huiyin.rules.events import Channel, MatterKind, Urgency
from huiyin.rules.lifecycle import Stage, State
from huiyin.rules.vocabulary import Limit, Unit

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)

persons = st.uuids().map(str)
moments = st.integers(0, 10_000).map(lambda minutes: AT + timedelta(minutes=minutes))
limits = st.one_of(
    st.just(Limit(0, Unit.AT_ONCE)),
    st.builds(
        Limit,
        st.integers(1, 400),
        st.sampled_from([unit for unit in Unit if unit.takes_amount]),
    ),
)
some_persons = st.lists(persons, max_size=2).map(tuple)
states = st.builds(
    State,
    kind=st.sampled_from(MatterKind),
    stage=st.sampled_from(Stage),
    channel=st.sampled_from(Channel),
    urgency=st.sampled_from(Urgency),
    custodian=persons,
    first_responder=persons,
    received_at=moments,
    item=st.one_of(st.just(""), persons),
    instant=st.booleans(),
    statutory=st.none() | limits,
    committed=st.none() | limits,
    offered_to=st.one_of(st.just(""), persons),
    notices=st.integers(0, 9),
    accepted_at=st.none() | moments,
    decided_at=st.none() | moments,
    closed_at=st.none() | moments,
    outcome=st.sampled_from(["", "granted", "refused", "answered", "withdrawn", "done", "unclear"]),
    extension_by=some_persons,
    extension=st.none() | limits,
    extension_untold=st.booleans(),
    times_extended=st.integers(0, 3),
    refusal_by=some_persons,
    refusal_from=st.none() | st.sampled_from([Stage.RECEIVED, Stage.IN_HAND]),
    refusal_levels=st.lists(st.sampled_from(["head", "main_leader"]), max_size=2).map(tuple),
    refusal_signers=some_persons,
    rating=st.integers(0, 5),
    source=st.sampled_from(["", "assigned", "request_from_below"]),
    given=st.none() | limits,
    given_for=st.none() | moments,
    assigner=st.one_of(st.just(""), persons),
    anonymous=st.booleans(),
    accused=some_persons,
    superior_answered_at=st.none() | moments,
)


@given(states)
def test_what_is_put_into_a_row_is_read_from_it(state: State) -> None:
    row = Matter()
    rows.put_state(row, state)
    assert rows.state_of(row) == state


@given(states, states)
def test_every_part_of_the_state_has_a_place_in_the_row(one: State, other: State) -> None:
    # Negative control: where two states differ, so do their rows.
    first, second = Matter(), Matter()
    rows.put_state(first, one)
    rows.put_state(second, other)
    same = {name for name in (f.name for f in fields(State)) if getattr(one, name) == getattr(other, name)}
    read = rows.state_of(first), rows.state_of(second)
    assert same == {f.name for f in fields(State) if getattr(read[0], f.name) == getattr(read[1], f.name)}


def test_a_limit_needs_both_columns() -> None:
    assert rows.limit_from(None, "month") is None
    assert rows.limit_from(3, "") is None
    assert rows.limit_from(0, "at_once") == Limit(0, Unit.AT_ONCE)
    assert rows.limit_columns(None) == (None, "")


def test_numbers_and_codes_are_kept_as_they_are_meant() -> None:
    assert rows.as_kept(" zhao-2026-000001-x ") == "ZHAO-2026-000001-X"
    assert rows.as_kept("\uff21\uff11\u200b") == "A1"


def test_parties_are_everybody_behind_the_request_and_the_custodian() -> None:
    asked, principal, custodian = uuid4(), uuid4(), uuid4()
    row = Matter(custodian_id=custodian, extension_by=[str(asked), str(principal)], refusal_by=[])
    assert rows.parties_to_extension(row) == {asked, principal, custodian}
    assert rows.parties_to_refusal(row) == {custodian}
    assert all(isinstance(one, UUID) for one in rows.parties_to_extension(row))
