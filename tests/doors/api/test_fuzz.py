"""Whatever a program sends, it is answered or refused in the described way, and never with a fault here."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.http import HttpResponse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.doors.api import samples
from tests.doors.api.programs import PROBLEM, Program, application, enquiry
from tests.factories import Office

TEXT = st.text(st.characters(exclude_categories=[]), max_size=20) | st.sampled_from(
    [
        "",
        "\0",
        "\ud800",
        "%00",
        "' OR 1=1 --",
        "{{7*7}}",
        "x" * 300,
        "字" * 6000,
        "１３８００００１２３４",
        "𠮷",
    ]
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats(allow_nan=False) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=5,
)
QUIET = settings(
    max_examples=60,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def described(one: samples.Operation, answer: HttpResponse) -> None:
    """Hold an answer to the description of its operation."""
    assert answer.status_code < 500, (one.id, answer.content)
    assert str(answer.status_code) in one.details["responses"], (one.id, answer.status_code)
    if answer.status_code >= 400:
        assert answer["Content-Type"] == PROBLEM
        assert json.loads(answer.content)["status"] == answer.status_code


@pytest.fixture
def numbers(office: Office, clerk: Program) -> list[str]:
    return [application(clerk)["number"], enquiry(clerk)["number"]]


@QUIET
@given(data=st.data())
def test_no_body_brings_it_down(clerk: Program, numbers: list[str], data: st.DataObject) -> None:
    one = data.draw(st.sampled_from(samples.posts()))
    body: dict[str, Any] = dict(samples.BODIES[one.id])
    fields = sorted({*body, *_fields(one)})
    for name in data.draw(st.lists(st.sampled_from(fields or ["x"]), max_size=3)):
        body[name] = data.draw(VALUES)
    number = data.draw(st.sampled_from(numbers))
    described(one, clerk.post(one.below(number), body))


@QUIET
@given(data=st.data())
def test_no_address_brings_it_down(clerk: Program, numbers: list[str], data: st.DataObject) -> None:
    one = data.draw(st.sampled_from([one for one in samples.operations() if one.method == "get"]))
    names = [part["name"] for part in one.details["parameters"] if part["in"] == "query"]
    query = {name: data.draw(TEXT.map(_sendable)) for name in names if data.draw(st.booleans())}
    number = data.draw(st.sampled_from([*numbers, "X", "１", "%2e%2e", "a b", "𠮷" * 40]))
    described(
        one, clerk.get(one.below(number, document=data.draw(st.sampled_from(["x", "0" * 32]))), **query)
    )


@QUIET
@given(value=st.text(st.characters(min_codepoint=32, max_codepoint=255), max_size=90))
def test_no_header_brings_it_down(clerk: Program, numbers: list[str], value: str) -> None:
    (one,) = [one for one in samples.operations() if one.id == "offer_handover"]
    for name in ("Idempotency-Key", "If-Match", "Huiyin-Acting-For", "Accept-Language"):
        answer = clerk.post(one.below(numbers[0]), samples.BODIES[one.id], **{name: value})
        described(one, answer)


def _fields(one: samples.Operation) -> set[str]:
    schema = one.details["requestBody"]["content"]["application/json"]["schema"]
    names = [part["$ref"].rsplit("/", 1)[-1] for part in schema.get("oneOf", [schema])]
    return {field for name in names for field in samples.component(name).get("properties", {})}


def _sendable(text: str) -> str:
    return text.encode("utf-8", "replace").decode()
