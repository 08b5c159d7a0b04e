"""Overlays: an office's own values from a day on, not before, not of the law, not outside the print."""

from __future__ import annotations

from datetime import date

import pytest

from huiyin.rules.clauses import RulebookError
from huiyin.rules.overlays import Overlay, overlaid, parse_overlay
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
    assert overlaid(BOOK, [one]).version == f"{BOOK.version}+{one.digest}"


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
