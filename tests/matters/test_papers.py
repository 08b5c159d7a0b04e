"""What each paper says comes from the dossier, and every paper can be printed."""

from __future__ import annotations

from typing import Any

import pytest

from huiyin.documents import contents as paper
from huiyin.documents import pdf
from huiyin.documents.models import Document
from huiyin.documents.queries import content_of
from huiyin.matters.steps import Paper
from huiyin.rules.vocabulary import Limit, Unit
from tests.factories import Office
from tests.matters.handling import FIVE_DAYS, INCOMPLETE, moment
from tests.matters.in_memory import Bench, bench, in_hand


def whole_life(office: Office) -> Bench:
    """One application that leaves every kind of paper."""
    one = bench(office)
    one.take("check", found=INCOMPLETE)
    one.take("notify", supplement_how="到2号窗口")
    one.take("supplement")
    one.take("accept")
    one.take("pause", procedure="hearing", planned_days=3, basis="依法听证")
    one.take("resume")
    one.take("ask_more_time", limit=FIVE_DAYS, reason="需入户核查")
    one.take("give_more_time", "main_leader", level="main_leader")
    one.take("tell_more_time", how="phone")
    return refused(one)


def refused(one: Bench) -> Bench:
    """The same application, refused by the book."""
    one.take("propose", facts="月收入9000元", reasons="收入超标", legal_basis="社会救助办法")
    one.take("file", to=one.id("leader_in_charge"))
    one.take("approve", "leader_in_charge", opinion="同意")
    one.take("refuse", explanation="收入超过标准。")
    return one


def said(one: Bench) -> dict[str, Any]:
    return {row.kind: content_of(row) for row in one.fresh(Document)}


def test_a_life_leaves_each_paper_with_office_number_and_handler(office: Office) -> None:
    one = whole_life(office)
    found = said(one)
    assert list(found) == [
        "one_time_notice",
        "acceptance",
        "pause_notice",
        "extension_notice",
        "refusal_filing_form",
        "refusal_decision",
    ]
    for content in found.values():
        assert content.matter_number == one.dossier.matter.number
        assert content.office.name == office.tenant.name
        assert content.handler.name == office.people["clerk"].name
        assert content.number
    assert len({content.number for content in found.values()}) == len(found)


def test_the_notice_says_everything_the_clause_asks_for(office: Office) -> None:
    notice: paper.OneTimeNotice = said(whole_life(office))["one_time_notice"]
    assert [one.material for one in notice.defects] == ["收入证明"]
    assert notice.defects[0].problem == "没有单位盖章"
    assert (notice.policy_basis, notice.procedure) == ("社会救助暂行办法", "申请、审核、确认")
    assert notice.statutory is not None
    assert notice.committed is not None
    assert [(one.name, one.copies, one.original, one.optional) for one in notice.materials] == [
        ("居民户口簿", 1, True, False),
        ("收入证明", 1, False, False),
        ("近期照片", 2, False, True),
    ]
    assert notice.defects[0].requirement == "补交复印件1份"
    assert (notice.ordinal, notice.breach) == (1, False)


def test_a_notice_asks_for_originals_where_the_item_does_and_marks_what_may_follow(office: Office) -> None:
    one = bench(office)
    one.take(
        "check",
        found=(
            Paper("居民户口簿", present=False),
            Paper("近期照片", present=False, required=False, copies=2, problem="不是近期的"),
            Paper("村委会证明", present=True),
        ),
    )
    one.take("notify", supplement_how="到2号窗口")
    notice: paper.OneTimeNotice = said(one)["one_time_notice"]
    assert [(row.material, row.requirement, row.optional) for row in notice.defects] == [
        ("居民户口簿", "补交原件1份", False),
        ("近期照片", "补交复印件2份", True),
    ]
    # What the check added to the list stands behind it.
    assert [row.name for row in notice.materials] == ["居民户口簿", "收入证明", "近期照片", "村委会证明"]


def test_a_second_notice_says_that_it_is_a_breach(office: Office) -> None:
    one = bench(office)
    one.take("check", found=INCOMPLETE)
    one.take("notify", supplement_how="到2号窗口")
    one.take("supplement")
    one.take("check", found=INCOMPLETE)
    one.take("notify", supplement_how="到2号窗口")
    last: paper.OneTimeNotice = said(one)["one_time_notice"]
    assert (last.ordinal, last.breach) == (2, True)


def test_the_acceptance_gives_the_day_of_the_clock(office: Office) -> None:
    one = in_hand(office)
    acceptance: paper.Acceptance = said(one)["acceptance"]
    duty = one.dossier.open_duty("decide")
    assert duty is not None
    assert (acceptance.due_at, acceptance.limit) == (duty.due, duty.clock.limit)
    assert acceptance.due_at == moment("2026-03-16 17:30")


def test_the_decision_gives_reasons_signatures_and_where_to_turn(office: Office) -> None:
    decision: paper.RefusalDecision = said(whole_life(office))["refusal_decision"]
    assert (decision.facts, decision.reasons, decision.legal_basis) == (
        "月收入9000元",
        "收入超标",
        "社会救助办法",
    )
    assert [(row.kind.value, row.body, row.limit, row.basis) for row in decision.remedies] == [
        (
            "review",
            "有管辖权的行政复议机关",
            Limit(60, Unit.CALENDAR_DAY),
            "《中华人民共和国行政复议法》第二十条",
        ),
        ("litigation", "有管辖权的人民法院", Limit(6, Unit.MONTH), "《中华人民共和国行政诉讼法》第四十六条"),
        (
            "complaint",
            f"中共本镇委员会、{office.tenant.name}",
            None,
            "本单位《效能建设制度》否定报备制第四条",
        ),
    ]
    assert decision.remedies[2].phone == office.tenant.complaint_phone


def test_a_decision_names_the_body_of_review_that_the_office_has_set(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office.tenant, "review_body", "云泽县人民政府")
    decision: paper.RefusalDecision = said(whole_life(office))["refusal_decision"]
    assert decision.remedies[0].body == "云泽县人民政府"


def test_no_way_to_court_is_lent_to_an_office_that_grants_no_licences(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office.tenant, "rulebook", "company")
    decision: paper.RefusalDecision = said(refused(in_hand(office)))["refusal_decision"]
    assert [row.kind.value for row in decision.remedies] == ["complaint"]


def test_papers_name_the_instrument_and_article_they_rest_on(office: Office) -> None:
    found = said(whole_life(office))
    pause, extension = found["pause_notice"], found["extension_notice"]
    assert pause.basis.startswith("《中华人民共和国行政许可法》第四十五条：听证、")
    assert extension.basis.startswith("本单位《效能建设制度》限时办结制第八条：")


def test_the_form_keeps_the_proposal_beside_the_opinions(office: Office) -> None:
    form: paper.RefusalFilingForm = said(whole_life(office))["refusal_filing_form"]
    assert [(one.name, one.verdict.value) for one in form.approvals] == [
        (office.people["clerk"].name, "proposed"),
        (office.people["leader_in_charge"].name, "agreed"),
    ]
    assert not form.overturned


def test_papers_say_where_the_handler_sits_and_how_to_call(office: Office) -> None:
    handler = said(in_hand(office))["acceptance"].handler
    post = office.positions["MZ01"]
    assert (handler.unit, handler.phone, handler.window) == (post.unit.name, post.phone, post.place)


def test_a_handler_of_another_unit_is_named_with_their_own(office: Office) -> None:
    # The receptionist holds no position of the item's unit, and nobody there has accepted the matter yet.
    one = bench(office, first_responder=office.people["receptionist"])
    one.take("check", "receptionist", found=INCOMPLETE)
    one.take("notify", "receptionist", supplement_how="到2号窗口")
    handler = said(one)["one_time_notice"].handler
    hall = office.positions["ZH01"]
    assert (handler.unit, handler.phone, handler.window) == (hall.unit.name, hall.phone, hall.place)


def test_a_grant_says_what_was_decided_and_where_to_collect_it(office: Office) -> None:
    one = in_hand(office)
    one.take("grant", reply="准予，下月起发放。")
    grant: paper.GrantDecision = said(one)["grant_decision"]
    assert (grant.item, grant.result, grant.basis) == (
        office.items["DB-1"].name,
        "准予，下月起发放。",
        "社会救助暂行办法",
    )
    assert grant.accepted_at == one.dossier.matter.accepted_at
    assert grant.collect_at == office.positions["MZ01"].place
    assert grant.hours == "08:30—12:00、14:00—17:30"
    assert one.numbers == ["acceptance", "grant"]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_paper_can_be_printed(office: Office, language: str) -> None:
    for content in said(whole_life(office)).values():
        assert pdf.render(content.kind, content, language).startswith(b"%PDF")
