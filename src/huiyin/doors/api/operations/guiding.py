"""Whose it is: the way of an enquiry, the leader who is asked, and papers taken in for a colleague."""

from __future__ import annotations

from uuid import UUID

from ninja import Router
from ninja.responses import Status

from huiyin.doors.api import asks, calls
from huiyin.doors.api.answers import receipts
from huiyin.doors.api.calls import Call
from huiyin.doors.api.describing import writing
from huiyin.doors.rights import Right
from huiyin.matters import actions
from huiyin.matters.steps import Paper
from huiyin.rules.errors import Invalid, NotFound, msg

router = Router(tags=["guiding"])


@router.post(
    "/matters/{number}/route",
    **writing(
        Right.HAND_OVER,
        receipts.Receipt,
        msg("判断归属"),
        msg("本岗、同事、交叉、外单位、不清楚，各有各的要求；外单位的记下后即为答复。"),
    ),
)
def route_contact(request: Call, number: str, body: asks.Way) -> Status[receipts.Receipt]:
    """Choose the way of an enquiry."""
    fields = body.fields()
    fields["to"] = _person(request, body.to) if body.to else None
    return calls.done(request, actions.route_contact, number, fields)


@router.post(
    "/matters/{number}/route/instruction",
    **writing(Right.HAND_OVER, receipts.Receipt, msg("批示"), msg("由被请示的领导作出。")),
)
def instruct(request: Call, number: str, body: asks.Instruction) -> Status[receipts.Receipt]:
    """Say how to go on."""
    return calls.done(request, actions.instruct, number, body.fields())


@router.post(
    "/matters/{number}/consultations",
    **writing(
        Right.HAND_OVER,
        receipts.Receipt,
        msg("请其他科室会商"),
        msg("全部答复或者过期之前，不能告知、受理或者答复申请人。"),
    ),
)
def consult_unit(request: Call, number: str, body: asks.Consulting) -> Status[receipts.Receipt]:
    """Ask another unit before the notice."""
    fields = {"to": _person(request, body.to), "question": body.question}
    return calls.done(request, actions.consult_unit, number, fields)


@router.post(
    "/matters/{number}/consultations/answer",
    **writing(
        Right.HAND_OVER, receipts.Receipt, msg("答复会商"), msg("由被请的科室答复；逾期答复照样记下。")
    ),
)
def answer_consultation(request: Call, number: str, body: asks.Advice) -> Status[receipts.Receipt]:
    """Answer for one's unit."""
    return calls.done(request, actions.answer_consultation, number, body.fields())


@router.post(
    "/matters/{number}/deposits",
    **writing(Right.HAND_OVER, receipts.Receipt, msg("代收材料"), msg("对方签收才算转交。")),
)
def keep_papers(request: Call, number: str, body: asks.Keeping) -> Status[receipts.Receipt]:
    """Take papers in for a colleague."""
    papers = tuple(Paper(one.name, present=True, copies=one.copies, pages=one.pages) for one in body.papers)
    fields = {"to": _person(request, body.to), "papers": papers, "contact": body.contact}
    return calls.done(request, actions.keep_papers, number, fields)


@router.post(
    "/matters/{number}/deposits/taking",
    **writing(Right.HAND_OVER, receipts.Receipt, msg("签收代收的材料"), msg("清点后签收。")),
)
def take_papers(request: Call, number: str, body: asks.Nothing) -> Status[receipts.Receipt]:
    """Take over the papers."""
    return calls.done(request, actions.take_papers, number, body.fields())


def _person(request: Call, staff_no: str) -> UUID:
    try:
        return calls.person_id(request.asker, staff_no)
    except NotFound as error:
        raise Invalid({"to": msg("本单位没有这个工号")}) from error
