"""What a form may set of a clause, and what somebody typed as a change."""

from __future__ import annotations

from datetime import date

import pytest

from huiyin.rules.amending import FOLLOWED, change_of, slots
from huiyin.rules.errors import Invalid
from huiyin.rules.overlays import Change, Overlay, overlaid, overlay_text, parse_overlay
from huiyin.rules.rulebook import available, load
from huiyin.rules.vocabulary import Limit, Unit

TODAY, SINCE = date(2026, 11, 26), date(2027, 1, 1)
BOOK = load("township")
BY_URGENCY, PLAIN, APPROVER, BANNED = (
    "p4.time-limit.5.b",
    "p4.time-limit.3.b",
    "p4.time-limit.8.b",
    BOOK.cite("banned_phrases"),
)


def change(clause: str, **typed: str) -> Change:
    found = {name.replace("__", "."): text for name, text in typed.items()}
    return change_of(BOOK.clause(clause), found, since=SINCE, today=TODAY)


def with_it(one: Change) -> Overlay:
    return parse_overlay(overlay_text("township", "镇长办公会", [one]), "ours")


def test_each_value_has_the_form_it_has_now() -> None:
    by_urgency = {
        slot.name: (slot.value, slot.least, slot.most) for slot in slots(BOOK.clause(BY_URGENCY), TODAY)
    }
    assert by_urgency == {
        "limit.by_urgency.urgent": ("1", 1, 3),
        "limit.by_urgency.normal": ("2", 1, 3),
        "limit.by_urgency.low": ("3", 1, 3),
    }
    plain = {slot.name: slot for slot in slots(BOOK.clause(PLAIN), TODAY)}
    assert plain["limit.amount"].value == "1"
    assert "working_hour" in plain["limit.unit"].choices
    assert "at_once" not in plain["limit.unit"].choices
    approver = next(slot for slot in slots(BOOK.clause(APPROVER), TODAY) if slot.key == "approver")
    assert (approver.kind, approver.value) == ("word", "main_leader")
    assert set(approver.choices) == {"leader_in_charge", "main_leader"}
    banned = next(slot for slot in slots(BOOK.clause(BANNED), TODAY) if slot.kind == "lines")
    assert len(banned.value.splitlines()) > 1


def test_who_signs_a_refusal_one_after_the_other_can_be_set_and_two_stages_stay_two() -> None:
    (slot,) = slots(BOOK.clause("p4.refusal-filing.1.c"), TODAY)
    assert (slot.kind, slot.value) == ("levels", "leader_in_charge")
    levels = change("p4.refusal-filing.1.c", levels="leader_in_charge main_leader").read["levels"]
    assert levels == ["leader_in_charge", "main_leader"]
    with pytest.raises(Invalid) as caught:
        change("p4.refusal-filing.1.c", levels="main_leader leader_in_charge")
    assert set(caught.value.fields) == {"levels"}
    important = load("commission").clause("p3.refusal-filing.3.2.b")
    assert [one.key for one in slots(important, TODAY)] == []


def test_nothing_of_the_law_can_be_set() -> None:
    law = [one for one in BOOK.clauses.values() if one.id.startswith("law.")]
    assert law
    assert not any(slots(one, TODAY) for one in law)


def test_only_what_was_changed_is_in_the_change() -> None:
    one = change(BY_URGENCY, limit__by_urgency__normal="1")
    assert one.read == {
        "limit": {"by_urgency": {"urgent": 1, "normal": 1, "low": 3}, "range": [1, 3], "unit": "working_day"}
    }
    book = overlaid(BOOK, [with_it(one)])
    assert book.limit(BY_URGENCY, SINCE, urgency="normal") == Limit(1, Unit.WORKING_DAY)
    assert book.limit(BY_URGENCY, TODAY, urgency="normal") == Limit(2, Unit.WORKING_DAY)


def test_a_limit_changes_its_unit_a_word_its_choice_and_the_lines_their_words() -> None:
    one = change(PLAIN, limit__amount="8", limit__unit="working_hour")
    assert overlaid(BOOK, [with_it(one)]).limit(PLAIN, SINCE) == Limit(8, Unit.WORKING_HOUR)
    assert change(APPROVER, approver="leader_in_charge").read == {"approver": "leader_in_charge"}
    assert change("house.counting", late_receipt="next_opening").read == {"late_receipt": "next_opening"}
    name = next(slot.name for slot in slots(BOOK.clause(BANNED), TODAY) if slot.kind == "lines")
    assert change(BANNED, **{name: "不知道\n\n  不归我管 "}).read == {name: ["不知道", "不归我管"]}


def test_the_wording_alone_may_change() -> None:
    one = change(BY_URGENCY, zh="按缓急一日内办理。")
    assert (one.read, one.zh, one.en) == ({}, "按缓急一日内办理。", "")
    assert overlaid(BOOK, [with_it(one)]).clause(BY_URGENCY).zh == "按缓急一日内办理。"
    assert overlaid(BOOK, [with_it(one)], worded=TODAY).clause(BY_URGENCY).zh == BOOK.clause(BY_URGENCY).zh


def test_what_holds_for_every_clock_always_reaches_running_matters() -> None:
    assert change("house.lights", share="0.3").running
    assert not change(BY_URGENCY, limit__by_urgency__low="2").running


@pytest.mark.parametrize(
    ("clause", "typed", "field"),
    [
        (BY_URGENCY, {"limit.by_urgency.normal": "4"}, "limit.by_urgency.normal"),
        (BY_URGENCY, {"limit.by_urgency.normal": ""}, "limit.by_urgency.normal"),
        (BY_URGENCY, {"limit.by_urgency.normal": "２"}, "limit.by_urgency.normal"),
        (PLAIN, {"limit.amount": "0"}, "limit.amount"),
        (PLAIN, {"limit.amount": "1.5"}, "limit.amount"),
        (PLAIN, {"limit.unit": "fortnight"}, "limit.unit"),
        (PLAIN, {"limit.amount": "11", "limit.unit": "year"}, "limit.amount"),
        (PLAIN, {"limit.amount": "1831"}, "limit.amount"),
        (APPROVER, {"approver": "the_cat"}, "approver"),
        ("house.lights", {"share": "2"}, "share"),
        ("house.lights", {"share": "ein Fünftel"}, "share"),
        (BY_URGENCY, {"zh": ""}, "zh"),
        (BY_URGENCY, {"en": "x" * 501}, "en"),
        (BY_URGENCY, {}, ""),
        (BY_URGENCY, {"limit.by_urgency.normal": "2"}, ""),
    ],
)
def test_what_cannot_be_followed_is_refused_by_field(clause: str, typed: dict[str, str], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        change_of(BOOK.clause(clause), typed, since=SINCE, today=TODAY)
    assert field in refused.value.fields


@pytest.mark.parametrize("since", [TODAY, date(2020, 1, 1)])
def test_nothing_changes_for_a_day_that_has_come(since: date) -> None:
    with pytest.raises(Invalid) as refused:
        change_of(BOOK.clause(BY_URGENCY), {"limit.by_urgency.low": "2"}, since=since, today=TODAY)
    assert set(refused.value.fields) == {"since"}


def test_every_slot_of_every_rulebook_takes_its_own_value_back() -> None:
    seen = 0
    for slug in available():
        for clause in load(slug).clauses.values():
            for slot in slots(clause, TODAY):
                seen += 1
                with pytest.raises(Invalid) as refused:
                    change_of(clause, {slot.name: slot.value}, since=SINCE, today=TODAY)
                assert set(refused.value.fields) == {""}, (clause.id, slot)
    assert seen > 50


def test_what_only_describes_the_print_is_not_offered() -> None:
    for clause in BOOK.own.values():
        values = clause.in_force(TODAY)
        for slot in slots(clause, TODAY):
            assert values is not None
            assert slot.key in FOLLOWED or slot.key in values.read, (clause.id, slot.key)
    printed = BOOK.clause("p4.time-limit.3.b")
    assert printed.on(TODAY)["days"] == 1
    assert {slot.key for slot in slots(printed, TODAY)} == {"limit"}


def test_a_figure_that_the_source_leaves_blank_can_be_filled_in() -> None:
    book = load("commission")
    clause = book.clause("p3.refusal-filing.3.3.a")
    assert not book.has_limit(clause.id, SINCE)
    amount, unit = slots(clause, TODAY)
    assert (amount.name, amount.value, unit.value) == ("limit.amount", "", "working_day")
    with pytest.raises(Invalid) as caught:
        change_of(clause, {"limit.amount": "0"}, since=SINCE, today=TODAY)
    assert set(caught.value.fields) == {"limit.amount"}
    made = change_of(clause, {"limit.amount": "2"}, since=SINCE, today=TODAY)
    after = overlaid(book, [parse_overlay(overlay_text("commission", "委务会", [made]), "ours")])
    assert after.limit(clause.id, SINCE) == Limit(2, Unit.WORKING_DAY)
    assert not after.has_limit(clause.id, TODAY)
