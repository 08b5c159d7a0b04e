"""Which clause applied on which day, and with what figures.

A rulebook is data: YAML under `huiyin/rulebooks`, each value dated and each
clause cited. No figure that the law sets stands in code; code asks for a
clause by its id and gets the value in force on the day of the event. A clause
that a profile does not have is off: nothing is borrowed from another profile.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from importlib import resources
from typing import Any, Final

import yaml

from huiyin.rules.vocabulary import Limit, Unit

KEPT: Final = frozenset({"automatic", "required", "ground", "checklist", "publication", "report"})


class RulebookError(ValueError):
    """A rulebook file is wrong; the message names file, clause, what and remedy."""


@dataclass(frozen=True, slots=True)
class Clause:
    """One rule: who must do what, how it is kept, and its dated values, newest last."""

    id: str
    regime: str
    zh: str
    en: str
    kept: str
    values: tuple[tuple[date, Mapping[str, Any]], ...] = ()

    def on(self, day: date) -> Mapping[str, Any]:
        """The values in force on `day`; empty before the first and for clauses without any."""
        current: Mapping[str, Any] = {}
        for since, values in self.values:
            if since <= day:
                current = values
        return current


@dataclass(frozen=True, slots=True)
class Rulebook:
    """One office profile's clauses, with the statutory layers under it."""

    slug: str
    name_zh: str
    name_en: str
    version: str
    clauses: Mapping[str, Clause] = field(repr=False)

    def has(self, clause_id: str) -> bool:
        """Whether the profile regulates this at all."""
        return clause_id in self.clauses

    def clause(self, clause_id: str) -> Clause:
        """The clause; raises KeyError when the profile does not have it."""
        return self.clauses[clause_id]

    def value(self, clause_id: str, name: str, on: date) -> Any:
        """A named value of a clause on a day; raises KeyError when there is none."""
        return self.clauses[clause_id].on(on)[name]

    def limit(self, clause_id: str, on: date, *, urgency: str = "") -> Limit:
        """The clause's limit on a day; a range is mapped by urgency, never to its maximum."""
        raw = self.value(clause_id, "limit", on)
        unit = Unit(raw["unit"])
        if "by_urgency" in raw:
            return Limit(int(raw["by_urgency"][urgency]), unit)
        return Limit(int(raw.get("amount", 0)), unit)


@lru_cache(maxsize=16)
def load(slug: str) -> Rulebook:
    """The shipped rulebook of that name with its layers; raises RulebookError with a remedy."""
    names = available()
    if slug not in names:
        raise RulebookError(f"no rulebook named {slug!r}; choose one of: {', '.join(names)}")
    return read(slug)


def available() -> tuple[str, ...]:
    """The profiles an office may adopt (statutory layers are not offices' rulebooks)."""
    root = resources.files("huiyin") / "rulebooks"
    return tuple(sorted(d.name for d in root.iterdir() if (d / "profile.yaml").is_file()))


def read(slug: str) -> Rulebook:
    """Read the profile's files, check every clause, and put the layers underneath."""
    root = resources.files("huiyin") / "rulebooks"
    profile_text = (root / slug / "profile.yaml").read_text(encoding="utf-8")
    profile = yaml.safe_load(profile_text)
    parts = [profile_text]
    clauses: dict[str, Clause] = {}
    own = sorted(f"{slug}/{f.name}" for f in (root / slug).iterdir() if f.name != "profile.yaml")
    for name in [*(f"{layer}.yaml" for layer in profile.get("layers", ())), *own]:
        text = root.joinpath(*name.split("/")).read_text(encoding="utf-8")
        parts.append(text)
        clauses |= parse(text, name)
    digest = hashlib.sha256("\0".join(parts).encode()).hexdigest()[:12]
    return Rulebook(
        slug=slug,
        name_zh=profile["name"]["zh"],
        name_en=profile["name"]["en"],
        version=f"{slug}@{digest}",
        clauses=clauses,
    )


def parse(text: str, name: str) -> dict[str, Clause]:
    """Clauses of one YAML file by id; raises RulebookError naming file, clause and remedy."""
    try:
        raw = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise RulebookError(f"{name}: not YAML: {error}") from error
    found: dict[str, Clause] = {}
    for entry in (raw or {}).get("clauses", ()):
        clause = _clause(entry, name)
        if clause.id in found:
            raise RulebookError(f"{name}: clause {clause.id} stands twice; remove one")
        found[clause.id] = clause
    return found


def _clause(entry: Mapping[str, Any], name: str) -> Clause:
    where = f"{name}: clause {entry.get('id', '?')}"
    for key in ("id", "regime", "zh", "en", "kept"):
        if not entry.get(key):
            raise RulebookError(f"{where}: {key!r} is missing; every clause needs it")
    if entry["kept"] not in KEPT:
        raise RulebookError(f"{where}: kept must be one of {', '.join(sorted(KEPT))}")
    values = tuple(_dated(v, where) for v in entry.get("values", ()))
    if list(values) != sorted(values, key=lambda pair: pair[0]):
        raise RulebookError(f"{where}: put its values in the order of their dates")
    return Clause(entry["id"], entry["regime"], entry["zh"], entry["en"], entry["kept"], values)


def _dated(value: Mapping[str, Any], where: str) -> tuple[date, Mapping[str, Any]]:
    since = value.get("from")
    if not isinstance(since, date):
        raise RulebookError(f"{where}: each value needs 'from', a date such as 2011-01-01")
    rest = {key: item for key, item in value.items() if key != "from"}
    if "limit" in rest:
        _check_limit(rest["limit"], where)
    return since, rest


def _check_limit(raw: Mapping[str, Any], where: str) -> None:
    try:
        unit = Unit(raw["unit"])
    except (KeyError, ValueError) as error:
        units = ", ".join(u.value for u in Unit)
        raise RulebookError(f"{where}: a limit's unit must be one of {units}") from error
    if "by_urgency" not in raw:
        try:
            Limit(int(raw.get("amount", 0)), unit)
        except ValueError as error:
            raise RulebookError(f"{where}: {error}; correct the limit's amount") from error
        return
    if "range" not in raw:
        raise RulebookError(f"{where}: a limit by urgency needs the printed 'range', such as [1, 3]")
    low, high = raw["range"]
    outside = {k: v for k, v in raw["by_urgency"].items() if not low <= v <= high}
    if outside:
        raise RulebookError(f"{where}: {outside} lies outside the printed range {low}-{high}")
