"""Small values that refuse to be incomplete, each naming the field that is wrong."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from datetime import UTC, datetime
from typing import Any

import pytest

from huiyin.documents import parts
from huiyin.rules.errors import Invalid
from huiyin.rules.vocabulary import Limit, Unit

AT = datetime(2026, 1, 5, 1, 12, tzinfo=UTC)
WHOLE: dict[type[parts.Part], dict[str, Any]] = {
    parts.Office: {"name": "青禾镇人民政府"},
    parts.Contact: {"name": "解一鸣"},
    parts.MaterialLine: {"name": "户口簿"},
    parts.Defect: {"material": "户口簿", "problem": "缺页", "requirement": "补交", "basis": "第八条"},
    parts.Approval: {"level": "分管领导", "name": "欧阳喆", "verdict": parts.Verdict.AGREED, "at": AT},
    parts.Remedy: {"kind": parts.RemedyKind.COMPLAINT, "body": "青禾镇党委"},
}
TEXTS = [(part, name) for part, given in WHOLE.items() for name, value in given.items() if type(value) is str]


def wrong(part: type[parts.Part], **given: Any) -> dict[str, str]:
    with pytest.raises(Invalid) as caught:
        part(**{**WHOLE[part], **given})
    assert caught.value.code == "document_incomplete"
    return caught.value.fields


@pytest.mark.parametrize("part", WHOLE, ids=lambda part: part.__name__)
def test_what_is_required_is_enough(part: type[parts.Part]) -> None:
    # Negative control of every refusal below.
    assert part(**WHOLE[part]) == part(**WHOLE[part])


@pytest.mark.parametrize(("part", "name"), TEXTS)
def test_a_required_text_is_neither_blank_nor_endless_nor_broken(part: type[parts.Part], name: str) -> None:
    for text, problem in (
        ("", parts.REQUIRED),
        (" \n\u3000", parts.REQUIRED),
        ("长" * (parts.LONGEST_TEXT + 1), parts.TOO_LONG),
        ("半\ud800", parts.UNREADABLE),
    ):
        assert wrong(part, **{name: text}) == {name: problem}


def test_the_longest_text_and_rare_characters_pass() -> None:
    assert parts.Contact(name="龚䶮𠮷", position="长" * parts.LONGEST_TEXT).name == "龚䶮𠮷"


def test_a_text_with_a_default_may_be_empty_but_not_broken() -> None:
    assert parts.Office(name="青禾镇", phone="").phone == ""
    assert wrong(parts.Office, phone="\udfff") == {"phone": parts.UNREADABLE}


@pytest.mark.parametrize("name", ["copies", "pages"])
def test_nothing_is_counted_below_zero(name: str) -> None:
    none: dict[str, Any] = {name: 0}
    assert wrong(parts.MaterialLine, **{name: -1}) == {name: parts.NEGATIVE}
    assert getattr(parts.MaterialLine(name="户口簿", **none), name) == 0


def test_a_moment_has_a_zone() -> None:
    assert wrong(parts.Approval, at=datetime(2026, 1, 5)) == {"at": parts.NEEDS_ZONE}
    assert wrong(parts.Approval, at=None) == {"at": parts.REQUIRED}


def test_every_wrong_field_is_named_at_once() -> None:
    assert set(wrong(parts.Defect, material="", problem=" ", basis="")) == {"material", "problem", "basis"}


def test_a_remedy_may_have_no_limit() -> None:
    assert parts.Remedy(**WHOLE[parts.Remedy]).limit is None
    given = {**WHOLE[parts.Remedy], "limit": Limit(60, Unit.CALENDAR_DAY)}
    assert parts.Remedy(**given).limit == Limit(60, Unit.CALENDAR_DAY)


def test_a_part_cannot_be_changed_past_its_checks() -> None:
    office = parts.Office(name="青禾镇")
    with pytest.raises(FrozenInstanceError):
        office.name = ""  # type: ignore[misc]
