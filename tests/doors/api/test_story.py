"""One office, every operation once and lawfully; a new operation without a line here fails."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from unittest import mock

from huiyin.doors.api.api import api
from huiyin.organisation import actions
from tests.commissions import commission_office
from tests.doors.api.programs import Program, application, enquiry, papers, refused, said
from tests.factories import AT, Office

DAY = timedelta(days=1)


def test_every_operation_has_its_place_in_the_story(office: Office, now: mock.Mock) -> None:
    keys = (
        "clerk",
        "second_clerk",
        "head",
        "office_head",
        "leader_in_charge",
        "main_leader",
        "receptionist",
        "efficiency_office",
    )
    people = {key: Program(office, key) for key in keys}
    _look_around(people)
    granted = _granted(people, now)
    _refused_after_filing(people)
    _overturned(people)
    _withdrawn(people)
    _withdrawn_by_themselves(people["clerk"])
    _answered(people)
    _led(people)
    _given(people)
    _reported(people)
    _came_in(people)
    _went_out(people)
    _looked_at(people["clerk"], granted)
    _pointed_out(people["main_leader"], granted)
    _urged_and_explained(people)
    _left_behind(people, office)
    _instructed(people)
    commission = commission_office()
    there = {key: Program(commission, key) for key in keys}
    _declined_by_the_team(there)
    people |= {f"commission {key}": one for key, one in there.items()}

    told = set().union(*(one.called for one in people.values()))
    described = {
        (path, method) for path, methods in api.get_openapi_schema()["paths"].items() for method in methods
    }
    assert described - told == set()
    assert told - described == set()


def _look_around(people: dict[str, Program]) -> None:
    clerk = people["clerk"]
    me = said(clerk.get("/me"))
    assert me["staff_no"] == "1005"
    assert me["now"] == "2026-01-05T10:00:00+08:00"
    items = said(clerk.get("/items"))
    assert [one["code"] for one in items["rows"]] == ["DB-1", "ZM-1"]
    guide = said(clerk.get("/items/DB-1"))
    assert [one["name"] for one in guide["materials"]] == ["居民户口簿", "收入证明", "近期照片"]
    assert guide["committed"] == {"amount": 10, "unit": "working_day", "label": "10个工作日"}
    assert said(clerk.get("/positions"))["rows"]
    # Nobody is asked how they were received where no clause says so.
    assert said(clerk.get("/receptions")) == {"asked": False, "rows": []}
    # The office has published none yet.
    assert said(clerk.get("/commitments"))["rows"] == []
    found = said(clerk.get("/colleagues", text="蒋经办"))
    assert [one["staff_no"] for one in found["rows"]] == ["1006"]


def _served(clerk: Program, matter: str, document: str) -> None:
    """The only paper so far is printed and handed over."""
    paper = clerk.get(f"{matter}/documents/{document}")
    assert paper["Content-Type"] == "application/pdf"
    assert paper.content.startswith(b"%PDF")
    [number] = [one["number"] for one in said(clerk.get(matter))["documents"]]
    taken = {"paper": number, "how": "in_person", "receiver": "王小明", "relation": "self"}
    assert said(clerk.get(matter))["documents"][0]["proof"] is None
    said(clerk.post(f"{matter}/delivery-proof", taken))
    proof = said(clerk.get(matter))["documents"][0]["proof"]
    assert (proof["how"]["code"], proof["relation"]["code"], proof["receiver"]) == (
        "in_person",
        "self",
        "王小明",
    )


def _granted(people: dict[str, Program], now: mock.Mock) -> dict[str, Any]:
    """Counter, hand-over, notice, supplement, pause, extension, grant, rating, closing."""
    desk, clerk, second = people["receptionist"], people["clerk"], people["second_clerk"]
    receipt = application(desk, materials=papers("收入证明"))
    matter = f"/matters/{receipt['number']}"
    assert said(desk.get(matter))["custodian"]["staff_no"] == "1008"

    said(desk.post(f"{matter}/handovers", {"to": "1006", "reason": "属救助岗"}))
    said(second.post(f"{matter}/handovers/bounce", {"reason": "应由低保岗办理"}))
    said(desk.post(f"{matter}/handovers", {"to": "1006"}))
    said(desk.post(f"{matter}/handovers/withdraw"))
    said(desk.post(f"{matter}/handovers", {"to": "1005"}))
    waiting = said(clerk.get("/handovers"))["rows"]
    assert [(one["number"], one["giver"]["staff_no"]) for one in waiting] == [(receipt["number"], "1008")]
    said(clerk.post(f"{matter}/handovers/accept"))
    assert said(clerk.get(matter))["custodian"]["staff_no"] == "1005"

    said(clerk.post(f"{matter}/materials", {"materials": papers("收入证明")}))
    notice = said(clerk.post(f"{matter}/notice", {"supplement_how": "交到一号窗口"}))
    assert notice["stage"]["code"] == "awaiting_supplement"
    _served(clerk, matter, notice["documents"][0])
    said(clerk.post(f"{matter}/supplement"))
    said(clerk.post(f"{matter}/acceptance"))
    said(clerk.post(f"{matter}/meeting", {"how": "phone", "words": "涉及多户，下周二上会"}))

    now.return_value = AT + DAY
    said(
        clerk.post(f"{matter}/pause", {"procedure": "expert_review", "planned_days": 3, "basis": "专家评审"})
    )
    assert {
        c["light"]["code"] for c in said(clerk.get(matter))["clocks"] if c["duty"]["code"] == "decide"
    } == {"blue"}
    now.return_value = AT + 2 * DAY
    said(clerk.post(f"{matter}/resume"))
    asked = {"amount": 5, "reason": "需入户核查"}
    said(clerk.post(f"{matter}/extension", asked))
    said(clerk.post(f"{matter}/extension/withdrawal"))
    said(clerk.post(f"{matter}/extension", asked))
    said(people["main_leader"].post(f"{matter}/extension/refusal", {"opinion": "请按期办结"}))
    said(clerk.post(f"{matter}/extension", asked))
    waiting = said(people["main_leader"].get("/decisions"))["rows"]
    assert [(one["kind"], one["number"], one["limit"]) for one in waiting] == [
        ("extension", receipt["number"], "5个工作日")
    ]
    before = _due(said(clerk.get(matter)))
    said(people["main_leader"].post(f"{matter}/extension/approval"))
    after = _due(said(clerk.get(matter)))
    assert after > before
    said(clerk.post(f"{matter}/extension/telling", {"how": "phone"}))

    done = said(clerk.post(f"{matter}/decision", {"outcome": "granted", "reply": "准予，请凭身份证领取。"}))
    assert done["stage"]["code"] == "granted"
    said(clerk.post(f"{matter}/delivery", {"how": "in_person"}))
    code = said(clerk.post(f"{matter}/code"))["code"]
    seen = said(clerk.post("/track", {"number": receipt["number"], "code": code}))
    assert seen["may_rate"]
    assert seen["reply"] == "准予，请凭身份证领取。"
    assert seen["meeting"] == "涉及多户，下周二上会"
    said(clerk.post("/rate", {"number": receipt["number"], "code": code, "score": 5}))
    closed = said(clerk.post(f"{matter}/closing"))
    assert closed["stage"]["code"] == "closed"
    return receipt


def _refused_after_filing(people: dict[str, Program]) -> None:
    clerk = people["clerk"]
    receipt = application(clerk)
    matter = f"/matters/{receipt['number']}"
    said(clerk.post(f"{matter}/acceptance"))
    body = {"outcome": "refused", "explanation": "家庭收入超过标准，可于收入变化后再申请。"}
    problem = refused(clerk.post(f"{matter}/decision", body), 409, "refusal_not_filed")
    assert problem["clause"] == "p4.refusal-filing.1.a"
    _filed(clerk, matter)
    waiting = said(people["leader_in_charge"].get("/decisions"))["rows"]
    assert [(one["kind"], one["number"]) for one in waiting] == [("refusal", receipt["number"])]
    legs = [(leg["level"]["code"], leg["done"], leg["now"]) for leg in waiting[0]["way"]]
    assert legs == [("leader_in_charge", False, True)]
    assert waiting[0]["importance"] is None
    said(people["leader_in_charge"].post(f"{matter}/refusal/approval", {"opinion": "同意"}))
    done = said(clerk.post(f"{matter}/decision", body))
    assert done["stage"]["code"] == "refused"


def _overturned(people: dict[str, Program]) -> None:
    clerk = people["clerk"]
    matter = f"/matters/{application(clerk)['number']}"
    said(clerk.post(f"{matter}/acceptance"))
    _filed(clerk, matter)
    body = {"opinion": "应按新标准认定"}
    done = said(people["leader_in_charge"].post(f"{matter}/refusal/overturning", body))
    assert done["stage"]["code"] == "in_hand"


def _withdrawn(people: dict[str, Program]) -> None:
    clerk = people["clerk"]
    matter = f"/matters/{application(clerk)['number']}"
    assert (
        said(
            clerk.post(
                f"{matter}/withdrawal", {"reason": "申请人改日再办", "withdrawn_by": "王小明", "how": "phone"}
            )
        )["stage"]["code"]
        == "withdrawn"
    )


def _withdrawn_by_themselves(clerk: Program) -> None:
    """The person served takes it back with number and code, and no token."""
    receipt = application(clerk)
    held = {"number": receipt["number"], "code": receipt["code"]}
    assert said(clerk.post("/track", held))["way_to_withdraw"] == "itself"
    assert said(clerk.post("/withdrawal", {**held, "reason": "不办了"}))["stage"]["code"] == "withdrawn"
    assert said(clerk.post("/track", held))["way_to_withdraw"] == ""


def _answered(people: dict[str, Program]) -> None:
    clerk = people["clerk"]
    receipt = enquiry(clerk)
    owed = said(clerk.get("/owed"))["rows"]
    assert receipt["number"] in [one["number"] for one in owed]
    done = said(clerk.post(f"/matters/{receipt['number']}/answer", {"reply": "带身份证到一号窗口即可办理。"}))
    assert done["stage"]["code"] == "answered"
    assert receipt["number"] not in [one["number"] for one in said(clerk.get("/owed"))["rows"]]


def _led(people: dict[str, Program]) -> None:
    """An enquiry nobody is sure about: a leader says whose it is, and papers go with it."""
    desk, leader, second = people["receptionist"], people["leader_in_charge"], people["second_clerk"]
    matter = f"/matters/{enquiry(desk)['number']}"
    refused(desk.post(f"{matter}/route", {"way": "colleague"}), 409, "way_incomplete")
    said(desk.post(f"{matter}/route", {"way": "unclear", "to": "1002", "words": "像是救助"}))
    said(leader.post(f"{matter}/route/instruction", {"words": "由救助岗办"}))
    said(desk.post(f"{matter}/deposits", {"to": "1006", "papers": [{"name": "申请书", "copies": 2}]}))
    said(second.post(f"{matter}/deposits/taking"))
    asked = f"/matters/{enquiry(desk)['number']}/consultations"
    said(desk.post(asked, {"to": "1006", "question": "救助岗有没有意见？"}))
    said(second.post(f"{asked}/answer", {"verdict": "opinion", "words": "请核对户籍"}))


def _given(people: dict[str, Program]) -> None:
    leader, clerk = people["leader_in_charge"], people["clerk"]
    task = {
        "kind": "task",
        "source": "superior_decision",
        "origin": "县政府办〔2026〕3号",
        "summary": "清理低保台账",
    }
    problem = refused(leader.post("/given", {**task, "custodian": "1005"}), 422, "invalid")
    assert (set(problem["errors"]), problem["clause"]) == ({"urgency"}, "p4.time-limit.4.b")
    refused(leader.post("/given", {**task, "custodian": "9999", "urgency": "low"}), 422, "invalid")
    receipt = said(leader.post("/given", {**task, "custodian": "1005", "until": "2026-01-20"}), 201)
    matter = f"/matters/{receipt['number']}"
    shown = said(clerk.get(matter))
    assert (shown["source"]["code"], shown["assigner"]["staff_no"]) == ("superior_decision", "1002")
    assert shown["given_for"] == "2026-01-20T17:30:00+08:00"
    said(clerk.post(f"{matter}/progress", {"words": "已核对一半"}))
    refused(clerk.post(f"{matter}/lateness", {"words": "等批复"}), 409, "not_regulated")
    said(clerk.post(f"{matter}/superior-answer", {"words": "已办结，详见附件。", "how": "electronic"}))
    said(clerk.post(f"{matter}/result", {"result": "清退3户"}))
    refused(clerk.post(f"{matter}/sign-off", {}), 403, "forbidden")
    said(leader.post(f"{matter}/sign-off/refusal", {"opinion": "没有附名单"}))
    said(clerk.post(f"{matter}/result", {"result": "名单已附"}))
    (settled,) = [one for one in said(leader.get(matter))["clocks"] if one["duty"]["code"] == "settle"]
    assert settled["taken"] == {"days": 0, "allowed": 9}
    (sign_off,) = [one for one in said(leader.get(matter))["lawful"] if one["verb"] == "sign_off"]
    assert sign_off["href"].endswith(f"{matter}/sign-off")
    assert said(leader.post(f"{matter}/sign-off", {"opinion": "同意"}))["stage"]["code"] == "closed"


def _reported(people: dict[str, Program]) -> None:
    office = people["efficiency_office"]
    told = {
        "kind": "report",
        "channel": "phone",
        "summary": "收受礼品",
        "anonymous": True,
        "accused": ["1005"],
    }
    receipt = said(people["receptionist"].post("/given", told), 201)
    matter = f"/matters/{receipt['number']}"
    for nobody in ("receptionist", "clerk", "second_clerk", "leader_in_charge"):
        refused(people[nobody].get(matter), 404, "not_found")
    assert said(office.get(matter))["clocks"] == []
    said(office.post(f"{matter}/accused", {"accused": "1001"}))
    refused(people["main_leader"].get(matter), 404, "not_found")
    refused(office.post(f"{matter}/closing"), 409, "no_outcome")
    said(office.post(f"{matter}/conclusion", {"outcome": "unfounded", "words": "查无此事"}))
    assert said(office.post(f"{matter}/closing"))["stage"]["code"] == "closed"


def _came_in(people: dict[str, Program]) -> None:
    """A document is entered once, seen by the leaders, sent, declined, signed for, done and filed."""
    keeper, clerk, second = people["office_head"], people["clerk"], people["second_clerk"]
    told = {"title": "关于报送救助情况的通知", "source": "县民政局", "their_number": "民〔2026〕7号"}
    refused(clerk.post("/documents/incoming", told), 403, "forbidden")
    refused(keeper.post("/documents/incoming", {**told, "secrecy": "secret"}), 409, "state_secret")
    receipt = said(keeper.post("/documents/incoming", told, key="in-1"), 201)
    again = said(keeper.post("/documents/incoming", told, key="in-1"), 201)
    assert again["number"] == receipt["number"]
    problem = refused(keeper.post("/documents/incoming", told), 422, "invalid")
    assert set(problem["errors"]) == {"again"}
    matter = f"/matters/{receipt['number']}"
    refused(keeper.post(f"{matter}/leader", {"to": "1002"}), 409, "main_leader_first")
    said(keeper.post(f"{matter}/main-leader"))
    said(people["main_leader"].post(f"{matter}/opinions", {"opinion": "请分管领导阅处。"}))
    said(keeper.post(f"{matter}/leader", {"to": "1002"}))
    said(keeper.post(f"{matter}/readers", {"to": ["1006"]}))
    lies = said(second.get("/documents/waiting"))["rows"]
    assert [(one["role"]["code"], one["document"]["number"]) for one in lies] == [
        ("reader", receipt["number"])
    ]
    said(second.post(f"{matter}/reading"))
    assert said(second.get("/documents/waiting"))["rows"] == []
    said(keeper.post(f"{matter}/sending", {"to": "1006"}))
    said(second.post(f"{matter}/sending/return", {"reason": "属低保岗"}))
    said(keeper.post(f"{matter}/sending", {"to": "1005"}))
    (sign,) = [one for one in said(clerk.get(matter))["lawful"] if one["verb"] == "sign_for_document"]
    assert sign["href"].endswith(f"{matter}/sending/signature")
    assert said(clerk.post(f"{matter}/sending/signature"))["stage"]["code"] == "in_hand"
    told_both = {"reason": "数据未齐", "told_assigner": True, "told_leader": True}
    refused(clerk.post(f"{matter}/delay", told_both), 409, "not_regulated")
    said(clerk.post(f"{matter}/completion", {"result": "已报送"}))
    refused(clerk.post(f"{matter}/archive", {"archive_number": "2026-1"}), 403, "forbidden")
    done = said(keeper.post(f"{matter}/archive", {"archive_number": "2026-D10-1"}))
    assert done["stage"]["code"] == "closed"
    entry = said(keeper.get(matter))["entry"]
    assert (entry["party"], entry["archive_number"]) == ("县民政局", "2026-D10-1")
    (line,) = said(keeper.get("/documents/incoming", text="2026-D10"))["rows"]
    assert (line["handler"], line["late"]) == (said(clerk.get("/me"))["name"], False)
    slip = said(keeper.post("/documents/incoming", {**told, "again": True}), 201)
    gone = said(keeper.post(f"/matters/{slip['number']}/voiding", {"reason": "登记重复"}))
    assert gone["stage"]["code"] == "closed"


def _went_out(people: dict[str, Program]) -> None:
    """A document is ordered, drafted, given back, checked, countersigned, signed, numbered and sent."""
    keeper, clerk, head = people["office_head"], people["clerk"], people["head"]
    leader, second = people["leader_in_charge"], people["second_clerk"]
    told = {"title": "关于救助情况的报告", "recipient": "县民政局", "genre": "report", "drafter": "1005"}
    refused(keeper.post("/documents/outgoing", {**told, "drafter": "9999"}), 422, "invalid")
    receipt = said(keeper.post("/documents/outgoing", told), 201)
    matter = f"/matters/{receipt['number']}"
    draft = {"to": head.office.people["head"].staff_no, "text": "现将情况报告如下。"}
    said(clerk.post(f"{matter}/draft", draft))
    said(head.post(f"{matter}/draft/return", {"opinion": "数字核一下"}))
    said(clerk.post(f"{matter}/draft", draft))
    said(clerk.post(f"{matter}/countersigners", {"to": "1006"}))
    said(second.post(f"{matter}/countersigners/signature"))
    said(head.post(f"{matter}/draft/check", {"to": "1002"}))
    refused(clerk.post(f"{matter}/signature"), 403, "forbidden")
    said(leader.post(f"{matter}/signature", {"opinion": "发"}))
    said(keeper.post(f"{matter}/numbering"))
    said(keeper.post(f"{matter}/dispatch", {"how": "post"}))
    entry = said(keeper.get(matter))["entry"]
    assert (entry["number"], entry["book"]["code"]) == ("ZHAO发〔2026〕1号", "official")
    listed = said(keeper.get("/documents/outgoing", party="县民政局"))["rows"]
    assert [one["register_number"] for one in listed] == ["ZHAO发〔2026〕1号"]


def _looked_at(clerk: Program, receipt: dict[str, Any]) -> None:
    found = said(clerk.get("/matters", stage="closed"))
    assert receipt["number"] in [one["number"] for one in found["rows"]]
    events = said(clerk.get(f"/matters/{receipt['number']}/timeline"))["events"]
    assert [one["seq"] for one in events] == list(range(1, len(events) + 1))
    assert events[0]["kind"]["code"] == "matter.registered"
    assert events[-1]["kind"]["code"] == "matter.closed"
    custody = said(clerk.get(f"/matters/{receipt['number']}"))["custody"]
    assert [one["ending"] for one in custody] == ["bounced", "withdrawn", "accepted"]


def _left_behind(people: dict[str, Program], office: Office) -> None:
    desk, leader = people["receptionist"], people["main_leader"]
    number = enquiry(desk)["number"]
    named = {"to": "1006", "reason": "原责任人调离"}
    refused(leader.post(f"/matters/{number}/custodian", named), 403, "forbidden")
    kept = enquiry(people["clerk"])["number"]
    papers = [{"name": "收入证明", "copies": 1}]
    said(people["clerk"].post(f"/matters/{kept}/deposits", {"to": "1008", "papers": papers}))
    elsewhere = {"to": "1006", "reason": "原经办人调离"}
    refused(people["clerk"].post(f"/matters/{kept}/readdressing", elsewhere), 409, "nothing_waiting")
    said(people["clerk"].post(f"/matters/{kept}/deposits", {"to": "1007", "papers": papers}))
    for who in ("receptionist", "office_head"):
        actions.leave(office.people[who], by=actions.OPERATOR, at=AT)
    refused(people["clerk"].post(f"/matters/{kept}/readdressing", elsewhere), 422, "invalid")
    stranger = {**elsewhere, "whose": "1006"}
    refused(people["clerk"].post(f"/matters/{kept}/readdressing", stranger), 422, "invalid")
    said(people["clerk"].post(f"/matters/{kept}/readdressing", {**elsewhere, "whose": "1007"}))
    said(people["clerk"].post(f"/matters/{kept}/readdressing", {**elsewhere, "to": "1003"}))
    receipt = said(leader.post(f"/matters/{number}/custodian", named))
    assert receipt["number"] == number
    assert said(people["second_clerk"].get(f"/matters/{number}"))["custodian"]["staff_no"] == "1006"


def _pointed_out(leader: Program, receipt: dict[str, Any]) -> None:
    findings = f"/matters/{receipt['number']}/findings"
    told = {"clause": "p4.first-responder.4", "facts": "来人反映首次来问时无人理会"}
    refused(leader.post(findings, {**told, "clause": "p4.time-limit.5.b"}), 409, "not_invocable")
    assert said(leader.post(findings, {**told, "against": "1005"}))["stage"]["code"] == "closed"


def _urged_and_explained(people: dict[str, Program]) -> None:
    clerk, leader = people["clerk"], people["main_leader"]
    matter = f"/matters/{application(clerk)['number']}"
    refused(clerk.post(f"{matter}/urging", {"words": "请今天办完"}), 403, "forbidden")
    said(leader.post(f"{matter}/urging", {"words": "请今天办完"}))
    refused(leader.post(f"{matter}/urging", {}), 409, "urged_today")
    refused(clerk.post(f"{matter}/overrun", {"reason": "等批复"}), 409, "nothing_overrun")


def _instructed(people: dict[str, Program]) -> None:
    """Asked, answered, refused in writing, and found wrong afterwards."""
    clerk, leader = people["clerk"], people["leader_in_charge"]
    matter = f"/matters/{application(clerk)['number']}"
    said(clerk.post(f"{matter}/acceptance"))
    said(clerk.post(f"{matter}/uncertainty", {"why": "标错了办件"}))
    said(clerk.post(f"{matter}/uncertainty/withdrawal", {"why": "标错了"}))
    refused(clerk.post(f"{matter}/uncertainty/withdrawal", {"why": "再撤"}), 409, "no_flag_to_take_back")
    said(clerk.post(f"{matter}/uncertainty", {"why": "户籍分离，把握不准"}))
    told = {"can": False, "how": "phone", "words": "收入超过标准"}
    refused(clerk.post(f"{matter}/uncertainty/result", told), 409, "no_word_yet")
    said(clerk.post(f"{matter}/instruction", {"question": "收入接近标准，能否否定？"}))
    said(leader.post(f"{matter}/instruction/answer", {"allows": True, "answer": "可以填表报备"}))
    said(clerk.post(f"{matter}/uncertainty/result", told))
    _filed(clerk, matter)
    said(leader.post(f"{matter}/refusal/approval"))
    said(clerk.post(f"{matter}/decision", {"outcome": "refused", "explanation": "已当面说明"}))
    done = said(leader.post(f"{matter}/refusal/correction", {"opinion": "收入重复计算"}))
    assert done["stage"]["code"] == "in_hand"


def _declined_by_the_team(people: dict[str, Program]) -> None:
    """A commission refuses an important matter by a minute and gives the papers back."""
    clerk, leader = people["clerk"], people["leader_in_charge"]
    counted = [{"name": name, "present": True, "pages": 1} for name in ("居民户口簿", "收入证明")]
    receipt = application(clerk, applicant_phone="13900001234", materials=counted)
    matter = f"/matters/{receipt['number']}"
    said(clerk.post(f"{matter}/acceptance"))
    form = {
        "facts": "家庭人均月收入高于标准",
        "reasons": "不符合条件",
        "legal_basis": "社会救助暂行办法第九条",
        "ground": "violates_law",
        "importance": "ordinary",
        "opinion": "拟不予办理",
    }
    refused(clerk.post(f"{matter}/steps/signature"), 403, "forbidden")
    refused(clerk.post(f"{matter}/refusal", {**form, "ground": ""}), 422, "invalid")
    said(clerk.post(f"{matter}/refusal", form))
    said(clerk.post(f"{matter}/refusal/filing"))
    said(leader.post(f"{matter}/refusal/approval", {"opinion": "属实", "raise_because": "涉及全村"}))
    minute = {
        "minute_number": "委纪〔2026〕3号",
        "minute_day": "2026-01-07",
        "present": "郑主要、冯分管",
        "text": "同意不予办理",
    }
    said(people["main_leader"].post(f"{matter}/refusal/minute", minute))
    said(clerk.post(f"{matter}/decision", {"outcome": "refused", "explanation": "已当面说明"}))
    code = said(clerk.post(f"{matter}/code"))["code"]
    said(clerk.post("/return", {"number": receipt["number"], "code": code}))
    refused(clerk.post(f"{matter}/return"), 409, "return_already_asked")
    back = {"identity": "id_card", "receiver": "王小明", "signed": True}
    said_of = {"words": "凭身份证领", "told_to": "王小明"}
    refused(clerk.post(f"{matter}/notice/explanations", said_of), 409, "nothing_told")
    slip = said(clerk.post(f"{matter}/return/handing-over", back))
    assert len(slip["documents"]) == 1


def _filed(clerk: Program, matter: str) -> None:
    form = {
        "facts": "家庭人均月收入高于标准",
        "reasons": "不符合条件",
        "legal_basis": "社会救助暂行办法第九条",
    }
    said(clerk.post(f"{matter}/refusal", form))
    said(clerk.post(f"{matter}/refusal/filing"))


def _due(matter: dict[str, Any]) -> str:
    (found,) = [one["due_at"] for one in matter["clocks"] if one["duty"]["code"] == "decide"]
    assert isinstance(found, str)
    return found
