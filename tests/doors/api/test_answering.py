from __future__ import annotations

import pytest
from django.test import Client

from huiyin.doors.api.answering import parameters
from tests.doors.api import samples
from tests.doors.api.programs import PROBLEM, V1, Program, enquiry, said


def test_no_answer_is_kept_by_anybody_in_between(clerk: Program) -> None:
    number = enquiry(clerk)["number"]
    answers = [
        clerk.get(f"/matters/{number}"),
        clerk.get("/matters"),
        clerk.get("/nowhere"),
        clerk.get("/matters/X"),
        clerk.post("/track", {"number": number, "code": "X"}),
        Client().get(f"{V1}/me"),
    ]
    for answer in answers:
        assert answer["Cache-Control"] == "no-store"
        assert "Accept-Language" in answer["Vary"]


def test_every_parameter_of_the_description_is_known() -> None:
    assert parameters()["/api/v1/owed", "get"] == {"staff_no", "limit"}
    assert parameters()["/api/v1/matters", "post"] == frozenset()
    assert len(parameters()) == len(samples.operations())


def test_a_verb_takes_nothing_from_its_address(clerk: Program) -> None:
    number = enquiry(clerk)["number"]
    answer = clerk.post(f"/matters/{number}/answer?reply=x", {"reply": "好"})
    assert said(answer, 422)["errors"] == {"reply": "没有这个参数"}
    found = said(clerk.get("/matters?text=%00"), 422)
    assert found["errors"] == {"text": "含有无法保存的字符"}


@pytest.mark.django_db
def test_an_address_that_is_none_answers_in_shape_with_any_method() -> None:
    strict = Client(enforce_csrf_checks=True)
    for method in ("GET", "POST", "PUT", "DELETE"):
        for path in ("/api/", "/api/v1", "/api/v2/matters", "/api/v1/matters/"):
            answer = strict.generic(method, path)
            assert (answer.status_code, answer["Content-Type"]) == (404, PROBLEM), (method, path)


def test_a_token_needs_no_form_token(clerk: Program) -> None:
    strict = Client(enforce_csrf_checks=True, headers={"Authorization": f"Bearer {clerk.token}"})
    body = {"kind": "enquiry", "channel": "counter", "summary": "低保"}
    answer = strict.post(
        f"{V1}/matters", body, content_type="application/json", headers={"Idempotency-Key": "k"}
    )
    assert answer.status_code == 201
