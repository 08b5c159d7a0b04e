"""Contents survive JSON unchanged, and nothing else is taken for one."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.documents.contents import Content
from huiyin.documents.serialise import canonical, from_canonical, from_json, to_json
from huiyin.rules.errors import HuiyinError, Invalid
from tests.documents import samples


@pytest.mark.parametrize("content", samples.ALL, ids=lambda content: content.kind)
def test_a_content_comes_back_equal(content: Content) -> None:
    text = canonical(content)
    again = from_canonical(content.kind, text)
    assert again == content
    assert canonical(again) == text


def test_moments_are_stored_in_utc() -> None:
    assert to_json(samples.RECEIPT)["received_at"] == "2026-01-05T01:12:00+00:00"


@given(name=st.text(min_size=1, max_size=30).filter(lambda text: text.strip() != ""))
def test_any_name_that_has_utf8_comes_back(name: str) -> None:
    data = {**to_json(samples.REPLY), "applicant": name}
    again = from_json("reply", data)
    assert from_canonical("reply", canonical(again)) == again
    assert to_json(again)["applicant"] == name


def _receipt(**change: Any) -> dict[str, Any]:
    return {**json.loads(canonical(samples.RECEIPT)), **change}


@pytest.mark.parametrize(
    ("data", "field"),
    [
        (_receipt(due="soon"), "due"),
        (_receipt(provisional="yes"), "provisional"),
        (_receipt(received_at="yesterday"), "received_at"),
        (_receipt(received_at=1), "received_at"),
        (_receipt(limit={"amount": 0, "unit": "working_day"}), "limit"),
        (_receipt(limit={"amount": True, "unit": "working_day"}), "limit.amount"),
        (_receipt(limit={"amount": 1, "unit": "fortnight"}), "limit.unit"),
        (_receipt(materials=[{"name": "户口簿", "copies": "1"}]), "materials.0.copies"),
        (_receipt(materials=[{"name": ""}]), "materials.0.name"),
        (_receipt(materials={"name": "户口簿"}), "materials"),
        (_receipt(office={"address": "某路"}), "office.name"),
        (_receipt(office="镇政府"), "office"),
        (_receipt(item=None), "item"),
    ],
)
def test_what_is_not_a_content_is_refused_by_field(data: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as caught:
        from_json("receipt", data)
    assert list(caught.value.fields) == [field]


def test_missing_fields_are_all_named() -> None:
    with pytest.raises(Invalid) as caught:
        from_json("reply", {})
    assert {"number", "applicant", "answer", "office"} <= set(caught.value.fields)


def test_an_unknown_kind_is_an_error() -> None:
    with pytest.raises(HuiyinError):
        from_json("love_letter", {})
