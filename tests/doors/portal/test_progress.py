from __future__ import annotations

from datetime import timedelta
from unittest import mock

from huiyin.documents.models import Document
from huiyin.doors.portal import progress
from huiyin.matters import actions
from huiyin.matters.actions import By
from huiyin.matters.queries import Explanation
from huiyin.matters.steps import Paper
from huiyin.obligations.models import Obligation
from huiyin.rules.clocks import NOT_YET_KNOWN
from tests.doors.portal.citizen import Citizen, answer, hidden, main, pair
from tests.factories import AT, Office, licensed


def test_it_shows_stage_clock_light_reason_and_what_happened(citizen: Citizen) -> None:
    number, code = pair(citizen.apply())
    page = main(citizen.track(number, code))
    post = citizen.office.positions["MZ01"]
    for said in (
        "待审查", "正在核对材料", "2026年1月5日 星期一 10:00", "卫经办", post.phone, post.place,
        "审查材料", "正常",
        "最晚2026年1月12日 星期一 17:30", "为什么是这一天？", "登记",
    ):  # fmt: skip
        assert said in page, said
    assert "您满意吗" not in page


def test_the_months_of_a_limit_are_shown_day_by_day(citizen: Citizen) -> None:
    page = main(citizen.track(*pair(citizen.apply())))
    assert '<table class="strip-month"><caption>2026年1月</caption>' in page
    for word in ("不计", "第1天", "周末", "到期"):
        assert f"<span>{word}</span>" in page


def test_a_limit_that_waits_for_an_event_says_so(citizen: Citizen) -> None:
    number, code = pair(citizen.apply())
    waiting = {"limit_amount": 0, "limit_unit": "before_event"}
    Obligation.objects.update(**waiting, due_at=NOT_YET_KNOWN, yellow_at=NOT_YET_KNOWN)
    page = main(citizen.track(number, code))
    assert "要等的活动还没有定下时间，定下后即为期限。" in page
    assert "2199" not in page


def test_the_answer_and_how_punctual_it_was(citizen: Citizen, office: Office) -> None:
    number, code = pair(citizen.ask())
    answer(office, number, "请带户口簿到<3号>窗口。")
    page = main(citizen.track(number, code))
    assert "请带户口簿到&lt;3号&gt;窗口。" in page
    assert "已答复" in page
    assert "提前完成" in page
    assert "您满意吗" in page


def test_a_refusal_being_prepared_is_not_told_before_it_is_decided(citizen: Citizen, office: Office) -> None:
    number, code = pair(citizen.apply())
    clerk = office.asker("clerk")
    actions.propose_refusal(
        By(clerk, AT, "propose-1"),
        number,
        facts="收入高于标准",
        reasons="不符合条件",
        legal_basis="社会救助暂行办法",
    )
    page = main(citizen.track(number, code))
    assert "办理中" in page
    assert "受理" not in page
    assert "否定" not in page


def test_what_is_not_the_offices_own_says_where_to_apply(citizen: Citizen, office: Office) -> None:
    number, code = pair(citizen.apply())
    clerk, leader = office.asker("clerk"), office.asker("leader_in_charge")
    where = {"right_office": "县不动产登记中心", "right_place": "人民路8号", "right_phone": "0571-66660000"}
    form = {"facts": "申请房产登记", "reasons": "不归本镇办理", "legal_basis": "《不动产登记暂行条例》第七条"}
    actions.propose_refusal(By(clerk, AT, "propose-1"), number, elsewhere=True, **form, **where)
    actions.file_refusal(By(clerk, AT, "file-1"), number)
    actions.approve_refusal(By(leader, AT, "approve-1"), number)
    assert "县不动产登记中心" not in main(citizen.track(number, code))
    actions.refuse(By(clerk, AT, "refuse-1"), number, explanation="请到县里登记")
    page = main(citizen.track(number, code))
    said = ("应当向哪里申请", *where.values(), "不予受理决定书", 'href="tel:057166660000"')
    assert not [one for one in said if one not in page]


def test_a_sealed_pair_belongs_to_its_office(citizen: Citizen, other: Office) -> None:
    token = progress.sealed("N-1", "CODE", citizen.office.tenant, AT)
    assert progress.opened(token, citizen.office.tenant, AT) == ("N-1", "CODE")
    assert progress.opened(token, other.tenant, AT) is None
    assert progress.opened(token, citizen.office.tenant, AT + progress.GOOD_FOR * 2) is None


def lacking(citizen: Citizen, office: Office) -> tuple[str, str]:
    """An application whose applicant was told what is missing; number and code."""
    number, code = pair(citizen.apply())
    clerk = office.asker("clerk")
    found = (Paper("居民户口簿", present=True), Paper("收入证明", present=False, problem="没有单位盖章"))
    actions.check_materials(By(clerk, AT, "check-1"), number, found=found)
    actions.issue_notice(By(clerk, AT, "notice-1"), number, supplement_how="请到3号窗口补交。")
    return number, code


def test_what_is_missing_and_how_to_supply_it_is_said_on_the_page(citizen: Citizen, office: Office) -> None:
    number, code = lacking(citizen, office)
    page = main(citizen.track(number, code))
    for said in (
        "要补的材料",
        "收入证明",
        "没有单位盖章",
        "补交复印件1份",
        "请到3号窗口补交。",
        "一次性告知书",
    ):
        assert said in page, said
    actions.receive_supplement(By(office.asker("clerk"), AT, "supplement-1"), number)
    assert "要补的材料" not in main(citizen.track(number, code))


def test_the_papers_addressed_to_the_applicant_can_be_had_and_no_others(
    citizen: Citizen, office: Office
) -> None:
    number, code = lacking(citizen, office)
    page = citizen.track(number, code)
    [notice] = Document.objects.filter(kind="one_time_notice")
    sealed = hidden(page)["pass"]
    address = f"{citizen.home}/paper.pdf"
    answer = citizen.client.post(address, {"pass": sealed, "paper": str(notice.id)})
    assert answer.content.startswith(b"%PDF")
    assert answer.headers["Cache-Control"] == "no-store"
    assert code not in answer.headers["Content-Disposition"]
    # Negative controls: nothing without the seal, nothing of another matter, nothing of the office's own.
    assert citizen.client.post(address, {"pass": "x", "paper": str(notice.id)}).status_code == 403
    assert citizen.client.post(address, {"pass": sealed, "paper": "no id"}).status_code == 403
    theirs = progress.sealed(*pair(citizen.apply()), office.tenant, AT)
    assert citizen.client.post(address, {"pass": theirs, "paper": str(notice.id)}).status_code == 403
    Document.objects.filter(id=notice.id).update(kind="refusal_filing_form")
    assert citizen.client.post(address, {"pass": sealed, "paper": str(notice.id)}).status_code == 403
    assert citizen.client.get(address).status_code == 302


def test_an_overdue_matter_is_owned_up_to_with_whom_to_call(citizen: Citizen, now: mock.Mock) -> None:
    number, code = pair(citizen.apply())
    assert "道歉" not in main(citizen.track(number, code))
    now.return_value = AT + timedelta(days=30)
    page = main(citizen.track(number, code))
    assert "超过期限还没有办完，我们向您道歉" in page
    assert "已经晚了，对不起。" in page
    assert citizen.office.tenant.complaint_phone in page
    assert "正在核对材料" not in page


def test_a_paused_clock_gives_an_expected_day(citizen: Citizen, office: Office) -> None:
    number, code = pair(citizen.apply())
    clerk = office.asker("clerk")
    found = (Paper("居民户口簿", present=True), Paper("收入证明", present=True))
    actions.check_materials(By(clerk, AT, "check-1"), number, found=found)
    actions.accept_application(By(clerk, AT, "accept-1"), number)
    assert "预计" not in main(citizen.track(number, code))
    actions.pause(By(clerk, AT, "pause-1"), number, procedure="hearing", planned_days=5, basis="依法听证")
    page = main(citizen.track(number, code))
    assert "预计2026年" in page
    assert "恢复计时后重新推算" in page


def test_what_silence_took_on_says_why_and_until_when_it_is_decided(citizen: Citizen, office: Office) -> None:
    with licensed(office):
        number, code = pair(citizen.apply())
        assert "视为受理" not in main(citizen.track(number, code))
        actions.note_limits_passed(AT + timedelta(days=8))
        page = main(citizen.track(number, code))
    for said in (
        "已经视为受理", "自2026年1月5日 星期一 10:00收到之日起视为受理",
        "最晚2026年1月19日 星期一 17:30作出决定",
        "从收到材料那天起就算受理", "逾期没有告知，视为受理", "到期没有审查",
    ):  # fmt: skip
        assert said in page, said
    # Nobody reviewed it: what silence ended is told as no work of anybody.
    assert "超期完成" not in page


def test_what_silence_took_on_is_not_promised_for_a_day_that_is_over(
    citizen: Citizen, office: Office, now: mock.Mock
) -> None:
    with licensed(office):
        number, code = pair(citizen.apply())
        now.return_value = AT + timedelta(days=30)
        actions.note_limits_passed(now.return_value)
        page = main(citizen.track(number, code))
    assert "最晚应当在2026年1月19日 星期一 17:30作出决定" in page


def test_to_whom_it_was_explained_stands_in_the_readers_language() -> None:
    told = progress._explained(Explanation(AT, "带户口簿\n说明对象：王**"))
    assert (told.words, told.whom, told.when) == ("带户口簿", "王**", "2026年1月5日 星期一 10:00")
    assert progress._explained(Explanation(AT, "带户口簿")).words == "带户口簿"
