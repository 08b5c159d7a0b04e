from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.ledger.encoding import HASHED, Values, canonical, event_hash, moment

EVENT: Values = (
    "sha256",
    "a" * 32,
    "matters",
    "b" * 32,
    12,
    "c" * 32,
    "matter.received",
    "2026-11-23 04:00:00",
    "2026-11-23 04:00:00.000001",
    "applicant",
    "",
    "desk",
    '{"说":1}',
    b"\x00" * 32,
)
PLAIN = (
    b"T6:sha256"
    b"T32:"
    + b"a" * 32
    + b"T7:mattersT32:"
    + b"b" * 32
    + b"I2:12T32:"
    + b"c" * 32
    + b"T15:matter.receivedT19:2026-11-23 04:00:00T26:2026-11-23 04:00:00.000001"
    + b'T9:applicantT0:T4:deskT9:{"\xe8\xaf\xb4":1}B32:'
    + b"\x00" * 32
)


def test_the_bytes_are_as_written_down() -> None:
    assert event_hash(EVENT) == hashlib.sha256(PLAIN).digest()
    assert len(HASHED) == len(EVENT)


@given(st.data())
def test_no_two_events_share_their_bytes(data: st.DataObject) -> None:
    place = data.draw(st.integers(5, 11))
    cut = data.draw(st.integers(0, len(str(EVENT[place]))))
    moved = list(EVENT)
    moved[place] = str(EVENT[place])[:cut]
    moved[place + 1] = str(EVENT[place])[cut:] + str(EVENT[place + 1])
    same = tuple(moved) == EVENT
    assert (event_hash(tuple(moved)) == event_hash(EVENT)) is same  # type: ignore[arg-type]


def test_moments_are_utc_text() -> None:
    east = datetime(2026, 11, 23, 12, tzinfo=timezone(timedelta(hours=8)))
    assert moment(east) == "2026-11-23 04:00:00"
    assert moment(datetime(2026, 1, 1, 0, 0, 0, 5, UTC)) == "2026-01-01 00:00:00.000005"


def test_bodies_have_one_form() -> None:
    assert canonical({"b": [1, None], "a": "说"}) == '{"a":"说","b":[1,null]}'
    with pytest.raises(TypeError):
        canonical({"at": datetime(2026, 1, 1, tzinfo=UTC)})  # type: ignore[dict-item]
