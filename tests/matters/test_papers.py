"""What each paper says comes from the dossier, and every paper can be printed."""

from __future__ import annotations

from typing import Any

import pytest

from huiyin.documents import contents as paper
from huiyin.documents import parts, pdf
from huiyin.documents.models import Document
from huiyin.documents.queries import content_of
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


def test_what_is_anothers_is_declined_before_it_was_taken_on_and_refused_after(office: Office) -> None:
    where = {"right_office": "县民政局", "right_place": "人民路8号", "right_phone": "0571-1"}
    early, late = bench(office), in_hand(office)
    for one in (early, late):
        one.take("propose", elsewhere=True, facts="申请", reasons="不归本镇", legal_basis="救助条例", **where)
        one.take("file", to=one.id("leader_in_charge"))
        one.take("approve", "leader_in_charge", opinion="同意")
        one.take("refuse", explanation="请到县里申请")
    declined, refusal = said(early)["declination"], said(late)["refusal_decision"]
    assert (
        declined.referral
        == refusal.referral
        == parts.Referral(name="县民政局", place="人民路8号", phone="0571-1")
    )
    assert "declination" not in said(late)


def test_the_form_keeps_the_proposal_beside_the_opinions(office: Office) -> None:
    form: paper.RefusalFilingForm = said(whole_life(office))["refusal_filing_form"]
    assert [(one.name, one.verdict.value) for one in form.approvals] == [
        (office.people["clerk"].name, "proposed"),
        (office.people["leader_in_charge"].name, "agreed"),
    ]
    assert not form.overturned


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
