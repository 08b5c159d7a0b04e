"""Positions before the rulebook: both regimes are asked, and each profile only for its own."""

from __future__ import annotations

from datetime import date

from huiyin.rules.posts import Post, gaps, wanting
from huiyin.rules.rulebook import available, load

DAY = date(2026, 3, 2)
EMPTY = Post(rank="main_leader", uncovered=True)


def test_every_gap_cites_a_clause_of_the_office_itself() -> None:
    counted = {}
    for slug in available():
        book = load(slug)
        found = gaps(EMPTY, book, DAY)
        assert all(one.clause in book.own for one in found)
        assert {one.clause for one in wanting(EMPTY, book, DAY)} <= set(book.own)
        counted[slug] = len(found)
    assert counted == {"commission": 3, "company": 0, "headquarters": 4, "report": 0, "township": 12}
