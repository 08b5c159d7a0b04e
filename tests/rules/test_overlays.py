"""Overlays: an office's own values from a day on, not before, not of the law, not outside the print."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from huiyin.rules.clauses import RulebookError
from huiyin.rules.overlays import (
    OFFICE_WIDE,
    Overlay,
    as_begun,
    overlaid,
    overlay_text,
    parse_overlay,
    tried,
)
from huiyin.rules.rulebook import load
from huiyin.rules.vocabulary import Limit, Unit

BEFORE, FROM = date(2026, 12, 31), date(2027, 1, 1)
BOOK = load("township")
TEXT = """\
base: township
reason: 镇长办公会
changes:
  - id: p4.time-limit.3.b
    since: 2027-01-01
    limit: {amount: 2, unit: working_day}
  - id: p4.time-limit.8.b
    since: 2027-01-01
    approver: leader_in_charge
"""


def overlay(old: str = "", new: str = "") -> Overlay:
    assert old in TEXT
    return parse_overlay(TEXT.replace(old, new) if old else TEXT, "ours.yaml")


def test_the_change_holds_from_its_day_and_not_a_day_earlier() -> None:
    book = overlaid(BOOK, [overlay()])
    assert book.limit("p4.time-limit.3.b", BEFORE) == Limit(1, Unit.WORKING_DAY)
    assert book.limit("p4.time-limit.3.b", FROM) == Limit(2, Unit.WORKING_DAY)
    assert book.value("extension", "approver", BEFORE) == "main_leader"
    assert book.value("extension", "approver", FROM) == "leader_in_charge"
    # What the source prints stays on record beside it, and the shipped rulebook is untouched.
    assert book.clause("p4.time-limit.3.b").values[-1].figures["days"] == 1
    assert BOOK.limit("p4.time-limit.3.b", FROM) == Limit(1, Unit.WORKING_DAY)


def test_every_text_is_a_version_of_its_own() -> None:
    one, other = overlay(), overlay("amount: 2", "amount: 3")
    versions = {book.version for book in (BOOK, overlaid(BOOK, [one]), overlaid(BOOK, [other]))}
    assert len(versions) == 3
    assert overlaid(BOOK, []) is BOOK
    assert overlaid(BOOK, [one]).version.startswith(f"{BOOK.version}+1.")
    # The column that keeps a version is no longer than this, however many changes there were.
    assert len(overlaid(BOOK, [one, other] * 20).version) <= 60


def test_a_later_overlay_comes_on_top_of_an_earlier_one() -> None:
    both = overlaid(BOOK, [overlay(), overlay("amount: 2", "amount: 3")])
    assert both.limit("p4.time-limit.3.b", FROM) == Limit(3, Unit.WORKING_DAY)
    assert len(both.clause("p4.time-limit.3.b").values) == 2


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("base: township\n", "", "'base' is missing"),
        ("镇长办公会", "''", "'reason' is missing"),
        ("reason", "raeson", "'raeson' means nothing here"),
        ("id: p4.time-limit.8.b", "approver: x", "'approver' stands here a second time"),
        (
            "since: 2027-01-01\n    limit",
            "limit",
            "line 4: change of p4.time-limit.3.b: each value needs 'since'",
        ),
        ("\n    limit: {amount: 2, unit: working_day}", "", "change of p4.time-limit.3.b: says nothing"),
        ("amount: 2", "amount: 0", "line 4: change of p4.time-limit.3.b: .*needs an amount of at least 1"),
        (TEXT[TEXT.index("changes") :], "changes: []", "'changes' is empty"),
        (TEXT[TEXT.index("changes") :], "changes: [soon]", "'soon' is no change"),
        (TEXT[TEXT.index("changes") :], "changes: [{since: 2027-01-01}]", "'id' is missing"),
    ],
)
def test_a_wrong_overlay_is_refused_by_file_and_remedy(old: str, new: str, told: str) -> None:
    with pytest.raises(RulebookError, match=rf"^ours\.yaml.*{told}"):
        overlay(old, new)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("base: township", "base: company", "changes 'company', not 'township'"),
        ("p4.time-limit.3.b", "p1.time-limit.2.b", "township has no clause p1.time-limit.2.b"),
        ("p4.time-limit.3.b", "law.licensing.44", "law.licensing.44 is law"),
        (
            "p4.time-limit.3.b\n    since: 2027-01-01\n    limit: {amount: 2, unit: working_day}",
            """p4.time-limit.4.b
    since: 2027-01-01
    limit: {unit: working_day, range: [1, 9], by_urgency: {urgent: 1, normal: 3, low: 9}}""",
            "'urgent': 1, 'low': 9.* lies outside the printed range 2-5",
        ),
    ],
)
def test_what_an_office_cannot_change_is_refused(old: str, new: str, told: str) -> None:
    with pytest.raises(RulebookError, match=told):
        overlaid(BOOK, [overlay(old, new)])


def test_a_matter_that_began_earlier_keeps_what_held_then() -> None:
    late = overlay("since: 2027-01-01\n    approver", "since: 2027-03-01\n    approver")
    assert as_begun([late], BEFORE) == ()
    (kept,) = as_begun([late], FROM)
    assert [one.clause for one in kept.changes] == ["p4.time-limit.3.b"]
    assert as_begun([late], date(2027, 3, 1)) == (late,)
    # Three states of one text are three versions.
    versions = {overlaid(BOOK, as_begun([late], day)).version for day in (BEFORE, FROM, date(2027, 3, 1))}
    assert len(versions) == 3


def test_a_change_reaches_running_matters_only_when_it_says_so() -> None:
    reaching = overlay("approver:", "running: true\n    approver:")
    (kept,) = as_begun([reaching], BEFORE)
    assert [one.clause for one in kept.changes] == ["p4.time-limit.8.b"]
    book = overlaid(BOOK, [kept])
    assert book.value("extension", "approver", BEFORE) == "main_leader"
    assert book.value("extension", "approver", FROM) == "leader_in_charge"


@pytest.mark.parametrize("part", sorted(OFFICE_WIDE))
def test_how_time_is_counted_is_one_for_the_whole_office(part: str) -> None:
    clause = BOOK.clause(part)
    key, value = next(iter(clause.values[-1].read.items()))
    entry = f"- id: {clause.id}\n    since: 2027-01-01\n    {key}: {value}\n"
    text = f"base: township\nreason: x\nchanges:\n  {entry}"
    with pytest.raises(RulebookError, match="running: true"):
        overlaid(BOOK, [parse_overlay(text, "x")])
    overlaid(BOOK, [parse_overlay(text.replace("since", "running: true\n    since"), "x")])
    with pytest.raises(RulebookError, match="must be true or false"):
        parse_overlay(text.replace("since", "running: often\n    since"), "x")


def test_a_text_says_what_it_was_made_of() -> None:
    first = overlay()
    again = parse_overlay(overlay_text("township", first.reason, first.changes), "again")
    assert again.changes == first.changes
    worded = replace(first.changes[0], zh="新的条文", en="New", running=True)
    assert parse_overlay(overlay_text("township", "x", [worded]), "again").changes == (worded,)


def test_a_trial_holds_from_its_first_day_whatever_was_set_later() -> None:
    began = date(2026, 1, 1)
    trial = tried(BOOK, overlay(), began)
    assert trial.limit("p4.time-limit.3.b", began) == Limit(2, Unit.WORKING_DAY)
    assert trial.limit("p4.time-limit.3.b", date(2025, 12, 31)) == Limit(1, Unit.WORKING_DAY)
    later = overlaid(
        BOOK,
        [overlay("since: 2027-01-01\n    limit: {amount: 2", "since: 2026-06-01\n    limit: {amount: 5")],
    )
    assert later.limit("p4.time-limit.3.b", date(2026, 7, 1)) == Limit(5, Unit.WORKING_DAY)
    assert tried(later, overlay(), began).limit("p4.time-limit.3.b", date(2026, 7, 1)) == Limit(
        2, Unit.WORKING_DAY
    )
