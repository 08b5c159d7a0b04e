"""Time that does not count, and more time."""

from __future__ import annotations

from ninja import Router
from ninja.responses import Status

from huiyin.doors.api import asks, calls
from huiyin.doors.api.answers import receipts
from huiyin.doors.api.calls import Call
from huiyin.doors.api.describing import writing
from huiyin.doors.rights import Right
from huiyin.matters import actions
from huiyin.rules.errors import msg

router = Router(tags=["time"])


@router.post(
    "/matters/{number}/pause",
    **writing(
        Right.TIME,
        receipts.Receipt,
        msg("特别程序开始，暂停计时"),
        msg("限法律列明的特别程序；同时制作告知书。"),
    ),
)
def pause(request: Call, number: str, body: asks.Pause) -> Status[receipts.Receipt]:
    """Stop the deciding clock for a special procedure."""
    return calls.done(request, actions.pause, number, body.fields())


@router.post(
    "/matters/{number}/resume",
    **writing(Right.TIME, receipts.Receipt, msg("特别程序结束，恢复计时")),
)
def resume(request: Call, number: str, body: asks.Nothing) -> Status[receipts.Receipt]:
    """Let the clock run again."""
    return calls.done(request, actions.resume, number, body.fields())


@router.post(
    "/matters/{number}/extension",
    **writing(Right.TIME, receipts.Receipt, msg("申请延期"), msg("须在期满之前，并写明理由。")),
)
def request_extension(request: Call, number: str, body: asks.Extension) -> Status[receipts.Receipt]:
    """Ask for more time."""
    return calls.done(request, actions.request_extension, number, body.fields())


@router.post(
    "/matters/{number}/extension/withdrawal",
    **writing(
        Right.TIME, receipts.Receipt, msg("撤回延期申请"), msg("领导还没有决定的才能撤回；时限照原来的走。")
    ),
)
def withdraw_extension(request: Call, number: str, body: asks.Nothing) -> Status[receipts.Receipt]:
    """Take back a request for more time."""
    return calls.done(request, actions.withdraw_extension, number, body.fields())


@router.post(
    "/matters/{number}/extension/approval",
    **writing(Right.DECIDE_EXTENSION, receipts.Receipt, msg("批准延期"), msg("不能审批自己提出的延期。")),
)
def approve_extension(request: Call, number: str, body: asks.Opinion) -> Status[receipts.Receipt]:
    """Grant more time."""
    return calls.done(request, actions.approve_extension, number, body.fields())


@router.post(
    "/matters/{number}/extension/refusal",
    **writing(Right.DECIDE_EXTENSION, receipts.Receipt, msg("不同意延期"), msg("须写明意见。")),
)
def refuse_extension(request: Call, number: str, body: asks.Opinion) -> Status[receipts.Receipt]:
    """Do not grant more time."""
    return calls.done(request, actions.refuse_extension, number, body.fields())


@router.post(
    "/matters/{number}/extension/telling",
    **writing(Right.TIME, receipts.Receipt, msg("告知延期"), msg("把延期和理由书面告知申请人。")),
)
def tell_extension(request: Call, number: str, body: asks.Told) -> Status[receipts.Receipt]:
    """Tell the applicant of the extension."""
    return calls.done(request, actions.tell_extension, number, body.fields())


@router.post(
    "/matters/{number}/overrun",
    **writing(
        Right.TIME,
        receipts.Receipt,
        msg("说明超期原因"),
        msg("超过时限的办件，把原因公开给申请人；申请人凭编号和查询码能看到。"),
    ),
)
def explain_overrun(request: Call, number: str, body: asks.Reason) -> Status[receipts.Receipt]:
    """Tell the applicant why a limit was overrun."""
    return calls.done(request, actions.explain_overrun, number, body.fields())
