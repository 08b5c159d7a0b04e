"""One complete document of each kind, with invented people and an invented office."""

from dataclasses import fields
from datetime import UTC, datetime, timedelta
from typing import Any

from huiyin.documents.contents import (
    Acceptance,
    Content,
    CorrectionNotice,
    Declination,
    ExtensionNotice,
    GrantDecision,
    OneTimeNotice,
    OralNotice,
    PauseNotice,
    Receipt,
    RefusalDecision,
    RefusalFilingForm,
    Reply,
    ReturnSlip,
)
from huiyin.documents.parts import (
    Approval,
    Contact,
    Defect,
    Importance,
    MaterialLine,
    Office,
    Procedure,
    Referral,
    Remedy,
    RemedyKind,
    Verdict,
)
from huiyin.rules.vocabulary import Limit, Unit

AT = datetime(2026, 1, 5, 1, 12, tzinfo=UTC)
DUE = datetime(2026, 1, 16, 9, 30, tzinfo=UTC)
NUMBER = "QH20260105-0017-K"
OFFICE = Office(
    name="青禾镇人民政府",
    name_en="People's Government of Qinghe Township",
    address="青禾镇新安路18号",
    phone="0557-1234567",
    complaint_phone="0557-1234560",
)
HANDLER = Contact(
    name="解一鸣",
    unit="社会事务办",
    position="低保专管员",
    phone="0557-1234571",
    window="便民服务大厅3号窗口",
)
COMMON: dict[str, Any] = {
    "matter_number": NUMBER,
    "office": OFFICE,
    "item": "最低生活保障申请",
    "handler": HANDLER,
}
MATERIALS = (
    MaterialLine(name="最低生活保障申请书", copies=1, pages=2, original=True),
    MaterialLine(name="户口簿（全体家庭成员页）", copies=1, pages=6),
    MaterialLine(name="家庭经济状况核对授权书", copies=2, pages=1, original=True),
)
APPROVALS = (
    Approval(
        level="经办人",
        name="解一鸣",
        verdict=Verdict.PROPOSED,
        at=AT + timedelta(days=3),
        opinion="经入户核查和信息核对，家庭人均月收入高于当地保障标准，拟不予办理。",
    ),
    Approval(
        level="分管领导",
        name="欧阳喆",
        verdict=Verdict.AGREED,
        at=AT + timedelta(days=4),
        opinion="情况属实，同意。请做好政策解释。",
    ),
)
REMEDIES = (
    Remedy(
        kind=RemedyKind.COMPLAINT, body="青禾镇党委、政府", address="青禾镇新安路18号", phone="0557-1234560"
    ),
    Remedy(
        kind=RemedyKind.REVIEW,
        body="安平县人民政府",
        limit=Limit(60, Unit.CALENDAR_DAY),
        basis="《中华人民共和国行政复议法》第二十条",
    ),
    Remedy(
        kind=RemedyKind.LITIGATION,
        body="安平县人民法院",
        limit=Limit(6, Unit.MONTH),
        basis="《中华人民共和国行政诉讼法》第四十六条",
    ),
)

RECEIPT = Receipt(
    **COMMON,
    number=NUMBER,
    issued_at=AT,
    applicant_masked="张**",
    received_at=AT,
    track_url=f"https://fw.qinghe.example/t/{NUMBER}",
    materials=MATERIALS,
    limit=Limit(9, Unit.WORKING_DAY),
    due_at=DUE,
    event_hash="9f2c44d1a0b35e7788990011223344556677889900aabbccddeeff0011223344",
)
NOTICE = OneTimeNotice(
    **COMMON,
    number="青政告〔2026〕17号",
    issued_at=AT,
    applicant="张喆堃",
    received_at=AT,
    policy_basis="《社会救助暂行办法》第九条、第十一条；《最低生活保障审核确认办法》第八条。",
    conditions="持有本地户籍，共同生活的家庭成员人均收入低于当地最低生活保障标准，且家庭财产状况符合规定。",
    procedure="申请 → 受理 → 家庭经济状况调查 → 审核 → 公示 → 确认 → 发放",
    statutory=Limit(30, Unit.WORKING_DAY),
    committed=Limit(20, Unit.WORKING_DAY),
    materials=MATERIALS,
    defects=(
        Defect(
            material="户口簿",
            problem="缺少张犇的成员页。",
            requirement="补交该页复印件1份，并带原件核对。",
            basis="《最低生活保障审核确认办法》第八条第一项",
        ),
        Defect(
            material="家庭经济状况核对授权书",
            problem="共同生活的成年子女未签名。",
            requirement="由本人签名并按指印；在外地的可以邮寄。",
            basis="《社会救助暂行办法》第五十八条",
        ),
    ),
    supplement_how="可到便民服务大厅3号窗口当面补交，也可邮寄至青禾镇新安路18号社会事务办。材料补齐之日起按时限办理。",
    supplement_until=DUE,
)
ORAL = OralNotice(
    **{one.name: getattr(NOTICE, one.name) for one in fields(NOTICE) if one.name != "number"},
    number="青政告〔2026〕18号",
    told_by="解一鸣",
    told_to="张犇",
    told_phone="13800001234",
)
ACCEPTANCE = Acceptance(
    **COMMON,
    number="青政受〔2026〕31号",
    issued_at=AT + timedelta(days=1),
    applicant="张喆堃",
    received_at=AT,
    accepted_at=AT + timedelta(days=1),
    basis="《社会救助暂行办法》第十一条",
    limit=Limit(9, Unit.WORKING_DAY),
    due_at=DUE,
    track_url=f"https://fw.qinghe.example/t/{NUMBER}",
)
REFUSAL = RefusalDecision(
    **COMMON,
    number="青政否〔2026〕4号",
    issued_at=AT + timedelta(days=4),
    applicant="张喆堃",
    received_at=AT,
    facts="您于2026年1月5日提出申请。我镇于1月7日入户核查，并经信息核对平台核对了您家庭的收入和财产。",
    reasons="您家庭共同生活成员3人，核定月收入5,460元，人均1,820元，高于当地最低生活保障标准。",
    legal_basis="《社会救助暂行办法》第九条；《最低生活保障审核确认办法》第五条。",
    remedies=REMEDIES,
    returned=MATERIALS[:2],
)
DECLINATION = Declination(
    **COMMON,
    number="青政否〔2026〕5号",
    issued_at=AT + timedelta(days=1),
    applicant="张喆堃",
    received_at=AT,
    facts="您于2026年1月5日申请办理房屋所有权登记。",
    reasons="房屋所有权登记由县不动产登记机构办理，不在我镇职权范围内。",
    legal_basis="《不动产登记暂行条例》第七条。",
    remedies=REMEDIES,
    referral=Referral(name="安平县不动产登记中心", place="安平县人民路8号", phone="0557-1230008"),
)
GRANT = GrantDecision(
    **COMMON,
    number="青政准〔2026〕8号",
    issued_at=AT + timedelta(days=4),
    applicant="张喆堃",
    received_at=AT,
    accepted_at=AT + timedelta(days=1),
    basis="《社会救助暂行办法》第九条；《最低生活保障审核确认办法》第五条。",
    result="准予您家庭享受最低生活保障，保障人口3人，自2026年2月起按月发放到社会保障卡。",
    hours="09:00—12:00、13:30—17:30",
    collect_at="便民服务大厅3号窗口",
)
FILING = RefusalFilingForm(
    **COMMON,
    number="青政否备〔2026〕4号",
    issued_at=AT + timedelta(days=3),
    applicant="张喆堃",
    applicant_phone="13800001234",
    received_at=AT,
    proposed_at=AT + timedelta(days=3),
    facts=REFUSAL.facts,
    reasons=REFUSAL.reasons,
    legal_basis=REFUSAL.legal_basis,
    importance=Importance.IMPORTANT,
    approvals=APPROVALS,
    awaited=("主要领导",),
    ground="违反法律法规，依法不应办理",
    verification="民政所二人入户核对存款，有笔录。",
    importance_reason="涉及多户，影响较大。",
    referral=Referral(name="安平县民政局", phone="0557-1230009"),
    filed_at=AT + timedelta(days=3),
)
RETURNED = ReturnSlip(
    **COMMON,
    number="青政退〔2026〕1号",
    issued_at=AT + timedelta(days=9),
    applicant="张喆堃",
    materials=(MaterialLine(name="收入证明", copies=2, pages=1, original=True),),
    identity="居民身份证",
    receiver="张喆堃",
    returned_at=AT + timedelta(days=9),
    basis="《效能建设制度》否定报备制第五条",
)
CORRECTED = CorrectionNotice(
    **COMMON,
    number="青政纠〔2026〕1号",
    issued_at=AT + timedelta(days=12),
    applicant="张喆堃",
    received_at=AT,
    decision_number=REFUSAL.number,
    correction="您家庭的收入重复计算了一次，核减后低于当地最低生活保障标准，应当继续办理。",
    corrected_at=AT + timedelta(days=12),
    due_at=DUE + timedelta(days=14),
    provisional=True,
    basis="《效能建设制度》否定报备制第二条",
    wanted=(MaterialLine(name="收入证明", copies=2, pages=1, original=True),),
    bring_to="一楼3号窗口",
)
EXTENSION = ExtensionNotice(
    **COMMON,
    number="青政延〔2026〕2号",
    issued_at=AT + timedelta(days=8),
    applicant="张喆堃",
    received_at=AT,
    previous_due_at=DUE,
    extension=Limit(10, Unit.WORKING_DAY),
    due_at=DUE + timedelta(days=14),
    reason="您家庭成员在外省的收入情况需由当地民政部门协助核对，核对结果尚未返回。",
    basis="《青禾镇限时办结制度》第八条",
    approved_at=AT + timedelta(days=7),
    provisional=True,
)
PAUSE = PauseNotice(
    **COMMON,
    number="青政特〔2026〕1号",
    issued_at=AT + timedelta(days=2),
    applicant="张喆堃",
    received_at=AT,
    procedure=Procedure.APPRAISAL,
    basis="《中华人民共和国行政许可法》第四十五条",
    reason="您申报的劳动能力情况需委托鉴定机构出具结论。",
    starts_at=AT + timedelta(days=2),
    planned=Limit(15, Unit.WORKING_DAY),
)
REPLY = Reply(
    **{**COMMON, "item": "农村宅基地翻建手续"},
    number="青政复〔2026〕9号",
    issued_at=AT + timedelta(days=1),
    applicant="李犇",
    received_at=AT,
    request="老房子原址翻建，面积不变，要不要重新申请？需要带什么材料？",
    answer="需要申请。原址翻建且面积不变的，由村民小组会议讨论通过并公示后，向镇政府提出申请。\n"
    "请带户口簿、身份证、原宅基地使用证和翻建平面图各1份，到便民服务大厅5号窗口办理。",
    basis="《中华人民共和国土地管理法》第六十二条",
    remedies=REMEDIES[:1],
)
ALL: tuple[Content, ...] = (
    RECEIPT,
    NOTICE,
    ORAL,
    ACCEPTANCE,
    GRANT,
    REFUSAL,
    DECLINATION,
    FILING,
    EXTENSION,
    PAUSE,
    REPLY,
    RETURNED,
    CORRECTED,
)
