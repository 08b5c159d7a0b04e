"""Leading somebody on, in memory."""

from __future__ import annotations

from typing import Any

import pytest

from huiyin.matters.models import Deposit, Guidance, Handover
from huiyin.matters.steps import Paper
from huiyin.rules.errors import Invalid, Unlawful
from tests.factories import Office
from tests.matters.in_memory import Bench, bench


def asked(office: Office) -> Bench:
    return bench(office, kind="enquiry")


def test_a_colleague_who_is_named_is_offered_the_matter(office: Office) -> None:
    one = asked(office)
    one.take("route", way="colleague", to=one.id("second_clerk"), words="救助岗的事")
    (row,), (offer,) = one.fresh(Guidance), one.fresh(Handover)
    assert (row.route, str(row.to_id), offer.reason) == ("colleague", one.id("second_clerk"), "救助岗的事")
    assert one.dossier.state.offered_to == one.id("second_clerk")


def test_an_outside_matter_is_answered_with_where_to_turn(office: Office) -> None:
    one = asked(office)
    told = {"department": "房管局", "phone": "0571-1", "unknown": "新址不详"}
    one.take("route", way="outside", words="归县里办。", **told)
    assert one.dossier.matter.reply == "归县里办。\n承办部门：房管局\n联系电话：0571-1"
    assert one.dossier.state.outcome == "answered"


def test_what_cannot_be_done_is_answered_with_its_explanation(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office.tenant, "rulebook", "headquarters")
    one = asked(office)
    one.take("route", way="barred", words="年满六十周岁才能办。", policy="高龄津贴发放办法")
    matter = one.dossier.matter
    assert (matter.reply, matter.reply_policy) == ("年满六十周岁才能办。", "高龄津贴发放办法")
    assert (one.dossier.state.stage, one.dossier.state.outcome) == ("answered", "barred")
    assert matter.reply_basis == "cited"


def test_who_gets_no_answer_has_the_advice_on_the_reply(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office.tenant, "rulebook", "headquarters")
    one = asked(office)
    one.take("route", way="unable", words="档案不在本部。", advice="请到档案馆查。")
    assert one.dossier.matter.reply == "档案不在本部。\n指导帮助：请到档案馆查。"
    assert (one.dossier.state.outcome, one.dossier.matter.reply_basis) == ("unable", "")


def test_what_was_typed_for_another_way_is_not_told(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office.tenant, "rulebook", "headquarters")
    one = asked(office)
    other = {"department": "房产局", "phone": "0571-1", "advice": "去问。", "place": "长" * 201}
    one.take("route", way="barred", words="年满六十周岁才能办。", days=0, **other)
    assert one.dossier.matter.reply == "年满六十周岁才能办。"
    (row,) = one.fresh(Guidance)
    assert (row.department, row.phone, row.place, row.advice) == ("", "", "", "")
    assert one.dossier.events[-2].body()["given"] == []


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"way": "elsewhere"}, {"way"}),
        ({"way": "shared", "words": "长" * 2001}, {"words"}),
        ({"way": "outside", "words": "好", "place": "长" * 201}, {"place"}),
        ({"way": "own", "days": 0}, {"days"}),
    ],
)
def test_what_no_row_could_hold_is_refused(office: Office, fields: dict[str, Any], wrong: set[str]) -> None:
    one = asked(office)
    with pytest.raises(Invalid) as caught:
        one.take("route", **fields)
    assert set(caught.value.fields) == wrong
    assert one.fresh(Guidance) == []


def test_a_leaders_words_stand_with_the_question(office: Office) -> None:
    one = asked(office)
    with pytest.raises(Unlawful):
        one.take("instruct", "leader_in_charge", words="由救助岗办")
    one.take("route", way="unclear", to=one.id("leader_in_charge"), words="像是救助")
    with pytest.raises(Invalid):
        one.take("instruct", "leader_in_charge", words=" ")
    one.take("instruct", "leader_in_charge", words="由救助岗办")
    (row,) = one.fresh(Guidance)
    assert (row.answer, str(row.answered_by_id)) == ("由救助岗办", one.id("leader_in_charge"))


def test_papers_are_counted_when_taken_in_and_when_taken_over(office: Office) -> None:
    one = asked(office)
    kept = (Paper("申请书", present=True, copies=2, pages=3), Paper("照片", present=True))
    one.take("keep_papers", to=one.id("second_clerk"), papers=kept, contact="13900001234")
    one.take("take_papers", "second_clerk")
    (row,) = one.fresh(Deposit)
    assert [paper["copies"] for paper in row.papers] == [2, 1]
    assert str(row.taken_by_id) == one.id("second_clerk")
    assert [event.body().get("count") for event in one.dossier.events[-2:]] == [3, 3]
    assert "13900001234" not in str(one.dossier.events[-2].body())


@pytest.mark.parametrize("bad", [Paper(" ", present=True), Paper("书", present=True, copies=0)])
def test_a_list_that_makes_no_sense_is_refused(office: Office, bad: Paper) -> None:
    one = asked(office)
    with pytest.raises(Invalid) as caught:
        one.take("keep_papers", to=one.id("second_clerk"), papers=(bad,), contact="长" * 201)
    assert set(caught.value.fields) == {"papers", "contact"}
