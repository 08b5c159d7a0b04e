"""The form with which an office changes one clause from a day on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from huiyin.doors import phrases
from huiyin.doors.access import DoorRequest
from huiyin.doors.forms import Bound, Field, bind, clean
from huiyin.matters import labels, refusal_labels
from huiyin.organisation import permissions
from huiyin.rules import amending, library
from huiyin.rules.clauses import Clause
from huiyin.rules.errors import msg
from huiyin.rules.overlays import LAW, OFFICE_WIDE, Change
from huiyin.rules.workdays import SHANGHAI

_YES_NO: Final = {"true": msg("是"), "false": msg("否")}
_KINDS: Final = {
    "number": "number",
    "share": "text",
    "switch": "select",
    "word": "select",
    "levels": "select",
    "lines": "textarea",
}
SINCE: Final = Field("since", msg("施行日期"), "date", help=msg("从这一天起收到的事按新规定办理"))
RUNNING: Final = Field(
    "running",
    msg("已在办理的事也适用"),
    "checkbox",
    required=False,
    help=msg("不勾选，已收到的事仍按原规定办完"),
)
ALL_CLOCKS: Final = replace(SINCE, help=msg("从这一天起开始的计时都适用，已在办理的事也一样"))
REASON: Final = Field("reason", msg("理由和依据"), "textarea", rows=2, max_length=200)


def may_amend(request: DoorRequest, clause: Clause) -> bool:
    """Say whether this person may propose to change this clause."""
    return bool(permissions.may_propose_rules(request.asker)) and not clause.id.startswith(LAW)


def fields_of(clause: Clause, on: date) -> list[Field]:
    """Return the fields that hold what the clause says on a day, and since when it shall say otherwise."""
    wording = [
        Field("zh", msg("条文（中文）"), "textarea", rows=2, initial=clause.zh, max_length=500),
        Field("en", msg("条文（英文）"), "textarea", rows=2, initial=clause.en, max_length=500),
    ]
    values = [_field(slot) for slot in amending.slots(clause, on)]
    shown = Field("shown", "", "hidden", required=False, initial=on.isoformat())
    when = [ALL_CLOCKS] if clause.plays in OFFICE_WIDE else [SINCE, RUNNING]
    return [*values, *wording, *when, REASON, shown]


def bound_fields(clause: Clause, request: DoorRequest) -> list[Bound]:
    """Return the empty form for a clause."""
    return bind(fields_of(clause, today(request)), prefix="a")


def day_of(text: str) -> date | None:
    """Return the day somebody typed; None for what is none."""
    try:
        return date.fromisoformat(clean(text).strip())
    except ValueError:
        return None


def change_of(clause: Clause, typed: Mapping[str, str], since: date, request: DoorRequest) -> Change:
    """Return what was typed as a change of the clause as it will be on a day; raises Invalid by field."""
    running = bool(typed.get("running"))
    return amending.change_of(clause, typed, since=since, today=today(request), running=running)


def moved_on(seen: Clause, seen_on: date, clause: Clause, since: date) -> bool:
    """Say whether a clause will say something else on a day than the form showed."""
    worded = (seen.zh, seen.en) == (clause.zh, clause.en)
    return not worded or amending.slots(seen, seen_on) != amending.slots(clause, since)


def _field(slot: amending.Slot) -> Field:
    choices: Mapping[str, str] = {}
    if slot.kind == "switch":
        choices = _YES_NO
    elif slot.kind == "word":
        choices = {code: _word(slot, code) for code in slot.choices}
    elif slot.kind == "levels":
        choices = {codes: _one_after_another(codes) for codes in slot.choices}
    limits = msg("%(least)s至%(most)s之间") if slot.kind == "number" and slot.least else ""
    return Field(
        slot.name,
        _label(slot),
        _KINDS[slot.kind],
        choices=choices,
        initial=slot.value,
        help=_(limits) % {"least": slot.least, "most": slot.most} if limits else "",
        min=str(slot.least) if slot.kind == "number" else "",
    )


def _label(slot: amending.Slot) -> str:
    if slot.name.startswith(amending.URGENCY):
        level = slot.name.removeprefix(amending.URGENCY)
        return _("时限（%(level)s）") % {"level": phrases.label(labels.URGENCIES, level)}
    fixed = {amending.AMOUNT: msg("时限"), amending.UNIT: msg("时限单位")}
    return fixed.get(slot.name) or library.name_of(slot.key, phrases.language())


def _word(slot: amending.Slot, code: str) -> str:
    if slot.name == amending.UNIT:
        return labels.UNITS[code]
    said = library.code_of(slot.key, code, phrases.language())
    return said[:1].upper() + said[1:]


def _one_after_another(codes: str) -> str:
    """Who signs, in their order."""
    return " → ".join(phrases.label(refusal_labels.LEVELS, code) for code in codes.split())


def today(request: DoorRequest) -> date:
    """Return the day it is at the office."""
    return request.now.astimezone(SHANGHAI).date()
