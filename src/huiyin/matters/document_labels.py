"""The words people read of official documents: their stages, duties, events, verbs, and what registers hold.

Message ids in Chinese; doors translate them into the reader's language.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from huiyin.rules.errors import msg

SECRECY: Final[Mapping[str, str]] = {
    "none": msg("非密"),
    "internal": msg("内部"),
}
"""What the registers of documents may hold."""

STATE_SECRETS: Final[Mapping[str, str]] = {
    "secret": msg("秘密"),
    "confidential": msg("机密"),
    "top_secret": msg("绝密"),
}
"""What they may not; offered so that it is refused, and not entered under another name."""

GRADES: Final[Mapping[str, str]] = {
    "ordinary": msg("一般文件"),
    "important": msg("要件"),
    "urgent_telegram": msg("急电"),
}

DOCUMENT_BOOKS: Final[Mapping[str, str]] = {
    "official": msg("发"),
    "letter": msg("函"),
    "office": msg("办"),
}
"""The books an outgoing document is numbered in."""

GENRES: Final[Mapping[str, str]] = {
    "decision": msg("决定"),
    "announcement": msg("公告"),
    "public_notice": msg("通告"),
    "opinion": msg("意见"),
    "notice": msg("通知"),
    "circular": msg("通报"),
    "report": msg("报告"),
    "request": msg("请示"),
    "reply": msg("批复"),
    "proposal": msg("议案"),
    "letter": msg("函"),
    "minutes": msg("纪要"),
}
"""文种 of outgoing documents."""

ROUTINGS: Final[Mapping[str, str]] = {
    "proposal": msg("拟办"),
    "main_leader": msg("主要领导批示"),
    "leader": msg("分管领导批示"),
    "reader": msg("传阅"),
    "handler": msg("承办"),
    "checker": msg("核稿"),
    "countersigner": msg("会签"),
    "signer": msg("签发"),
}
"""Before whom a document lies, and for what."""

WAITS_FOR: Final[Mapping[str, str]] = {
    "main_leader": msg("阅示"),
    "leader": msg("阅处"),
    "reader": msg("传阅"),
    "handler": msg("签收"),
    "checker": msg("核稿"),
    "countersigner": msg("会签"),
    "signer": msg("签发"),
}
"""What whoever it lies before is to do with it."""

ROUTING_ENDINGS: Final[Mapping[str, str]] = {
    "done": msg("已办"),
    "signed_for": msg("已签收"),
    "returned": msg("已退回"),
    "passed_over": msg("已改送"),
    "agreed": msg("同意"),
    "superseded": msg("曾同意，该稿已退回"),
}

STAGES: Final[Mapping[str, str]] = {
    "to_present": msg("待呈阅"),
    "with_main_leader": msg("主要领导阅示"),
    "to_send": msg("待送承办人"),
    "sent": msg("待承办人签收"),
    "to_draft": msg("待拟稿"),
    "to_check": msg("待核稿"),
    "to_sign": msg("待签发"),
    "to_number": msg("待编号"),
    "to_dispatch": msg("待寄发"),
    "to_archive": msg("待归档"),
    "archived": msg("已归档"),
}

DUTIES: Final[Mapping[str, str]] = {
    "present_to_main_leader": msg("送主要领导阅示"),
    "present_to_leader_in_charge": msg("送分管领导阅处"),
    "present_to_a_leader": msg("送领导批示"),
    "send_to_handler": msg("送承办人办理"),
    "complete_document": msg("办结公文"),
    "draft_document": msg("拟稿"),
    "dispatch_document": msg("寄发公文"),
}

EVENTS: Final[Mapping[str, str]] = {
    "document.presented_to_main_leader": msg("已送主要领导"),
    "document.presented_to_leader": msg("已送领导"),
    "document.opinion": msg("写了意见"),
    "document.circulated": msg("已送传阅"),
    "document.read": msg("已阅"),
    "document.sent": msg("已送承办人"),
    "document.signed_for": msg("承办人已签收"),
    "document.returned": msg("承办人已退回"),
    "document.delay_explained": msg("已说明逾期原因"),
    "document.completed": msg("公文已办结"),
    "document.drafted": msg("已拟稿"),
    "document.draft_returned": msg("已退回重拟"),
    "document.checked": msg("已核稿"),
    "document.countersign_asked": msg("已请会签"),
    "document.countersigned": msg("已会签"),
    "document.signed": msg("已签发"),
    "document.numbered": msg("已编号"),
    "document.dispatched": msg("已寄发"),
    "document.archived": msg("已归档"),
    "document.voided": msg("已作废"),
    "custody.readdressed": msg("已改送另一位同事"),
}
"""What happened, as timelines tell it."""

ACTS: Final[Mapping[str, str]] = {
    "document.presented_to_main_leader": msg("送主要领导"),
    "document.presented_to_leader": msg("送领导"),
    "document.opinion": msg("写意见"),
    "document.circulated": msg("送传阅"),
    "document.read": msg("阅知"),
    "document.sent": msg("送承办人"),
    "document.signed_for": msg("签收公文"),
    "document.returned": msg("退回公文"),
    "document.delay_explained": msg("说明逾期原因"),
    "document.completed": msg("办结公文"),
    "document.drafted": msg("拟稿"),
    "document.draft_returned": msg("退回重拟"),
    "document.checked": msg("核稿"),
    "document.countersign_asked": msg("请会签"),
    "document.countersigned": msg("会签"),
    "document.signed": msg("签发"),
    "document.numbered": msg("编号"),
    "document.dispatched": msg("寄发"),
    "document.archived": msg("归档"),
    "document.voided": msg("作废"),
    "custody.readdressed": msg("改送"),
}
"""The same events as acts."""

VERBS: Final[Mapping[str, str]] = {
    "present_to_main_leader": msg("送主要领导"),
    "present_to_leader": msg("送分管领导"),
    "write_opinion": msg("写意见"),
    "circulate": msg("传阅"),
    "note_read": msg("已阅"),
    "send_document": msg("送承办人"),
    "sign_for_document": msg("签收"),
    "return_document": msg("退回"),
    "explain_delay": msg("说明逾期原因"),
    "complete_document": msg("办结"),
    "submit_draft": msg("交稿"),
    "check_draft": msg("核稿通过"),
    "return_draft": msg("退回重拟"),
    "ask_countersign": msg("请会签"),
    "countersign": msg("会签"),
    "sign_document": msg("签发"),
    "number_document": msg("编号"),
    "dispatch_document": msg("寄发"),
    "archive_document": msg("归档"),
    "void_document": msg("作废"),
    "readdress": msg("改送"),
}

VERDICTS: Final[Mapping[str, str]] = {
    "agree": msg("同意"),
    "disagree": msg("不同意"),
    "referred": msg("转请有权的单位"),
}
"""What a request from below can be answered (p2.time-limit.7.a)."""
