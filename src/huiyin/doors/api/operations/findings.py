"""Pointing out that a clause was not kept."""

from __future__ import annotations

from ninja import Router
from ninja.responses import Status

from huiyin.doors.api import asks, calls
from huiyin.doors.api.answers import receipts
from huiyin.doors.api.calls import Call
from huiyin.doors.api.describing import writing
from huiyin.doors.rights import Right
from huiyin.matters import actions
from huiyin.rules.errors import Invalid, NotFound, msg

router = Router(tags=["findings"])


@router.post(
    "/matters/{number}/findings",
    **writing(
        Right.POINT_OUT,
        receipts.Receipt,
        msg("指出问题"),
        msg("只限要由人看着的条款；记入效能记录并告知当事人，不影响时限。"),
    ),
)
def invoke_clause(request: Call, number: str, body: asks.Invocation) -> Status[receipts.Receipt]:
    """Point out that a clause was not kept."""
    try:
        against = calls.person_id(request.asker, body.against) if body.against else None
    except NotFound as error:
        raise Invalid({"against": msg("本单位没有这个工号")}) from error
    fields = {
        "clause": body.clause,
        "facts": body.facts,
        "against": against,
        "duty_line": body.duty_line,
        "promise_line": body.promise_line,
        "gravity": body.gravity,
        "measure": body.measure,
        "verified": body.verified,
        "effect": body.effect,
    }
    return calls.done(request, actions.invoke_clause, number, fields)


@router.post(
    "/matters/{number}/urging",
    **writing(
        Right.POINT_OUT,
        receipts.Receipt,
        msg("催办"),
        msg("承办人马上收到消息；每件事每个工作日只催一次。"),
    ),
)
def urge(request: Call, number: str, body: asks.Urging) -> Status[receipts.Receipt]:
    """Urge whoever bears what runs on the matter."""
    return calls.done(request, actions.urge, number, body.fields())
