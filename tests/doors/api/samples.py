"""A lawful-looking body for every operation that takes one, and the operations as described."""

from __future__ import annotations

from typing import Any, NamedTuple
from uuid import UUID

from huiyin.doors.api.api import api
from tests.doors.api.programs import V1

_FORM = {"facts": "事实", "reasons": "理由", "legal_basis": "《社会救助暂行办法》"}
BODIES: dict[str, dict[str, Any]] = {
    "accept_application": {},
    "accept_handover": {},
    "assign_custodian": {"reason": "原经办人离岗"},
    "answer_superior": {"words": "已办结，详见附件。", "how": "electronic"},
    "consult_unit": {"to": "1001", "question": "还要什么材料？"},
    "answer_consultation": {"verdict": "none"},
    "answer": {"reply": "带身份证即可。"},
    "approve_extension": {"opinion": "同意"},
    "approve_refusal": {"opinion": "同意"},
    "ask_instruction": {"question": "收入接近标准，能否否定？"},
    "ask_return": {},
    "ask_return_as_applicant": {"number": "ZHAO-2026-000001-3", "code": "0000000000"},
    "bounce_handover": {"reason": "不属本岗"},
    "check_materials": {"materials": [{"name": "居民户口簿", "present": True}]},
    "close": {},
    "correct_refusal": {"opinion": "收入重复计算，确有错误"},
    "decide": {"outcome": "granted", "reply": "准予。"},
    "conclude": {"outcome": "unfounded", "words": "查无此事"},
    "explain_lateness": {"words": "等批复"},
    "finish": {"result": "已清理"},
    "name_accused": {"accused": "1005"},
    "report_progress": {"words": "已办一半"},
    "send_back": {"opinion": "没有附名单"},
    "sign_off": {"opinion": "同意"},
    "take_in": {
        "kind": "task",
        "source": "assigned",
        "summary": "清理低保台账",
        "urgency": "low",
        "custodian": "1005",
        "assigner": "1001",
    },
    "deliver": {"how": "post"},
    "prove_delivery": {"paper": "ZHAO-2026-告-1", "how": "post", "tracking": "1234567890"},
    "flag_uncertain": {"why": "户籍分离"},
    "unflag_uncertain": {"why": "标错了"},
    "tell_result": {"can": True, "how": "phone", "words": "可以按实际居住办理"},
    "explain_notice": {"words": "收入证明由村委会开", "told_to": "王小明"},
    "explain_overrun": {"reason": "系统迁移，耽误了三天"},
    "file_refusal": {},
    "give_instruction": {"allows": True, "answer": "可以填表报备"},
    "invoke_clause": {"clause": "p4.first-responder.4", "facts": "来人反映无人理会"},
    "instruct": {"words": "请民政办办理"},
    "issue_notice": {"supplement_how": "交到窗口"},
    "keep_papers": {"to": "1006", "papers": [{"name": "申请书"}]},
    "offer_handover": {"to": "1001"},
    "overturn_refusal": {"opinion": "应予办理"},
    "pause": {"procedure": "hearing", "planned_days": 3, "basis": "需听证"},
    "propose_refusal": _FORM,
    "rate": {"number": "ZHAO-2026-000001-3", "code": "0000000000", "score": 5},
    "receive_supplement": {"papers": [{"name": "收入证明", "copies": 1, "pages": 2}]},
    "sign_step": {},
    "send_to_meeting": {"how": "phone", "words": "涉及多户，下周二上会"},
    "record_minute": {
        "minute_number": "委纪〔2026〕3号",
        "minute_day": "2026-01-05",
        "present": "郑主要、冯分管",
        "text": "同意",
    },
    "refuse_extension": {"opinion": "请按期办结"},
    "readdress": {"to": "1003", "reason": "原经办人调离"},
    "register": {"kind": "enquiry", "channel": "counter", "summary": "老年卡"},
    "reissue_code": {},
    "request_extension": {"amount": 5, "reason": "需核查"},
    "resume": {},
    "route_contact": {"way": "own", "words": "材料要核对，明天答复。"},
    "take_papers": {},
    "return_materials": {"identity": "id_card", "receiver": "王小明", "signed": True},
    "tell_extension": {"how": "phone"},
    "withdraw_extension": {},
    "urge": {"words": "请今天办完"},
    "track": {"number": "ZHAO-2026-000001-3", "code": "0000000000"},
    "withdraw": {"reason": "改日再办", "withdrawn_by": "王小明", "how": "phone"},
    "withdraw_as_applicant": {"number": "ZHAO-2026-000001-3", "code": "0000000000"},
    "withdraw_handover": {},
}
BODIES |= {
    "archive_document": {"archive_number": "2026-D10-1"},
    "ask_countersign": {"to": "1006"},
    "check_draft": {"to": "1002"},
    "circulate": {"to": ["1006"]},
    "complete_document": {"result": "已报送"},
    "countersign": {},
    "dispatch_document": {"how": "post"},
    "explain_delay": {"reason": "数据未齐", "told_assigner": True, "told_leader": True},
    "note_read": {},
    "number_document": {},
    "order_document": {"title": "关于报送情况的报告", "recipient": "县政府"},
    "present_to_leader": {"to": "1002"},
    "present_to_main_leader": {},
    "register_incoming": {"title": "关于报送情况的通知", "source": "县政府办公室"},
    "return_document": {"reason": "不属本岗"},
    "return_draft": {"opinion": "数字核一下"},
    "send_document": {"to": "1005"},
    "sign_document": {"opinion": "发"},
    "sign_for_document": {},
    "submit_draft": {"to": "1004", "text": "现将情况报告如下"},
    "void_document": {"reason": "登记重复"},
    "write_opinion": {"opinion": "请按时办结"},
}
KEEPERS = frozenset({"register_incoming"})
"""Operations without a matter that only one role may use."""
QUERIES: dict[str, dict[str, str]] = {"list_colleagues": {"text": "办"}}


class Operation(NamedTuple):
    """One operation of the description."""

    id: str
    path: str
    method: str
    right: str
    details: dict[str, Any]

    def below(self, number: str = "", document: str = str(UUID(int=1)), code: str = "DB-1") -> str:
        """Return its address below /api/v1 for a matter."""
        given = {"number": number, "document_id": document, "code": code}
        return self.path.removeprefix(V1).format(**given)


def operations() -> list[Operation]:
    """Return every operation."""
    return [
        Operation(details["operationId"], path, method, details["x-right"], details)
        for path, methods in api.get_openapi_schema()["paths"].items()
        for method, details in methods.items()
    ]


def posts() -> list[Operation]:
    """Return the operations that take a body."""
    return [one for one in operations() if one.method == "post"]


def guarded() -> list[Operation]:
    """Return the operations that need a token."""
    return [one for one in operations() if one.right != "public"]


def component(name: str) -> dict[str, Any]:
    """Return the description of one shape."""
    found = api.get_openapi_schema()["components"]["schemas"][name]
    assert isinstance(found, dict)
    return found
