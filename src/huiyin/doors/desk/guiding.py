"""What was typed about whose a matter is, and about papers taken in, as the arguments of the verbs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final

from huiyin.catalogue import queries as catalogue
from huiyin.doors.desk import counting
from huiyin.doors.desk.people import chosen
from huiyin.doors.desk.step import Step
from huiyin.doors.forms import Field
from huiyin.matters import actions, labels
from huiyin.matters.actions import By, Receipt
from huiyin.rules.errors import Invalid, msg
from huiyin.rules.events import MatterKind, Route
from huiyin.rules.regimes import first_responder
from huiyin.rules.rulebook import Rulebook

if TYPE_CHECKING:
    from huiyin.matters.models import Matter

VERB: Final = "route_contact"
ANSWER: Final = "answer"
NONE: Final = msg("没有")
BASIS: Final = (
    Field("item", msg("依据的事项"), "select", required=False),
    Field(
        "policy",
        msg("依据的政策"),
        required=False,
        max_length=200,
        help=msg("写文件名称、文号和条款。事项和政策都不写也能答复，会标明没有写依据。"),
    ),
)


def led(by: By, number: str, typed: Mapping[str, str]) -> Receipt:
    """Choose the way of an enquiry; raises Invalid for days that are no number."""
    named = typed["to"] or typed.get("to_text", "").strip()
    days = typed["days"].strip() if typed["way"] == Route.OWN else ""
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
        advice=typed["advice"],
        item=typed.get("item", ""),
        policy=typed.get("policy", ""),
    )


def asked(fields: list[Field], verb: str, matter: Matter, book: Rulebook, day: date) -> list[Field]:
    """Return the fields that the matter's rulebook asks for: no way is offered that no clause speaks of."""
    if verb not in {ANSWER, VERB}:
        return fields
    fields = [one for one in map(partial(_basis, matter, book), fields) if one is not None]
    if verb == ANSWER:
        return fields
    ways = {way: word for way, word in labels.ROUTES.items() if book.has(first_responder.ROUTES[Route(way)])}
    barred = Route.BARRED in ways
    wanted = {
        "advice": Route.UNABLE in ways,
        "item": barred,
        "policy": barred,
        "unknown": first_responder.tells_in_full(book, day),
    }
    known = [one for one in fields if wanted.get(one.name, True)]
    return [replace(one, choices=ways) if one.name == "way" else one for one in known]


def _basis(matter: Matter, book: Rulebook, field: Field) -> Field | None:
    """Return the field of an answer's form; of those for its basis none where nothing asks for one."""
    if field.name not in {"item", "policy"}:
        return field
    if matter.kind != MatterKind.ENQUIRY or not book.has(first_responder.CITED):
        return None
    if field.name == "policy":
        return field
    items = {one.code: f"{one.code} {one.name}" for one in catalogue.public_items(matter.tenant_id)}
    own = matter.item.code if matter.item else ""
    return replace(field, choices={"": NONE, **items}, initial=own if own in items else "")


def answered(by: By, number: str, typed: Mapping[str, str]) -> Receipt:
    """Answer, with the item of the catalogue and the policy that the answer rests on, if any was said."""
    said = {name: typed.get(name, "") for name in ("item", "policy")}
    return actions.answer(by, number, reply=typed["reply"], **{k: v for k, v in said.items() if v.strip()})


def kept(by: By, number: str, typed: Mapping[str, str]) -> Receipt:
    """Keep papers for a colleague, as they were typed one a line."""
    return actions.keep_papers(
        by,
        number,
        to=chosen(by.asker, typed, "to"),
        papers=counting.lines(typed["papers"]),
        contact=typed["contact"],
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
                "外单位的、不能办的、答不了的、本岗当场办不了的，写向来人的说明；交叉的可以写由谁牵头、怎样协调。"
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
        Field(
            "advice",
            msg("给了什么指导帮助"),
            "textarea",
            required=False,
            max_length=2000,
            rows=2,
            help=msg("确实答不了的必填：可以怎样做、还可以问谁。"),
        ),
        *BASIS,
    ),
    led,
    msg("记下归属"),
    msg("不归本单位的，尽量告知部门、地址和电话，记下后即为答复。"),
    leads=False,
)
"""The form for whose an enquiry is, with what each way demands."""
