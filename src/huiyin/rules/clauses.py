"""From the files of a rulebook to clauses: read, checked, and every fault named by file and line.

A file holds `clauses` and may name their common `regime` and the `source` they
stand in, as papers cite it. Each clause has an id, what kind of rule it is, who
acts, its sentence in Chinese and English, how it is kept, the notes on its
source, and dated values. `figures` are what the
source prints, under the register's names; beside them stands what a regime
reads: a `limit`, and whatever else the clause needs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import Any, Final

import yaml

from huiyin.rules.counting import SWITCHES, counting_of
from huiyin.rules.vocabulary import Limit, Unit

KEPT: Final = ("automatic", "required", "ground", "checklist", "publication", "report")
"""How a clause is kept: a regime acts on it; an act is impossible without it; a person may invoke it;
it is ticked off; it is published; it is reported."""

NEEDED: Final = ("id", "kind", "actor", "zh", "en", "kept")
KEYS: Final = frozenset({*NEEDED, "regime", "plays", "notes", "values"})

LINE: Final = "\0line"
"""Where a mapping stood in its file; a key no file can hold."""


class RulebookError(ValueError):
    """A rulebook file is wrong; the message names file, line, clause, what and remedy."""


@dataclass(frozen=True, slots=True)
class Values:
    """What a clause says from a day on: the figures as printed, and what regimes read."""

    since: date
    figures: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    read: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))

    def plain(self) -> Mapping[str, Any]:
        """Everything by name; what regimes read comes before a figure of the same name."""
        return {**self.figures, **self.read}


@dataclass(frozen=True, slots=True)
class Clause:
    """One rule: who must do what, how it is kept, and its dated values, newest last.

    `plays` is the part that regimes know it by: each profile words and numbers
    the same rule in its own way; "" when no regime asks for it. `source` names the
    instrument in Chinese and English; it is empty for what no instrument prints.
    """

    id: str
    regime: str
    kind: str
    actor: str
    zh: str
    en: str
    kept: str
    plays: str = ""
    notes: tuple[str, ...] = ()
    values: tuple[Values, ...] = ()
    source: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def in_force(self, day: date) -> Values | None:
        """The values in force on `day`; None before the first and for clauses without any."""
        current = None
        for one in self.values:
            if one.since <= day:
                current = one
        return current

    def on(self, day: date) -> Mapping[str, Any]:
        """The values in force on `day` by name; empty when there are none."""
        current = self.in_force(day)
        return current.plain() if current else {}


def parse(text: str, name: str) -> dict[str, Clause]:
    """Clauses of one YAML file by id; raises RulebookError naming file, line, clause and remedy."""
    raw = read_yaml(text, name)
    regime = str(raw.get("regime", ""))
    source = _source(raw, name)
    found: dict[str, Clause] = {}
    for entry in raw.get("clauses") or ():
        clause = replace(_clause(entry, name, regime), source=source)
        if clause.id in found:
            raise RulebookError(f"{_where(entry, name)} stands twice; remove one")
        found[clause.id] = clause
    return found


def read_yaml(text: str, name: str) -> dict[str, Any]:
    """The mapping in a YAML text, each mapping in it with its line under LINE; raises RulebookError."""
    try:
        raw = _loaded(text)
    except (yaml.YAMLError, ValueError) as error:
        place = getattr(error, "problem_mark", None)
        line = f", line {place.line + 1}" if place else ""
        what = getattr(error, "problem", None) or str(error)
        raise RulebookError(f"{name}{line}: not YAML: {what}; correct that line") from error
    if raw is None:
        return {}
    if not isinstance(raw, dict):
        raise RulebookError(f"{name}: needs 'key: value' lines; it has none")
    return raw


def _source(raw: Mapping[str, Any], name: str) -> Mapping[str, str]:
    """The instrument a file names, in both languages; empty for none; raises RulebookError for half of it."""
    source = without_lines(raw.get("source") or {})
    if source and (not isinstance(source, dict) or set(source) != {"zh", "en"} or not all(source.values())):
        raise RulebookError(f"{name}: 'source' needs a name in 'zh' and in 'en', as papers are to cite it")
    return MappingProxyType({key: str(text) for key, text in source.items()})


def _loaded(text: str) -> Any:
    """Read it with the parser in C, seven times as fast; what that refuses, the other says more exactly."""
    try:
        return yaml.load(text, _QuickLoader)  # noqa: S506 - a safe loader that also notes the lines
    except (yaml.YAMLError, ValueError):
        return yaml.load(text, _Loader)  # noqa: S506 - the same


class _Loader(yaml.SafeLoader):
    """A safe loader whose mappings know their line and hold no key twice."""


# PyYAML can be built without the parser in C.
_InC: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _QuickLoader(_InC):  # type: ignore[misc]
    """The same, read by another parser."""


def _with_line(loader: Any, node: yaml.MappingNode) -> Iterator[dict[str, Any]]:
    found: dict[str, Any] = {LINE: node.start_mark.line + 1}
    yield found
    seen = set()
    for key_node, _ in node.value:
        if key_node.value in seen:
            raise yaml.MarkedYAMLError(
                problem=f"{key_node.value!r} stands here a second time", problem_mark=key_node.start_mark
            )
        seen.add(key_node.value)
    found.update({str(key): item for key, item in loader.construct_mapping(node, deep=True).items()})


_Loader.add_constructor("tag:yaml.org,2002:map", _with_line)
_QuickLoader.add_constructor("tag:yaml.org,2002:map", _with_line)


def _clause(entry: Any, name: str, regime: str) -> Clause:
    if not isinstance(entry, dict):
        raise RulebookError(f"{name}: {entry!r} is no clause; write '- id: ...' with its other keys below")
    where = _where(entry, name)
    for key in NEEDED:
        if not entry.get(key):
            raise RulebookError(f"{where}: {key!r} is missing; every clause needs it")
    unknown = sorted(entry.keys() - KEYS - {LINE})
    if unknown:
        raise RulebookError(f"{where}: {unknown[0]!r} means nothing here; use {', '.join(sorted(KEYS))}")
    if not entry.get("regime", regime):
        raise RulebookError(f"{where}: 'regime' is missing; name it in the clause or at the top of the file")
    if entry["kept"] not in KEPT:
        raise RulebookError(f"{where}: kept must be one of {', '.join(sorted(KEPT))}")
    values = tuple(checked_values(one, where) for one in entry.get("values") or ())
    days = [one.since for one in values]
    if days != sorted(set(days)):
        raise RulebookError(f"{where}: put its values in the order of their dates, one for each")
    return Clause(
        id=str(entry["id"]),
        regime=str(entry.get("regime", regime)),
        kind=str(entry["kind"]),
        actor=str(entry["actor"]),
        zh=str(entry["zh"]),
        en=str(entry["en"]),
        kept=str(entry["kept"]),
        plays=str(entry.get("plays", "")),
        notes=tuple(map(str, entry.get("notes") or ())),
        values=values,
    )


def _where(entry: Mapping[str, Any], name: str) -> str:
    return f"{name}, line {entry.get(LINE, '?')}: clause {entry.get('id', '?')}"


def checked_values(value: Any, where: str, besides: tuple[str, ...] = ()) -> Values:
    """One dated value; raises RulebookError beginning with `where`. Keys in `besides` are no values."""
    since = value.get("since") if isinstance(value, dict) else None
    if not isinstance(since, date):
        raise RulebookError(f"{where}: each value needs 'since', a date such as 2011-01-01")
    figures = without_lines(value.get("figures") or {})
    apart = {"since", "figures", *besides}
    read = without_lines({key: item for key, item in value.items() if key not in apart})
    if "limit" in read:
        _check_limit(read["limit"], where)
        _check_agreement(figures, read["limit"], where)
    if read.keys() & SWITCHES.keys():
        _check_counting(read, where)
    return Values(since, MappingProxyType(figures), MappingProxyType(read))


def without_lines(raw: Any) -> Any:
    """The same data without the notes of lines."""
    if isinstance(raw, dict):
        return {key: without_lines(item) for key, item in raw.items() if key != LINE}
    if isinstance(raw, list):
        return [without_lines(item) for item in raw]
    return raw


def _check_counting(read: Mapping[str, Any], where: str) -> None:
    try:
        counting_of(read)
    except ValueError as error:
        raise RulebookError(f"{where}: {error}; correct the value") from error


def _check_limit(raw: Any, where: str) -> None:
    try:
        unit = Unit(raw["unit"])
    except (KeyError, ValueError, TypeError) as error:
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


def _check_agreement(figures: Mapping[str, Any], limit: Mapping[str, Any], where: str) -> None:
    """A limit that regimes read is the one printed: 2 days never become 3 by a slip of the hand."""
    printed = {
        "amount": figures.get("days", figures.get("months")),
        "unit": {"calendar_month": "month"}.get(figures.get("unit", ""), figures.get("unit")),
    }
    if "min_days" in figures:
        printed = {"range": [figures["min_days"], figures["max_days"]], "unit": figures.get("unit")}
    if limit["unit"] == Unit.AT_ONCE:
        return
    for key, value in printed.items():
        if value is not None and limit.get(key) != value:
            raise RulebookError(
                f"{where}: its limit says {key} {limit.get(key)}, its figures {value}; make them agree"
            )
