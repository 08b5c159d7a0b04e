"""Which clause applied on which day, and with what figures.

A rulebook is data: YAML under `huiyin/rulebooks`, each value dated and each
clause cited. No figure that the law sets stands in code. A regime asks for the
part that a clause plays (`extension`, `banned_phrases`), for each profile has
its own clause for it, and gets the value in force on the day of the event. A
part that nothing in the rulebook plays is off: nothing is borrowed from
another profile.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any, Final

from huiyin.rules.citing import cited
from huiyin.rules.clauses import Clause, RulebookError, parse, read_yaml
from huiyin.rules.vocabulary import Limit, Unit

__all__ = ["Clause", "Rulebook", "RulebookError", "available", "load", "read"]

PROFILE: Final = "profile.yaml"


@dataclass(frozen=True)
class Rulebook:
    """One office profile's clauses, with the house's and the law's layers under it.

    Wherever a clause is asked for, it may be named by its id or by the part it
    plays. Where several layers hold a clause for a part, the topmost does.
    """

    slug: str
    name_zh: str
    name_en: str
    version: str
    clauses: Mapping[str, Clause] = field(repr=False)

    def has(self, named: str) -> bool:
        """Whether the profile regulates this at all."""
        return self.cite(named) in self.clauses

    def cite(self, named: str) -> str:
        """The id of the clause that plays a part, "" for none; an id stays as it is."""
        return named if "." in named else self._parts.get(named, "")

    def clause(self, named: str) -> Clause:
        """The clause; raises KeyError when the profile does not have it."""
        return self.clauses[self.cite(named)]

    def reference(self, named: str, language: str = "zh") -> str:
        """The clause as papers cite it, instrument and article; "" where nothing plays the part."""
        return cited(self.clause(named), language) if self.has(named) else ""

    def value(self, named: str, name: str, on: date) -> Any:
        """A named value of a clause on a day; raises KeyError when there is none."""
        return self.clause(named).on(on)[name]

    def limit(self, named: str, on: date, *, urgency: str = "") -> Limit:
        """The clause's limit on a day; a range is mapped by urgency, never to its maximum.

        Raises KeyError when there is none that day, or the urgency of a range is not said.
        """
        values = self.clause(named).in_force(on)
        raw = (values.read if values else {})["limit"]
        unit = Unit(raw["unit"])
        if "by_urgency" in raw:
            return Limit(int(raw["by_urgency"][urgency]), unit)
        return Limit(int(raw.get("amount", 0)), unit)

    def has_limit(self, named: str, on: date) -> bool:
        """Whether the profile sets a limit there that day."""
        values = self.clause(named).in_force(on) if self.has(named) else None
        return values is not None and "limit" in values.read

    @property
    def own(self) -> dict[str, Clause]:
        """The clauses of the regulation itself: those of the law and of the house lie underneath."""
        return {one.id: one for one in self.clauses.values() if one.id.startswith("p")}

    @cached_property
    def _parts(self) -> dict[str, str]:
        return {one.plays: one.id for one in self.clauses.values() if one.plays}


@lru_cache(maxsize=16)
def load(slug: str) -> Rulebook:
    """The shipped rulebook of that name with its layers; raises RulebookError with a remedy."""
    names = available()
    if slug not in names:
        raise RulebookError(f"no rulebook named {slug!r}; choose one of: {', '.join(names)}")
    return read(slug)


def available() -> tuple[str, ...]:
    """The profiles an office may adopt (statutory layers are not offices' rulebooks)."""
    return tuple(sorted(d.name for d in _root().iterdir() if (d / PROFILE).is_file()))


def read(slug: str) -> Rulebook:
    """Read the profile's files, check every clause, and put the layers underneath."""
    root = _root()
    profile_text = (root / slug / PROFILE).read_text(encoding="utf-8")
    profile = read_yaml(profile_text, f"{slug}/{PROFILE}")
    parts = [profile_text]
    clauses: dict[str, Clause] = {}
    own = sorted(f"{slug}/{f.name}" for f in (root / slug).iterdir() if f.name != PROFILE)
    for name in [*(f"{layer}.yaml" for layer in profile.get("layers") or ()), *own]:
        text = root.joinpath(*name.split("/")).read_text(encoding="utf-8")
        parts.append(text)
        found = parse(text, name)
        twice = clauses.keys() & found.keys()
        if twice:
            raise RulebookError(f"{name}: clause {min(twice)} stands in another file too; remove one")
        clauses |= found
    _check_parts(clauses, slug)
    digest = hashlib.sha256("\0".join(parts).encode()).hexdigest()[:12]
    return Rulebook(
        slug=slug,
        name_zh=profile["name"]["zh"],
        name_en=profile["name"]["en"],
        version=f"{slug}@{digest}",
        clauses=clauses,
    )


def _check_parts(clauses: Mapping[str, Clause], slug: str) -> None:
    """Refuse two clauses of one layer for one part: nobody could say which applies."""
    seen: dict[tuple[str, str], str] = {}
    for one in clauses.values():
        layer = one.id.split(".", 1)[0]
        other = seen.setdefault((layer, one.plays), one.id) if one.plays else one.id
        if other != one.id:
            raise RulebookError(
                f"{slug}: clauses {other} and {one.id} both play {one.plays!r}; take it from one of them"
            )


def _root() -> Traversable:
    return resources.files("huiyin") / "rulebooks"
