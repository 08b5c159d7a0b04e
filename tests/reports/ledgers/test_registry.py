"""Finding a register by its name."""

from __future__ import annotations

import pytest

from huiyin.reports.ledgers.registry import REGISTRY, ledger_of
from huiyin.rules.errors import NotFound


def test_names_are_unique_and_lead_to_their_register() -> None:
    assert len({one.name for one in REGISTRY}) == len(REGISTRY)
    assert [ledger_of(one.name) for one in REGISTRY] == list(REGISTRY)
    with pytest.raises(NotFound):
        ledger_of("nothing")
