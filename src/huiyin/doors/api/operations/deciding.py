"""Answers, decisions, delivery, withdrawal, closing."""

from __future__ import annotations

from ninja import Router
from ninja.responses import Status

from huiyin.doors.api import asks, calls, telling_asks
from huiyin.doors.api.answers import receipts
from huiyin.doors.api.calls import Call
from huiyin.doors.api.describing import writing
from huiyin.doors.rights import Right
from huiyin.matters import actions
from huiyin.rules.errors import msg

router = Router(tags=["decision"])


@router.post(
    "/matters/{number}/decision",
    **writing(
        Right.DECIDE,
        receipts.Receipt,
        msg("准予或不予办理"),
        msg("outcome 为 granted 时附 reply；为 refused 时附 explanation，且须先有经批准的否定报备。"),
    ),
)
def decide(request: Call, number: str, body: asks.Deciding) -> Status[receipts.Receipt]:
    """Grant or refuse the application."""
    verb = actions.grant if isinstance(body, asks.Granting) else actions.refuse
    return calls.done(request, verb, number, body.fields())


@router.post(
    "/matters/{number}/answer",
    **writing(Right.DECIDE, receipts.Receipt, msg("答复咨询")),
)
def answer(request: Call, number: str, body: asks.Reply) -> Status[receipts.Receipt]:
    """Answer an enquiry."""
    return calls.done(request, actions.answer, number, body.fields())


@router.post(
    "/matters/{number}/delivery",
    **writing(Right.DECIDE, receipts.Receipt, msg("送达决定")),
)
def deliver(request: Call, number: str, body: asks.Told) -> Status[receipts.Receipt]:
    """Record that the decision reached the applicant."""
    return calls.done(request, actions.deliver, number, body.fields())


@router.post(
    "/matters/{number}/delivery-proof",
    **writing(
        Right.DECIDE,
        receipts.Receipt,
        msg("登记送达回证"),
        msg("告知书、决定书等已经送到；决定书由此即为已送达。"),
    ),
)
def prove_delivery(request: Call, number: str, body: telling_asks.DeliveryProof) -> Status[receipts.Receipt]:
    """Record how one paper reached whom it is for."""
    return calls.done(request, actions.prove_delivery, number, body.fields())


@router.post(
    "/matters/{number}/withdrawal",
    **writing(
        Right.CLOSE,
        receipts.Receipt,
        msg("申请人撤回"),
        msg("制度要求件件有结果、有回复的咨询和信访，须写明谁在何时以何种方式撤回；上级转来的信访不能撤回。"),
    ),
)
def withdraw(request: Call, number: str, body: telling_asks.Withdrawal) -> Status[receipts.Receipt]:
    """Record that the applicant takes the matter back."""
    return calls.done(request, actions.withdraw, number, body.fields())


@router.post(
    "/matters/{number}/closing",
    **writing(Right.CLOSE, receipts.Receipt, msg("归结"), msg("须已有结果和答复。")),
)
def close(request: Call, number: str, body: asks.Nothing) -> Status[receipts.Receipt]:
    """End the matter."""
    return calls.done(request, actions.close, number, body.fields())
