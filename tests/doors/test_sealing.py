from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from huiyin.doors.sealing import seal, unseal

AT = datetime(2026, 1, 5, 2, 0, tzinfo=UTC)
FACTS = {"number": "ZG-2026-000123-P", "code": "7K3QP9XZ2M"}
HALF_AN_HOUR = timedelta(minutes=30)


def test_what_was_sealed_comes_out_again() -> None:
    token = seal("receipt", FACTS, AT)
    assert unseal("receipt", token, AT + HALF_AN_HOUR, good_for=HALF_AN_HOUR) == FACTS


def test_a_token_shows_nothing_and_no_two_are_alike() -> None:
    token = seal("receipt", FACTS, AT)
    assert not any(value in token for value in FACTS.values())
    assert token != seal("receipt", FACTS, AT)


@pytest.mark.parametrize("late", [HALF_AN_HOUR + timedelta(seconds=1), -timedelta(seconds=1)])
def test_a_token_opens_neither_too_late_nor_before_it_was_made(late: timedelta) -> None:
    token = seal("receipt", FACTS, AT)
    assert unseal("receipt", token, AT + late, good_for=HALF_AN_HOUR) is None


def test_a_token_for_one_purpose_opens_nothing_else() -> None:
    assert unseal("rating", seal("receipt", FACTS, AT), AT, good_for=HALF_AN_HOUR) is None


def test_a_changed_or_foreign_token_opens_nothing() -> None:
    token = seal("receipt", FACTS, AT)
    middle = len(token) // 2
    flipped = "A" if token[middle] != "A" else "B"
    for bad in ("", "x", "é", token[:-4], token + "AAAA", token[:middle] + flipped + token[middle + 1 :]):
        assert unseal("receipt", bad, AT, good_for=HALF_AN_HOUR) is None, bad
