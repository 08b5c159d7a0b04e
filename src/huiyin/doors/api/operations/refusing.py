"""The way to a lawful refusal: proposed, filed, signed; nobody is refused without it."""

from __future__ import annotations

from ninja import Router
from ninja.responses import Status

from huiyin.doors.api import asks, calls, refusing_asks
from huiyin.doors.api.answers import receipts
from huiyin.doors.api.calls import Call
from huiyin.doors.api.describing import writing
from huiyin.doors.rights import Right
from huiyin.matters import actions
from huiyin.rules.errors import msg

router = Router(tags=["refusal"])


@router.post(
    "/matters/{number}/refusal",
    **writing(Right.REFUSE, receipts.Receipt, msg("拟否定"), msg("填写否定报备表；报备时限从此起算。")),
)
def propose_refusal(request: Call, number: str, body: refusing_asks.Refusal) -> Status[receipts.Receipt]:
    """Begin the filing form."""
    return calls.done(request, actions.propose_refusal, number, body.fields())


@router.post(
    "/matters/{number}/refusal/filing",
    **writing(Right.REFUSE, receipts.Receipt, msg("否定报备"), msg("报分管领导；其不在岗时报主要领导。")),
)
def file_refusal(request: Call, number: str, body: asks.Nothing) -> Status[receipts.Receipt]:
    """Put the form before the leader."""
    return calls.done(request, actions.file_refusal, number, body.fields())


@router.post(
    "/matters/{number}/refusal/approval",
    **writing(Right.DECIDE_REFUSAL, receipts.Receipt, msg("同意否定"), msg("不能审批自己提出的否定。")),
)
def approve_refusal(request: Call, number: str, body: asks.Signature) -> Status[receipts.Receipt]:
    """Sign the form at its level."""
    return calls.done(request, actions.approve_refusal, number, body.fields())


@router.post(
    "/matters/{number}/refusal/overturning",
    **writing(Right.DECIDE_REFUSAL, receipts.Receipt, msg("纠正否定"), msg("退回继续办理，时限重新起算。")),
)
def overturn_refusal(request: Call, number: str, body: asks.Opinion) -> Status[receipts.Receipt]:
    """Find the refusal wrong."""
    return calls.done(request, actions.overturn_refusal, number, body.fields())


@router.post(
    "/matters/{number}/refusal/minute",
    **writing(
        Right.DECIDE_REFUSAL,
        receipts.Receipt,
        msg("登记集体研究决定"),
        msg("重要事项经审查后由班子集体研究决定，凭会议纪要登记。"),
    ),
)
def record_minute(request: Call, number: str, body: refusing_asks.Minute) -> Status[receipts.Receipt]:
    """Record that the leadership team decided together."""
    return calls.done(request, actions.record_minute, number, body.fields())


@router.post(
    "/matters/{number}/refusal/correction",
    **writing(
        Right.DECIDE_REFUSAL,
        receipts.Receipt,
        msg("纠正不予办理决定"),
        msg("已作出的决定确有错误的，恢复办理，时限重新起算，并告知申请人。"),
    ),
)
def correct_refusal(request: Call, number: str, body: asks.Opinion) -> Status[receipts.Receipt]:
    """Find a decided refusal wrong."""
    return calls.done(request, actions.correct_refusal, number, body.fields())


@router.post(
    "/matters/{number}/instruction",
    **writing(Right.REFUSE, receipts.Receipt, msg("请示"), msg("没有否定权或者拿不准的，先请示分管领导。")),
)
def ask_instruction(request: Call, number: str, body: refusing_asks.Question) -> Status[receipts.Receipt]:
    """Ask a leader whether to refuse."""
    return calls.done(request, actions.ask_instruction, number, body.fields())


@router.post(
    "/matters/{number}/instruction/answer",
    **writing(Right.DECIDE_REFUSAL, receipts.Receipt, msg("答复请示"), msg("不能答复自己经办事项的请示。")),
)
def give_instruction(
    request: Call, number: str, body: refusing_asks.RefusalInstruction
) -> Status[receipts.Receipt]:
    """Answer the question."""
    return calls.done(request, actions.give_instruction, number, body.fields())


@router.post(
    "/matters/{number}/return",
    **writing(Right.DECIDE, receipts.Receipt, msg("要求退还材料"), msg("申请人要求退还材料的，不得拒绝。")),
)
def ask_return(request: Call, number: str, body: asks.Nothing) -> Status[receipts.Receipt]:
    """Record that the applicant wants the papers back."""
    return calls.done(request, actions.ask_return, number, body.fields())


@router.post(
    "/matters/{number}/return/handing-over",
    **writing(
        Right.DECIDE, receipts.Receipt, msg("退还材料"), msg("凭身份证明和签收退还，出具材料退还签收单。")
    ),
)
def return_materials(request: Call, number: str, body: refusing_asks.HandingOver) -> Status[receipts.Receipt]:
    """Hand the papers back."""
    return calls.done(request, actions.return_materials, number, body.fields())
