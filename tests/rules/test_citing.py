"""Clauses are named to people outside by instrument and article."""

from __future__ import annotations

from dataclasses import replace

import pytest

from huiyin.rules.citing import cited, numeral
from huiyin.rules.rulebook import available, load
from tests.rules.happenings import BOOK


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (1, "一"),
        (8, "八"),
        (10, "十"),
        (12, "十二"),
        (20, "二十"),
        (45, "四十五"),
        (100, "一百"),
        (105, "一百零五"),
        (110, "一百一十"),
        (238, "二百三十八"),
    ],
)
def test_numbers_are_written_as_laws_write_them(number: int, told: str) -> None:
    assert numeral(number) == told


@pytest.mark.parametrize(
    ("clause", "zh", "en"),
    [
        (
            "law.licensing.45",
            "《中华人民共和国行政许可法》第四十五条",
            "Administrative Licensing Law, article 45",
        ),
        (
            "law.licensing.42.1.b",
            "《中华人民共和国行政许可法》第四十二条",
            "Administrative Licensing Law, article 42",
        ),
        (
            "p4.time-limit.8.b",
            "本单位《效能建设制度》限时办结制第八条",
            "the office's efficiency regulations, time limits, article 8",
        ),
        # An opening paragraph bears no number; what no instrument prints cannot be cited.
        (
            "p4.time-limit.0",
            "本单位《效能建设制度》限时办结制",
            "the office's efficiency regulations, time limits",
        ),
        ("house.refusal", "", ""),
    ],
)
def test_a_clause_is_cited_with_instrument_and_article(clause: str, zh: str, en: str) -> None:
    assert (cited(BOOK.clause(clause)), cited(BOOK.clause(clause), "en")) == (zh, en)


def test_articles_printed_twice_are_cited_by_their_number() -> None:
    twice = replace(BOOK.clause("p4.time-limit.8.b"), id="p1.time-limit.6a")
    assert cited(twice) == "本单位《效能建设制度》限时办结制第六条"


def test_every_clause_that_may_stand_on_a_paper_can_be_cited() -> None:
    for slug in available():
        book = load(slug)
        for one in book.clauses.values():
            # A self-inspection report is no regulation, and the house's defaults are nobody's.
            assert bool(cited(one)) == (one.id.split(".")[0] not in {"p5", "house"}), one.id
