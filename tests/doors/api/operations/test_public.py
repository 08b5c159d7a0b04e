from __future__ import annotations

from datetime import timedelta
from typing import Any
from unittest import mock

import pytest
from django.http import HttpResponse

from tests.doors.api.programs import Program, application, enquiry, refused, said
from tests.factories import AT, Office, make_office


@pytest.fixture
def answered(clerk: Program) -> dict[str, Any]:
    receipt = enquiry(clerk, applicant_name="孙咨询", applicant_phone="13800001234")
    said(clerk.post(f"/matters/{receipt['number']}/answer", {"reply": "带身份证到一号窗口。"}))
    return receipt


@pytest.fixture
def stranger(office: Office) -> Program:
    """Somebody without a token."""
    return Program(office, "clerk", token="none")


def test_number_and_code_show_where_it_stands_and_nobodys_data(
    answered: dict[str, Any], stranger: Program
) -> None:
    answer = stranger.post("/track", {"number": answered["number"].lower(), "code": answered["code"].lower()})
    found = said(answer)
    assert found["stage"]["code"] == "answered"
    assert [one["kind"]["code"] for one in found["events"]] == ["matter.registered", "enquiry.answered"]
    assert found["received_at"] == "2026-01-05T10:00:00+08:00"
    for secret in ("孙咨询", "13800001234", "老年卡"):
        assert secret not in answer.content.decode()


def test_a_wrong_number_a_wrong_code_and_another_office_are_told_alike(
    answered: dict[str, Any], stranger: Program, now: mock.Mock
) -> None:
    make_office("wuming")
    right = {"number": answered["number"], "code": answered["code"]}
    wrong = [
        {**right, "code": "0000000000"},
        {**right, "code": ""},
        {**right, "number": "ZHAO-2026-999999-9"},
        {**right, "number": ""},
        {**right, "office": "wuming"},
        {**right, "office": "nowhere"},
        {**right, "code": "x" * 40},
    ]
    answers = []
    for body in wrong:
        now.return_value += timedelta(minutes=16)
        answers.append(stranger.post("/track", body))
        refused(answers[-1], 404, "not_found")
    assert {one.content for one in answers} == {answers[0].content}
    assert all(dict(one.headers) == dict(answers[0].headers) for one in answers)
    assert said(stranger.post("/track", {**right, "office": "zhaogong"}))["number"] == right["number"]


def test_guessing_is_slowed_and_the_one_who_knows_is_served(
    answered: dict[str, Any], stranger: Program, now: mock.Mock
) -> None:
    right = {"number": answered["number"], "code": answered["code"]}
    wrong = {**right, "code": "0000000000"}
    statuses = [stranger.post("/track", wrong).status_code for _ in range(8)]
    assert statuses[0] == 404
    assert statuses[-1] == 429
    slowed = stranger.post("/track", wrong)
    refused(slowed, 429, "too_many_tries")
    assert int(slowed["Retry-After"]) > 0
    refused(stranger.post("/rate", {**wrong, "score": 1}), 429, "too_many_tries")
    elsewhere = Program(stranger.office, "clerk", token="none", headers={})
    with mock.patch("huiyin.doors.api.operations.public.client_address", return_value="198.51.100.7"):
        assert said(elsewhere.post("/track", right))["number"] == right["number"]
    now.return_value = AT + timedelta(minutes=16)
    assert said(stranger.post("/track", right))["number"] == right["number"]


def test_a_matter_is_rated_once_and_a_repetition_is_no_second_rating(
    answered: dict[str, Any], stranger: Program, clerk: Program, now: mock.Mock
) -> None:
    body = {"number": answered["number"], "code": answered["code"], "score": 4, "comment": "很快"}
    for score in (0, 6, "5", True):
        assert "score" in refused(stranger.post("/rate", {**body, "score": score}), 422, "invalid")["errors"]
    first = stranger.post("/rate", body, key="r")
    now.return_value = AT + timedelta(minutes=1)
    again = stranger.post("/rate", body, key="r")
    assert _receipt(first) == _receipt(again)
    assert again["Idempotent-Replay"] == "true"
    refused(stranger.post("/rate", {**body, "score": 1}, key="r"), 409, "key_reused")
    refused(stranger.post("/rate", {**body, "score": 1}), 409, "already_rated")
    assert said(clerk.get(f"/matters/{answered['number']}"))["rating"] == 4
    assert not said(stranger.post("/track", {"number": body["number"], "code": body["code"]}))["may_rate"]


def test_what_is_not_decided_is_not_rated(clerk: Program, stranger: Program) -> None:
    receipt = application(clerk)
    body = {"number": receipt["number"], "code": receipt["code"], "score": 5}
    refused(stranger.post("/rate", body), 409, "not_now")
    refused(stranger.post("/rate", {**body, "office": "wuming"}), 404, "not_found")
    refused(stranger.post("/rate", {**body, "code": "0"}), 404, "not_found")


def _receipt(answer: HttpResponse) -> Any:
    return said(answer)


def test_how_a_refusal_climbs_is_nobodys_outside(office: Office, clerk: Program, stranger: Program) -> None:
    receipt = application(clerk)
    held = {"number": receipt["number"], "code": receipt["code"]}
    matter = f"/matters/{receipt['number']}"
    said(clerk.post(f"{matter}/acceptance"))
    form = {"facts": "月收入9000元", "reasons": "收入超标", "legal_basis": "社会救助办法第十二条"}
    said(clerk.post(f"{matter}/refusal", form))
    assert said(clerk.get(matter))["stage"]["code"] == "refusal_proposed"
    assert said(stranger.post("/track", held))["stage"]["code"] == "in_hand"
