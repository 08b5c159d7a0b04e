"""Once only: whoever sends a command again gets the one receipt."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from unittest import mock

from django.http import HttpResponse

from huiyin.matters.models import Matter
from tests.doors.api.programs import Program, application, enquiry, refused, said
from tests.factories import AT, Office

ASKED = {"kind": "enquiry", "channel": "phone", "summary": "怎么补办户口簿"}


def test_a_key_comes_back_with_its_receipt_and_with_nothing_else(
    office: Office, clerk: Program, now: mock.Mock
) -> None:
    first = clerk.post("/matters", ASKED, key="k1")
    now.return_value = AT + timedelta(seconds=1)
    again = clerk.post("/matters", ASKED, key="k1")
    assert first.content == again.content
    assert first["Location"] == again["Location"]
    assert "Idempotent-Replay" not in first
    assert again["Idempotent-Replay"] == "true"
    refused(clerk.post("/matters", {**ASKED, "summary": "别的事"}, key="k1"), 409, "key_reused")
    number = said(first, 201)["number"]
    refused(clerk.post(f"/matters/{number}/answer", {"reply": "好"}, key="k1"), 409, "key_reused")
    assert Matter.objects.count() == 1
    # A key is a person's own.
    assert said(Program(office, "head").post("/matters", ASKED, key="k1"), 201)["number"] != number


def test_a_verb_repeated_after_the_matter_went_on_still_answers_the_same(
    clerk: Program, now: mock.Mock
) -> None:
    number = application(clerk)["number"]
    seen = {"If-Match": '"2"'}
    first = clerk.post(f"/matters/{number}/acceptance", key="a", **seen)
    said(
        clerk.post(
            f"/matters/{number}/withdrawal", {"reason": "改日", "withdrawn_by": "王小明", "how": "phone"}
        )
    )
    now.return_value = AT + timedelta(hours=1)
    assert clerk.post(f"/matters/{number}/acceptance", key="a", **seen).content == first.content


def test_a_stale_version_is_refused_and_the_one_seen_is_not(clerk: Program) -> None:
    number = enquiry(clerk)["number"]
    matter = f"/matters/{number}"
    seen = clerk.get(matter)["ETag"]
    body = {"to": "1006"}
    said(clerk.post(f"{matter}/handovers", body, **{"If-Match": seen}))
    problem = refused(clerk.post(f"{matter}/handovers/withdraw", **{"If-Match": seen}), 412, "stale")
    assert problem["remedy"]
    refused(clerk.post(f"{matter}/handovers/withdraw", **{"If-Match": "3"}), 400, "version_unreadable")
    later = clerk.get(matter)["ETag"]
    assert later != seen
    done = clerk.post(f"{matter}/handovers/withdraw", **{"If-Match": f"W/{later}"})
    assert _version(done) == f'"{said(done)["version"]}"'
    said(clerk.post(f"{matter}/handovers", body, **{"If-Match": "*"}))


def _version(answer: HttpResponse) -> Any:
    return answer["ETag"]
