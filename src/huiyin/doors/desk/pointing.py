"""The form for pointing out that a clause was not kept: each clause asks for its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from huiyin.doors import phrases
from huiyin.doors.forms import Field
from huiyin.matters import labels
from huiyin.matters import queries as matters
from huiyin.rules import invoking, library
from huiyin.rules.clauses import Clause

VERB: Final = "invoke_clause"


def asked(fields: Iterable[Field], verb: str, clauses: list[Clause], day: date) -> list[Field]:
    """Return the fields with what the clauses give to choose from; only those that one of them needs."""
    if verb != VERB:
        return list(fields)
    choices = _choices(clauses, day)
    wanted = _wanted(clauses, day, choices)
    return [
        replace(one, choices=choices.get(one.name, one.choices))
        for one in fields
        if wanted.get(one.name, True)
    ]


def _choices(clauses: list[Clause], day: date) -> dict[str, dict[str, str]]:
    """Return the clauses, degrees and measures to choose from, by their fields."""
    graded = dict.fromkeys(one for clause in clauses for one in invoking.gravities(clause, day))
    printed = dict.fromkeys(one for clause in clauses for one in invoking.measures(clause, day))
    none = {"": _("请选择")}
    return {
        "clause": _invocable(clauses),
        "gravity": {**none, **{one: phrases.label(labels.GRAVITIES, one) for one in graded}},
        "measure": {**none, **{one: library.code_of("measures", one, phrases.language()) for one in printed}},
    }


def _wanted(clauses: list[Clause], day: date, choices: Mapping[str, Mapping[str, str]]) -> dict[str, bool]:
    """Whether a clause offered has anything for a field; those that every clause needs are not named."""
    return {
        "duty_line": any(matters.needs_duty_line(one) for one in clauses),
        "promise_line": any(matters.needs_promise_line(one) for one in clauses),
        "verified": any(invoking.wants_proof(one, day) for one in clauses),
        "effect": any(invoking.wants_effect(one, day) for one in clauses),
        "gravity": len(choices["gravity"]) > 1,
        "measure": len(choices["measure"]) > 1,
    }


def _invocable(clauses: list[Clause]) -> dict[str, str]:
    """Return the clauses that a person may invoke, in words and by number; none is chosen."""
    english = phrases.language() == "en"
    found = {one.id: f"{one.en if english else one.zh} § {one.id}" for one in clauses}
    return {"": _("请选择条款"), **found}
