"""Asking other units and what they answer, in memory."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from huiyin.matters.models import Consultation, MaterialCheck
from huiyin.matters.steps import Paper
from huiyin.rules.errors import Invalid, Unlawful
from tests.factories import Office
from tests.matters.handling import COMPLETE, INCOMPLETE
from tests.matters.in_memory import Bench, bench


def asked(office: Office, **fields: str) -> Bench:
    one = bench(office, **fields)
    unit = office.units["ZH"]
    one.take(
        "consult", to=one.id("office_head"), unit=str(unit.id), unit_name=unit.name, question="还要什么？"
    )
    return one


def test_what_the_unit_misses_goes_on_the_checklist_and_into_the_notice(office: Office) -> None:
    one = asked(office)
    one.take("check", found=COMPLETE)
    papers = (Paper("门牌证明", present=False, problem="须盖章"), Paper("收入证明", present=False))
    one.take("answer_consultation", "office_head", ordinal=1, verdict="missing", missing=papers)
    (row,) = one.fresh(Consultation)
    assert (row.verdict, str(row.answered_by_id)) == ("missing", one.id("office_head"))
    lacking = {row.name: row.problem for row in one.fresh(MaterialCheck) if not row.present}
    unit = office.units["ZH"].name
    assert lacking == {"门牌证明": f"{unit}要求：须盖章", "收入证明": f"{unit}要求：缺少该材料"}
    one.take("notify", supplement_how="到窗口")
    assert one.dossier.events[-1].body()["missing"] == 2


def test_a_unit_is_asked_once(office: Office) -> None:
    one = asked(office)
    unit = office.units["ZH"]
    with pytest.raises(Unlawful) as caught:
        one.take("consult", to=one.id("receptionist"), unit=str(unit.id), unit_name="", question="再问")
    assert caught.value.code == "already_consulted"
    with pytest.raises(Invalid):
        one.take("consult", to=one.id("head"), unit=str(office.units["MZ"].id), unit_name="", question=" ")


@pytest.mark.parametrize(
    ("answer", "wrong"),
    [
        ({"verdict": "maybe"}, {"verdict"}),
        ({"verdict": "missing"}, {"missing"}),
        ({"verdict": "none", "missing": (Paper("证", present=False),)}, {"missing"}),
        ({"verdict": "missing", "missing": (Paper("长" * 201, present=False),)}, {"missing"}),
        ({"verdict": "opinion", "words": " "}, {"words"}),
        ({"verdict": "none", "words": "长" * 2001}, {"words"}),
    ],
)
def test_what_is_no_answer_is_refused(office: Office, answer: dict[str, Any], wrong: set[str]) -> None:
    one = asked(office)
    with pytest.raises(Invalid) as caught:
        one.take("answer_consultation", "office_head", ordinal=1, **answer)
    assert set(caught.value.fields) == wrong
    assert one.kinds()[-1] == "unit.consulted"


def test_an_enquiry_has_no_checklist_and_an_answer_is_given_once(office: Office) -> None:
    one = asked(office, kind="enquiry")
    with pytest.raises(Invalid):
        one.take("answer_consultation", ordinal=1, verdict="missing", missing=(Paper("证", present=False),))
    one.take("answer_consultation", "office_head", ordinal=1, verdict="none")
    with pytest.raises(Unlawful):
        one.take("answer_consultation", "office_head", ordinal=1, verdict="none")


PAPER = (Paper("门牌证明", present=False, problem="须盖章"),)


def test_one_paper_is_named_once(office: Office) -> None:
    one = asked(office)
    with pytest.raises(Invalid) as caught:
        one.take("answer_consultation", "office_head", ordinal=1, verdict="missing", missing=PAPER * 2)
    assert set(caught.value.fields) == {"missing"}


def test_what_comes_too_late_for_the_notice_is_kept_in_words_and_changes_no_paper(office: Office) -> None:
    one = asked(office)
    one.take("check", found=COMPLETE)
    one.at += timedelta(days=3)
    one.take("answer_consultation", "office_head", ordinal=1, verdict="missing", words="急", missing=PAPER)
    (row,) = one.fresh(Consultation)
    assert (row.verdict, row.words) == ("missing", "急\n门牌证明：须盖章")
    assert all(paper.present for paper in one.fresh(MaterialCheck))
    one.take("accept")


def test_a_supplement_brings_what_the_notice_asked_for_and_nothing_else(office: Office) -> None:
    one = bench(office)
    one.take("check", found=INCOMPLETE)
    one.take("notify", supplement_how="到窗口")
    one.take("check", found=(*INCOMPLETE, Paper("环评批复", present=False, problem="没有")))
    one.take("supplement")
    lacking = [row.name for row in one.fresh(MaterialCheck) if not row.present]
    assert lacking == ["环评批复"]
