"""Local overlays: an office changes what a clause says from a day on, and nothing before that day.

    base: township
    reason: 镇长办公会 2026-11-20
    changes:
      - id: p4.time-limit.4.b
        since: 2027-01-01
        limit: {unit: working_day, range: [2, 5], by_urgency: {urgent: 2, normal: 4, low: 5}}

Each change names a clause of the rulebook and gives it a further dated value;
what it does not name stays as the value before it said. A change cannot add a
clause, nor reach one of the law: a law is not an office's to change.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Any, Final

from huiyin.rules.clauses import LINE, Clause, RulebookError, Values, checked_values, read_yaml, without_lines
from huiyin.rules.rulebook import Rulebook

KEYS: Final = frozenset({"base", "reason", "changes"})
LAW: Final = "law."


@dataclass(frozen=True, slots=True)
class Change:
    """From `since` on, `clause` says `read` where it said something else before."""

    clause: str
    since: date
    read: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Overlay:
    """Changes to one rulebook, and what they rest on. `digest` names the text."""

    base: str
    reason: str
    changes: tuple[Change, ...]
    digest: str


def parse_overlay(text: str, name: str) -> Overlay:
    """The overlay in a YAML text; raises RulebookError naming file, line, what and remedy."""
    raw = read_yaml(text, name)
    unknown = sorted(raw.keys() - KEYS - {LINE})
    if unknown:
        raise RulebookError(f"{name}: {unknown[0]!r} means nothing here; use {', '.join(sorted(KEYS))}")
    for key in ("base", "reason"):
        if not str(raw.get(key) or "").strip():
            raise RulebookError(
                f"{name}: {key!r} is missing; an overlay says which rulebook it changes and why"
            )
    changes = tuple(_change(entry, name) for entry in raw.get("changes") or ())
    if not changes:
        raise RulebookError(f"{name}: 'changes' is empty; list at least one clause")
    digest = hashlib.sha256(text.encode()).hexdigest()[:12]
    return Overlay(str(raw["base"]), str(raw["reason"]).strip(), changes, digest)


def overlaid(book: Rulebook, overlays: Iterable[Overlay]) -> Rulebook:
    """The rulebook with the overlays on it, in order; raises RulebookError for what none can change."""
    clauses = dict(book.clauses)
    digests = []
    for overlay in overlays:
        if overlay.base != book.slug:
            raise RulebookError(f"this overlay changes {overlay.base!r}, not {book.slug!r}; correct its base")
        for change in overlay.changes:
            clauses[change.clause] = _changed(clauses, change, book.slug)
        digests.append(overlay.digest)
    if not digests:
        return book
    return replace(book, clauses=clauses, version="+".join((book.version, *digests)))


def _change(entry: Any, name: str) -> Change:
    if not isinstance(entry, dict):
        raise RulebookError(f"{name}: {entry!r} is no change; write '- id: ...' with since and what it says")
    where = f"{name}, line {entry.get(LINE, '?')}: change of {entry.get('id', '?')}"
    if not entry.get("id"):
        raise RulebookError(f"{where}: 'id' is missing; name the clause to change")
    read = {key: item for key, item in without_lines(entry).items() if key not in {"id", "since"}}
    if not read:
        raise RulebookError(f"{where}: says nothing; give a limit or another value")
    values = checked_values({**entry, "figures": {}}, where, besides=("id",))
    return Change(str(entry["id"]), values.since, MappingProxyType(read))


def _changed(clauses: Mapping[str, Clause], change: Change, slug: str) -> Clause:
    old = clauses.get(change.clause)
    if old is None:
        raise RulebookError(f"{slug} has no clause {change.clause}; correct the id")
    if change.clause.startswith(LAW):
        raise RulebookError(f"{change.clause} is law; an office can only be stricter by a clause of its own")
    before = old.in_force(change.since)
    if before is not None and before.since == change.since:
        kept = tuple(one for one in old.values if one is not before)
    else:
        kept = old.values
    base = before or Values(change.since)
    new = Values(change.since, base.figures, MappingProxyType({**base.read, **change.read}))
    _within_print(new, change)
    return replace(old, values=tuple(sorted((*kept, new), key=lambda one: one.since)))


def _within_print(new: Values, change: Change) -> None:
    """A range by urgency stays inside what the source prints, whoever sets the days (note N24)."""
    low, high = new.figures.get("min_days"), new.figures.get("max_days")
    limit = new.read.get("limit", {})
    if low is None or high is None or "by_urgency" not in limit:
        return
    outside = {key: days for key, days in limit["by_urgency"].items() if not low <= days <= high}
    if outside:
        raise RulebookError(f"{change.clause}: {outside} lies outside the printed range {low}-{high}")
