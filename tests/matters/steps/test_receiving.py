"""From receipt to acceptance, in memory."""

from __future__ import annotations

from datetime import timedelta

import pytest

from huiyin.documents.models import Document
from huiyin.matters.models import MaterialCheck, Matter, Notice
from huiyin.matters.steps import Paper
from huiyin.matters.steps.receiving import LONGEST_NAME, MOST_COPIES
from huiyin.rules.errors import Invalid, Unlawful
from tests.factories import Office, licensed
from tests.matters.handling import COMPLETE, INCOMPLETE
from tests.matters.in_memory import Bench, bench, in_hand

HOW = "到窗口补交"


def told(office: Office, **fields: str) -> Bench:
    one = bench(office, **fields)
    one.take("check", found=INCOMPLETE)
    one.take("notify", supplement_how=HOW)
    return one


def test_steps_write_nothing_themselves(office: Office) -> None:
    one = in_hand(office)
    assert one.kinds() == ["matter.registered", "materials.checked", "application.accepted"]
    assert not Matter.objects.filter(id=one.dossier.matter.id).exists()
    assert not Document.objects.filter(subject_id=one.dossier.matter.id).exists()


def test_registering_gives_custody_limits_and_the_first_duty(office: Office) -> None:
    one = bench(office)
    matter = one.dossier.matter
    assert str(matter.custodian_id) == str(matter.first_responder_id) == one.id("clerk")
    assert (matter.statutory_amount, matter.committed_amount, matter.stage) == (20, 10, "received")
    assert [(duty.what, duty.bearer) for duty in one.owed] == [("review", one.id("clerk"))]
    asked = bench(office, kind="enquiry", details="王小明家住三组")
    assert [duty.what for duty in asked.owed] == ["answer"]
    assert "王小明" not in str(asked.dossier.events[0].body())


@pytest.mark.parametrize(
    "found",
    [
        (),
        (Paper(" ", present=True),),
        (Paper("长" * (LONGEST_NAME + 1), present=True),),
        (Paper("户口簿", present=True, copies=0),),
        (Paper("户口簿", present=True, copies=MOST_COPIES + 1),),
        (Paper("户口簿", present=True, pages=-1),),
        (Paper("户口簿", present=True, pages=MOST_COPIES + 1),),
        (Paper("户口簿", present=True), Paper("户口簿", present=False)),
    ],
)
def test_what_no_checklist_could_hold_is_refused(office: Office, found: tuple[Paper, ...]) -> None:
    one = bench(office)
    with pytest.raises(Invalid) as caught:
        one.take("check", found=found)
    assert set(caught.value.fields) == {"materials"}
    assert (one.kinds(), one.fresh(MaterialCheck)) == (["matter.registered"], [])


def test_a_paper_cannot_be_in_order_and_wrong_at_once(office: Office) -> None:
    one = bench(office)
    with pytest.raises(Invalid) as caught:
        one.take("check", found=(COMPLETE[0], Paper("收入证明", present=True, problem="没有盖章")))
    assert list(caught.value.fields) == ["materials.1.problem"]
    assert one.fresh(MaterialCheck) == []
    # Negative control: one of the two is fine.
    one.take("check", found=INCOMPLETE)
    assert [row.problem for row in one.dossier.materials()] == ["", "没有单位盖章"]


def test_the_most_a_checklist_holds_passes(office: Office) -> None:
    one = bench(office)
    one.take(
        "check", found=(Paper("长" * LONGEST_NAME, present=True, copies=MOST_COPIES, pages=MOST_COPIES),)
    )
    assert one.fresh(MaterialCheck)[0].copies == MOST_COPIES


def test_checking_again_replaces_what_was_found(office: Office) -> None:
    one = bench(office)
    one.take("check", found=INCOMPLETE)
    assert [row.present for row in one.dossier.materials()] == [True, False]
    one.take("check", found=COMPLETE)
    assert [(row.present, row.problem) for row in one.dossier.materials()] == [(True, ""), (True, "")]
    assert "户口簿" not in str(one.dossier.events[-1].body())


class TestTheNotice:
    def test_makes_its_row_and_its_paper_together(self, office: Office) -> None:
        one = told(office)
        [row], [paper] = one.fresh(Notice), one.fresh(Document)
        body = one.dossier.events[-1].body()
        assert (row.number, row.ordinal, row.missing, row.form) == (body["number"], 1, 1, "written")
        assert (paper.number, paper.content_digest) == (row.number, body["document_digest"])
        assert (one.dossier.matter.stage, one.dossier.open_duty("review")) == ("awaiting_supplement", None)

    def test_is_about_what_is_missing_only(self, office: Office) -> None:
        one = bench(office)
        one.take("check", found=(*COMPLETE, Paper("照片", present=False, required=False)))
        with pytest.raises(Unlawful) as caught:
            one.take("notify", supplement_how=HOW)
        assert (caught.value.code, one.numbers) == ("nothing_missing", [])

    def test_names_everything_that_was_said_to_be_wrong(self, office: Office) -> None:
        said = Paper("近期照片", present=False, required=False, problem="底色不对")
        one = bench(office)
        one.take("check", found=(*INCOMPLETE, said, Paper("委托书", present=False, required=False)))
        assert one.take("notify", supplement_how=HOW).missing == 2
        one.take("supplement")
        # Nobody was asked for the letter of authority, so nobody handed it in.
        assert [row.name for row in one.dossier.materials() if not row.present] == ["委托书"]
        # Negative control: what may follow later is no reason for a notice by itself.
        alone = bench(office)
        alone.take("check", found=(*COMPLETE, said))
        with pytest.raises(Unlawful) as caught:
            alone.take("notify", supplement_how=HOW)
        assert caught.value.code == "nothing_missing"

    def test_is_written_unless_somebody_called(self, office: Office) -> None:
        one = bench(office)
        one.take("check", found=INCOMPLETE)
        with pytest.raises(Invalid) as shouted:
            one.take("notify", supplement_how=HOW, form="shouted")
        assert set(shouted.value.fields) == {"form"}
        with pytest.raises(Unlawful) as caught:
            one.take("notify", supplement_how=HOW, form="oral")
        assert (caught.value.code, caught.value.clause) == ("notice_not_written", "p4.one-time-notice.5.a")
        # Negative control: over the telephone it may be oral.
        called = bench(office, channel="phone")
        called.take("check", found=INCOMPLETE)
        with pytest.raises(Invalid) as untold:
            called.take("notify", supplement_how=HOW, form="oral", told_to=" ")
        assert (set(untold.value.fields), untold.value.clause) == (
            {"told_to", "told_phone"},
            "p4.one-time-notice.5.a",
        )
        told = {"told_to": "王小明", "told_phone": "0571-66660000"}
        notice = called.take("notify", supplement_how=HOW, form="oral", **told)
        assert (notice.form, notice.told_to, notice.told_phone) == ("oral", *told.values())

    def test_a_second_one_is_a_finding_and_costs_the_applicant_nothing(self, office: Office) -> None:
        one = told(office)
        assert one.dossier.findings == []
        one.take("supplement")
        due = one.dossier.open_duty("review")
        one.take("check", found=INCOMPLETE)
        assert one.take("notify", supplement_how=HOW).ordinal == 2
        [finding] = one.dossier.findings
        assert (finding.what, finding.clause, finding.against) == (
            "second_notice",
            "p4.one-time-notice.4",
            one.id("clerk"),
        )
        assert one.dossier.open_duty("review") == due
        assert one.dossier.matter.stage == "received"


def test_a_supplement_makes_the_file_whole_and_the_review_starts_afresh(office: Office) -> None:
    one = told(office)
    one.take("supplement")
    assert all(row.present and not row.problem for row in one.dossier.materials())
    assert one.dossier.last_notice().completed_at == one.at
    review = one.dossier.open_duty("review")
    assert review is not None
    assert review.clock.start == one.at


def test_without_a_notice_there_is_nothing_to_supplement(office: Office) -> None:
    with pytest.raises(Unlawful) as caught:
        bench(office).take("supplement")
    assert caught.value.code == "not_now"


def test_acceptance_asks_for_every_paper_the_item_demands(office: Office) -> None:
    one = bench(office)
    for found, count in (((), 2), (COMPLETE[:1], 1), (INCOMPLETE, 1)):
        if found:
            one.take("check", found=found)
        with pytest.raises(Unlawful) as caught:
            one.take("accept")
        assert (caught.value.code, caught.value.clause) == ("materials_missing", "p4.one-time-notice.4")
        assert caught.value.params == {"count": count}
    assert (one.dossier.open_duty("decide"), one.fresh(Document)) == (None, [])
    one.take("check", found=COMPLETE)
    one.take("accept")
    assert one.dossier.open_duty("decide") is not None
    assert [paper.kind for paper in one.fresh(Document)] == ["acceptance"]


def test_what_an_old_log_took_on_too_late_is_noted_and_its_clock_stays(office: Office) -> None:
    with licensed(office):
        late = bench(office)
    late.at += timedelta(days=20)
    late.take("take_on")
    assert late.kinds()[-2:] == ["limit.passed", "step.recorded"]
    assert "application.deemed_accepted" in late.kinds()
    assert (
        next(duty for duty in late.owed if duty.what == "decide").clock.start
        == late.dossier.matter.received_at
    )


def test_an_old_log_takes_on_in_time_as_anybody_does(office: Office) -> None:
    one = bench(office)
    one.take("check", found=COMPLETE)
    one.take("take_on")
    assert one.kinds()[-1] == "application.accepted"


def test_the_papers_of_what_was_accepted_are_not_checked_again(office: Office) -> None:
    one = in_hand(office)
    with pytest.raises(Unlawful) as caught:
        one.take("check", found=INCOMPLETE)
    assert caught.value.code == "already_accepted"
