"""The way to a lawful refusal: proposed, filed, signed; nobody is refused without it."""

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

router = Router(tags=["refusal"])


@router.post(
    "/matters/{number}/refusal",
    **writing(Right.REFUSE, receipts.Receipt, msg("拟否定"), msg("填写否定报备情况表；报备时限从此起算。")),
)
def propose_refusal(request: Call, number: str, body: asks.Refusal) -> Status[receipts.Receipt]:
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
def approve_refusal(request: Call, number: str, body: asks.Opinion) -> Status[receipts.Receipt]:
    """Sign the form at its level."""
    return calls.done(request, actions.approve_refusal, number, body.fields())


@router.post(
    "/matters/{number}/refusal/overturning",
    **writing(Right.DECIDE_REFUSAL, receipts.Receipt, msg("纠正否定"), msg("退回继续办理，时限重新起算。")),
)
def overturn_refusal(request: Call, number: str, body: asks.Opinion) -> Status[receipts.Receipt]:
    """Find the refusal wrong."""
    return calls.done(request, actions.overturn_refusal, number, body.fields())
