"""What a commitment must say is what the office's own rulebook says."""

from __future__ import annotations

from datetime import date

import pytest

from huiyin.rules.regimes.service_commitment import FIELDS, by_unit, demanded, for_office, lacking
from huiyin.rules.rulebook import load

DAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("profile", "parts", "each", "whole"),
    [
        ("company", "duties powers content standards", "p1.service-commitment.1", ""),
        ("township", "duties powers content standards", "p4.service-commitment.1", ""),
        ("headquarters", "content procedure standards limits", "p2.service-commitment.4.a", ""),
        (
            "commission",
            "content procedure standards limits conduct reporting charges complaint_phone complaint_unit",
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
