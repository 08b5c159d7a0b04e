"""What of a clause an office may set anew, and what somebody typed read as a change.

Only what has the same form as before: a number stays a number, a word stays
one that regimes know. So a change made on a form can always be followed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from huiyin.rules.clauses import Clause, Values
from huiyin.rules.counting import SWITCHES
from huiyin.rules.errors import Invalid, msg
from huiyin.rules.events import Urgency
from huiyin.rules.overlays import LAW, OFFICE_WIDE, Change
from huiyin.rules.vocabulary import Unit

AMOUNT: Final = "limit.amount"
UNIT: Final = "limit.unit"
URGENCY: Final = "limit.by_urgency."
FOLLOWED: Final = frozenset({"approver", "times", "phrases"})
"""What regimes follow of the figures as printed; the others only describe the print."""
_CODE: Final = re.compile(r"[a-z0-9_.-]+", re.ASCII)
_COUNTED: Final = frozenset(unit.value for unit in Unit if unit.takes_amount)
_MOST: Final = 9999
WORDS: Final = {**SWITCHES, "approver": ("leader_in_charge", "main_leader")}
"""Values that are words, each with those that regimes know."""
LEVELS: Final = ("leader_in_charge", "leader_in_charge main_leader")
"""Who may sign an ordinary refusal, one after the other: the levels that the filing knows its way through."""
_SIGNED: Final = "filing_levels"
_LONGEST: Final = 500
_MOST_TEXT: Final = 5000
_DAYS: Final = {
    Unit.CLOCK_HOUR: 1 / 24,
    Unit.WORKING_HOUR: 1 / 4,
    Unit.CALENDAR_DAY: 1,
    Unit.WORKING_DAY: 2,
    Unit.MONTH: 31,
    Unit.YEAR: 366,
}
_TEN_YEARS: Final = 3660
"""Days that no limit may exceed: one that leaves the calendar would stop every registration."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One thing to set: `name` in a form, the value's `key`, and `value` as text.

    `kind` is number, share, switch, word, levels or lines; a word is one of `choices`,
    levels are words with blanks between, as one of `choices` has them,
    a switch "true" or "false", lines one entry each. A number lies within
    `least` and `most`.
    """

    name: str
    key: str
    kind: str
    value: str
    choices: tuple[str, ...] = ()
    least: int = 0
    most: int = _MOST


@dataclass
class _Typed:
    """What was typed, and what is wrong with it by field."""

    texts: Mapping[str, str]
    faults: dict[str, str] = field(default_factory=dict)


def slots(clause: Clause, on: date) -> list[Slot]:
    """Everything of a clause that may be set anew, as it is on a day; nothing of the law's."""
    values = clause.in_force(on)
    if clause.id.startswith(LAW) or values is None:
        return []
    limit = values.read.get("limit")
    found = _limit_slots(limit if isinstance(limit, Mapping) else _blank(clause, values))
    for key, value in values.plain().items():
        if key == "limit":
            continue
        if key == "levels" and clause.plays == _SIGNED and " ".join(value) in LEVELS:
            found.append(Slot(key, key, "levels", " ".join(value), LEVELS))
            continue
        slot = _slot(key, value) if key in values.read or key in FOLLOWED else None
        found += [slot] if slot else []
    return found


def change_of(
    clause: Clause, typed: Mapping[str, str], *, since: date, today: date, running: bool = False
) -> Change:
    """What somebody typed, by slot name and under "zh" and "en", as a change of the clause.

    What is as it was is left out. Raises Invalid by field, also when nothing is left.
    """
    noted = _Typed(typed)
    if since <= today:
        noted.faults["since"] = msg("施行日期应在今天之后：已经发生的事按当时的规定办理")
    before = {slot.name: slot for slot in slots(clause, since)}
    moved = {name: slot for name, slot in before.items() if typed.get(name, slot.value).strip() != slot.value}
    read = {slot.key: _read(noted, slot) for slot in moved.values() if not slot.name.startswith("limit.")}
    values = clause.in_force(since)
    if values is not None and any(name.startswith("limit.") for name in moved):
        read["limit"] = _limit(noted, values.read.get("limit") or _blank(clause, values), before)
    wording = {
        name: text
        for name, old in (("zh", clause.zh), ("en", clause.en))
        if (text := typed.get(name, old).strip()) != old
    }
    for name, text in wording.items():
        if not text or len(text) > _LONGEST:
            noted.faults[name] = msg("请写明条文，不超过500字")
    if not read and not wording:
        noted.faults.setdefault("", msg("没有改动任何内容"))
    if noted.faults:
        raise Invalid(noted.faults)
    reaches = running or clause.plays in OFFICE_WIDE
    return Change(clause.id, since, read, reaches, wording.get("zh", ""), wording.get("en", ""))


def _blank(clause: Clause, values: Values) -> Mapping[str, Any]:
    """A limit to be filled in: the source leaves the figure blank, and a regime asks for it (note N26)."""
    left_open = clause.plays and "days" in values.figures and values.figures["days"] is None
    return {"amount": "", "unit": Unit.WORKING_DAY.value} if left_open else {}


def _limit_slots(limit: Mapping[str, Any]) -> list[Slot]:
    if "by_urgency" in limit:
        low, high = limit["range"]
        return [
            Slot(URGENCY + level, "limit", "number", str(limit["by_urgency"][level]), least=low, most=high)
            for level in Urgency
            if level in limit["by_urgency"]
        ]
    if limit.get("unit") not in _COUNTED:
        return []
    units = tuple(unit.value for unit in Unit if unit.takes_amount)
    return [
        Slot(AMOUNT, "limit", "number", str(limit["amount"]), least=1),
        Slot(UNIT, "limit", "word", str(limit["unit"]), units),
    ]


def _slot(key: str, value: Any) -> Slot | None:
    """The slot for one value; None for what no form can hold."""
    match value:
        case bool():
            return Slot(key, key, "switch", str(value).lower())
        case int():
            return Slot(key, key, "number", str(value))
        case float():
            return Slot(key, key, "share", str(value), most=1)
        case str() if value in WORDS.get(key, ()):
            return Slot(key, key, "word", value, WORDS[key])
        case list() if any(isinstance(one, str) and not _CODE.fullmatch(one) for one in value):
            return Slot(key, key, "lines", "\n".join(value))
    return None


def _limit(noted: _Typed, old: Mapping[str, Any], before: Mapping[str, Slot]) -> dict[str, Any]:
    if "by_urgency" in old:
        days = {level: _read(noted, before[URGENCY + level]) for level in old["by_urgency"]}
        return {**old, "by_urgency": days}
    amount, unit = _read(noted, before[AMOUNT]), _read(noted, before[UNIT])
    if amount and unit and amount * _DAYS[Unit(unit)] > _TEN_YEARS:
        noted.faults[AMOUNT] = msg("时限不能超过十年")
    return {"amount": amount, "unit": unit}


def _read(noted: _Typed, slot: Slot) -> Any:
    text = noted.texts.get(slot.name, slot.value).strip()
    match slot.kind:
        case "number" if re.fullmatch(r"\d{1,4}", text, re.ASCII) and slot.least <= int(text) <= slot.most:
            return int(text)
        case "share" if re.fullmatch(r"[01](\.\d{1,4})?", text, re.ASCII) and float(text) <= 1:
            return float(text)
        case "switch" if text in {"true", "false"}:
            return text == "true"
        case "word" if text in slot.choices:
            return text
        case "levels" if text in slot.choices:
            return text.split()
        case "lines" if len(text) <= _MOST_TEXT and (lines := _lines(text)):
            return lines
    noted.faults[slot.name] = _FAULTS[slot.kind]
    return None


def _lines(text: str) -> list[str]:
    kept: Iterable[str] = (line.strip() for line in text.splitlines())
    return [line for line in kept if line]


_FAULTS: Final = {
    "number": msg("请填写允许范围内的整数"),
    "share": msg("请填写0到1之间的数，例如0.2"),
    "switch": msg("请选择是或否"),
    "word": msg("请从所列的选项中选择"),
    "levels": msg("请从所列的选项中选择"),
    "lines": msg("请写一行以上，合计不超过5000字"),
}
