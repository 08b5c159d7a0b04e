"""The words around notices: what units are asked before them, how they are served, what silence brings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from huiyin.rules.errors import msg

CONSULTED: Final[Mapping[str, str]] = {
    "none": msg("无意见"),
    "missing": msg("缺材料"),
    "opinion": msg("有意见"),
}
"""What a unit that was asked answered."""

DUTIES: Final[Mapping[str, str]] = {
    "consult": msg("答复会商"),
    "examine": msg("当场审核材料"),
    "refer": msg("请示把握不准的事项"),
    "notify": msg("一次告知缺少的材料"),
    "sign_step": msg("签批审批环节"),
}

FINDINGS: Final[Mapping[str, str]] = {
    "second_notice": msg("二次告知"),
    "late_notice": msg("逾期才告知要补的材料"),
    "asked_anew": msg("补齐后又要新材料"),
    "referred_late": msg("把握不准没有及时请示"),
    "untold": msg("材料不全没有及时一次告知"),
    "examined_late": msg("没有当场审核材料"),
    "consult_silent": msg("会商逾期不答复"),
    "step_unsigned": msg("审批环节逾期没有签批"),
}

EXPLAINED_TO: Final = msg("说明对象")
"""Whom a notice was explained to, as the note of it says."""

RESULTS: Final[Mapping[str, str]] = {"yes": msg("可以办理"), "no": msg("不能办理")}
"""What came of asking about something that was not clear."""

WAYS: Final[Mapping[str, str]] = {
    "in_person": msg("直接送达"),
    "post": msg("邮寄送达"),
    "electronic": msg("电子送达"),
    "left": msg("留置送达"),
    "published": msg("公告送达"),
}
"""How a paper is served."""

RELATIONS: Final[Mapping[str, str]] = {
    "self": msg("本人"),
    "agent": msg("代理人"),
    "family": msg("同住的家属"),
    "office": msg("所在单位收发人员"),
    "other": msg("其他人"),
}
"""What whoever took a paper is to the applicant."""

WITHDRAWERS: Final[Mapping[str, str]] = {one: RELATIONS[one] for one in ("self", "agent")}
"""Who may take a matter back: the person served, or whoever acts for them."""

EVENTS: Final[Mapping[str, str]] = {
    "matter.uncertain": msg("已标为把握不准"),
    "uncertain.taken_back": msg("已撤销把握不准的标记"),
    "result.told": msg("已告知能否办理和原因"),
    "notice.explained": msg("已口头说明告知内容"),
    "paper.served": msg("文书已送达"),
    "unit.consulted": msg("已请其他科室会商"),
    "unit.answered": msg("已答复会商"),
    "signing.begun": msg("审批环节已送签"),
    "signing.passed": msg("审批环节改由岗位的新责任人签批"),
    "signing.done": msg("审批环节已签批"),
    "application.deemed_accepted": msg("逾期没有告知，视为受理"),
}

ACTS: Final[Mapping[str, str]] = {
    "matter.uncertain": msg("标为把握不准"),
    "uncertain.taken_back": msg("撤销把握不准的标记"),
    "result.told": msg("告知能否办理和原因"),
    "notice.explained": msg("记下口头说明"),
    "paper.served": msg("登记送达回证"),
    "unit.consulted": msg("请其他科室会商"),
    "unit.answered": msg("答复会商"),
    "signing.begun": msg("送审批环节签批"),
    "signing.passed": msg("审批环节改送岗位的新责任人"),
    "signing.done": msg("签批审批环节"),
    "application.deemed_accepted": msg("视为受理"),
}

VERBS: Final[Mapping[str, str]] = {
    "flag_uncertain": msg("标为把握不准"),
    "unflag_uncertain": msg("撤销把握不准的标记"),
    "tell_result": msg("告知能否办理和原因"),
    "explain_notice": msg("记下口头说明"),
    "prove_delivery": msg("登记送达回证"),
    "consult_unit": msg("请其他科室会商"),
    "answer_consultation": msg("答复会商"),
    "sign_step": msg("签批审批环节"),
}
