"""What was typed about whose a matter is, and about papers taken in, as the arguments of the verbs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from huiyin.doors.desk.people import chosen
from huiyin.doors.desk.step import Step
from huiyin.doors.forms import Field
from huiyin.matters import actions, labels
from huiyin.matters.actions import By, Receipt
from huiyin.matters.steps import Paper
from huiyin.rules.errors import Invalid, msg
from huiyin.rules.events import Route
from huiyin.rules.regimes import first_responder
from huiyin.rules.rulebook import Rulebook

VERB: Final = "route_contact"


def led(by: By, number: str, typed: Mapping[str, str]) -> Receipt:
    """Choose the way of an enquiry; raises Invalid for days that are no number."""
    named = typed["to"] or typed.get("to_text", "").strip()
    days = typed["days"].strip()
    if days and not days.isdecimal():
        raise Invalid({"days": msg("请填写整数")})
    return actions.route_contact(
        by,
        number,
        way=typed["way"],
        to=chosen(by.asker, typed, "to") if named else None,
        words=typed["words"],
        department=typed["department"],
        place=typed["place"],
        phone=typed["phone"],
        days=int(days[:5]) if days else None,
        items=typed["items"],
        unknown=typed["unknown"],
    )


def asked(fields: list[Field], verb: str, book: Rulebook) -> list[Field]:
    """Return the fields with the ways that a clause of the rulebook speaks of: no other is offered."""
    if verb != VERB:
        return fields
    ways = {way: word for way, word in labels.ROUTES.items() if book.has(first_responder.ROUTES[Route(way)])}
    return [replace(one, choices=ways) if one.name == "way" else one for one in fields]


def kept(by: By, number: str, typed: Mapping[str, str]) -> Receipt:
    """Read papers line by line: name, copies, pages."""
    lines = [line.split() for line in typed["papers"].splitlines() if line.strip()]
    found = []
    for line in lines:
        numbers = [int(one) for one in line[1:] if one.isdecimal() and len(one) <= len("9999")]
        if len(numbers) + 1 != len(line) or len(line) > len(("name", "copies", "pages")):
            raise Invalid({"papers": msg("每行一种材料：名称 份数 页数，用空格隔开")})
        copies, pages = (*numbers, *(1, 0)[len(numbers) :])
        found.append(Paper(line[0], present=True, copies=copies, pages=pages or None))
    return actions.keep_papers(
        by, number, to=chosen(by.asker, typed, "to"), papers=tuple(found), contact=typed["contact"]
    )


ROUTE: Final = Step(
    (
        Field("way", msg("归属"), "radio", choices=labels.ROUTES, initial="own"),
        Field(
            "to",
            msg("承办人或请示的领导"),
            "person",
            required=False,
            help=msg(
                "同事的业务写承办人，写了就同时提出移交；不清楚的写请示的领导；"
                "交叉涉及本单位其他科室的，写由谁答复，写了就同时发出会商。"
            ),
        ),
        Field(
            "words",
            msg("说明"),
            "textarea",
            required=False,
            max_length=2000,
            rows=2,
            help=msg(
                "外单位的、不能办的、本岗当场办不了的，写向来人的说明；交叉的可以写由谁牵头、怎样协调。"
            ),
        ),
        Field(
            "department",
            msg("承办部门"),
            required=False,
            max_length=200,
            help=msg("交叉的列出共同办理的各部门，用顿号或逗号隔开；外单位的写承办部门。"),
        ),
        Field("place", msg("地址"), required=False, max_length=200),
        Field("phone", msg("联系电话"), "tel", required=False, max_length=200),
        Field(
            "unknown",
            msg("没有告知全的原因"),
            required=False,
            max_length=200,
            help=msg("不归本单位的，部门、地址、电话有一项没有告知的，写明原因。"),
        ),
        Field("days", msg("几个工作日内办完"), "number", required=False, min="1"),
        Field(
            "items",
            msg("要补、要带的材料"),
            "textarea",
            required=False,
            max_length=2000,
            rows=2,
            help=msg("本岗业务当场办不了的，每行写一份；原因写在“说明”里。"),
        ),
    ),
    led,
    msg("记下归属"),
    msg("不归本单位的，尽量告知部门、地址和电话，记下后即为答复。"),
    leads=False,
)
"""The form for whose an enquiry is, with what each way demands."""
