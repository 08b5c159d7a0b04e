"""Checking papers, telling once, and taking the application on."""

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

router = Router(tags=["review"])


@router.post(
    "/matters/{number}/materials",
    **writing(Right.REVIEW, receipts.Receipt, msg("核对材料"), msg("以这次核对的结果为准。")),
)
def check_materials(request: Call, number: str, body: asks.Materials) -> Status[receipts.Receipt]:
    """Compare what was handed in with the list."""
    return calls.done(request, actions.check_materials, number, body.fields())


@router.post(
    "/matters/{number}/notice",
    **writing(
        Right.REVIEW,
        receipts.Receipt,
        msg("一次性告知"),
        msg("告知核对中发现的全部缺漏；第二次告知会记为本单位的问题，且不停止计时。"),
    ),
)
def issue_notice(request: Call, number: str, body: telling_asks.Notice) -> Status[receipts.Receipt]:
    """Tell everything that is missing, once."""
    return calls.done(request, actions.issue_notice, number, body.fields())


@router.post(
    "/matters/{number}/notice/explanations",
    **writing(
        Right.REVIEW,
        receipts.Receipt,
        msg("记下口头说明"),
        msg("申请人问起告知的内容、已经口头说明的；申请人在进度页能看到。"),
    ),
)
def explain_notice(
    request: Call, number: str, body: telling_asks.NoticeExplanation
) -> Status[receipts.Receipt]:
    """Note how what the notice says was explained by word of mouth."""
    return calls.done(request, actions.explain_notice, number, body.fields())


@router.post(
    "/matters/{number}/steps/signature",
    **writing(
        Right.REVIEW,
        receipts.Receipt,
        msg("签批审批环节"),
        msg("由这个环节的签批人或其顶岗人签批；下一个环节随即开始计时。"),
    ),
)
def sign_step(request: Call, number: str, body: asks.Nothing) -> Status[receipts.Receipt]:
    """Sign the step of an approval that waits."""
    return calls.done(request, actions.sign_step, number, body.fields())


@router.post(
    "/matters/{number}/uncertainty",
    **writing(
        Right.REVIEW,
        receipts.Receipt,
        msg("标为把握不准"),
        msg("标了以后要马上请示；有了答复才能决定，并把结果告诉申请人。"),
    ),
)
def flag_uncertain(request: Call, number: str, body: telling_asks.Uncertain) -> Status[receipts.Receipt]:
    """Flag the application as not clear or special."""
    return calls.done(request, actions.flag_uncertain, number, body.fields())


@router.post(
    "/matters/{number}/uncertainty/withdrawal",
    **writing(
        Right.REVIEW,
        receipts.Receipt,
        msg("撤销把握不准的标记"),
        msg("标错了、还没有请示或者会商的；标记和撤销都留在记录里。"),
    ),
)
def unflag_uncertain(request: Call, number: str, body: telling_asks.Unflag) -> Status[receipts.Receipt]:
    """Take back a flag that was a slip."""
    return calls.done(request, actions.unflag_uncertain, number, body.fields())


@router.post(
    "/matters/{number}/uncertainty/result",
    **writing(
        Right.REVIEW,
        receipts.Receipt,
        msg("告知能否办理和原因"),
        msg("领导或者有关科室答复以后；没有告诉申请人的不能归结。"),
    ),
)
def tell_result(request: Call, number: str, body: telling_asks.UncertainResult) -> Status[receipts.Receipt]:
    """Tell the applicant what came of asking."""
    return calls.done(request, actions.tell_result, number, body.fields())


@router.post(
    "/matters/{number}/supplement",
    **writing(
        Right.REVIEW,
        receipts.Receipt,
        msg("补正收齐"),
        msg("审查时限重新起算；制度要求开收件回执单的，写明每份材料的页数。"),
    ),
)
def receive_supplement(request: Call, number: str, body: telling_asks.Supplement) -> Status[receipts.Receipt]:
    """Record that everything missing has arrived."""
    return calls.done(request, actions.receive_supplement, number, body.fields())


@router.post(
    "/matters/{number}/meeting",
    **writing(
        Right.REVIEW,
        receipts.Receipt,
        msg("提交会议研究"),
        msg("须写明怎样向申请人说明；提交会议不停止计时。"),
    ),
)
def send_to_meeting(request: Call, number: str, body: asks.Meeting) -> Status[receipts.Receipt]:
    """Send the application to a meeting, with what the applicant was told."""
    return calls.done(request, actions.send_to_meeting, number, body.fields())


@router.post(
    "/matters/{number}/acceptance",
    **writing(Right.REVIEW, receipts.Receipt, msg("受理"), msg("办理时限从此起算。")),
)
def accept_application(request: Call, number: str, body: asks.Nothing) -> Status[receipts.Receipt]:
    """Take the application on."""
    return calls.done(request, actions.accept_application, number, body.fields())
