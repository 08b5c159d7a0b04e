"""The words people read for codes: stages, events, verbs, duties, lights, outcomes.

Message ids in Chinese; doors translate them into the reader's language.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from huiyin.matters import document_labels, notice_labels
from huiyin.rules.errors import msg

KINDS: Final[Mapping[str, str]] = {
    "enquiry": msg("咨询"),
    "application": msg("申请"),
    "task": msg("交办督办"),
    "proposal": msg("议案提案"),
    "petition": msg("信访"),
    "report": msg("检举"),
    "document_in": msg("收文"),
    "document_out": msg("发文"),
}

ASKED: Final[Mapping[str, str]] = {one: KINDS[one] for one in ("enquiry", "application")}
"""What people come to ask."""

GIVEN: Final[Mapping[str, str]] = {one: KINDS[one] for one in ("task", "proposal", "petition", "report")}
"""What the office takes in itself."""

SOURCES: Final[Mapping[str, str]] = {
    "assigned": msg("交办"),
    "transferred": msg("转办"),
    "consulted": msg("商办"),
    "supervised": msg("督办"),
    "meeting_decision": msg("会议议定"),
    "leader_assignment": msg("领导交办"),
    "superior_decision": msg("上级决策部署"),
    "request_from_below": msg("基层请示"),
    "people_congress_motion": msg("人大代表议案建议"),
    "cppcc_proposal": msg("政协委员提案"),
    "direct": msg("本人来访来信"),
    "hotline": msg("热线转来"),
    "other": msg("其他"),
}
"""Where work comes from that the office takes in itself."""

CHANNELS: Final[Mapping[str, str]] = {
    "counter": msg("来访"),
    "phone": msg("来电"),
    "letter": msg("来信"),
    "online": msg("网上"),
}

NATURES: Final[Mapping[str, str]] = {
    "business": msg("办事或咨询"),
    "opinion": msg("意见建议"),
    "complaint": msg("投诉举报"),
}

URGENCIES: Final[Mapping[str, str]] = {
    "extra_urgent": msg("特急"),
    "urgent": msg("紧急"),
    "normal": msg("一般"),
    "low": msg("不急"),
}

USUAL_URGENCIES: Final[Mapping[str, str]] = {
    one: word for one, word in URGENCIES.items() if one != "extra_urgent"
}
"""The levels that ranges map; extra urgent is only for what a rulebook prints it for."""

STAGES: Final[Mapping[str, str]] = {
    "open": msg("待答复"),
    "answered": msg("已答复"),
    "received": msg("待审查"),
    "awaiting_supplement": msg("待补正"),
    "in_hand": msg("办理中"),
    "paused": msg("特别程序中"),
    "refusal_proposed": msg("已拟否定"),
    "refusal_filed": msg("否定报备审批中"),
    "refusal_approved": msg("否定已批准"),
    "granted": msg("已准予"),
    "refused": msg("不予办理"),
    "delivered": msg("已送达"),
    "finished": msg("待销号"),
    "concluded": msg("已查结"),
    "withdrawn": msg("已撤回"),
    **document_labels.STAGES,
    "closed": msg("已归结"),
}

OUTCOMES: Final[Mapping[str, str]] = {
    "answered": msg("已答复"),
    "barred": msg("不合规定，不能办"),
    "unable": msg("确实答不了"),
    "granted": msg("准予"),
    "refused": msg("不予办理"),
    "withdrawn": msg("申请人撤回"),
    "done": msg("已办结"),
    "proven": msg("属实"),
    "partly": msg("部分属实"),
    "unfounded": msg("不属实"),
    "unclear": msg("无法查实"),
    "completed": msg("已办结"),
    "dispatched": msg("已寄发"),
    "voided": msg("已作废"),
}

GRAVITIES: Final = {
    "minor": msg("情节较轻"),
    "grave": msg("情节较重"),
    "severe": msg("情节严重"),
    "incorrect_execution": msg("没有正确执行"),
    "bad_consequence": msg("不负责任，造成不良后果"),
}

CONCLUSIONS: Final[Mapping[str, str]] = {
    one: OUTCOMES[one] for one in ("proven", "partly", "unfounded", "unclear")
}
"""What looking into a misconduct report may have shown."""

RANKS: Final[Mapping[str, str]] = {
    "clerk": msg("经办人"),
    "head": msg("科室负责人"),
    "leader_in_charge": msg("分管领导"),
    "main_leader": msg("主要领导"),
}

PUNCTUALITY: Final[Mapping[str, str]] = {
    "early": msg("提前完成"),
    "on_time": msg("按时完成"),
    "late": msg("超期完成"),
    "waived": msg("不再计时"),
}
"""How a clock ended: a step is completed; only a matter is 办结."""

LIGHTS: Final[Mapping[str, str]] = {
    "green": msg("正常"),
    "yellow": msg("将到期"),
    "red": msg("已超期"),
    "blue": msg("暂停计时"),
    "grey": msg("已结束"),
}

DUTIES: Final[Mapping[str, str]] = {
    "answer": msg("答复咨询"),
    "review": msg("审查材料"),
    "decide": msg("作出决定"),
    "deliver": msg("送达决定"),
    "tell_extension": msg("告知延期"),
    "end_procedure": msg("结束特别程序"),
    "file_refusal": msg("报备否定"),
    "finish": msg("当场办结"),
    "handle": msg("办理首问事项"),
    "settle": msg("办结"),
    "investigate": msg("查处并答复"),
    "answer_superior": msg("回复上级"),
    "explain_lateness": msg("报告进度和原因"),
    "study": msg("研究部署"),
    **document_labels.DUTIES,
    **notice_labels.DUTIES,
    "sign_refusal": msg("对否定报备提出意见"),
}

REMINDERS: Final[Mapping[str, str]] = {
    "soon": msg("将到期"),
    "near": msg("就要到期"),
    "overdue": msg("已超期"),
    "head": msg("报科室负责人"),
    "leader_in_charge": msg("报分管领导"),
    "main_leader": msg("报主要领导"),
    "efficiency_office": msg("报效能办"),
    "urged": msg("催办"),
}
"""Of what somebody was reminded: the stages of `rules.reminding`."""

FINDINGS: Final[Mapping[str, str]] = {
    "overdue": msg("超过时限"),
    **notice_labels.FINDINGS,
    "left_open": msg("即办件没有当场办结"),
    "extension_told_late": msg("没有赶在原定期限之前告知延期"),
    "invoked": msg("被指出的问题"),
    "delay_unexplained": msg("逾期前没有说明原因"),
    "shirked": msg("A岗B岗之间互相推诿"),
    "refusal_overdue": msg("时限届满仍未办完否定"),
}

ROUTES: Final[Mapping[str, str]] = {
    "own": msg("本岗业务，由我办理"),
    "colleague": msg("同事的业务"),
    "shared": msg("与其他部门职能交叉"),
    "outside": msg("不归本单位"),
    "unclear": msg("不清楚归谁，请示领导"),
    "barred": msg("不合规定，不能办"),
    "unable": msg("确实答不了"),
}

VERBS: Final[Mapping[str, str]] = {
    "route_contact": msg("判断归属"),
    "instruct": msg("批示"),
    "keep_papers": msg("代收材料"),
    "take_papers": msg("签收代收的材料"),
    "accept_handover": msg("接收"),
    "bounce_handover": msg("退回"),
    "offer_handover": msg("移交"),
    "withdraw_handover": msg("撤回移交"),
    "assign_custodian": msg("指定责任人"),
    "check_materials": msg("核对材料"),
    "issue_notice": msg("一次性告知"),
    "receive_supplement": msg("补正收齐"),
    "send_to_meeting": msg("提交会议研究"),
    "accept_application": msg("受理"),
    "pause": msg("特别程序"),
    "resume": msg("恢复计时"),
    "request_extension": msg("申请延期"),
    "approve_extension": msg("批准延期"),
    "refuse_extension": msg("不同意延期"),
    "withdraw_extension": msg("撤回延期申请"),
    "tell_extension": msg("告知延期"),
    "propose_refusal": msg("拟否定"),
    "file_refusal": msg("报备"),
    "approve_refusal": msg("同意否定"),
    "overturn_refusal": msg("纠正否定"),
    "record_minute": msg("登记集体研究决定"),
    "correct_refusal": msg("纠正不予办理决定"),
    "ask_instruction": msg("请示"),
    "give_instruction": msg("答复请示"),
    "ask_return": msg("要求退还材料"),
    "return_materials": msg("退还材料"),
    "refuse": msg("作出不予办理决定"),
    "grant": msg("作出准予决定"),
    "answer": msg("答复"),
    "deliver": msg("送达"),
    "withdraw": msg("撤回申请"),
    "close": msg("归结"),
    "report_progress": msg("反馈进展"),
    "answer_superior": msg("登记回复上级"),
    "finish": msg("报办结"),
    "send_back": msg("退回续办"),
    "sign_off": msg("销号"),
    "explain_lateness": msg("报告进度和原因"),
    "conclude": msg("查结"),
    "name_accused": msg("指明回避的人"),
    "reissue_code": msg("重发查询码"),
    "invoke_clause": msg("指出问题"),
    "urge": msg("催办"),
    "explain_overrun": msg("说明超期原因"),
    **document_labels.VERBS,
    **notice_labels.VERBS,
}

_OF_KINDS: Final[Mapping[str, Mapping[str, str]]] = {
    "enquiry": {"withdraw": msg("撤回咨询"), "report_progress": msg("说明并上报")},
    "task": {"withdraw": msg("撤销交办")},
    "proposal": {"withdraw": msg("撤销交办")},
    "petition": {"withdraw": msg("撤回信访"), "answer_superior": msg("登记回复转办单位")},
    "report": {"answer": msg("答复检举人")},
}


def verbs(kind: str) -> Mapping[str, str]:
    """Return the words for the verbs on a matter of this kind: an enquiry is no application."""
    return {**VERBS, **_OF_KINDS.get(kind, {})}


PROCEDURES: Final[Mapping[str, str]] = {
    "hearing": msg("听证"),
    "tender": msg("招标"),
    "auction": msg("拍卖"),
    "inspection": msg("检验"),
    "testing": msg("检测"),
    "quarantine": msg("检疫"),
    "appraisal": msg("鉴定"),
    "expert_review": msg("专家评审"),
}

UNITS: Final[Mapping[str, str]] = {
    "at_once": msg("即时"),
    "working_hour": msg("工作小时"),
    "working_day": msg("工作日"),
    "calendar_day": msg("日"),
    "month": msg("个月"),
    "year": msg("年"),
    "clock_hour": msg("小时（不分昼夜）"),
    "before_event": msg("活动举行前"),
}

DELIVERIES: Final[Mapping[str, str]] = {
    "in_person": msg("当面领取"),
    "post": msg("邮寄"),
    "phone": msg("电话告知"),
    "electronic": msg("电子送达"),
}
