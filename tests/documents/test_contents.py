"""Documents are complete or they are not."""

from __future__ import annotations

from dataclasses import MISSING, fields, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

import pytest

from huiyin.documents.contents import CONTENTS, Content, Kind, content_type
from huiyin.documents.parts import MaterialLine, Office, Procedure
from huiyin.rules.errors import HuiyinError, Invalid
from tests.documents import samples


def test_there_is_a_content_for_every_kind_and_a_sample_of_it() -> None:
    assert set(CONTENTS) == set(Kind)
    assert {content.kind for content in samples.ALL} == set(Kind)


def test_an_unknown_kind_is_an_error() -> None:
    with pytest.raises(HuiyinError) as caught:
        content_type("love_letter")
    assert caught.value.code == "unknown_document_kind"


@pytest.mark.parametrize("content", samples.ALL, ids=lambda content: content.kind)
def test_every_required_text_is_refused_when_blank(content: Content) -> None:
    required = [
        field.name
        for field in fields(content)
        if field.default is MISSING and isinstance(getattr(content, field.name), str)
    ]
    texts = [name for name in required if not isinstance(getattr(content, name), StrEnum)]
    assert {"number", "matter_number", "item"} <= set(texts)
    for name in texts:
        blank: dict[str, Any] = {name: "  "}
        with pytest.raises(Invalid) as caught:
            replace(content, **blank)
        assert name in caught.value.fields


@pytest.mark.parametrize(
    ("content", "change", "field"),
    [
        (samples.RECEIPT, {"track_url": f"https://a.example/t/{samples.NUMBER}?code=1"}, "track_url"),
        (samples.RECEIPT, {"track_url": f"https://a.example/t/{samples.NUMBER}#x"}, "track_url"),
        (samples.RECEIPT, {"track_url": f"https://zhang@a.example/t/{samples.NUMBER}"}, "track_url"),
        (samples.RECEIPT, {"track_url": "https://a.example/t/other"}, "track_url"),
        (samples.RECEIPT, {"track_url": f"javascript:alert(1)/{samples.NUMBER}"}, "track_url"),
        (samples.RECEIPT, {"event_hash": "xyz"}, "event_hash"),
        (samples.RECEIPT, {"due_at": samples.AT - timedelta(days=1)}, "due_at"),
        (samples.ACCEPTANCE, {"accepted_at": samples.AT - timedelta(days=1)}, "accepted_at"),
        (samples.ACCEPTANCE, {"due_at": samples.AT - timedelta(days=30)}, "due_at"),
        (samples.FILING, {"approvals": ()}, "approvals"),
        (samples.RECEIPT, {"review_until": samples.DUE}, "due_at"),
        (samples.GRANT, {"accepted_at": samples.AT - timedelta(days=1)}, "accepted_at"),
        (samples.GRANT, {"accepted_at": samples.AT + timedelta(days=9)}, "accepted_at"),
        (samples.REFUSAL, {"remedies": samples.REMEDIES[1:]}, "remedies"),
        (samples.DECLINATION, {"referral": None}, "referral"),
        (samples.EXTENSION, {"due_at": samples.DUE}, "due_at"),
        (samples.EXTENSION, {"previous_due_at": samples.AT}, "approved_at"),
        (samples.PAUSE, {"procedure": Procedure.OTHER}, "procedure_name"),
        (samples.REPLY, {"received_at": datetime(2026, 1, 5)}, "received_at"),
        (samples.REPLY, {"answer": "\ud800"}, "answer"),
        (samples.REPLY, {"answer": "长" * 20_001}, "answer"),
    ],
)
def test_what_contradicts_itself_is_refused(content: Content, change: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as caught:
        replace(content, **change)
    assert list(caught.value.fields) == [field]


def test_parts_check_themselves_too() -> None:
    with pytest.raises(Invalid):
        Office(name="")
    with pytest.raises(Invalid):
        MaterialLine(name="户口簿", copies=-1)


def test_a_refusal_without_any_remedy_is_refused() -> None:
    with pytest.raises(Invalid):
        replace(samples.REFUSAL, remedies=())


def test_what_is_accepted_late_may_be_due_already() -> None:
    late = replace(samples.ACCEPTANCE, due_at=samples.ACCEPTANCE.received_at)
    assert late.due_at < late.accepted_at


def test_a_clock_that_stood_still_had_not_run_out() -> None:
    late = replace(samples.EXTENSION, previous_due_at=samples.AT, stood_still=True)
    assert late.approved_at > late.previous_due_at
