"""What was asked: registering it, the list of it, and a new query code."""

from __future__ import annotations

from http import HTTPStatus

from ninja import Query, Router
from ninja.responses import Status

from huiyin.doors.api import asks, calls, wanted
from huiyin.doors.api.answers import lists, receipts
from huiyin.doors.api.calls import Call
from huiyin.doors.api.describing import reading, writing
from huiyin.doors.rights import Right
from huiyin.matters import actions, queries
from huiyin.rules.errors import Invalid, NotFound, msg

router = Router(tags=["intake"])


@router.post(
    "/matters",
    **writing(
        Right.REGISTER,
        receipts.Receipt,
        msg("登记来人所办或所问的事"),
        msg("首问责任人即为责任人，时限从此起算；回执含编号和查询码，查询码只给这一次（重试时相同）。"),
        status=HTTPStatus.CREATED,
    ),
)
def register(request: Call, body: asks.Register) -> Status[receipts.Receipt]:
    """Register an enquiry or an application."""
    by = calls.by_of(request)
    found = actions.register(by, _request(request, body))
    request.back["Location"] = calls.address(found.number)
    return calls.answered(request, by, found, HTTPStatus.CREATED)


@router.get(
    "/matters",
    **reading(Right.READ, lists.MatterList, msg("可见的办件"), msg("最新的在前；申请人一律隐去部分信息。")),
)
def list_matters(request: Call, asked: Query[wanted.MatterFilter]) -> lists.MatterList:
    """List the matters the person may see."""
    found = queries.matters(request.asker, request.now, **asked.model_dump())
    return lists.matter_list(found, calls.MATTERS)


@router.post(
    "/matters/{number}/code",
    **writing(Right.REGISTER, receipts.Receipt, msg("重发查询码"), msg("原查询码随即失效。")),
)
def reissue_code(request: Call, number: str, body: asks.Nothing) -> Status[receipts.Receipt]:
    """Hand out a new query code."""
    return calls.done(request, actions.reissue_code, number, body.fields())


def _request(request: Call, body: asks.Register) -> actions.Request:
    given = body.model_dump(exclude={"materials", "first_responder"})
    responder = None
    if body.first_responder:
        try:
            responder = calls.person_id(request.asker, body.first_responder)
        except NotFound as error:
            raise Invalid({"first_responder": msg("本单位没有这个工号")}) from error
    return actions.Request(
        **given, first_responder=responder, materials=tuple(one.paper() for one in body.materials)
    )
