"""About rulebooks: their words, notes and evidence, what keeps a clause, and how two differ."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from importlib import resources
from typing import Any, Final

from huiyin.rules import invoking
from huiyin.rules.clauses import KEPT, Clause, read_yaml, without_lines
from huiyin.rules.regimes import REGIMES
from huiyin.rules.rulebook import Rulebook

TONGUES: Final = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Note:
    """A place where the source is unclear or silent, and what is done about it, in both languages."""

    id: str
    category: str
    issue: Mapping[str, str]
    treatment: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Keeping:
    """How one clause is kept: declared how, by which regime module, and shown by which stories.

    `regime_module` is "" while no module acts on the clause's regime. A story
    counts only if it fails once the clause is taken out of the rulebook.
    """

    clause: Clause
    regime_module: str
    stories: tuple[str, ...]

    @property
    def kept(self) -> bool:
        """Whether something keeps it and a story shows it."""
        return bool(self.regime_module and self.stories)


@dataclass(frozen=True, slots=True)
class Contrast:
    """One row of a comparison: a clause by id, or the part that a clause plays, on either side."""

    name: str
    left: Clause | None
    right: Clause | None
    left_values: Mapping[str, Any]
    right_values: Mapping[str, Any]


def keepings(book: Rulebook) -> list[Keeping]:
    """Every clause of the regulation itself, in the order of the files, with what keeps it."""
    return [keeping(one) for one in book.own.values()]


def keeping(clause: Clause) -> Keeping:
    """What keeps one clause."""
    by_person = invoking.__name__ if invoking.takes_a_person(clause) else ""
    return Keeping(clause, by_person or _modules().get(clause.regime, ""), evidence().get(clause.id, ()))


def by_kept(found: Iterable[Keeping]) -> dict[str, list[str]]:
    """Ids of clauses by how they are kept, every way named even when empty."""
    ways: dict[str, list[str]] = {way: [] for way in KEPT}
    for one in found:
        ways[one.clause.kept].append(one.clause.id)
    return ways


def changes(left: Rulebook, right: Rulebook, on: date) -> list[Contrast]:
    """Clauses by id that two versions of a rulebook do not have alike on a day."""
    names = list(dict.fromkeys((*left.clauses, *right.clauses)))
    rows = (_contrast(name, left.clauses.get(name), right.clauses.get(name), on) for name in names)
    return [row for row in rows if _differ(row)]


def parts(left: Rulebook, right: Rulebook, on: date) -> list[Contrast]:
    """Every part that either rulebook has a clause for, side by side, on a day."""
    known = dict.fromkeys(one.plays for book in (left, right) for one in book.clauses.values() if one.plays)
    return [_contrast(part, _player(left, part), _player(right, part), on) for part in sorted(known)]


@lru_cache(maxsize=1)
def evidence() -> Mapping[str, tuple[str, ...]]:
    """Stories by the clause they show: each fails when the clause is taken out."""
    raw = _data("evidence.yaml")
    return {clause: tuple(stories) for clause, stories in raw.items()}


@lru_cache(maxsize=1)
def notes() -> Mapping[str, Note]:
    """The notes on the sources, by id."""
    return {
        raw["id"]: Note(raw["id"], raw["category"], raw["issue"], raw["treatment"])
        for raw in _data("notes.yaml")["notes"]
    }


@lru_cache(maxsize=1)
def words() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    """What regimes, kinds, ways of keeping, actors and figures are called: group, code, language."""
    return {**_data("vocabulary.yaml"), **_data("figures.yaml")}


def word(group: str, code: str, language: str) -> str:
    """What a code is called, in English for 'en…', else in Chinese; raises KeyError for an unknown one."""
    return words()[group][code]["en" if language.startswith("en") else "zh"]


def in_words(values: Mapping[str, Any], language: str) -> list[tuple[str, str]]:
    """Values as people read them: what each is called, and what it says, in one language.

    A key or code without a label stands for itself: an office's own values may
    hold some that no shipped rulebook has.
    """
    return [(name_of(key, language), _capital(_plain(key, value, language))) for key, value in values.items()]


def name_of(key: str, language: str) -> str:
    """What the key of a figure is called; the key itself where it has no label."""
    return word("figures", key, language) if key in words()["figures"] else key


def code_of(key: str, code: str, language: str) -> str:
    """What a code says under a key; the code itself where it has no label."""
    for group, name in (("values", f"{key}.{code}"), ("values", code), ("regimes", code)):
        if name in words()[group]:
            return word(group, name, language)
    if code not in words()["actors"]:
        return code
    said = word("actors", code, language)
    return said[:1].lower() + said[1:]


def _contrast(name: str, left: Clause | None, right: Clause | None, on: date) -> Contrast:
    return Contrast(name, left, right, left.on(on) if left else {}, right.on(on) if right else {})


def _differ(row: Contrast) -> bool:
    """Whether the two say something else on the day; what they say on other days does not count."""
    if row.left is None or row.right is None:
        return True
    worded = replace(row.left, values=()) != replace(row.right, values=())
    return worded or row.left_values != row.right_values


def _player(book: Rulebook, part: str) -> Clause | None:
    return book.clause(part) if book.has(part) else None


@lru_cache(maxsize=1)
def _modules() -> dict[str, str]:
    """The module that acts on a regime, by the regime's name in rulebooks."""
    names = (module.__name__ for module in REGIMES)  # type: ignore[attr-defined]
    return {name.rpartition(".")[2].replace("_", "-"): name for name in names}


def _plain(key: str, value: Any, language: str) -> str:
    apart = ", " if language.startswith("en") else "、"
    match value:
        case None:
            return ""
        case Mapping():
            named = (
                f"{name_of(part, language)} {_plain(part, item, language)}" for part, item in value.items()
            )
            return apart.join(named)
        case list() | tuple():
            return apart.join(_plain(key, item, language) for item in value)
        case bool():
            return code_of(key, str(value).lower(), language)
        case float():
            return f"{value:.0%}"
    return code_of(key, str(value), language)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _data(name: str) -> dict[str, Any]:
    text = (resources.files("huiyin") / "rulebooks" / name).read_text(encoding="utf-8")
    found = without_lines(read_yaml(text, name))
    assert isinstance(found, dict)  # noqa: S101 - read_yaml gives nothing else
    return found
