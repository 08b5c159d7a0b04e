"""What is said about rulebooks: kept by what, shown by what, and how two differ."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from huiyin.rules import library
from huiyin.rules.clauses import KEPT
from huiyin.rules.overlays import overlaid, parse_overlay
from huiyin.rules.rulebook import load
from tests.rules.test_overlays import BEFORE, FROM, TEXT
from tests.rules.test_rulebook import PROFILES

BOOK = load("township")


def test_every_clause_of_the_regulation_is_counted_once() -> None:
    for slug in PROFILES:
        book = load(slug)
        found = library.keepings(book)
        ways = library.by_kept(found)
        assert [one.clause.id for one in found] == list(book.own)
        assert tuple(ways) == KEPT
        assert sorted(key for ids in ways.values() for key in ids) == sorted(book.own)


def test_a_clause_is_kept_only_with_a_module_and_a_story() -> None:
    found = {one.clause.id: one for one in library.keepings(BOOK)}
    shown = found["p4.time-limit.8.b"]
    assert shown.kept
    assert shown.regime_module == "huiyin.rules.regimes.time_limit"
    assert not replace(shown, stories=()).kept
    assert not replace(shown, regime_module="").kept
    # A regime without a module, and a clause without a story, are said to be unkept.
    assert not found["p4.assessment.1"].kept
    assert not found["p4.time-limit.3.b"].kept


def test_an_overlay_differs_from_its_day_on_and_only_there() -> None:
    ours = overlaid(BOOK, [parse_overlay(TEXT, "ours.yaml")])
    assert library.changes(BOOK, ours, BEFORE) == []
    rows = library.changes(BOOK, ours, FROM)
    assert [row.name for row in rows] == ["p4.time-limit.3.b", "p4.time-limit.8.b"]
    assert (rows[1].left_values["approver"], rows[1].right_values["approver"]) == (
        "main_leader",
        "leader_in_charge",
    )


def test_two_profiles_stand_side_by_side_by_the_parts_their_clauses_play() -> None:
    rows = {row.name: row for row in library.parts(BOOK, load("headquarters"), date(2026, 3, 2))}
    assert rows["banned_phrases"].left_values["phrases"] == ["不知道", "不归我管", "找领导去"]
    assert rows["banned_phrases"].right_values["phrases"] == ["不知道", "不清楚"]
    # The headquarters has no clause on extensions, and borrows none.
    assert rows["extension"].left is not None
    assert (rows["extension"].right, rows["extension"].right_values) == (None, {})


def test_a_clause_that_only_one_side_has_is_a_difference() -> None:
    gone = replace(BOOK, clauses={k: v for k, v in BOOK.clauses.items() if k != "p4.time-limit.8.c"})
    (row,) = library.changes(BOOK, gone, FROM)
    assert (row.name, row.right) == ("p4.time-limit.8.c", None)


def test_words_come_in_both_languages_and_values_without_braces() -> None:
    assert library.word("kept", "ground", "zh-hans") == "可以援引的情形"
    assert library.word("kept", "ground", "en") == "A ground that a person may invoke"
    with pytest.raises(KeyError):
        library.word("kept", "sometimes", "en")
    values = {"phrases": ["甲", "乙"], "limit": {"amount": 2, "unit": "month"}, "phone": None}
    assert library.in_words(values) == [
        ("phrases", "甲、乙"),
        ("limit", "amount 2, unit month"),
        ("phone", ""),
    ]


def test_notes_are_found_by_their_ids() -> None:
    assert library.notes()["N22"].treatment["zh"]
    assert library.notes()["N22"].category == "ambiguity"
