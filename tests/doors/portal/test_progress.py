from __future__ import annotations

from huiyin.doors.portal import progress
from huiyin.matters import actions
from huiyin.matters.actions import By
from huiyin.obligations.models import Obligation
from huiyin.rules.clocks import NOT_YET_KNOWN
from tests.doors.portal.citizen import Citizen, answer, main, pair
from tests.factories import AT, Office


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


def test_a_sealed_pair_belongs_to_its_office(citizen: Citizen, other: Office) -> None:
    token = progress.sealed("N-1", "CODE", citizen.office.tenant, AT)
    assert progress.opened(token, citizen.office.tenant, AT) == ("N-1", "CODE")
    assert progress.opened(token, other.tenant, AT) is None
    assert progress.opened(token, citizen.office.tenant, AT + progress.GOOD_FOR * 2) is None
