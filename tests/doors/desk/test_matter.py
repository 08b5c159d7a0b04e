"""One matter on one page: what is shown, and every verb from there."""

from __future__ import annotations

import re
from datetime import timedelta
from unittest import mock
from uuid import uuid4

import pytest

from huiyin.doors.desk import steps
from huiyin.matters import actions
from huiyin.matters import queries as matters
from huiyin.matters.models import Matter
from huiyin.obligations.models import Obligation
from huiyin.rules.clocks import NOT_YET_KNOWN
from huiyin.rules.vocabulary import Limit, Unit
from tests.doors.desk.browser import LACKING, WHOLE, Desk, application, enquiry, said, value_of
from tests.factories import AT, Office


def stage(number: str) -> str:
    return Matter.objects.get(number=number).stage


def test_the_handler_sees_the_applicant_and_others_see_a_mask(clerk: Desk, office: Office) -> None:
    number = application(clerk).number
    full = said(clerk.get(f"matters/{number}/"))
    assert "王秀兰" in full
    assert "13812341234" in full
    assert "11010519491231002X" not in full
    masked = said(Desk(office, "head").get(f"matters/{number}/"))
    assert "王**" in masked
    assert "138****1234" in masked
    assert "王秀兰" not in masked
    assert "13812341234" not in masked


def test_a_clock_says_why_it_ends_when_it_does(clerk: Desk) -> None:
    page = said(clerk.get(f"matters/{application(clerk).number}/"))
    assert "为什么是这一天？" in page
    assert "10个工作日" in page
    assert "p4.time-limit" in page
    assert "剩10个工作日" in page or "剩9个工作日" in page


def test_a_clock_shows_its_months_and_what_each_day_was(clerk: Desk) -> None:
    answered = clerk.get(f"matters/{application(clerk).number}/")
    page = said(answered)
    assert "2026年1月" in page
    for word in ("不计", "第1天", "周末", "到期"):
        assert word in page
    html = answered.content.decode()
    assert html.count('<table class="strip-month">') >= 1
    assert "style=" not in html


def test_a_clock_that_waits_for_an_event_says_so(clerk: Desk) -> None:
    number = application(clerk).number
    waiting = {"limit_amount": 0, "limit_unit": "before_event"}
    Obligation.objects.update(**waiting, due_at=NOT_YET_KNOWN, yellow_at=NOT_YET_KNOWN)
    page = said(clerk.get(f"matters/{number}/"))
    assert "等待时间确定" in page
    assert "活动时间尚未确定，确定后即为期限" in page
    owed = said(clerk.get(""))
    assert "待定" in owed
    assert "2199" not in page + owed


def test_only_what_is_lawful_now_is_offered(clerk: Desk, office: Office) -> None:
    number = application(clerk, LACKING).number
    page = clerk.get(f"matters/{number}/").content.decode()
    assert 'id="verb-issue_notice"' in page
    assert 'id="verb-accept_application"' not in page
    assert 'id="verb-grant"' not in page
    watching = Desk(office, "head").get(f"matters/{number}/").content.decode()
    assert set(re.findall(r'id="verb-(\w+)"', watching)) == {"invoke_clause", "urge"}
    assert "现在没有需要您办的" in watching


def test_from_the_check_to_the_closing(clerk: Desk, office: Office) -> None:
    number = application(clerk, LACKING).number
    assert clerk.act(number, "issue_notice", supplement_how="到3号窗口", form="written").status_code == 302
    assert clerk.act(number, "receive_supplement").status_code == 302
    assert clerk.act(number, "accept_application").status_code == 302
    assert (
        clerk.act(
            number, "pause", procedure="hearing", planned_days="3", basis="行政许可法第四十五条"
        ).status_code
        == 302
    )
    assert clerk.act(number, "resume").status_code == 302
    assert clerk.act(number, "request_extension", amount="5", reason="核查未完").status_code == 302
    leader = Desk(office, "main_leader")
    assert leader.act(number, "approve_extension", opinion="同意").status_code == 302
    assert clerk.act(number, "tell_extension", how="phone").status_code == 302
    assert clerk.act(number, "grant", reply="准予，下月起发放。").status_code == 302
    assert clerk.act(number, "deliver", how="in_person").status_code == 302
    assert clerk.act(number, "close").status_code == 302
    assert stage(number) == "closed"
    page = said(clerk.get(f"matters/{number}/"))
    for told in (
        "一次性告知书",
        "受理通知书",
        "延期告知书",
        "特别程序告知书",
        "这件事已经归结",
        "批准延期 5个工作日",
    ):
        assert told in page, told


def test_the_way_to_a_refusal(clerk: Desk, office: Office) -> None:
    number = application(clerk).number
    typed = {"facts": "有两套住房", "reasons": "财产超标", "legal_basis": "第九条"}
    assert clerk.act(number, "refuse", explanation="不符合").status_code == 409
    assert clerk.act(number, "propose_refusal", **typed).status_code == 302
    assert clerk.act(number, "file_refusal").status_code == 302
    page = said(clerk.get(f"matters/{number}/"))
    assert "财产超标" in page
    assert ("正在等" in page, "否定报备记录" in page) == (True, False)
    leader = Desk(office, "leader_in_charge")
    assert leader.act(number, "approve_refusal", opinion="同意").status_code == 302
    # What is decided is read, and waited for by nobody.
    page = said(clerk.get(f"matters/{number}/"))
    assert "财产超标" in page
    assert ("正在等" in page, "否定报备记录" in page, "审批同意" in page) == (False, True, True)
    assert clerk.act(number, "refuse", explanation="财产超过标准").status_code == 302
    assert stage(number) == "refused"


def test_an_overturned_refusal_goes_on(clerk: Desk, office: Office) -> None:
    number = application(clerk).number
    clerk.act(number, "propose_refusal", facts="甲", reasons="乙", legal_basis="《丙条例》")
    clerk.act(number, "file_refusal")
    leader = Desk(office, "leader_in_charge")
    empty = leader.act(number, "overturn_refusal", opinion="")
    assert empty.status_code == 422
    assert "纠正否定须写明意见" in said(empty)
    assert leader.act(number, "overturn_refusal", opinion="应予办理").status_code == 302
    assert stage(number) == "in_hand"


def test_custody_moves_only_when_accepted_and_can_be_bounced(clerk: Desk, office: Office) -> None:
    number = application(clerk).number
    to = str(office.people["second_clerk"].id)
    assert clerk.act(number, "offer_handover", to=to, reason="请协助").status_code == 302
    assert clerk.act(number, "withdraw_handover").status_code == 302
    clerk.act(number, "offer_handover", to=to, reason="")
    taker = Desk(office, "second_clerk")
    assert taker.act(number, "bounce_handover", reason="").status_code == 422
    assert taker.act(number, "bounce_handover", reason="不属本岗").status_code == 302
    assert Matter.objects.get(number=number).custodian == office.people["clerk"]
    assert "不属本岗" in said(clerk.get(f"matters/{number}/"))
    clerk.act(number, "offer_handover", to=to, reason="")
    assert taker.act(number, "accept_handover").status_code == 302
    assert Matter.objects.get(number=number).custodian == office.people["second_clerk"]


def test_whoever_bounced_and_may_not_see_it_any_more_lands_on_the_workbench(
    receptionist: Desk, office: Office
) -> None:
    number = enquiry(receptionist).number
    receptionist.act(number, "offer_handover", to=str(office.people["stand_in"].id), reason="")
    taker = Desk(office, "stand_in")
    assert taker.act(number, "bounce_handover", reason="不归我管").headers["Location"] == "/desk/"


def test_a_colleague_must_be_chosen_from_the_list(clerk: Desk) -> None:
    number = application(clerk).number
    answer = clerk.act(number, "offer_handover", to="", reason="急")
    assert answer.status_code == 422
    assert "请从列表中选择一位同事" in said(answer)
    assert clerk.act(number, "offer_handover", to=str(uuid4()), reason="").status_code == 404


def test_a_refused_step_keeps_what_was_typed_and_shows_the_clause(clerk: Desk, office: Office) -> None:
    number = enquiry(clerk).number
    answer = clerk.act(number, "answer", reply="这事不归我管，你去别处问问")
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "你去别处问问" in html
    assert 'id="verb-answer" open' in html
    assert "不能使用" in html
    assert stage(number) == "open"
    assert clerk.act(number, "answer", reply="请带户口簿到3号窗口。").status_code == 302


@pytest.mark.parametrize(
    ("verb", "typed", "told"),
    [
        ("pause", {"procedure": "hearing", "planned_days": "若干", "basis": ""}, "请填写整数"),
        ("request_extension", {"amount": "0", "reason": "核查"}, "至少1个工作日"),
        ("request_extension", {"amount": "3", "reason": ""}, "延期必须写明理由"),
    ],
)
def test_numbers_are_checked(clerk: Desk, verb: str, typed: dict[str, str], told: str) -> None:
    answer = clerk.act(application(clerk).number, verb, **typed)
    assert answer.status_code == 422
    assert told in said(answer)


def test_the_same_form_sent_twice_acts_once(clerk: Desk) -> None:
    number = application(clerk).number
    key = str(uuid4())
    first = clerk.act(number, "grant", key=key, reply="准予。")
    events = len(matters.timeline(Matter.objects.get(number=number)))
    second = clerk.act(number, "grant", key=key, reply="准予。")
    assert (first.status_code, second.status_code) == (302, 302)
    assert len(matters.timeline(Matter.objects.get(number=number))) == events


def test_a_page_that_is_out_of_date_is_refused_with_the_fresh_one(clerk: Desk) -> None:
    number = application(clerk).number
    version = value_of(clerk.get(f"matters/{number}/"), "version")
    clerk.act(number, "pause", procedure="hearing", planned_days="3", basis="行政许可法第四十五条")
    answer = clerk.act(number, "withdraw", version=version, reason="申请人来电撤回")
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"/desk/matters/{number}/"
    page = clerk.get(f"matters/{number}/")
    assert "下面已是最新内容，请核对后再操作" in said(page)
    assert "申请人来电撤回" in page.content.decode()
    assert 'id="verb-withdraw" open' in page.content.decode()
    assert stage(number) == "paused"
    # Told once; reading the page anew sends nothing and says nothing.
    assert "下面已是最新内容" not in said(clerk.get(f"matters/{number}/"))


def test_a_verb_that_left_the_page_still_says_why(clerk: Desk) -> None:
    number = application(clerk).number
    clerk.act(number, "grant", reply="准予。")
    answer = clerk.act(number, "pause", procedure="hearing", planned_days="3", basis="行政许可法第四十五条")
    assert answer.status_code == 409
    assert 'role="alert"' in answer.content.decode()


def test_nobody_decides_on_their_own_request(office: Office) -> None:
    office.second_main_leader("office_head")
    leader = Desk(office, "main_leader")
    number = application(leader).number
    actions.request_extension(leader.by(), number, limit=Limit(5, Unit.WORKING_DAY), reason="核查")
    answer = leader.act(number, "approve_extension", opinion="")
    assert answer.status_code == 403
    assert "不能审批自己" in said(answer)
    # The control: the other main leader decides on the same request.
    assert Desk(office, "office_head").act(number, "approve_extension", opinion="").status_code == 302


def test_the_stand_in_acts_for_the_absent_and_both_names_show(clerk: Desk, office: Office) -> None:
    number = application(clerk).number
    office.absent("clerk")
    desk = Desk(office, "second_clerk")
    page = desk.get(f"matters/{number}/")
    acting_for = value_of(page, "acting_for")
    assert acting_for == str(office.people["clerk"].id)
    assert desk.act(number, "grant", acting_for=acting_for, reply="准予。").status_code == 302
    told = said(desk.get(f"matters/{number}/"))
    assert f"蒋经办{office.canary}（替卫经办{office.canary}）" in told


def test_the_checklist_can_be_checked_again_from_the_page(clerk: Desk) -> None:
    number = application(clerk, LACKING).number
    rows: dict[str, str] = {}
    for row, one in enumerate(WHOLE):
        rows |= {
            f"name-{row}": one.name,
            f"required-{row}": "on",
            f"present-{row}": "on",
            f"copies-{row}": "1",
        }
    assert clerk.act(number, "check_materials", **rows).status_code == 302
    papers = matters.materials_of(Matter.objects.get(number=number))
    assert all(one.present for one in papers if one.required)
    assert clerk.act(number, "check_materials").status_code == 422


def test_the_checklist_says_original_or_copy(clerk: Desk) -> None:
    page = said(clerk.get(f"matters/{application(clerk, accept=False).number}/"))
    assert "居民户口簿 原件1份 · 必交" in page
    assert "近期照片 复印件2份 · 选交" in page


def test_a_tick_beside_a_defect_is_refused_at_its_row_and_nothing_typed_is_lost(clerk: Desk) -> None:
    number = application(clerk, LACKING, accept=False).number
    rows = {"name-0": "居民户口簿", "required-0": "on", "present-0": "on", "problem-0": "缺最后一页"}
    answer = clerk.act(number, "check_materials", **rows)
    assert answer.status_code == 422
    html = answer.content.decode()
    assert 'value="缺最后一页"' in html
    assert 'aria-describedby="wrong-0"' in html
    assert "勾选了“已收到且合格”" in said(answer)
    # Negative control: without the tick it is kept.
    del rows["present-0"]
    assert clerk.act(number, "check_materials", **rows).status_code == 302
    assert 'value="缺最后一页"' in clerk.get(f"matters/{number}/").content.decode()


def test_a_new_code_is_shown_once_and_the_old_one_stops(clerk: Desk) -> None:
    receipt = application(clerk)
    page = clerk.act(receipt.number, "reissue_code")
    assert page.status_code == 200
    assert "新查询码已生效" in said(page)
    assert receipt.code not in said(page)
    assert "新查询码" not in said(clerk.get(f"matters/{receipt.number}/"))


def test_lateness_is_shown_with_its_finding(clerk: Desk, now: mock.Mock) -> None:
    number = application(clerk).number
    later = AT + timedelta(days=40)
    actions.note_limits_passed(later)
    now.return_value = clerk.office.at = later
    page = said(Desk(clerk.office, "clerk").get(f"matters/{number}/"))
    assert "效能记录" in page
    assert "超过时限" in page


def test_an_unknown_verb_or_number_is_not_found(clerk: Desk) -> None:
    number = application(clerk).number
    assert clerk.act(number, "explode").status_code == 404
    assert clerk.act("ZHAO-2026-999999-9", "close").status_code == 404
    assert clerk.get("matters/ZHAO-2026-999999-9/").status_code == 404


def test_unchecked_papers_lead_the_next_steps(clerk: Desk) -> None:
    request = actions.Request(
        kind="application",
        channel="counter",
        item="DB-1",
        applicant_name="王秀兰",
        applicant_phone="13812341234",
    )
    number = actions.register(clerk.by(), request).number
    page = clerk.get(f"matters/{number}/").content.decode()
    assert '<a class="btn btn-primary" href="#papers">核对材料</a>' in page
    assert page.index('href="#papers"') < page.index('id="verb-offer_handover"')
    # The control: once they are checked, what follows from them leads.
    actions.check_materials(clerk.by(), number, found=WHOLE)
    assert 'href="#papers"' not in clerk.get(f"matters/{number}/").content.decode()


def test_an_enquiry_is_not_called_an_application(clerk: Desk) -> None:
    page = said(clerk.get(f"matters/{enquiry(clerk).number}/"))
    assert "撤回咨询" in page
    assert "撤回申请" not in page
    assert "撤回申请" in said(clerk.get(f"matters/{application(clerk).number}/"))


def test_the_last_button_names_the_step(clerk: Desk) -> None:
    page = said(clerk.get(f"matters/{application(clerk).number}/"))
    assert "启动特别程序" in page
    assert "提交拟否定意见" in page
    assert "确认特别程序" not in page


def test_every_verb_has_a_form() -> None:
    verbs = {name for name in dir(actions) if callable(getattr(actions, name)) and name in steps.STEPS}
    assert verbs == set(steps.STEPS)


def test_a_clause_is_pointed_out_and_nothing_typed_is_lost(office: Office, receptionist: Desk) -> None:
    number = enquiry(receptionist).number
    watching = Desk(office, "efficiency_office")
    page = watching.get(f"matters/{number}/").content.decode()
    assert '<option value="" selected>请选择条款</option>' in page
    assert '<option value="p4.first-responder.4">' in page
    assert "p4.assessment.2" not in page
    refused = watching.act(number, "invoke_clause", clause="", facts="来人反映无人理会", against="")
    assert refused.status_code == 422
    assert "请选择没有照办的条款" in said(refused)
    assert "来人反映无人理会" in refused.content.decode()
    done = watching.act(
        number, "invoke_clause", clause="p4.first-responder.4", facts="来人反映无人理会", against=""
    )
    assert done.status_code == 302
    after = said(watching.get(f"matters/{number}/"))
    assert "被指出的问题" in after
    assert "指出问题 p4.first-responder.4 来人反映无人理会" in after
