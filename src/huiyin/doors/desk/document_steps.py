"""What each verb on an official document asks for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from huiyin.doors.desk.people import chosen
from huiyin.doors.desk.step import Step, Typed, naming, opinion, person, plain, whole
from huiyin.doors.forms import Field
from huiyin.matters import actions, labels
from huiyin.matters.actions import By, Receipt
from huiyin.rules.errors import Invalid, msg
from huiyin.rules.vocabulary import Limit, Unit


def _circulate(by: By, number: str, typed: Typed) -> Receipt:
    return actions.circulate(by, number, to=[chosen(by.asker, typed, "to")])


def _send(by: By, number: str, typed: Typed) -> Receipt:
    days = typed["days"].strip()
    amount = whole(days, "days") if days else 0
    if days and amount < 1:
        raise Invalid({"days": msg("请填写至少1个工作日")})
    return actions.send_document(
        by,
        number,
        to=chosen(by.asker, typed, "to"),
        limit=Limit(amount, Unit.WORKING_DAY) if amount else None,
        special=typed["special"],
    )


def _explain(by: By, number: str, typed: Typed) -> Receipt:
    return actions.explain_delay(
        by,
        number,
        reason=typed["reason"],
        told_assigner=bool(typed["told_assigner"]),
        told_leader=bool(typed["told_leader"]),
    )


_OPINION: Final = opinion(required=True, longest=2000)
_MAY_OPINION: Final = opinion(longest=2000)

DOCUMENT_STEPS: Final[Mapping[str, Step]] = {
    "sign_for_document": Step(
        (), plain(actions.sign_for_document), msg("签收公文"), msg("签收后由您承办，时限随之转来。")
    ),
    "return_document": Step(
        (Field("reason", msg("退回理由"), "textarea", max_length=500, rows=2),),
        plain(actions.return_document),
        msg("退回公文"),
        msg("退回后由文书另送承办人。"),
        leads=False,
    ),
    "note_read": Step((), plain(actions.note_read), msg("标为已阅")),
    "write_opinion": Step((_OPINION,), plain(actions.write_opinion), msg("写上意见")),
    "present_to_main_leader": Step(
        (),
        plain(actions.present_to_main_leader),
        msg("登记已送主要领导"),
        msg("主要领导不在岗的，送其顶岗人。"),
    ),
    "present_to_leader": Step(
        (person(msg("送哪位领导")),), naming(actions.present_to_leader), msg("登记已送领导")
    ),
    "send_document": Step(
        (
            person(msg("承办人")),
            Field(
                "days",
                msg("办理时限（工作日）"),
                "number",
                required=False,
                min="1",
                help=msg("文件写明时限的不用填；不填的按制度规定。"),
            ),
            Field(
                "special",
                msg("特殊情况"),
                "textarea",
                required=False,
                max_length=500,
                rows=2,
                help=msg("比制度规定的更长时必须写明。"),
            ),
        ),
        _send,
        msg("送承办人签收"),
        msg("承办人签收以前仍由您负责。"),
    ),
    "complete_document": Step(
        (Field("result", msg("办理结果"), "textarea", max_length=5000, rows=3),),
        plain(actions.complete_document),
        msg("登记公文办结"),
    ),
    "explain_delay": Step(
        (
            Field("reason", msg("不能按期办结的原因"), "textarea", max_length=1000, rows=3),
            Field("told_assigner", msg("告知交办部门"), "checkbox", required=False),
            Field("told_leader", msg("告知分管领导"), "checkbox", required=False),
        ),
        _explain,
        msg("提交逾期说明"),
        msg("须在期限届满前向两方说明；说明不延长时限，过期再说明不免责。"),
        leads=False,
    ),
    "submit_draft": Step(
        (
            Field("text", msg("稿件"), "textarea", max_length=20_000, rows=10),
            person(msg("送谁核稿")),
        ),
        naming(actions.submit_draft, "text"),
        msg("送核稿"),
    ),
    "check_draft": Step(
        (person(msg("送哪位领导签发")), _MAY_OPINION),
        naming(actions.check_draft, "opinion"),
        msg("同意送签"),
    ),
    "countersign": Step((_MAY_OPINION,), plain(actions.countersign), msg("同意会签")),
    "sign_document": Step((_MAY_OPINION,), plain(actions.sign_document), msg("签发文件")),
    "return_draft": Step(
        (_OPINION,),
        plain(actions.return_draft),
        msg("退回稿件"),
        msg("拟稿人改好后重新送核；寄发时限照算。"),
        leads=False,
    ),
    "ask_countersign": Step(
        (person(msg("请谁会签")),), naming(actions.ask_countersign), msg("送会签"), leads=False
    ),
    "number_document": Step(
        (), plain(actions.number_document), msg("编发文字号"), msg("按本年度该类文件的顺序编号。")
    ),
    "dispatch_document": Step(
        (Field("how", msg("方式"), "radio", choices=labels.DELIVERIES, initial="post"),),
        plain(actions.dispatch_document),
        msg("登记已寄发"),
    ),
    "archive_document": Step(
        (Field("archive_number", msg("归档号"), max_length=40, help=msg("例如WS·2026·D30-0001。")),),
        plain(actions.archive_document),
        msg("归档并归结"),
    ),
    "void_document": Step(
        (Field("reason", msg("作废的原因"), "textarea", max_length=500, rows=2),),
        plain(actions.void_document),
        msg("作废这件登记"),
        msg("登记有误的才作废：号码不再使用，各项时限随之取消，不计入统计；作废后不能恢复。"),
        leads=False,
        grave=True,
    ),
    "circulate": Step(
        (person(msg("送谁传阅")),),
        _circulate,
        msg("加入传阅名单"),
        msg("传阅的人只阅，不办理。"),
        leads=False,
    ),
}
