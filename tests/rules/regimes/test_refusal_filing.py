"""Refusal filing: no refusal without the form, signed by every level in its turn."""

from __future__ import annotations

import pytest

from huiyin.rules import events as e
from huiyin.rules.lifecycle import State, advance, begin
from huiyin.rules.regimes import refusal_filing as regime
from huiyin.rules.rulebook import Rulebook, load
from huiyin.rules.vocabulary import Consequence, Discharge, Duty, Limit, Unit
from tests.rules.happenings import BOOK, CLERK, LEADER, application, happen, rewritten, without

PROPOSED = happen(e.RefusalProposed)
FILED = happen(e.RefusalFiled)
SIGNED = happen(e.RefusalApproved, actor=LEADER)
REFUSED = happen(e.Refused)
LEVELS = "p4.refusal-filing.1.c"
TWO_LEVELS = rewritten(LEVELS, levels=["leader_in_charge", "main_leader"])


def state(*events: e.Event) -> State:
    found = begin(application())
    for event in events:
        found = advance(found, event)
    return found


def objections(before: State | None, event: e.Event, book: Rulebook = BOOK) -> list[tuple[str, str]]:
    return [(one.code, one.clause) for one in regime.objections(before, event, book)]


def follows(before: State, event: e.Event, book: Rulebook = BOOK) -> list[Consequence]:
    return list(regime.consequences(before, event, advance(before, event), book))


@pytest.mark.parametrize(
    "before", [state(), state(happen(e.ApplicationAccepted)), state(PROPOSED), state(PROPOSED, FILED)]
)
def test_nobody_is_refused_without_an_approved_form(before: State) -> None:
    (objection,) = regime.objections(before, REFUSED, BOOK)
    assert (objection.code, objection.clause) == ("refusal_not_filed", "p4.refusal-filing.1.a")
    assert objection.remedy % objection.params == "请先填写《否定报备情况表》并报领导审批。"


def test_the_form_is_called_what_the_regulation_calls_it() -> None:
    assert regime.form(BOOK, REFUSED.on) == "否定报备情况表"
    assert regime.form(load("commission"), REFUSED.on) == "否定报备登记表"
    assert regime.form(without(BOOK.cite(regime.FORM)), REFUSED.on) == ""


def test_an_approved_form_opens_the_way() -> None:
    assert objections(state(PROPOSED, FILED, SIGNED), REFUSED) == []


def test_no_profile_refuses_without_a_form() -> None:
    bare = without(*(key for key in BOOK.clauses if ".refusal-filing." in key))
    assert [code for code, _ in objections(state(), REFUSED, bare)] == ["refusal_not_filed"]


def test_the_level_that_the_rulebook_names_signs_and_is_the_last() -> None:
    filed = state(PROPOSED, FILED)
    assert objections(filed, SIGNED) == []
    for wrong in (
        happen(e.RefusalApproved, level="head"),
        happen(e.RefusalApproved, level="main_leader"),
        happen(e.RefusalApproved, final=False),
    ):
        assert objections(filed, wrong) == [("level_out_of_turn", LEVELS)]


def test_with_two_levels_none_is_skipped_and_none_signs_out_of_turn() -> None:
    filed = state(PROPOSED, FILED)
    first = happen(e.RefusalApproved, actor=LEADER, final=False)
    last = happen(e.RefusalApproved, level="main_leader")
    assert objections(filed, first, TWO_LEVELS) == []
    assert objections(filed, SIGNED, TWO_LEVELS) == [("level_out_of_turn", LEVELS)]
    (skipped,) = regime.objections(filed, last, TWO_LEVELS)
    assert skipped.params == {"level": "leader_in_charge"}
    half = advance(filed, first)
    assert objections(half, last, TWO_LEVELS) == []
    assert objections(half, first, TWO_LEVELS) == [("level_out_of_turn", LEVELS)]


def test_where_the_regulation_names_no_level_the_house_does() -> None:
    head = happen(e.RefusalApproved, level="head")
    silent = without(LEVELS)
    assert objections(state(PROPOSED, FILED), head, silent) == [("level_out_of_turn", "house.refusal")]
    assert objections(state(PROPOSED, FILED), happen(e.RefusalApproved), silent) == []


def test_nothing_is_said_of_what_is_not_registered_or_not_a_refusal() -> None:
    assert objections(None, REFUSED) == []
    assert objections(state(), happen(e.Granted)) == []


def test_the_filing_clock_runs_from_the_intention_until_the_form_is_with_the_leader() -> None:
    two_days = Limit(2, Unit.CALENDAR_DAY)
    duty = Duty("file_refusal", "p4.refusal-filing.2.1.b", CLERK, PROPOSED.at, two_days)
    assert follows(state(), PROPOSED) == [duty]
    assert follows(state(PROPOSED), FILED) == [Discharge("file_refusal", FILED.at)]
    assert follows(state(), PROPOSED, without("p4.refusal-filing.2.1.b")) == []


def test_a_stand_in_leader_starts_no_new_clock() -> None:
    redirected = happen(e.RefusalFiled, to="stand-in", level="main_leader", fell_back=True)
    assert not [one for one in follows(state(PROPOSED, FILED), redirected) if isinstance(one, Duty)]


def test_a_withdrawal_waives_the_form_and_a_signature_changes_no_clock() -> None:
    withdrawn = happen(e.Withdrawn)
    assert follows(state(PROPOSED), withdrawn) == [Discharge("file_refusal", withdrawn.at, waived=True)]
    assert follows(state(PROPOSED, FILED), SIGNED) == []


def test_what_is_not_the_offices_own_names_the_right_office_where_the_law_wants_it() -> None:
    unnamed, named = (happen(e.RefusalProposed, elsewhere=True, where_digest=said) for said in ("", "f" * 64))
    assert objections(state(), unnamed) == [("right_office_not_named", "law.licensing.32.2")]
    assert objections(state(), named) == []
    # Without that law the township's own clause has it told as far as it is known; without both it is off.
    by_house = without("law.licensing.32.2")
    assert objections(state(), unnamed, by_house) == []
    neither = without("law.licensing.32.2", "p4.first-responder.2.4")
    assert [code for code, _ in objections(state(), named, neither)] == ["not_regulated"]


@pytest.mark.parametrize("how", ["phone", "post", "in_person", "electronic"])
def test_a_refusal_is_told_in_writing_and_a_grant_as_one_likes(how: str) -> None:
    told = happen(e.Delivered, how=how)
    refused = state(PROPOSED, FILED, SIGNED, REFUSED)
    spoken = [("refusal_only_spoken", "p4.refusal-filing.2.4")] if how == "phone" else []
    assert objections(refused, told) == spoken
    assert objections(refused, told, without("p4.refusal-filing.2.4")) == []
    assert objections(state(happen(e.ApplicationAccepted), happen(e.Granted)), told) == []
