"""Answers, decisions, delivery, ratings and the end, on a dossier in memory."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from huiyin.documents.models import Document
from huiyin.matters.labels import DELIVERIES
from huiyin.matters.models import StepNote
from huiyin.rules import events as e
from huiyin.rules.errors import Invalid, Unlawful
from tests.factories import Office
from tests.matters.handling import TAKEN_BACK
from tests.matters.in_memory import Bench, bench, in_hand

REPLY = "请带户口簿来窗口。"
REFUSAL: dict[str, Any] = {"facts": "月收入9000元", "reasons": "收入超标", "legal_basis": "社会救助办法"}


def granted(office: Office) -> Bench:
    one = in_hand(office)
    one.take("grant", reply="准予。")
    return one


def invalid(one: Bench, step: str, who: str = "clerk", /, **fields: Any) -> Invalid:
    """What a step is refused with; nothing happened and no number was spent."""
    before = (one.kinds(), list(one.numbers), len(one.dossier.fresh))
    with pytest.raises(Invalid) as caught:
        one.take(step, who, **fields)
    assert (one.kinds(), one.numbers, len(one.dossier.fresh)) == before
    return caught.value


def unlawful(one: Bench, step: str, /, **fields: Any) -> str:
    with pytest.raises(Unlawful) as caught:
        one.take(step, **fields)
    return caught.value.code


@pytest.mark.parametrize(
    ("reply", "code", "clause"),
    [
        ("", "invalid", "p4.service-commitment.4"),
        (" \u3000\n", "invalid", "p4.service-commitment.4"),
        ("不知道", "banned_phrase", "p4.first-responder.3.a"),
        ("这事不归我管。", "banned_phrase", "p4.first-responder.3.a"),
        ("您找领导去吧", "banned_phrase", "p4.first-responder.3.a"),
    ],
)
def test_an_empty_reply_and_a_brush_off_are_refused(
    office: Office, reply: str, code: str, clause: str
) -> None:
    for one, step in ((bench(office, kind="enquiry"), "answer"), (in_hand(office), "grant")):
        error = invalid(one, step, reply=reply)
        assert (set(error.fields), error.code, error.clause) == ({"reply"}, code, clause)
        # Negative control: a plain reply passes.
        one.take(step, reply=REPLY)
        assert one.dossier.matter.reply == REPLY


def test_a_brush_off_is_named_in_the_message(office: Office) -> None:
    error = invalid(bench(office, kind="enquiry"), "answer", reply="我不知道。")
    assert str(error) == "答复中不能使用“不知道”"


def test_an_answer_ends_its_duty_on_paper_and_out_of_the_event(office: Office) -> None:
    one = bench(office, kind="enquiry")
    one.take("answer", reply=REPLY)
    assert [(duty.what, duty.ended_at) for duty in one.owed] == [("answer", one.at)]
    assert [paper.kind for paper in one.fresh(Document)] == ["reply"]
    assert "户口簿" not in str(one.dossier.events[-1].body())
    assert unlawful(one, "answer", reply=REPLY) == "not_now"


def test_a_grant_seals_its_paper_and_starts_the_delivery(office: Office) -> None:
    one = granted(office)
    assert one.dossier.events[-1].body()["document_digest"] == one.fresh(Document)[-1].content_digest
    assert one.dossier.open_duty("decide") is None
    assert one.dossier.open_duty("deliver") is not None
    assert (one.dossier.matter.stage, one.dossier.matter.outcome) == ("granted", "granted")


@pytest.mark.parametrize("how", ["", "pigeon", "王小明来取"])
def test_a_way_of_telling_has_a_name(office: Office, how: str) -> None:
    one = granted(office)
    assert set(invalid(one, "deliver", how=how).fields) == {"how"}
    one.take("deliver", how=min(DELIVERIES))
    assert one.dossier.open_duty("deliver") is None


def test_a_whole_life_ends_closed_and_stays_so(office: Office) -> None:
    one = granted(office)
    assert unlawful(one, "close") == "not_now"
    one.take("deliver", how="post")
    one.take("close")
    assert (one.dossier.state.closed_at, one.dossier.matter.stage) == (one.at, "closed")
    assert unlawful(one, "note", step="再议") == "not_now"


def test_nothing_closes_without_a_reply(office: Office) -> None:
    one = granted(office)
    one.take("deliver", how="post")
    one.dossier.matter.reply = " "
    with pytest.raises(Invalid) as caught:
        one.take("close")
    assert (set(caught.value.fields), caught.value.clause) == ({"reply"}, "p4.service-commitment.4")


@pytest.mark.parametrize("score", [-1, 0, 6])
def test_a_rating_is_from_one_to_five_and_given_once(office: Office, score: int) -> None:
    one = granted(office)
    assert set(invalid(one, "rate", "applicant", score=score).fields) == {"score"}
    one.take("rate", "applicant", score=5, comment="王小明很满意")
    assert (one.dossier.state.rating, one.dossier.matter.rating_comment) == (5, "王小明很满意")
    assert "王小明" not in str(one.dossier.events[-1].body())
    with pytest.raises(Unlawful) as caught:
        one.take("rate", "applicant", score=1)
    assert caught.value.code == "already_rated"
    assert one.dossier.matter.rating_comment == "王小明很满意"


class TestWithdrawing:
    def test_needs_a_reason_which_is_the_reply(self, office: Office) -> None:
        one = in_hand(office)
        error = invalid(one, "withdraw", reason=" ")
        assert (set(error.fields), error.clause) == ({"reason"}, "p4.service-commitment.4")
        one.take("withdraw", reason="不办了", **TAKEN_BACK)
        assert (one.dossier.matter.reply, one.dossier.matter.outcome) == ("不办了", "withdrawn")
        one.take("close")

    @pytest.mark.parametrize("kind", ["enquiry", "application"])
    def test_names_who_said_so_how_and_when(self, office: Office, kind: str) -> None:
        one = bench(office, kind="enquiry") if kind == "enquiry" else in_hand(office)
        told = {"reason": "已经解决", "withdrawn_by": "王小明", "how": "phone"}
        for name, wrong in (
            ("withdrawn_by", " "),
            ("withdrawn_by", "长" * 201),
            ("relation", "neighbour"),
            ("how", "pigeon"),
            ("declared_at", one.at - timedelta(days=30)),
            ("declared_at", one.at + timedelta(days=1)),
        ):
            error = invalid(one, "withdraw", **{**told, name: wrong})
            assert (set(error.fields), error.clause) == ({name}, "p4.service-commitment.4")
        # Said in the very minute it was received, as a form writes it.
        received = one.dossier.matter.received_at.replace(second=0, microsecond=0)
        one.take("withdraw", **told, relation="agent", declared_at=received)
        event = one.dossier.events[-1]
        assert isinstance(event, e.Withdrawn)
        assert (event.relation, event.how, event.declared_at) == ("agent", "phone", received)
        assert "王小明" not in str(event.body())
        assert [row.text for row in one.fresh(StepNote)] == ["王小明"]

    def test_sets_aside_what_was_still_owed(self, office: Office) -> None:
        one = in_hand(office)
        one.take("withdraw", reason="不办了", **TAKEN_BACK)
        outcomes = {duty.what: duty.outcome for duty in one.owed}
        # Negative control: what was done before keeps its own outcome.
        assert outcomes["decide"] == "waived"
        assert outcomes["review"] not in {"waived", None}

    def test_ends_a_pause_under_way(self, office: Office) -> None:
        one = in_hand(office)
        row = one.take("pause", procedure="hearing", planned_days=3, basis="依法听证")
        one.take("withdraw", reason="不办了", **TAKEN_BACK)
        assert row.ended_at == one.at

    @pytest.mark.parametrize("filed", [False, True])
    def test_ends_a_filing_under_way(self, office: Office, *, filed: bool) -> None:
        one = in_hand(office)
        row = one.take("propose", **REFUSAL)
        if filed:
            one.take("file", to=one.id("leader_in_charge"))
        one.take("withdraw", reason="不办了", **TAKEN_BACK)
        assert (row.ending, row.ended_at) == ("withdrawn", one.at)

    def test_is_too_late_after_the_decision_and_not_rated(self, office: Office) -> None:
        assert unlawful(granted(office), "withdraw", reason="不办了", **TAKEN_BACK) == "not_now"
        one = in_hand(office)
        one.take("withdraw", reason="不办了", **TAKEN_BACK)
        one.take("close")
        assert unlawful(one, "rate", score=5) == "not_rateable"


def test_a_noted_step_changes_nothing_else(office: Office) -> None:
    one = in_hand(office)
    before = one.dossier.docket
    one.take("note", step="入户核查")
    assert (one.dossier.docket, one.kinds()[-1]) == (before, "step.recorded")


def test_a_new_code_takes_the_old_ones_place(office: Office) -> None:
    one = in_hand(office, code_hash="old")
    one.take("reissue", code_hash="new")
    assert one.dossier.matter.code_hash == "new"
    assert "new" not in str(one.dossier.events[-1].body())


@pytest.mark.parametrize(
    ("policy", "kept", "basis"),
    [
        (" 社会救助暂行办法第十一条 ", "社会救助暂行办法第十一条", "cited"),
        ("2025年征地补偿安置方案", "2025年征地补偿安置方案", "cited"),
        ("民发〔2021〕57号", "民发〔2021〕57号", "cited"),
        ("按规定", "按规定", "none"),
        ("领导意见", "领导意见", "none"),
        ("无", "", "none"),
        ("没有。", "", "none"),
        ("N/A", "", "none"),
        ("——", "", "none"),
        ("", "", "none"),
    ],
)
def test_an_answer_is_cited_by_a_policy_that_somebody_could_look_up(
    office: Office, monkeypatch: pytest.MonkeyPatch, policy: str, kept: str, basis: str
) -> None:
    monkeypatch.setattr(office.tenant, "rulebook", "headquarters")
    one = bench(office, kind="enquiry")
    one.take("answer", reply=REPLY, policy=policy)
    assert (one.dossier.matter.reply_policy, one.dossier.matter.reply_basis) == (kept, basis)
