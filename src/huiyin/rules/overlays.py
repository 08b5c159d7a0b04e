"""Local overlays: an office changes what a clause says from a day on, and nothing before that day.

    base: township
    reason: 镇长办公会 2026-11-20
    changes:
      - id: p4.time-limit.4.b
        since: 2027-01-01
        limit: {unit: working_day, range: [2, 5], by_urgency: {urgent: 2, normal: 4, low: 5}}

Each change names a clause of the rulebook and gives it a further dated value;
what it does not name stays as the value before it said. With `zh` and `en` it
words the clause anew. A change cannot add a clause, nor reach one of the law: a
law is not an office's to change.

A matter keeps what the office's rulebook said when it began, unless the change
says `running: true`. How time is counted and lit is one for the whole office,
so a change to that always does.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Any, Final

import yaml

from huiyin.rules.clauses import LINE, Clause, RulebookError, Values, checked_values, read_yaml, without_lines
from huiyin.rules.counting import PART as COUNTING
from huiyin.rules.rulebook import Rulebook

KEYS: Final = frozenset({"base", "reason", "changes"})
LAW: Final = "law."
OFFICE_WIDE: Final = frozenset({COUNTING, "lights"})
"""Parts that hold for every clock of the office alike."""
_NO_VALUES: Final = frozenset({"id", "since", "running", "zh", "en"})


@dataclass(frozen=True, slots=True)
class Change:
    """From `since` on, `clause` says `read` where it said something else before.

    `running` reaches matters that began earlier. `zh` and `en` are the clause's
    new wording, "" where it stays.
    """

    clause: str
    since: date
    read: Mapping[str, Any]
    running: bool = False
    zh: str = ""
    en: str = ""


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


def overlay_text(base: str, reason: str, changes: Iterable[Change]) -> str:
    """The YAML text that `parse_overlay` reads as these changes."""
    entries = [
        {"id": one.clause, "since": one.since}
        | ({"running": True} if one.running else {})
        | {name: text for name, text in (("zh", one.zh), ("en", one.en)) if text}
        | dict(one.read)
        for one in changes
    ]
    plain = {"base": base, "reason": reason, "changes": entries}
    return yaml.safe_dump(plain, allow_unicode=True, sort_keys=False)


def as_begun(overlays: Iterable[Overlay], day: date) -> tuple[Overlay, ...]:
    """What of the overlays binds a matter that begins on `day`."""
    found = []
    for overlay in overlays:
        kept = tuple(one for one in overlay.changes if one.running or one.since <= day)
        if kept:
            # How many are kept names which: of one text, a later day only ever keeps more.
            part = "" if len(kept) == len(overlay.changes) else f"~{len(kept)}"
            found.append(replace(overlay, changes=kept, digest=overlay.digest + part))
    return tuple(found)


def overlaid(book: Rulebook, overlays: Iterable[Overlay], *, worded: date | None = None) -> Rulebook:
    """The rulebook with the overlays on it, in order; raises RulebookError for what none can change.

    Clauses are worded as on the day `worded`, None for the newest wording.
    """
    clauses = dict(book.clauses)
    digests = []
    for overlay in overlays:
        if overlay.base != book.slug:
            raise RulebookError(f"this overlay changes {overlay.base!r}, not {book.slug!r}; correct its base")
        for change in overlay.changes:
            clauses[change.clause] = _changed(clauses, change, book.slug, worded)
        digests.append(overlay.digest)
    if not digests:
        return book
    # However many changes there were: a version fits the column that keeps it.
    sum_of_all = hashlib.sha256("\0".join(digests).encode()).hexdigest()[:12]
    return replace(book, clauses=clauses, version=f"{book.version}+{len(digests)}.{sum_of_all}")


def tried(book: Rulebook, overlay: Overlay, day: date) -> Rulebook:
    """The rulebook as if the overlay had held since `day`, whatever was set later: for a dry run."""
    after = overlaid(book, [overlay])
    clauses = dict(after.clauses)
    for change in overlay.changes:
        clause = clauses[change.clause]
        value = clause.in_force(change.since) or Values(day)
        earlier = tuple(one for one in clause.values if one.since < day)
        clauses[change.clause] = replace(clause, values=(*earlier, replace(value, since=day)))
    return replace(after, clauses=clauses)


def _change(entry: Any, name: str) -> Change:
    if not isinstance(entry, dict):
        raise RulebookError(f"{name}: {entry!r} is no change; write '- id: ...' with since and what it says")
    where = f"{name}, line {entry.get(LINE, '?')}: change of {entry.get('id', '?')}"
    if not entry.get("id"):
        raise RulebookError(f"{where}: 'id' is missing; name the clause to change")
    plain = without_lines(entry)
    read = {key: item for key, item in plain.items() if key not in _NO_VALUES}
    zh, en = (str(plain.get(name) or "").strip() for name in ("zh", "en"))
    if not read and not zh and not en:
        raise RulebookError(f"{where}: says nothing; give a limit or another value")
    if not isinstance(plain.get("running", False), bool):
        raise RulebookError(f"{where}: 'running' must be true or false; correct it")
    values = checked_values({**entry, "figures": {}}, where, besides=tuple(_NO_VALUES))
    running = plain.get("running", False)
    return Change(str(entry["id"]), values.since, MappingProxyType(read), running, zh, en)


def _changed(clauses: Mapping[str, Clause], change: Change, slug: str, worded: date | None) -> Clause:
    old = clauses.get(change.clause)
    if old is None:
        raise RulebookError(f"{slug} has no clause {change.clause}; correct the id")
    if change.clause.startswith(LAW):
        raise RulebookError(f"{change.clause} is law; an office can only be stricter by a clause of its own")
    if old.plays in OFFICE_WIDE and not change.running:
        raise RulebookError(
            f"{change.clause} holds for every clock of the office alike; add 'running: true' to change it"
        )
    before = old.in_force(change.since)
    if before is not None and before.since == change.since:
        kept = tuple(one for one in old.values if one is not before)
    else:
        kept = old.values
    base = before or Values(change.since)
    new = Values(change.since, base.figures, MappingProxyType({**base.read, **change.read}))
    _within_print(new, change)
    said = worded is None or change.since <= worded
    return replace(
        old,
        values=tuple(sorted((*kept, new), key=lambda one: one.since)),
        zh=change.zh if said and change.zh else old.zh,
        en=change.en if said and change.en else old.en,
    )


def _within_print(new: Values, change: Change) -> None:
    """A range by urgency stays inside what the source prints, whoever sets the days (note N24)."""
    low, high = new.figures.get("min_days"), new.figures.get("max_days")
    limit = new.read.get("limit", {})
    if low is None or high is None or "by_urgency" not in limit:
        return
    outside = {key: days for key, days in limit["by_urgency"].items() if not low <= days <= high}
    if outside:
        raise RulebookError(f"{change.clause}: {outside} lies outside the printed range {low}-{high}")
