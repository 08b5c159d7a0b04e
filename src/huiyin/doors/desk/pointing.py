"""The form for pointing out that a clause was not kept: each clause asks for its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from huiyin.doors import phrases
from huiyin.doors.desk.people import chosen
from huiyin.doors.desk.step import Step, Typed
from huiyin.doors.forms import Field
from huiyin.matters import actions, labelled, labels
from huiyin.matters import queries as matters
from huiyin.matters.actions import By, Receipt
from huiyin.rules import invoking, library
from huiyin.rules.clauses import Clause
from huiyin.rules.errors import msg

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


def _invoke(by: By, number: str, typed: Typed) -> Receipt:
    named = typed["against"] or typed.get("against_text", "").strip()
    against = chosen(by.asker, typed, "against") if named else None
    return actions.invoke_clause(
        by,
        number,
        clause=typed["clause"],
        facts=typed["facts"],
        against=against,
        duty_line=typed.get("duty_line", ""),
        promise_line=typed.get("promise_line", ""),
        measure=typed.get("measure", ""),
        gravity=typed.get("gravity", ""),
        verified=typed.get("verified", ""),
        effect=typed.get("effect", ""),
    )


POINTING_STEPS: Final[Mapping[str, Step]] = {
    VERB: Step(
        (
            Field("clause", msg("没有照哪一条办"), "select"),
            Field("facts", msg("什么时候、什么事"), "textarea", max_length=2000, rows=3),
            Field(
                "against",
                msg("对谁"),
                "person",
                required=False,
                help=msg("不填就是现在的责任人；追究首问责任人的条款，不填就是首问责任人。"),
            ),
            Field(
                "verified",
                labelled.VERIFIED,
                "textarea",
                required=False,
                max_length=1000,
                rows=2,
                help=msg("条款要求投诉、举报查实才追究的必填：谁在什么时候反映、怎样查实的。"),
            ),
            Field(
                "effect",
                labelled.EFFECT,
                "textarea",
                required=False,
                max_length=1000,
                rows=2,
                help=msg("条款要求造成不良影响才追究的必填。"),
            ),
            Field("gravity", msg("情节"), "select", required=False, help=msg("条款分情节、情形的必选。")),
            Field(
                "measure",
                msg("建议的处理"),
                "select",
                required=False,
                help=msg("条款列明的才选；由有权的人决定。"),
            ),
            Field(
                "duty_line",
                msg("责任书的哪一行"),
                required=False,
                max_length=50,
                help=msg("指出没有履行岗位责任的才填：岗位编码/版本/行号，例如 MZ01/2/3，见岗位页。"),
            ),
            Field(
                "promise_line",
                msg("服务标准的哪一条"),
                required=False,
                max_length=50,
                help=msg(
                    "指出没有做到服务标准、文明用语的才填：科室编码/版本/序号，例如 MZ/3/12，见服务承诺页。"
                ),
            ),
        ),
        _invoke,
        msg("记下问题"),
        msg("记入效能记录，并告知当事人；不影响时限。"),
        grave=True,
    ),
}
"""The form, with everything some clause asks for."""
