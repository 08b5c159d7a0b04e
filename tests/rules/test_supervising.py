"""The bodies that watch are those that a rulebook names."""

from __future__ import annotations

from datetime import date

from huiyin.rules import supervising
from huiyin.rules.rulebook import load

DAY = date(2026, 3, 2)
BOTH = {"general_admin", "discipline_group"}


def test_headquarters_names_two_bodies_for_every_part() -> None:
    book = load("headquarters")
    assert all(supervising.watching(part, book, DAY) == BOTH for part in supervising.PARTS)
    assert supervising.named_in(book, DAY) == dict.fromkeys(BOTH, "p2.first-responder.9")


def test_no_other_rulebook_names_any() -> None:
    for name in ("company", "commission", "township"):
        book = load(name)
        assert supervising.named_in(book, DAY) == {}
        assert not supervising.watching(supervising.LIMITS, book, DAY)
