"""The rulebooks against the clause register: the same ids, the same figures, every word and note known.

HUIYIN_REGISTER may name the register itself (its `clauses`); without it the copy beside this
file is the witness. It holds no sentences, only what must agree.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
import yaml

from huiyin.rules.clauses import Clause, parse
from huiyin.rules.rulebook import Rulebook, load
from tests.rules.test_rulebook import PROFILES

WITHHELD = {("p4.refusal-filing.4", "phone")}
"""The phone of a real office: it is each office's own setting, never shipped."""


def register() -> list[dict[str, Any]]:
    named = os.environ.get("HUIYIN_REGISTER")
    path = Path(named) if named else Path(__file__).with_name("register.yaml")
    found = yaml.safe_load(path.read_text(encoding="utf-8"))
    return list(found["clauses"] if isinstance(found, dict) else found)


REGISTER = register()


def words(name: str) -> Any:
    return yaml.safe_load((resources.files("huiyin") / "rulebooks" / name).read_text(encoding="utf-8"))


def disagreements(entry: Mapping[str, Any], book: Rulebook) -> list[str]:
    """What of a register's entry the profile's rulebook does not say."""
    if entry["id"] not in book.own:
        return ["missing"]
    one = book.own[entry["id"]]
    wanted = {k: v for k, v in entry.get("params", {}).items() if (entry["id"], k) not in WITHHELD}
    figures = dict(one.values[0].figures) if one.values else {}
    pairs = {
        "regime": (one.regime, entry["regime"]),
        "kind": (one.kind, entry["kind"]),
        "actor": (one.actor, entry["actor"]),
        "figures": (figures, wanted),
        "notes": (list(one.notes), entry.get("notes", [])),
    }
    return [name for name, (ours, theirs) in pairs.items() if ours != theirs]


def test_every_clause_of_the_register_stands_in_its_profile_with_its_figures() -> None:
    assert len(REGISTER) == 513
    wrong = {e["id"]: faults for e in REGISTER if (faults := disagreements(e, load(e["profile"])))}
    assert wrong == {}


def test_the_rulebooks_hold_no_clause_that_the_register_does_not_have() -> None:
    ours = Counter(key for slug in PROFILES for key in load(slug).own)
    assert ours == Counter(entry["id"] for entry in REGISTER)


@pytest.mark.parametrize(
    "change", [{"params": {"days": 3}}, {"actor": "hr"}, {"kind": "duty"}, {"notes": []}]
)
def test_a_figure_word_or_note_that_differs_is_seen(change: dict[str, Any]) -> None:
    entry = next(entry for entry in REGISTER if entry["id"] == "p4.time-limit.3.c")
    assert disagreements(entry, load("township")) == []
    assert len(disagreements({**entry, **change}, load("township"))) == 1
    assert disagreements(entry, load("company")) == ["missing"]


def test_every_word_is_known_and_named_in_both_languages() -> None:
    known = words("vocabulary.yaml")
    for one in every_clause():
        assert one.regime in known["regimes"], one.id
        assert one.kind in known["kinds"], one.id
        assert one.actor in known["actors"], one.id
        assert one.kept in known["kept"], one.id
    for group in known.values():
        assert all(both["zh"] and both["en"] for both in group.values())


def test_every_note_says_what_is_done_and_points_at_the_clauses_that_point_at_it() -> None:
    notes = {note["id"]: note for note in words("notes.yaml")["notes"]}
    assert sorted(notes) == [f"N{number:02}" for number in range(1, 59)]
    pointing: dict[str, set[str]] = {key: set() for key in notes}
    for one in every_clause():
        for note in one.notes:
            pointing[note].add(one.id)
    for key, note in notes.items():
        assert set(note["clauses"]) == pointing[key], key
        assert all(note[part][tongue] for part in ("issue", "treatment") for tongue in ("zh", "en")), key


def test_sentences_are_whole_and_in_their_own_language() -> None:
    for one in every_clause():
        assert one.zh.endswith("。"), one.id
        assert not set(one.zh) & set(",;:?!()"), one.id
        assert one.en.endswith("."), one.id
        assert one.en.isascii() or not any("\u4e00" <= letter <= "\u9fff" for letter in one.en), one.id


def test_figures_apply_since_the_regulation_was_issued() -> None:
    issued = {"township": date(2011, 1, 1)}
    for slug in PROFILES:
        for one in load(slug).own.values():
            assert all(v.since == issued.get(slug, date(2000, 1, 1)) for v in one.values), one.id


def every_clause() -> list[Clause]:
    root = resources.files("huiyin") / "rulebooks" / "statutory"
    law = [one for f in root.iterdir() for one in parse(f.read_text(encoding="utf-8"), f.name).values()]
    return [*law, *(one for slug in PROFILES for one in load(slug).own.values())]
