"""What the office is given to do: taken in, reported on, signed off; and reports of misconduct."""

from __future__ import annotations

from http import HTTPStatus
from uuid import UUID

from ninja import Router
from ninja.responses import Status

from huiyin.doors.api import asks, calls
from huiyin.doors.api.answers import receipts
from huiyin.doors.api.calls import Call
from huiyin.doors.api.describing import writing
from huiyin.doors.api.errands import Progress, SuperiorAnswer, TakeIn
from huiyin.doors.rights import Right
from huiyin.matters import actions
from huiyin.rules.errors import Invalid, NotFound, msg

router = Router(tags=["given"])
_PEOPLE = {"limit_amount", "limit_unit", "custodian", "assigner", "accused"}


@router.post(
    "/given",
    **writing(
        Right.REGISTER,
        receipts.Receipt,
        msg("登记交办督办、议案提案、信访或检举"),
        msg("有限定时限的照时限，没有的按缓急；回执含编号和查询码。检举由与被检举人无关的人办理。"),
        status=HTTPStatus.CREATED,
    ),
)
def take_in(request: Call, body: TakeIn) -> Status[receipts.Receipt]:
    """Take in a task, a motion or proposal, a petition or a misconduct report."""
    by = calls.by_of(request)
    found = actions.take_in(by, _errand(request, body))
    request.back["Location"] = calls.address(found.number)
    return calls.answered(request, by, found, HTTPStatus.CREATED)


@router.post(
    "/matters/{number}/progress",
    **writing(Right.DECIDE, receipts.Receipt, msg("反馈进展"), msg("不影响时限。")),
)
def report_progress(request: Call, number: str, body: Progress) -> Status[receipts.Receipt]:
    """Tell whoever gave it how far it is."""
    return calls.done(request, actions.report_progress, number, body.fields())


@router.post(
    "/matters/{number}/superior-answer",
    **writing(Right.DECIDE, receipts.Receipt, msg("登记对上级、代表委员或转办单位的回复")),
)
def answer_superior(request: Call, number: str, body: SuperiorAnswer) -> Status[receipts.Receipt]:
    """Record the answer to whoever sent it."""
    return calls.done(request, actions.answer_superior, number, body.fields())


@router.post(
    "/matters/{number}/result",
    **writing(Right.DECIDE, receipts.Receipt, msg("报办结"), msg("之后由交办人销号。")),
)
def finish(request: Call, number: str, body: asks.Result) -> Status[receipts.Receipt]:
    """Say that it is done, and with what result."""
    return calls.done(request, actions.finish, number, body.fields())


@router.post(
    "/matters/{number}/sign-off",
    **writing(Right.CLOSE, receipts.Receipt, msg("销号"), msg("不能给自己经办的事项销号。")),
)
def sign_off(request: Call, number: str, body: asks.Opinion) -> Status[receipts.Receipt]:
    """Strike it off as done."""
    return calls.done(request, actions.sign_off, number, body.fields())


@router.post(
    "/matters/{number}/sign-off/refusal",
    **writing(Right.CLOSE, receipts.Receipt, msg("退回续办"), msg("须写明意见；时限照原来的计算。")),
)
def send_back(request: Call, number: str, body: asks.Opinion) -> Status[receipts.Receipt]:
    """Find that it is not done."""
    return calls.done(request, actions.send_back, number, body.fields())


@router.post(
    "/matters/{number}/lateness",
    **writing(Right.DECIDE, receipts.Receipt, msg("报告进度和没有按时办结的原因")),
)
def explain_lateness(request: Call, number: str, body: asks.Words) -> Status[receipts.Receipt]:
    """Tell those the rulebook names why it is not done."""
    return calls.done(request, actions.explain_lateness, number, body.fields())


@router.post(
    "/matters/{number}/conclusion",
    **writing(Right.DECIDE, receipts.Receipt, msg("查结检举"), msg("实名的之后还须答复检举人。")),
)
def conclude(request: Call, number: str, body: asks.Conclusion) -> Status[receipts.Receipt]:
    """Record what looking into a misconduct report has shown."""
    return calls.done(request, actions.conclude, number, body.fields())


@router.post(
    "/matters/{number}/accused",
    **writing(Right.DECIDE, receipts.Receipt, msg("列入回避"), msg("列入后，此人看不到也不能经手这件检举。")),
)
def name_accused(request: Call, number: str, body: asks.Accused) -> Status[receipts.Receipt]:
    """Name whom a misconduct report is against besides."""
    accused = _person(request, body.accused, "accused")
    return calls.done(request, actions.name_accused, number, {"accused": accused})


def _errand(request: Call, body: TakeIn) -> actions.Errand:
    return actions.Errand(
        **body.model_dump(exclude=_PEOPLE),
        limit=body.limit(),
        custodian=_person(request, body.custodian, "custodian") if body.custodian else None,
        assigner=_person(request, body.assigner, "assigner") if body.assigner else None,
        accused=tuple(_person(request, one, "accused") for one in body.accused),
    )


def _person(request: Call, staff_no: str, field: str) -> UUID:
    try:
        return calls.person_id(request.asker, staff_no)
    except NotFound as error:
        raise Invalid({field: msg("本单位没有这个工号")}) from error
