"""The forms around a refusal show what the office's rulebook asks for, and nothing else."""

from __future__ import annotations

from datetime import date

import pytest

from huiyin.doors.desk import refusal_steps, steps
from huiyin.doors.forms import Field
from huiyin.matters.models import Matter
from huiyin.rules.rulebook import load

DAY = date(2026, 3, 2)
PLAIN = ["facts", "reasons", "legal_basis"]
WHERE = ["elsewhere", "right_office", "right_place", "right_phone"]
SIX = [
    "applicant",
    "phone",
    "facts",
    "ground",
    "reasons",
    "legal_basis",
    "verification",
    "importance",
    "importance_reason",
    "opinion",
]


def asked(rulebook: str, verb: str = "propose_refusal", matter: Matter | None = None) -> dict[str, Field]:
    matter = matter or Matter(applicant_name="王小明", applicant_phone="13900001234")
    fields = refusal_steps.asked(steps.STEPS[verb].fields, verb, matter, load(rulebook), DAY)
    return {one.name: one for one in fields}


@pytest.mark.parametrize(
    ("rulebook", "names"),
    [
        ("company", [*PLAIN, *WHERE]),
        ("headquarters", PLAIN),
        ("township", ["business", "other_business", *PLAIN, *WHERE]),
        ("commission", [*SIX, *WHERE]),
    ],
)
def test_the_form_has_the_parts_that_the_rulebook_prescribes(rulebook: str, names: list[str]) -> None:
    assert list(asked(rulebook)) == names


@pytest.mark.parametrize(
    ("rulebook", "clause"), [("township", "law.licensing.32.2"), ("company", "p1.first-responder.2.4")]
)
def test_the_form_says_which_clause_wants_the_right_office_told(rulebook: str, clause: str) -> None:
    assert asked(rulebook)["elsewhere"].help.endswith(f"§ {clause}")


def test_what_is_known_of_the_applicant_is_filled_in() -> None:
    found = asked("commission")
    assert (found["applicant"].initial, found["phone"].initial) == ("王小明", "13900001234")
    assert list(found["ground"].choices) == [
        "",
        "violates_law",
        "documents_missing_or_untrue",
        "proven_fraud",
    ]


def test_the_signature_asks_for_an_opinion_and_offers_to_raise_where_the_rulebook_does() -> None:
    ordinary, important = Matter(refusal_importance="ordinary"), Matter(refusal_importance="important")
    there = asked("commission", "approve_refusal", ordinary)
    assert (list(there), there["opinion"].required) == (["opinion", "raise_because"], True)
    assert list(asked("commission", "approve_refusal", important)) == ["opinion"]
    here = asked("township", "approve_refusal", ordinary)
    assert (list(here), here["opinion"].required) == (["opinion"], False)


def test_business_is_the_named_kind_or_the_words_beside_it() -> None:
    typed = {"facts": "x", "business": "", "other_business": " 林木采伐 "}
    assert refusal_steps.business_of(typed) == {"facts": "x", "business": "林木采伐"}
    assert (
        refusal_steps.business_of({**typed, "business": "homestead_approval"})["business"]
        == "homestead_approval"
    )


def test_a_verdict_is_asked_for_of_requests_from_below_alone() -> None:
    below, other = Matter(kind="task", source="request_from_below"), Matter(kind="task", source="supervised")
    assert "verdict" in asked("headquarters", "answer_superior", below)
    assert "verdict" not in asked("headquarters", "answer_superior", other)
    assert "verdict" not in asked("township", "answer_superior", below)


def test_how_it_was_explained_and_that_it_was_studied_are_asked_where_a_rulebook_wants_them() -> None:
    enquiry, task = Matter(kind="enquiry"), Matter(kind="task", source="superior_decision")
    plain = ["words", "problems", "plan"]
    assert list(asked("township", "report_progress", enquiry)) == [*plain, "how"]
    assert list(asked("headquarters", "report_progress", enquiry)) == plain
    assert list(asked("headquarters", "report_progress", task)) == [*plain, "studied"]
    assert list(asked("township", "report_progress", task)) == plain


def test_more_time_is_asked_for_in_the_unit_of_the_law() -> None:
    petition = asked("headquarters", "request_extension", Matter(kind="petition"))
    assert list(petition["unit"].choices) == [petition["unit"].initial] == ["calendar_day"]
    assert "30" in petition["amount"].help
    task = asked("township", "request_extension", Matter(kind="task"))
    assert list(task["unit"].choices) == ["working_day"]
    assert ("10" in task["amount"].help, "2" in task["amount"].help) == (True, True)


@pytest.mark.parametrize(
    ("rulebook", "outcome", "spoken"),
    [
        ("township", "refused", False),
        ("commission", "refused", False),
        ("company", "refused", True),
        ("township", "granted", True),
    ],
)
def test_a_refusal_is_not_delivered_by_telephone(rulebook: str, outcome: str, spoken: bool) -> None:
    how = asked(rulebook, "deliver", Matter(outcome=outcome))["how"]
    assert ("phone" in how.choices, "post" in how.choices) == (spoken, True)


def test_what_a_handler_is_not_sure_of_is_not_asked_of_as_a_refusal() -> None:
    for verb in ("ask_instruction", "give_instruction"):
        step = steps.STEPS[verb]
        assert refusal_steps.hint(step, verb, Matter()) == step.hint
        assert "告诉申请人" in refusal_steps.hint(step, verb, Matter(uncertain="referred"))
    plain = steps.STEPS["propose_refusal"]
    assert refusal_steps.hint(plain, "propose_refusal", Matter(uncertain="referred")) == plain.hint
    assert {
        *asked("township", "give_instruction", Matter(uncertain="referred"))["allows"].choices.values()
    } == {
        "可以办理",
        "不能办理，请填表报备",
    }
