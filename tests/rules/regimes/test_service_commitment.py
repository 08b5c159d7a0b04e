"""What a commitment must say is what the office's own rulebook says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from huiyin.rules import events as e
from huiyin.rules.lifecycle import Stage, advance, begin
from huiyin.rules.regimes.service_commitment import (
    FIELDS,
    by_unit,
    demanded,
    for_office,
    lacking,
    lines,
    objections,
    rates_reception,
    standard_parts,
)
from huiyin.rules.rulebook import load
from tests.rules.happenings import enquiry, happen

DAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("profile", "parts", "each", "whole"),
    [
        ("company", "duties powers content standards", "p1.service-commitment.1", ""),
        ("township", "duties powers content standards", "p4.service-commitment.1", ""),
        ("headquarters", "content procedure standards limits", "p2.service-commitment.4.a", ""),
        (
            "commission",
            (
                "content procedure standards limits staff_standards phrases conduct reporting charges"
                " complaint_phone complaint_unit"
            ),
            "",
            "p3.service-commitment.1",
        ),
        ("report", "", "", ""),
    ],
)
def test_each_profile_asks_for_its_own_parts(profile: str, parts: str, each: str, whole: str) -> None:
    book = load(profile)
    assert list(demanded(book, DAY)) == parts.split()
    assert (by_unit(book, DAY), for_office(book, DAY)) == (each, whole)


def test_what_is_lacking_names_its_clause() -> None:
    book = load("commission")
    said = dict.fromkeys((*FIELDS, "complaint_unit"), "有")
    assert lacking(book, DAY, said) == [("complaint_phone", "p3.service-commitment.3.a")]
    assert lacking(book, DAY, {**said, "complaint_phone": "  "})[0].field == "complaint_phone"
    assert lacking(book, DAY, {**said, "complaint_phone": "0571-88881111"}) == []


def test_lines_are_counted_through_all_the_parts() -> None:
    said = {"phrases": "您好\n\n 请稍等 ", "content": "受理备案", "complaint_phone": "0571-88881111"}
    assert lines(said) == [(1, "content", "受理备案"), (2, "phrases", "您好"), (3, "phrases", "请稍等")]
    assert lines({}) == []


@pytest.mark.parametrize("profile", ["company", "headquarters", "township", "report", "commission"])
def test_only_a_commission_sets_a_service_standard(profile: str) -> None:
    wanted = ("staff_standards", "phrases") if profile == "commission" else ()
    assert standard_parts(load(profile)) == wanted


def test_what_was_weighty_ends_once_the_person_was_told() -> None:
    company, commission = load("company"), load("commission")
    plain = advance(begin(enquiry()), happen(e.Answered))
    weighty = replace(plain, important=True)
    closed, told = happen(e.Closed), happen(e.Delivered)

    def codes(before: object, event: e.Event, book: object = company) -> list[tuple[str, str]]:
        return [(one.code, one.clause) for one in objections(before, event, book)]  # type: ignore[arg-type]

    assert codes(weighty, closed) == [("feedback_needed", "p1.service-commitment.3.d")]
    assert codes(weighty, told) == []
    heard = advance(weighty, told)
    assert heard.stage is Stage.DELIVERED
    assert codes(heard, closed) == []
    assert advance(heard, closed).stage is Stage.CLOSED
    assert codes(plain, closed) == codes(weighty, closed, commission) == []
    assert codes(plain, told) == codes(weighty, told, commission) == [("not_regulated", "")]


@pytest.mark.parametrize(
    ("channel", "asked"), [("counter", True), ("phone", True), ("letter", False), ("online", False)]
)
def test_who_was_met_by_nobody_is_not_asked_how_they_were_received(channel: str, *, asked: bool) -> None:
    assert rates_reception(channel, load("company")) is asked
    assert not rates_reception(channel, load("township"))
