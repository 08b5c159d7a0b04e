"""A notice by word of mouth is offered only where the rulebook lets it be given so."""

from __future__ import annotations

from datetime import date

import pytest

from huiyin.doors.desk import steps, telling_steps
from huiyin.matters.actions import By
from huiyin.matters.models import Matter
from huiyin.rules.errors import Invalid
from huiyin.rules.rulebook import load
from tests.factories import Office

DAY = date(2026, 3, 2)
FIELDS = ["supplement_how", "form", "told_to", "told_phone"]


def names(rulebook: str, channel: str, verb: str = "issue_notice") -> list[str]:
    matter = Matter(channel=channel, applicant_name="王小明", applicant_phone="13900001234")
    found = telling_steps.asked(steps.STEPS[verb].fields, verb, matter, load(rulebook), DAY)
    return [one.name for one in found]


@pytest.mark.parametrize("rulebook", ["township", "commission", "headquarters"])
def test_word_of_mouth_is_for_the_telephone_where_that_is_regulated(rulebook: str) -> None:
    assert names(rulebook, "phone") == FIELDS
    assert names(rulebook, "counter") == ["supplement_how"]


def test_nothing_is_left_out_where_it_is_not_regulated_or_of_another_verb() -> None:
    assert names("company", "counter") == FIELDS
    assert names("township", "counter", "propose_refusal") == [
        one.name for one in steps.STEPS["propose_refusal"].fields
    ]


def test_who_took_it_back_is_asked_of_applications_and_where_each_contact_has_its_reply() -> None:
    found = {
        (rulebook, kind): [
            one.name
            for one in telling_steps.asked(
                steps.STEPS["withdraw"].fields, "withdraw", Matter(kind=kind), load(rulebook), DAY
            )
        ]
        for rulebook in ("township", "company", "commission", "headquarters")
        for kind in ("enquiry", "petition", "application", "task")
    }
    asked = ["reason", "withdrawn_by", "relation", "how", "declared_at"]
    proved = {one for one, names in found.items() if names == asked}
    books = ("township", "company", "commission", "headquarters")
    kept = ("township", "company", "commission")
    contacts = {(book, kind) for book in kept for kind in ("enquiry", "petition")}
    assert proved == contacts | {(book, "application") for book in books}
    assert {tuple(found[one]) for one in found.keys() - proved} == {("reason",)}


def test_whom_was_told_is_the_applicant_unless_written_anew() -> None:
    matter = Matter(channel="phone", applicant_name="王小明", applicant_phone="13900001234")
    found = telling_steps.asked(
        steps.STEPS["issue_notice"].fields, "issue_notice", matter, load("township"), DAY
    )
    assert {one.name: one.initial for one in found if one.name.startswith("told")} == {
        "told_to": "王小明",
        "told_phone": "13900001234",
    }


def test_a_time_that_is_none_is_said_to_be_none(office: Office) -> None:
    by = By(office.asker("clerk"), office.at, "prove-1")
    typed = {"paper": "x", "how": "post", "served_at": "gestern"}
    with pytest.raises(Invalid) as caught:
        telling_steps.prove(by, "N-1", typed)
    assert set(caught.value.fields) == {"served_at"}
