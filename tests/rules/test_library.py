"""What is said about rulebooks: kept by what, shown by what, and how two differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from huiyin.rules import library
from huiyin.rules.clauses import KEPT, Values
from huiyin.rules.overlays import overlaid, parse_overlay
from huiyin.rules.rulebook import Rulebook, available, load
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
    # A regime without a module is said to be unkept.
    assert not found["p4.assessment.1"].kept


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


def test_words_come_in_both_languages() -> None:
    assert library.word("kept", "ground", "zh-hans") == "可以援引的情形"
    assert library.word("kept", "ground", "en") == "A ground that a person may invoke"
    with pytest.raises(KeyError):
        library.word("kept", "sometimes", "en")


def test_values_are_told_by_their_labels_in_one_language_without_braces() -> None:
    values = {
        "approver": "main_leader",
        "kinds": ["report", "complaint"],
        "limit": {"amount": 2, "unit": "month"},
        "once": True,
        "share": 0.2,
        "phone": None,
    }
    assert library.in_words(values, "zh-hans") == [
        ("批准人", "主要领导"),
        ("种类", "报告、投诉"),
        ("时限", "数量 2、计算单位 个月"),
        ("一次完成", "是"),
        ("剩余期限所占比例", "20%"),
        ("电话", ""),
    ]
    assert library.in_words(values, "en") == [
        ("Approved by", "Main leader"),
        ("Kinds", "Report, complaint"),
        ("Time limit", "Amount 2, Unit month"),
        ("All at once", "Yes"),
        ("Share of the limit left", "20%"),
        ("Phone", ""),
    ]


def test_a_code_may_mean_something_else_under_one_key() -> None:
    assert library.code_of("requires", "report", "zh") == "举报"
    assert library.code_of("kinds", "report", "zh") == "报告"
    assert library.code_of("regimes", "time-limit", "en") == "Time limits"


def test_what_no_label_is_known_for_stands_for_itself() -> None:
    assert library.in_words({"own_key": "own_code"}, "zh") == [("own_key", "Own_code")]


@pytest.mark.parametrize("slug", available())
def test_every_figure_of_a_shipped_rulebook_has_its_label_in_both_languages(slug: str) -> None:
    assert sorted(_unlabelled(load(slug))) == []


def test_a_figure_without_a_label_is_noticed() -> None:
    one = BOOK.clause("p4.time-limit.8.b")
    told = {"approver": {"deputy": "village_head"}, "kinds": ["report", "rumour"], "ground": "6.1"}
    book = replace(BOOK, clauses={one.id: replace(one, values=(Values(FROM, told, {"times": 1}),))})
    assert sorted(_unlabelled(book)) == ["deputy", "deputy: village_head", "kinds: rumour"]
    half = {"days": {"zh": "天数", "en": ""}}
    assert not _labelled("days", half)


def _unlabelled(book: Rulebook) -> set[str]:
    """Keys and codes of a rulebook that have no label in both languages."""
    found: set[str] = set()
    for one in book.clauses.values():
        for values in one.values:
            found.update(_of_mapping(values.figures))
            found.update(_of_mapping(values.read))
    return found


def _of_mapping(values: Mapping[str, Any]) -> Iterator[str]:
    for key, value in values.items():
        if not _labelled(key, library.words()["figures"]):
            yield key
        yield from _of_value(key, value)


def _of_value(key: str, value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        yield from _of_mapping(value)
    elif isinstance(value, list):
        for item in value:
            yield from _of_value(key, item)
    elif isinstance(value, str | bool):
        code = str(value).lower() if isinstance(value, bool) else value
        # A number of the source (6.1, 08:00) is read as it stands.
        words = library.words()
        known = _labelled(f"{key}.{code}", words["values"]) or any(
            _labelled(code, words[group]) for group in ("values", "regimes", "actors")
        )
        if not known and not code[:1].isdigit():
            yield f"{key}: {code}"


def _labelled(name: str, words: Mapping[str, Mapping[str, str]]) -> bool:
    return name in words and all(words[name].get(tongue) for tongue in library.TONGUES)


def test_notes_are_found_by_their_ids() -> None:
    assert library.notes()["N22"].treatment["zh"]
    assert library.notes()["N22"].category == "ambiguity"
