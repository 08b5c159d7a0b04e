"""Handing over: custody moves when the colleague accepts, and not before."""

from __future__ import annotations

from uuid import UUID

from ninja import Router
from ninja.responses import Status

from huiyin.doors.api import asks, calls
from huiyin.doors.api.answers import lists, receipts
from huiyin.doors.api.calls import Call
from huiyin.doors.api.describing import reading, writing
from huiyin.doors.rights import Right
from huiyin.matters import actions, queries
from huiyin.rules.errors import Invalid, NotFound, msg

router = Router(tags=["custody"])


@router.get(
    "/handovers",
    **reading(Right.READ, lists.WaitingList, msg("等待本人接收的移交"), msg("含正在替其顶岗的同事的。")),
)
def list_handovers(request: Call) -> lists.WaitingList:
    """List the hand-overs that wait for the person."""
    return lists.waiting_list(queries.handovers_to(request.asker), calls.MATTERS)


@router.post(
    "/matters/{number}/handovers",
    **writing(
        Right.HAND_OVER,
        receipts.Receipt,
        msg("提出移交"),
        msg("对方接收前，责任人不变，时限照算。"),
    ),
)
def offer_handover(request: Call, number: str, body: asks.Offer) -> Status[receipts.Receipt]:
    """Offer a matter to a colleague."""
    try:
        taker = calls.person_id(request.asker, body.to)
    except NotFound as error:
        raise Invalid({"to": msg("本单位没有这个工号")}) from error
    return calls.done(request, actions.offer_handover, number, {"to": taker, "reason": body.reason})


@router.post(
    "/matters/{number}/custodian",
    **writing(
        Right.HAND_OVER,
        receipts.Receipt,
        msg("指定责任人"),
        msg("责任人已离职或不再任岗时，由科室负责人、分管领导或主要领导指定接手的人。"),
    ),
)
def assign_custodian(request: Call, number: str, body: asks.Assignment) -> Status[receipts.Receipt]:
    """Take over a matter whose custodian has gone, or give it to a colleague."""
    try:
        taker = calls.person_id(request.asker, body.to) if body.to else None
    except NotFound as error:
        raise Invalid({"to": msg("本单位没有这个工号")}) from error
    return calls.done(request, actions.assign_custodian, number, {"to": taker, "reason": body.reason})


@router.post(
    "/matters/{number}/readdressing",
    **writing(
        Right.HAND_OVER,
        receipts.Receipt,
        msg("改送"),
        msg("等着已离岗的同事签收材料、核稿、会签或签发的，改送另一位同事；等着几位的，要写明改送哪一位的。"),
    ),
)
def readdress(request: Call, number: str, body: asks.Readdressing) -> Status[receipts.Receipt]:
    """Put before another what waits for somebody who has gone."""
    try:
        taker = calls.person_id(request.asker, body.to)
    except NotFound as error:
        raise Invalid({"to": msg("本单位没有这个工号")}) from error
    whose = _waited_for(request, number, body.whose) if body.whose else None
    fields = {"to": taker, "reason": body.reason, "whose": whose}
    return calls.done(request, actions.readdress, number, fields)


def _waited_for(request: Call, number: str, staff_no: str) -> UUID:
    """Return who of those the matter waits for in vain has a staff number; raises Invalid for nobody."""
    matter = queries.get(request.asker, number)
    found = [one.id for one in queries.waits_for_in_vain(matter, request.now) if one.staff_no == staff_no]
    if not found:
        raise Invalid({"whose": msg("这件事没有等着这个工号的离岗同事")})
    return found[0]


@router.post(
    "/matters/{number}/handovers/accept",
    **writing(Right.HAND_OVER, receipts.Receipt, msg("接收移交"), msg("从此由本人负责，各项时限一并转来。")),
)
def accept_handover(request: Call, number: str, body: asks.Nothing) -> Status[receipts.Receipt]:
    """Take a matter over."""
    return calls.done(request, actions.accept_handover, number, body.fields())


@router.post(
    "/matters/{number}/handovers/bounce",
    **writing(Right.HAND_OVER, receipts.Receipt, msg("退回移交"), msg("须写明理由。")),
)
def bounce_handover(request: Call, number: str, body: asks.Reason) -> Status[receipts.Receipt]:
    """Decline a matter, with a reason."""
    return calls.done(request, actions.bounce_handover, number, body.fields())


@router.post(
    "/matters/{number}/handovers/withdraw",
    **writing(Right.HAND_OVER, receipts.Receipt, msg("撤回移交")),
)
def withdraw_handover(request: Call, number: str, body: asks.Nothing) -> Status[receipts.Receipt]:
    """Take an unanswered offer back."""
    return calls.done(request, actions.withdraw_handover, number, body.fields())
