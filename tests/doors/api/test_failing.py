from __future__ import annotations

import json
from unittest import mock

import pytest
from django.test import RequestFactory

from huiyin.doors.api import failing
from huiyin.rules.errors import Busy
from tests.doors.api.programs import Program, enquiry, refused, said
from tests.factories import Office


def test_a_fault_here_is_told_without_its_trace(clerk: Program, caplog: pytest.LogCaptureFixture) -> None:
    with mock.patch("huiyin.matters.queries.get", side_effect=RuntimeError("secret-of-the-house")):
        answer = clerk.get("/matters/X")
    found = refused(answer, 500, "broken")
    assert "secret-of-the-house" not in json.dumps(found)
    assert "secret-of-the-house" in caplog.text


def test_waiting_too_long_for_the_turn_says_when_to_come_again(clerk: Program) -> None:
    number = enquiry(clerk)["number"]
    with mock.patch("huiyin.matters.actions.answer", side_effect=Busy):
        answer = clerk.post(f"/matters/{number}/answer", {"reply": "好"})
    refused(answer, 503, "busy")
    assert int(answer["Retry-After"]) > 0


@pytest.mark.parametrize(
    ("body", "errors"),
    [
        ({}, {"kind": "此项必填", "channel": "此项必填"}),
        ({"kind": "x", "channel": "counter"}, {"kind": "应为以下之一：enquiry, application"}),
        ({"kind": "enquiry", "channel": "phone", "extra": 1}, {"extra": "没有这个字段"}),
        ({"kind": "enquiry", "channel": "phone", "details": "x" * 5001}, {"details": "请不超过5000个字"}),
        (
            {"kind": "enquiry", "channel": "phone", "answer_at_once": "yes"},
            {"answer_at_once": "应为 true 或 false"},
        ),
        ({"kind": "enquiry", "channel": "phone", "materials": {}}, {"materials": "应为列表"}),
        (
            {"kind": "enquiry", "channel": "phone", "materials": [{"name": "", "present": 1, "copies": 0}]},
            {
                "materials.0.name": "此项必填",
                "materials.0.present": "应为 true 或 false",
                "materials.0.copies": "不应小于1",
            },
        ),
        ([], {"body": "应为对象"}),
        ("x", {"body": "应为对象"}),
    ],
)
def test_each_wrong_field_is_named_with_its_sentence(
    clerk: Program, body: object, errors: dict[str, str]
) -> None:
    assert refused(clerk.post("/matters", body), 422, "invalid")["errors"] == errors


def test_rooms_and_shapes_name_fields_alike(clerk: Program) -> None:
    body = {"kind": "application", "channel": "phone", "applicant_phone": "12", "summary": "x" * 201}
    found = refused(clerk.post("/matters", body), 422, "invalid")
    assert set(found["errors"]) == {"item", "summary", "applicant_name", "applicant_phone"}


@pytest.mark.parametrize("body", [b'{"a": NaN}', b'{"a": Infinity}', b'{"a": 1, "a": 2}', b"{", b"\xfe"])
def test_a_body_that_two_readers_could_read_differently_is_not_read(body: bytes) -> None:
    request = RequestFactory().post("/", body, content_type="application/json; charset=utf-8")
    with pytest.raises(ValueError):  # noqa: PT011 - what json and codecs say is their own
        failing.Reader().parse_body(request)
    request = RequestFactory().post("/", b'{"a": 1}', content_type="application/json; charset=utf-8")
    assert failing.Reader().parse_body(request) == {"a": 1}


def test_a_body_must_say_that_it_is_json() -> None:
    request = RequestFactory().post("/", b"{}", content_type="text/json")
    with pytest.raises(failing.WrongMediaType):
        failing.Reader().parse_body(request)


def test_what_to_do_is_said_to_programs_and_not_to_people_before_a_page(office: Office) -> None:
    clerk = Program(office, "clerk")
    number = enquiry(clerk)["number"]
    stale = clerk.post(f"/matters/{number}/answer", {"reply": "带身份证即可。"}, **{"If-Match": '"9"'})
    assert "ETag" in refused(stale, 412, "stale")["remedy"]
    early = clerk.post(f"/matters/{number}/result", {"result": "好"})
    assert "lawful" in refused(early, 409, "not_now")["remedy"]
    body = {"kind": "enquiry", "channel": "counter", "summary": "老年卡"}
    said(clerk.post("/matters", body, key="one"), 201)
    reused = refused(clerk.post("/matters", {**body, "summary": "公交卡"}, key="one"), 409, "key_reused")
    assert "标识" in reused["remedy"]
    assert "刷新" not in reused["remedy"]
