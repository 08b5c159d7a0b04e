"""What each verb asks for, and how what was typed becomes its arguments.

Which verbs a person may use is `matters.permissions.lawful_verbs`; this only knows
their forms.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from huiyin.doors.desk import guiding
from huiyin.doors.desk.consulting import CONSULTING_STEPS
from huiyin.doors.desk.counting import COUNTING_STEPS, ONE_A_LINE
from huiyin.doors.desk.document_steps import DOCUMENT_STEPS
from huiyin.doors.desk.people import chosen
from huiyin.doors.desk.pointing import POINTING_STEPS
from huiyin.doors.desk.readdressing import READDRESSING_STEPS
from huiyin.doors.desk.refusal_steps import REFUSAL_STEPS, VERDICT
from huiyin.doors.desk.step import Step, Typed, naming, opinion, person, plain, whole
from huiyin.doors.desk.telling_steps import TELLING_STEPS
from huiyin.doors.forms import Field
from huiyin.matters import actions, labelled, labels
from huiyin.matters.actions import By, Receipt
from huiyin.rules.errors import Invalid, msg
from huiyin.rules.vocabulary import Limit, Unit

_UNITS: Final = {Unit.WORKING_DAY.value: msg("工作日"), Unit.CALENDAR_DAY.value: msg("日（自然日）")}


def _assign(by: By, number: str, typed: Typed) -> Receipt:
    named = typed["to"] or typed.get("to_text", "").strip()
    to = chosen(by.asker, typed, "to") if named else None
    return actions.assign_custodian(by, number, to=to, reason=typed["reason"])


def _name_accused(by: By, number: str, typed: Typed) -> Receipt:
    return actions.name_accused(by, number, accused=chosen(by.asker, typed, "accused"))


def _pause(by: By, number: str, typed: Typed) -> Receipt:
    return actions.pause(
        by,
        number,
        procedure=typed["procedure"],
        planned_days=whole(typed["planned_days"], "planned_days"),
        basis=typed["basis"],
    )


def _extend(by: By, number: str, typed: Typed) -> Receipt:
    amount = whole(typed["amount"], "amount")
    if amount < 1:
        raise Invalid({"amount": msg("请填写至少1个工作日")})
    unit = typed.get("unit") or Unit.WORKING_DAY.value
    if unit not in _UNITS:
        raise Invalid({"unit": msg("请选择工作日或者日")})
    return actions.request_extension(by, number, limit=Limit(amount, Unit(unit)), reason=typed["reason"])


def _progress(by: By, number: str, typed: Typed) -> Receipt:
    apart = {labelled.PROBLEMS: typed.get("problems", ""), labelled.NEXT: typed.get("plan", "")}
    words = labelled.joined(typed["words"], apart)
    how, studied = typed.get("how", ""), bool(typed.get("studied", ""))
    return actions.report_progress(by, number, words=words, how=how, studied=studied)


def _unused(_by: By, _number: str, _typed: Typed) -> Receipt:
    raise TypeError("the checklist has its own view")


_OPINION = opinion()
_MUST_OPINION = opinion(required=True)
_HOW = Field("how", msg("方式"), "radio", choices=labels.DELIVERIES, initial="in_person")

STEPS: Final[Mapping[str, Step]] = {
    "accept_handover": Step(
        (), plain(actions.accept_handover), msg("接收办件"), msg("接收后由您负责，全部时限随之转来。")
    ),
    "bounce_handover": Step(
        (Field("reason", msg("退回理由"), "textarea", max_length=500, rows=2),),
        plain(actions.bounce_handover),
        msg("退回移交"),
        msg("退回后仍由移交人负责。"),
        leads=False,
    ),
    "assign_custodian": Step(
        (
            Field("to", msg("交给"), "person", required=False, help=msg("不填就由您自己接手。")),
            Field("reason", msg("理由"), "textarea", max_length=500, rows=2),
        ),
        _assign,
        msg("指定责任人"),
        msg("责任人已离岗。指定后由接手的人负责，全部时限随之转去。"),
    ),
    **READDRESSING_STEPS,
    "approve_extension": Step((_OPINION,), plain(actions.approve_extension), msg("批准延期")),
    "refuse_extension": Step(
        (_MUST_OPINION,), plain(actions.refuse_extension), msg("不同意延期"), grave=True
    ),
    "overturn_refusal": Step(
        (_MUST_OPINION,),
        plain(actions.overturn_refusal),
        msg("纠正否定"),
        msg("纠正后恢复办理，重新计时。"),
    ),
    "take_papers": Step(
        (), plain(actions.take_papers), msg("签收代收的材料"), msg("逐份清点后签收，签收才算转交。")
    ),
    "instruct": Step(
        (Field("words", msg("批示"), "textarea", max_length=2000, rows=2),),
        plain(actions.instruct),
        msg("作出批示"),
        msg("首问责任人不清楚归谁办，请您指明。"),
    ),
    "route_contact": guiding.ROUTE,
    "keep_papers": Step(
        (
            person(msg("转交给")),
            Field(
                "papers",
                msg("代收的材料"),
                "textarea",
                max_length=5000,
                rows=3,
                help=ONE_A_LINE,
            ),
            Field("contact", msg("来人联系方式"), required=False, max_length=200),
        ),
        guiding.kept,
        msg("登记代收"),
        msg("对方签收之前，材料由您保管。"),
        leads=False,
    ),
    "answer": Step(
        (Field("reply", msg("答复内容"), "textarea", max_length=5000, rows=5), *guiding.BASIS),
        guiding.answered,
        msg("发出答复"),
    ),
    "report_progress": Step(
        (
            Field("words", msg("进展"), "textarea", max_length=5000, rows=3),
            Field("problems", labelled.PROBLEMS, "textarea", required=False, max_length=2000, rows=2),
            Field("plan", labelled.NEXT, "textarea", required=False, max_length=2000, rows=2),
            Field("how", msg("怎么向当事人说明的"), "radio", required=False, choices=labels.DELIVERIES),
            Field("studied", msg("已经研究部署"), "checkbox", required=False),
        ),
        _progress,
        msg("反馈进展"),
        msg("告诉交办人办到哪一步；不影响时限。"),
        leads=False,
    ),
    "answer_superior": Step(
        (VERDICT, Field("words", msg("回复内容"), "textarea", max_length=5000, rows=4), _HOW),
        plain(actions.answer_superior),
        msg("登记回复"),
        msg("登记对交办单位、上级或代表委员的回复。"),
        leads=False,
    ),
    "finish": Step(
        (Field("result", msg("办理结果"), "textarea", max_length=5000, rows=4),),
        plain(actions.finish),
        msg("报办结"),
        msg("报办结后由交办人销号。"),
    ),
    "sign_off": Step((_OPINION,), plain(actions.sign_off), msg("销号"), msg("同意办结，这件事到此结束。")),
    "send_back": Step(
        (_MUST_OPINION,),
        plain(actions.send_back),
        msg("退回续办"),
        msg("没有办到位的退回续办，时限照原来的计算。"),
        leads=False,
    ),
    "explain_lateness": Step(
        (Field("words", msg("进度和原因"), "textarea", max_length=5000, rows=4),),
        plain(actions.explain_lateness),
        msg("报告分管领导"),
    ),
    "conclude": Step(
        (
            Field("outcome", msg("查处结论"), "radio", choices=labels.CONCLUSIONS),
            Field("words", msg("查明的事实和处理意见"), "textarea", max_length=5000, rows=5),
        ),
        plain(actions.conclude),
        msg("查结"),
        msg("实名检举查结后还须答复检举人。"),
    ),
    "name_accused": Step(
        (Field("accused", msg("回避的人"), "person"),),
        _name_accused,
        msg("列入回避"),
        msg("列入后，此人看不到也不能经手这件检举。"),
        leads=False,
    ),
    "check_materials": Step((), _unused, msg("记下核对结果")),
    **COUNTING_STEPS,
    "accept_application": Step(
        (), plain(actions.accept_application), msg("受理申请"), msg("受理后开始计算办理时限。")
    ),
    "send_to_meeting": Step(
        (
            Field(
                "how",
                msg("怎样告诉的"),
                "radio",
                choices={**labels.DELIVERIES, "in_person": msg("当面说明")},
                initial="in_person",
            ),
            Field(
                "words",
                msg("向申请人的说明"),
                "textarea",
                max_length=1000,
                rows=3,
                help=msg("为什么要提交会议研究；申请人在进度页能看到。"),
            ),
        ),
        plain(actions.send_to_meeting),
        msg("提交会议研究"),
        msg("须先向申请人解释清楚；提交会议不停止计时。"),
        leads=False,
    ),
    "tell_extension": Step(
        (_HOW,),
        plain(actions.tell_extension),
        msg("出具延期告知书"),
        msg("出具延期告知书，向申请人说明理由。"),
    ),
    "grant": Step(
        (Field("reply", msg("办理结果与领取方式"), "textarea", max_length=5000, rows=4),),
        plain(actions.grant),
        msg("作出准予决定"),
    ),
    "refuse": Step(
        (Field("explanation", msg("向申请人的解释"), "textarea", max_length=5000, rows=4),),
        plain(actions.refuse),
        msg("作出不予办理决定"),
        msg("报备已批准，现在作出书面决定。"),
        grave=True,
    ),
    "file_refusal": Step(
        (), plain(actions.file_refusal), msg("报送领导审批"), msg("送分管领导审批；其不在岗时送主要领导。")
    ),
    "pause": Step(
        (
            Field("procedure", msg("特别程序"), "select", choices=labels.PROCEDURES, initial="hearing"),
            Field("planned_days", msg("预计工作日数"), "number", min="1"),
            Field("basis", msg("原因与依据"), "textarea", max_length=1000, rows=2),
        ),
        _pause,
        msg("启动特别程序"),
        msg("出具特别程序告知书，期间不计时。"),
        leads=False,
    ),
    "resume": Step((), plain(actions.resume), msg("恢复计时"), msg("特别程序已结束，从现在起恢复计时。")),
    "request_extension": Step(
        (
            Field("amount", msg("延长多少"), "number", min="1"),
            Field("unit", msg("单位"), "radio", choices=_UNITS, initial=Unit.WORKING_DAY.value),
            Field("reason", msg("理由"), "textarea", max_length=1000, rows=2),
        ),
        _extend,
        msg("提交延期申请"),
        msg("须在期限届满前提出，由制度规定的领导批准。"),
        leads=False,
    ),
    "withdraw_extension": Step(
        (),
        plain(actions.withdraw_extension),
        msg("撤回延期申请"),
        msg("领导还没有决定，可以撤回；时限照原来的走。"),
        leads=False,
    ),
    "deliver": Step((_HOW,), plain(actions.deliver), msg("登记送达")),
    "close": Step((), plain(actions.close), msg("归结办件"), msg("办件到此结束。")),
    "offer_handover": Step(
        (
            person(msg("移交给")),
            Field("reason", msg("说明"), "textarea", required=False, max_length=500, rows=2),
        ),
        naming(actions.offer_handover, "reason"),
        msg("提出移交"),
        msg("对方接收之前仍由您负责。"),
        leads=False,
    ),
    "withdraw_handover": Step(
        (), plain(actions.withdraw_handover), msg("撤回移交"), msg("对方尚未接收，可以收回。"), leads=False
    ),
    **POINTING_STEPS,
    "urge": Step(
        (Field("words", msg("要说的话"), "textarea", required=False, max_length=500, rows=2),),
        plain(actions.urge),
        msg("催办"),
        msg("承办人马上收到消息；每件事每个工作日只催一次。"),
        leads=False,
    ),
    "explain_overrun": Step(
        (
            Field(
                "reason",
                msg("超期的原因"),
                "textarea",
                max_length=1000,
                rows=3,
                help=msg("申请人在进度页能看到；不要写他人的个人信息。"),
            ),
        ),
        plain(actions.explain_overrun),
        msg("公开超期原因"),
        msg("办件超过了时限，应把原因告诉申请人。"),
        leads=False,
    ),
    "reissue_code": Step(
        (),
        plain(actions.reissue_code),
        msg("重发查询码"),
        msg("核实来人身份后使用；原查询码立即失效。"),
        grave=True,
    ),
    **CONSULTING_STEPS,
    **REFUSAL_STEPS,
    **DOCUMENT_STEPS,
    **TELLING_STEPS,
}


def run(verb: str, by: By, number: str, typed: Mapping[str, Any]) -> Receipt:
    """Carry a verb out with what was typed into its form."""
    return STEPS[verb].run(by, number, typed)
