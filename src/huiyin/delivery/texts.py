"""Everything a message may say.

A message outside the house tells that something waits and where, never what or
about whom. So a text is one of these templates, and its parameters can only be
counts, days and the numbers of matters: there is no way to put a name or a
sentence of a person into one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from django.utils.translation import gettext, override

from huiyin.rules.errors import msg

Params: TypeAlias = Mapping[str, str | int]

# Starts with a letter, so that neither a Chinese name nor a phone or identity number passes for one.
_NUMBER: Final = re.compile(r"[A-Za-z][0-9A-Za-z-]{1,39}")
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOST: Final = 100_000


class UnknownText(ValueError):
    """No such template, or parameters that it does not take."""


@dataclass(frozen=True, slots=True)
class Text:
    """A subject and a body as message ids, with the parameters both need."""

    subject: str
    body: str
    takes: tuple[str, ...] = ("number",)


TEXTS: Final[Mapping[str, Text]] = {
    # To people who work here.
    "handover_offered": Text(
        msg("您有1件待接收的办件"),
        msg("办件%(number)s拟移交给您，接收之前仍由原责任人负责。请接收，或说明理由退回。"),
    ),
    "handover_accepted": Text(msg("办件已被接收"), msg("您移交的办件%(number)s已由对方接收。")),
    "handover_bounced": Text(msg("办件被退回"), msg("您移交的办件%(number)s被退回，仍由您负责。")),
    "taken_back": Text(
        msg("办件已撤回"), msg("办件%(number)s已由申请人撤回，不再办理。请核对登记，归结办件。")
    ),
    "handover_withdrawn": Text(msg("移交已撤回"), msg("办件%(number)s的移交已撤回，您无需处理。")),
    "clause_invoked": Text(
        msg("有人指出了办理中的问题"), msg("办件%(number)s被指出一处没有照制度办的地方，请打开查看。")
    ),
    "document_presented": Text(msg("您有1件公文待批阅"), msg("公文%(number)s已送您批阅，请写明意见。")),
    "document_circulated": Text(msg("您有1件公文待阅"), msg("公文%(number)s已送您传阅，阅后请点“已阅”。")),
    "document_sent": Text(
        msg("您有1件公文待签收"), msg("公文%(number)s已送您办理，请签收；不归您办的，写明理由退回。")
    ),
    "document_returned": Text(msg("公文被退回"), msg("公文%(number)s被承办人退回，请另送承办人。")),
    "document_delayed": Text(
        msg("公文不能按期办结"), msg("公文%(number)s的承办人说明了不能按期办结的原因，请打开查看。")
    ),
    "document_to_sign": Text(
        msg("您有1件发文待核签"), msg("发文%(number)s已送您核稿、会签或签发，请打开办理。")
    ),
    "draft_returned": Text(msg("稿件被退回"), msg("您拟的发文%(number)s被退回重拟，请打开查看意见。")),
    "deemed_accepted": Text(
        msg("您的1件办件视为受理"),
        msg(
            "办件%(number)s审查期限内没有一次告知，依法自%(since)s收到材料之日起视为受理，须在%(day)s前作出决定。请抓紧办理。"
        ),
        takes=("number", "since", "day"),
    ),
    "instruction_wanted": Text(
        msg("您有1件事待指明归属"), msg("办件%(number)s不清楚归谁办，首问责任人请您批示。")
    ),
    "instructed": Text(msg("您问的事有批示了"), msg("办件%(number)s归谁办已有批示，请照办。")),
    "consult_wanted": Text(
        msg("有1件办件请您的科室会商"),
        msg("办件%(number)s涉及您的科室，请在期限内答复会商，缺什么材料一次说全。"),
    ),
    "consult_answered": Text(
        msg("会商有答复了"), msg("办件%(number)s请其他科室的会商已有答复，请打开查看。")
    ),
    "consult_silent": Text(
        msg("会商逾期没有答复"),
        msg("办件%(number)s请其他科室的会商逾期没有答复，已记录在案，您可以继续办理。"),
    ),
    "step_to_sign": Text(
        msg("有1个审批环节等您签批"),
        msg("办件%(number)s的一个审批环节到您签批，请在规定时间内办。"),
    ),
    "papers_kept": Text(msg("有代您收下的材料"), msg("办件%(number)s有代您收下的材料，请清点签收。")),
    "matter_assigned": Text(msg("您有1件新的待办"), msg("办件%(number)s由您负责，请按时办理。")),
    "stand_in": Text(msg("您有1件顶岗待办"), msg("因同事不在岗，办件%(number)s由您顶岗办理。")),
    "left_behind": Text(
        msg("离岗同事的办件有新情况"),
        msg(
            "办件%(number)s有新情况，原来经办的同事已不在岗，请打开查看；责任人已离岗的，请负责人指定接手的人。"
        ),
    ),
    "supplement_received": Text(msg("补正材料已收到"), msg("办件%(number)s的补正材料已收到，请及时审核。")),
    "extension_wanted": Text(msg("您有1件延期申请待审批"), msg("办件%(number)s的延期申请等待您审批。")),
    "extension_granted": Text(
        msg("延期申请已批准"), msg("您为办件%(number)s提出的延期申请已批准，请及时告知申请人。")
    ),
    "readdressed": Text(
        msg("有一件事改送您办理"),
        msg("办件%(number)s中原来等着另一位同事办的一步改由您办，请打开查看。"),
    ),
    "progress_told": Text(
        msg("督办件有进展汇报"), msg("督办件%(number)s的经办人向您汇报了进展，请打开查看。")
    ),
    "extension_denied": Text(
        msg("延期申请未批准"), msg("您为办件%(number)s提出的延期申请未批准，仍按原时限办理。")
    ),
    "refusal_wanted": Text(msg("您有1件否定报备待审批"), msg("办件%(number)s的否定报备等待您审批。")),
    "refusal_wanted_important": Text(
        msg("您有1件重要事项的否定报备待审批"),
        msg("办件%(number)s的否定报备属于重要事项，等待您审批；理由和审批路线见“待我审批”。"),
    ),
    "refusal_rerouted": Text(
        msg("否定报备已自动改报主要领导"),
        msg("分管领导不在岗，办件%(number)s的否定报备已自动改报主要领导，时限不重新起算，您不用再报。"),
    ),
    "refusal_granted": Text(
        msg("否定报备已批准"), msg("您为办件%(number)s提出的否定报备已批准，可以作出书面决定。")
    ),
    "refusal_overturned": Text(
        msg("否定报备被纠正"), msg("您为办件%(number)s提出的否定报备被纠正，请继续办理。")
    ),
    "refusal_corrected": Text(
        msg("不予办理决定被纠正"), msg("办件%(number)s的不予办理决定已被纠正，请继续办理，时限重新起算。")
    ),
    "uncertain_question": Text(
        msg("您有1件把握不准的事项待答复"), msg("办件%(number)s能不能办，等待您答复。")
    ),
    "uncertain_answered": Text(
        msg("把握不准的事项有了答复"), msg("办件%(number)s能不能办已有答复，请打开查看，并告诉申请人。")
    ),
    "refusal_question": Text(msg("您有1件否定前的询问待答复"), msg("办件%(number)s能否否定，等待您答复。")),
    "refusal_answered": Text(
        msg("否定前的询问已答复"), msg("您就办件%(number)s能否否定提出的询问已有答复，请打开查看。")
    ),
    "return_wanted": Text(
        msg("申请人要求退还材料"), msg("办件%(number)s的申请人要求退还材料，请备好材料，凭身份证明签收退还。")
    ),
    "due_soon": Text(
        msg("您有1件待办即将到期"), msg("办件%(number)s应于%(day)s前办理。"), takes=("number", "day")
    ),
    "overdue": Text(
        msg("您有1件待办已超期"), msg("办件%(number)s应于%(day)s前办理，现已超期。"), takes=("number", "day")
    ),
    "due_near": Text(
        msg("您有1件待办就要到期"),
        msg("办件%(number)s应于%(day)s前办理，时间已经不多，请抓紧办理。"),
        takes=("number", "day"),
    ),
    "escalated": Text(
        msg("有1件办件超期未办"),
        msg("办件%(number)s应于%(day)s前办理，至今没有办结，请督促办理。"),
        takes=("number", "day"),
    ),
    "urged": Text(
        msg("有人催办"), msg("领导催办：办件%(number)s请抓紧办理，期限为%(day)s。"), takes=("number", "day")
    ),
    "digest": Text(
        msg("您有%(count)d件办件需要留意"),
        msg("%(count)d件办件将到期或已超期，其中%(overdue)d件已超期。请打开链接逐件查看。"),
        takes=("count", "overdue"),
    ),
    "due_moved": Text(
        msg("办理时限有变化"), msg("办件%(number)s的应办结时间已重新计算为%(day)s。"), takes=("number", "day")
    ),
    "calendar_missing": Text(
        msg("放假安排尚未公布"),
        msg("有办件的期限到%(day)s以后，那一年的放假安排还没有确认，期限为暂定。请在通知公布后办理。"),
        takes=("day",),
    ),
    "finding_recorded": Text(msg("您有1条效能记录"), msg("办件%(number)s记录了一条与您有关的情况，请查看。")),
    "cover_begins": Text(
        msg("您有一次顶岗"), msg("自%(day)s起由您顶岗，请打开工作台查看待办。"), takes=("day",)
    ),
    "briefing_waits": Text(msg("有一份交接单等您确认"), msg("有一份交接单等您确认，请打开查看。"), takes=()),
    "return_due": Text(
        msg("请办返岗移交"),
        msg("您的顶岗已于%(day)s结束，请写返岗移交单，交给返岗的同事。"),
        takes=("day",),
    ),
    "post_uncovered": Text(
        msg("有岗位无人顶岗"), msg("自%(day)s起有岗位的A岗、B岗都不在岗，请打开岗位页查看。"), takes=("day",)
    ),
    "post_left": Text(
        msg("有岗位没有交接就离岗"),
        msg("自%(day)s起有岗位的A岗没有交接就离岗，B岗还没有顶岗。请B岗打开交接页顶岗，或由科室负责人安排。"),
        takes=("day",),
    ),
    "waiting": Text(
        msg("您有%(count)d件待办"),
        msg("您共有%(count)d件待办，其中%(overdue)d件已超期。"),
        takes=("count", "overdue"),
    ),
    # To the person served.
    "matter_received": Text(
        msg("您的办件已登记"), msg("您的办件编号为%(number)s，可凭编号和查询码查询进度。")
    ),
    "notice_issued": Text(
        msg("您的办件需要补正材料"),
        msg(
            "办件%(number)s需要补正材料。凭编号和查询码打开进度页，可看到缺什么、怎么补，并下载一次性告知书。"
        ),
    ),
    "matter_accepted": Text(msg("您的办件已受理"), msg("办件%(number)s已受理，可凭编号和查询码查询进度。")),
    "matter_deemed_accepted": Text(
        msg("您的办件视为受理"),
        msg(
            "办件%(number)s没有在法定期限内一次告知要补的材料，依法自收到之日%(since)s起视为受理，最晚%(day)s作出决定。"
            "可凭编号和查询码查询进度。"
        ),
        takes=("number", "since", "day"),
    ),
    "clock_paused": Text(
        msg("您的办件进入特别程序"),
        msg("办件%(number)s进入特别程序。凭编号和查询码打开进度页，可下载特别程序告知书。"),
    ),
    "matter_extended": Text(
        msg("您的办件延期办理"),
        msg("办件%(number)s的办理时限有变化。凭编号和查询码打开进度页，可下载延期告知书。"),
    ),
    "matter_decided": Text(
        msg("您的办件已有结果"),
        msg("办件%(number)s已有结果。凭编号和查询码打开进度页，可查看结果并下载文书。"),
    ),
    "refusal_taken_back": Text(
        msg("不予办理决定已纠正，您的办件恢复办理"),
        msg(
            "办件%(number)s原来的不予办理决定确有错误，现已纠正并恢复办理，时限重新起算，特此致歉。"
            "凭编号和查询码打开进度页，可下载纠正告知书。"
        ),
    ),
    "materials_returned": Text(
        msg("您的材料已退还"), msg("办件%(number)s的材料已凭身份证明签收退还。如非本人领取，请打投诉电话。")
    ),
    "matter_withdrawn": Text(
        msg("您的办件已登记为撤回"),
        msg("办件%(number)s已登记为由您撤回，不再办理。如非本意，请打办公电话或投诉电话。"),
    ),
    "result_told": Text(
        msg("您的办件能不能办，有了答复"),
        msg(
            "办件%(number)s先前把握不准，现在有了答复，承办单位说明了能不能办、为什么。凭编号和查询码打开进度页，可查看。"
        ),
    ),
    "overrun_explained": Text(
        msg("您的办件没有或者不能按时办结"),
        msg("办件%(number)s没有或者不能按时办结，承办单位说明了原因。凭编号和查询码打开进度页，可查看原因。"),
    ),
    "rating_invited": Text(msg("请评价我们的服务"), msg("办件%(number)s已办结，欢迎评价。")),
}


def check(key: str, params: Params) -> None:
    """Refuse a text that does not exist and any parameter that could hold a word about a person."""
    if key not in TEXTS:
        raise UnknownText(f"there is no text {key!r}")
    if set(params) != set(TEXTS[key].takes):
        raise UnknownText(f"{key} takes {TEXTS[key].takes}, not {sorted(params)}")
    for name, value in params.items():
        if not _fits(name, value):
            raise UnknownText(f"{name} of {key} is not a plain number, count or day")


def _fits(name: str, value: object) -> bool:
    if name in {"count", "overdue"}:
        return type(value) is int and 0 <= value <= _MOST
    pattern = _DAY if name in {"day", "since"} else _NUMBER
    return isinstance(value, str) and bool(pattern.fullmatch(value))


def render(key: str, params: Params, language: str | None = None) -> tuple[str, str]:
    """Subject and body in a language, or in the reader's when none is given."""
    text = TEXTS[key]
    if language is None:
        return gettext(text.subject) % params, gettext(text.body) % params
    with override(language):
        return gettext(text.subject) % params, gettext(text.body) % params
