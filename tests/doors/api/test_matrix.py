"""Every operation of the description, with every kind of caller who must not get through."""

from __future__ import annotations

import json
from datetime import timedelta
from unittest import mock

from django.http import HttpResponse
from django.test import Client

from huiyin.doors.rights import RIGHTS, Right
from huiyin.organisation import actions
from tests.doors.api import samples
from tests.doors.api.programs import PROBLEM, V1, Program, application, refused, said
from tests.doors.api.samples import Operation
from tests.factories import AT, Office


def call(program: Program, one: Operation, number: str = "", **headers: str) -> HttpResponse:
    if one.method == "get":
        return program.get(one.below(number), **samples.QUERIES.get(one.id, {}))
    return program.post(one.below(number), samples.BODIES[one.id], **headers)


def test_every_right_opens_something_and_every_operation_asks_for_one() -> None:
    assert {one.right for one in samples.operations()} == {right.value for right in Right} | {"public"}
    assert [one.id for one in samples.operations() if one.right == "public"] == [
        "track",
        "rate",
        "ask_return_as_applicant",
        "withdraw_as_applicant",
    ]
    assert set(RIGHTS) == set(Right)


def test_a_token_without_the_right_is_refused_everywhere(office: Office, clerk: Program) -> None:
    number = application(clerk)["number"]
    lacking = {
        right: Program(office, "clerk", [other for other in Right if other != right]) for right in Right
    }
    for one in samples.guarded():
        refused(call(lacking[Right(one.right)], one, number), 403, "right_missing")
        # The control: with this right alone the same call gets further.
        answer = call(Program(office, "clerk", [one.right]), one, number)
        assert b"right_missing" not in answer.content, one.id


def test_without_a_valid_token_nothing_is_answered(office: Office, clerk: Program, now: mock.Mock) -> None:
    expired = Program(office, "clerk")
    by = actions.OPERATOR
    revoked = actions.issue_token(
        office.people["clerk"],
        name="停用",
        rights=Right,
        expires_at=AT + timedelta(days=1),
        by=by,
        at=AT,
    )
    actions.revoke_token(revoked[0], by=by, at=AT)
    tokens = [expired.token, revoked[1], "hy_nobody", "", "\x00"]
    now.return_value = AT + timedelta(days=301)
    for one in samples.guarded():
        for token in tokens:
            stranger = Program(office, "clerk", token=token or " ")
            problem = call(stranger, one, "ZHAO-2026-000001-3")
            refused(problem, 401, "token_missing")
            assert problem["WWW-Authenticate"].startswith("Bearer")
    now.return_value = AT
    assert said(clerk.get("/me"))["staff_no"] == "1005"


def test_every_verb_needs_a_key_and_knows_its_fields(office: Office, clerk: Program) -> None:
    number = application(clerk)["number"]
    for one in samples.posts():
        body = samples.BODIES[one.id]
        if one.id != "track":
            refused(clerk.post(one.below(number), body, **{"Idempotency-Key": " "}), 400, "key_missing")
            refused(clerk.post(one.below(number), body, key="k" * 81), 400, "key_missing")
        found = refused(clerk.post(one.below(number), {**body, "stage": "closed"}), 422, "invalid")
        assert "没有这个字段" in found["errors"].values(), one.id
        assert any(name.endswith("stage") for name in found["errors"]), one.id
        for field in (name for name in body if name != "opinion"):
            short = {name: value for name, value in body.items() if name != field}
            wrong = clerk.post(one.below(number), {**short, field: {"a": [1]}})
            assert field in refused(wrong, 422, "invalid")["errors"], (one.id, field)


def test_bodies_that_are_no_json_are_refused_as_such(clerk: Program) -> None:
    for one in samples.posts():
        address = f"{V1}{one.below('ZHAO-2026-000001-3')}"
        headers = {"Authorization": f"Bearer {clerk.token}", "Idempotency-Key": "k"}
        for body in (b"{", b"\xff", b'{"a":NaN}', b'{"a":1,"a":1}', b"[" * 100_000, b"1" * 5000):
            answer = Client().post(address, body, content_type="application/json", headers=headers)
            refused_raw(answer, 400, "unreadable")
        for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"):
            answer = Client().post(address, b"{}", content_type=kind, headers=headers)
            refused_raw(answer, 415, "media_type")
        answer = Client().post(address, b" " * 3_000_000, content_type="application/json", headers=headers)
        refused_raw(answer, 413, "too_big")
        for method in ("PUT", "DELETE", "PATCH", "OPTIONS"):
            answer = Client().generic(method, address, headers=headers)
            refused_raw(answer, 405, "method_not_allowed")
            assert "POST" in answer["Allow"]


def test_what_is_asked_in_the_address_is_known_or_refused(clerk: Program) -> None:
    for one in samples.operations():
        if one.method != "get":
            continue
        found = refused(clerk.get(one.below("X"), zzz="1"), 422, "invalid")
        assert found["errors"] == {"zzz": "没有这个参数"}, one.id
    for path in ("/matters/%00", "/items/%00", "/nowhere", "/matters/X/nowhere", ""):
        refused(clerk.get(path), 404, "not_found")


def refused_raw(answer: object, status: int, code: str) -> None:
    assert isinstance(answer, HttpResponse)
    assert (answer.status_code, answer["Content-Type"]) == (status, PROBLEM), answer.content
    assert json.loads(answer.content)["code"] == code
