"""Nobody is refused without an approved filing, and nobody approves their own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection

from huiyin.documents import queries as documents
from huiyin.documents.contents import CorrectionNotice, Kind
from huiyin.matters import permissions, queries
from huiyin.matters.models import Matter, RefusalFiling, RefusalOpinion
from huiyin.organisation import actions as organisation
from huiyin.organisation.models import Appointment
from huiyin.rules import events as e
from huiyin.rules import lifecycle
from huiyin.rules.errors import Forbidden, Invalid, NotFound, Unlawful
from huiyin.rules.lifecycle import refusing
from huiyin.rules.regimes import refusal_filing
from huiyin.rules.verdict import ALLOWED
from huiyin.storage.transactions import write
from tests.factories import SINCE
from tests.matters.handling import TAKEN_BACK, Desk

PROPOSE: dict[str, Any] = {"facts": "月收入9000元", "reasons": "收入超标", "legal_basis": "社会救助办法"}
# The signed form is kept at the last signature, and again with the number of the written answer.
KINDS = ["acceptance", "refusal_filing_form", "refusal_filing_form", "refusal_decision"]
UNFILED = ["register", "accept", "propose", "file"]


def brought_to(desk: Desk, step: str) -> str:
    ways: dict[str, Callable[[], str]] = {
        "register": desk.register,
        "accept": desk.accepted,
        "propose": desk.proposed,
        "file": desk.filed,
    }
    return ways[step]()


def raw_refusal(number: str, column: str = "outcome") -> None:
    with write(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE matter SET {column} = 'refused' WHERE number = %s", [number])


@pytest.fixture
def without_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    """Broken rules: no regime objects, the table lets a refusal through from anywhere."""
    monkeypatch.setattr(refusal_filing, "objections", lambda *_: iter(()))
    table = lifecycle.TRANSITIONS[e.MatterKind.APPLICATION]
    monkeypatch.setitem(table, e.Refused, (lifecycle.UNDECIDED, lifecycle.Stage.REFUSED))


class TestWithoutAnApprovedFiling:
    @pytest.mark.parametrize("step", UNFILED)
    def test_the_verb_refuses_and_writes_nothing(self, desk: Desk, step: str) -> None:
        number = brought_to(desk, step)
        before = desk.kinds(number)
        with pytest.raises(Unlawful) as caught:
            desk.do("refuse", number, explanation="收入超过标准。")
        assert (caught.value.code, caught.value.clause) == ("refusal_not_filed", "p4.refusal-filing.1.a")
        assert desk.kinds(number) == before

    @pytest.mark.usefixtures("without_rules")
    @pytest.mark.parametrize("step", UNFILED)
    def test_with_the_rules_gone_the_database_refuses(self, desk: Desk, step: str) -> None:
        number = brought_to(desk, step)
        with pytest.raises(IntegrityError), write():
            desk.do("refuse", number, explanation="收入超过标准。")

    def test_raw_sql_cannot_refuse(self, desk: Desk) -> None:
        number = desk.filed()
        with pytest.raises(IntegrityError):
            raw_refusal(number)
        with pytest.raises(IntegrityError):
            raw_refusal(number, "stage")

    def test_raw_sql_passes_once_approved(self, desk: Desk) -> None:
        # Negative control of the constraint.
        number = desk.filed()
        desk.do("approve_refusal", number)
        raw_refusal(number)
        assert Matter.objects.get(number=number).outcome == "refused"

    def test_an_overturned_filing_is_none(self, desk: Desk) -> None:
        number = desk.filed()
        desk.do("overturn_refusal", number, opinion="收入计算有误")
        with pytest.raises(Unlawful) as caught:
            desk.do("refuse", number, explanation="收入超过标准。")
        assert caught.value.code == "refusal_not_filed"


def test_the_whole_way_leaves_form_opinion_and_decision(desk: Desk) -> None:
    number = desk.refused()
    matter = desk.matter(number)
    assert (matter.stage, matter.outcome, matter.reply) == ("refused", "refused", "收入超过标准。")
    assert matter.refusal_approved_at is not None
    opinion = RefusalOpinion.objects.get(filing__matter=matter)
    assert (opinion.signed_by_id, opinion.approved) == (desk.id("leader_in_charge"), True)
    assert [row.kind for row in queries.documents_of(matter)] == KINDS


@pytest.mark.parametrize("empty", sorted(PROPOSE))
def test_the_form_needs_all_three_parts(desk: Desk, empty: str) -> None:
    with pytest.raises(Invalid) as caught:
        desk.do("propose_refusal", desk.accepted(), **{**PROPOSE, empty: " "})
    assert set(caught.value.fields) == {empty}


class TestPostLost:
    """Role changes apply at once, also to a form that was filed before."""

    def dismissed(self, desk: Desk, code: str) -> None:
        held = Appointment.objects.get(position=desk.office.positions[code], part="A")
        organisation.end_appointment(held, until=desk.at.date(), by=organisation.OPERATOR, at=desk.at)

    @pytest.mark.parametrize("verb", ["approve_refusal", "overturn_refusal"])
    def test_a_leader_removed_from_post_signs_nothing_filed_before(self, desk: Desk, verb: str) -> None:
        number = desk.filed()
        self.dismissed(desk, "LD02")
        with pytest.raises(Forbidden):
            desk.do(verb, number, opinion="同意")
        leader = desk.office.asker("leader_in_charge", desk.at)
        assert queries.decisions(leader, desk.at) == []
        verbs = {one.verb for one in permissions.lawful_verbs(leader, desk.matter(number), desk.at)}
        assert verb not in verbs
        desk.do("file_refusal", number)
        assert desk.do("approve_refusal", number, who="main_leader").stage == "refusal_approved"

    def test_another_post_of_that_rank_is_not_in_charge_of_the_unit(self, desk: Desk) -> None:
        number = desk.filed()
        unit, post = desk.office.units["MZ"], desk.office.positions["LD03"]
        organisation.set_overseer(unit, post, by=organisation.OPERATOR, at=desk.at)
        with pytest.raises(Forbidden):
            desk.do("approve_refusal", number)

    def test_a_main_leader_it_fell_back_to_signs_though_the_other_is_here_again(self, desk: Desk) -> None:
        # Negative control: the post is still held.
        number = desk.proposed()
        desk.office.absent("leader_in_charge", starts_at=desk.at, hours=1)
        desk.do("file_refusal", number)
        desk.at += timedelta(hours=2)
        assert len(queries.decisions(desk.office.asker("main_leader", desk.at), desk.at)) == 1
        assert desk.do("approve_refusal", number, who="main_leader").stage == "refusal_approved"


class TestWithdrawnInstead:
    """A withdrawal is no way round the filing: once a refusal was proposed others record it."""

    def test_the_handler_records_none_even_after_the_refusal_was_overturned(self, desk: Desk) -> None:
        number = desk.filed()
        desk.do("overturn_refusal", number, opinion="收入计算有误")
        with pytest.raises(Forbidden):
            desk.do("withdraw", number, reason="不办了", **TAKEN_BACK)
        assert desk.do("withdraw", number, who="head", reason="不办了", **TAKEN_BACK).stage == "withdrawn"

    def test_a_head_who_handles_it_leaves_it_to_the_leader(self, desk: Desk) -> None:
        number = desk.accepted()
        desk.do("offer_handover", number, to=desk.id("head"))
        desk.do("accept_handover", number, who="head")
        desk.do("propose_refusal", number, who="head", **PROPOSE)
        with pytest.raises(Forbidden):
            desk.do("withdraw", number, who="head", reason="不办了", **TAKEN_BACK)
        assert (
            desk.do("withdraw", number, who="leader_in_charge", reason="不办了", **TAKEN_BACK).stage
            == "withdrawn"
        )


class TestTwoPairsOfEyes:
    """The form passes through two people at least, whoever held the matter in between."""

    def passed(self, desk: Desk, number: str, giver: str, taker: str) -> None:
        desk.do("offer_handover", number, who=giver, to=desk.id(taker))
        desk.do("accept_handover", number, who=taker)

    def test_a_leader_who_filed_it_as_custodian_does_not_sign_it(self, desk: Desk) -> None:
        number = desk.proposed()
        self.passed(desk, number, "clerk", "leader_in_charge")
        desk.do("file_refusal", number, who="leader_in_charge")
        self.passed(desk, number, "leader_in_charge", "clerk")
        with pytest.raises(Unlawful) as caught:
            desk.do("file_refusal", number)
        assert caught.value.code == "already_filed"
        filing = RefusalFiling.objects.get(matter__number=number)
        assert filing.filed_to_id == desk.id("main_leader")
        with pytest.raises(Forbidden):
            desk.do("approve_refusal", number, who="leader_in_charge")
        desk.do("approve_refusal", number, who="main_leader")

    def test_who_signed_it_does_not_decide_it(self, desk: Desk) -> None:
        number = desk.filed()
        desk.do("approve_refusal", number)
        self.passed(desk, number, "clerk", "leader_in_charge")
        with pytest.raises(Unlawful) as caught:
            desk.do("refuse", number, who="leader_in_charge", explanation="收入超过标准。")
        assert caught.value.code == "own_signature"
        leader = desk.office.asker("leader_in_charge", desk.at)
        offered = {one.verb for one in permissions.lawful_verbs(leader, desk.matter(number), desk.at)}
        assert "refuse" not in offered
        # Negative control: back with the clerk it is decided.
        self.passed(desk, number, "leader_in_charge", "clerk")
        assert desk.do("refuse", number, explanation="收入超过标准。").stage == "refused"


class TestOnesOwn:
    """The author, the custodian and whoever stands in for them sign nothing of theirs."""

    def test_filed_by_the_leader_in_charge_goes_to_the_main_leader(self, desk: Desk) -> None:
        number = self.handled_by(desk, "leader_in_charge")
        desk.do("propose_refusal", number, who="leader_in_charge", **PROPOSE)
        desk.do("file_refusal", number, who="leader_in_charge")
        filing = RefusalFiling.objects.get(matter__number=number)
        assert (filing.filed_to_id, filing.fell_back) == (desk.id("main_leader"), True)
        with pytest.raises(Forbidden):
            desk.do("approve_refusal", number, who="leader_in_charge")
        desk.do("approve_refusal", number, who="main_leader")

    def test_of_the_main_leader_lies_with_the_leader_in_charge(self, desk: Desk) -> None:
        number = self.handled_by(desk, "main_leader")
        desk.do("propose_refusal", number, who="main_leader", **PROPOSE)
        desk.do("file_refusal", number, who="main_leader")
        with pytest.raises(Forbidden):
            desk.do("approve_refusal", number, who="main_leader")
        desk.do("approve_refusal", number, who="leader_in_charge")

    def test_with_nobody_left_to_sign_it_is_not_even_begun(self, desk: Desk) -> None:
        number = self.handled_by(desk, "main_leader")
        desk.office.absent("leader_in_charge", starts_at=desk.at)
        with pytest.raises(Unlawful) as caught:
            desk.do("propose_refusal", number, who="main_leader", **PROPOSE)
        assert caught.value.code == "nobody_may_sign"
        assert desk.matter(number).stage == "in_hand"

    def test_the_stand_in_who_proposed_for_the_clerk(self, desk: Desk) -> None:
        # B of the clerk and B of the leader in one person.
        office = desk.office
        number = desk.accepted()
        for code in ("MZ01", "LD02"):
            held = office.positions[code].appointments.filter(part="B").get()
            organisation.end_appointment(held, until=SINCE, by=organisation.OPERATOR, at=office.at)
            organisation.appoint(
                office.positions[code],
                office.people["head"],
                "B",
                since=SINCE,
                by=organisation.OPERATOR,
                at=office.at,
            )
        office.absent("clerk", starts_at=desk.at)
        desk.do("propose_refusal", number, who="head", acting_for="clerk", **PROPOSE)
        desk.do("file_refusal", number, who="head", acting_for="clerk")
        office.absent("leader_in_charge", starts_at=desk.at)
        with pytest.raises(Forbidden):
            desk.do("approve_refusal", number, who="head", acting_for="leader_in_charge")
        with pytest.raises(Forbidden):
            desk.do("overturn_refusal", number, who="head", acting_for="leader_in_charge", opinion="不对")

    def test_laundered_through_a_hand_over(self, desk: Desk) -> None:
        number = desk.filed()
        desk.do("offer_handover", number, to=desk.id("leader_in_charge"))
        desk.do("accept_handover", number, who="leader_in_charge")
        with pytest.raises(Forbidden):
            desk.do("approve_refusal", number)
        # The way on: the form goes to the main leader.
        desk.do("file_refusal", number, who="leader_in_charge")
        desk.do("approve_refusal", number, who="main_leader")

    def test_without_rules_and_permissions_the_database_still_refuses(
        self, desk: Desk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        number = self.handled_by(desk, "leader_in_charge")
        monkeypatch.setattr(refusing, "same_hand", lambda *_: False)
        monkeypatch.setattr(permissions, "may_sign_filing", lambda *_: ALLOWED)
        signs = (desk.office.people["leader_in_charge"], False)
        monkeypatch.setattr(queries, "signer_of", lambda *_, **__: signs)
        desk.do("propose_refusal", number, who="leader_in_charge", **PROPOSE)
        with pytest.raises(IntegrityError), write():
            desk.do("file_refusal", number, who="leader_in_charge")

    def test_raw_sql_cannot_file_with_the_author(self, desk: Desk) -> None:
        number = desk.filed()
        filings = RefusalFiling.objects.filter(matter__number=number)
        with pytest.raises(IntegrityError), write():
            filings.update(filed_to=desk.id("clerk"))
        # Negative control: anybody else may be written.
        with write():
            assert filings.update(filed_to=desk.id("head")) == 1

    def handled_by(self, desk: Desk, who: str) -> str:
        number = desk.accepted()
        desk.do("offer_handover", number, to=desk.id(who))
        desk.do("accept_handover", number, who=who)
        return number


class TestTheLeader:
    @pytest.mark.parametrize("who", ["main_leader", "head", "clerk"])
    def test_only_the_one_it_lies_with_signs(self, desk: Desk, who: str) -> None:
        number = desk.filed()
        with pytest.raises(Forbidden):
            desk.do("approve_refusal", number, who=who)

    def test_somebody_from_elsewhere_does_not_even_find_it(self, desk: Desk) -> None:
        number = desk.filed()
        with pytest.raises(NotFound):
            desk.do("approve_refusal", number, who="receptionist")

    def test_one_who_leaves_after_filing_is_passed_over_on_the_same_clock(self, desk: Desk) -> None:
        number = desk.filed()
        with pytest.raises(Unlawful) as caught:
            desk.do("file_refusal", number)
        assert caught.value.code == "already_filed"
        filed_at = RefusalFiling.objects.get(matter__number=number).filed_at
        desk.office.absent("leader_in_charge", starts_at=desk.at)
        desk.do("file_refusal", number)
        filing = RefusalFiling.objects.get(matter__number=number)
        assert (filing.filed_to_id, filing.filed_at) == (desk.id("main_leader"), filed_at)
        assert set(desk.clocks(number)) == {"review-1", "decide-1", "file_refusal-1"}
        desk.do("approve_refusal", number, who="main_leader")

    def test_signs_once(self, desk: Desk) -> None:
        number = desk.filed()
        desk.do("approve_refusal", number)
        with pytest.raises(Unlawful):
            desk.do("approve_refusal", number)

    def test_overturning_needs_words(self, desk: Desk) -> None:
        number = desk.filed()
        with pytest.raises(Invalid):
            desk.do("overturn_refusal", number, opinion=" ")


class TestFromReview:
    """A refusal proposed before acceptance goes back to review, with one review clock."""

    def test_overturned_back_to_review(self, desk: Desk) -> None:
        number = desk.filed(desk.register())
        desk.do("overturn_refusal", number, opinion="应当受理")
        assert desk.matter(number).stage == "received"
        clocks = desk.clocks(number)
        assert [key for key, one in clocks.items() if one.what == "review" and one.ended_at is None] == [
            "review-2"
        ]
        assert clocks["review-1"].outcome == "waived"
        desk.do("accept_application", number)
        assert {one.what for one in desk.clocks(number).values() if one.ended_at is None} == {"decide"}

    def test_refused_from_review(self, desk: Desk) -> None:
        number = desk.filed(desk.register())
        desk.do("approve_refusal", number)
        desk.do("refuse", number, explanation="不属于受理范围。")
        assert {one.what for one in desk.clocks(number).values() if one.ended_at is None} == {"deliver"}

    def test_an_open_filing_ends_with_a_withdrawal(self, desk: Desk) -> None:
        number = desk.filed()
        desk.do("withdraw", number, who="head", reason="不办了", **TAKEN_BACK)
        assert RefusalFiling.objects.get(matter__number=number).ending == "withdrawn"
        desk.do("close", number)


def test_a_refusal_found_wrong_is_told_to_the_applicant_in_writing(desk: Desk) -> None:
    number = desk.refused()
    code = desk.code
    desk.do("correct_refusal", number, who="leader_in_charge", opinion="收入重复计算")
    matter = desk.matter(number)
    row = documents.latest(matter.tenant_id, matter.id, Kind.CORRECTION_NOTICE)
    assert row is not None
    notice = documents.content_of(row)
    assert isinstance(notice, CorrectionNotice)
    decision = documents.latest(matter.tenant_id, matter.id, Kind.REFUSAL_DECISION)
    assert decision is not None
    assert (notice.decision_number, notice.correction) == (decision.number, "收入重复计算")
    assert notice.due_at == desk.clocks(number)["decide-2"].due_at
    shown = queries.track(desk.office.tenant, number, code, desk.at, "zh-hans")
    assert Kind.CORRECTION_NOTICE in {paper.kind for paper in shown.papers}
