"""Which papers are signed for as they come in."""

from __future__ import annotations

import pytest

from huiyin.rules.regimes import time_limit
from huiyin.rules.rulebook import load


@pytest.mark.parametrize(
    ("rulebook", "kind", "instant", "signed"),
    [
        ("commission", "application", False, True),
        ("commission", "application", True, False),
        ("commission", "enquiry", False, False),
        ("company", "application", False, False),
        ("headquarters", "application", False, False),
        ("township", "application", False, False),
    ],
)
def test_papers_are_signed_for_where_a_clause_says_so_of_what_takes_time(
    rulebook: str, kind: str, *, instant: bool, signed: bool
) -> None:
    assert time_limit.signed_for(kind, instant=instant, book=load(rulebook)) is signed
