"""Programs that call the API through the front door, and the clock they call it by."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from unittest import mock

from django.http import HttpResponse
from django.test import Client
from django.urls import resolve

from huiyin.doors.rights import Right
from huiyin.organisation import actions
from tests.factories import AT, Office

V1 = "/api/v1"
PROBLEM = "application/problem+json"
_PARAMETER = re.compile(r"<(?:[a-z]+:)?([a-z_]+)>")
_keys = itertools.count(1)


@dataclass
class Program:
    """A program with a token that acts as one of an office's people; `headers` go with every call."""

    office: Office
    key: str
    rights: Iterable[str] = tuple(Right)
    headers: Mapping[str, str] = field(default_factory=dict)
    token: str = ""
    called: set[tuple[str, str]] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Have a token issued."""
        if not self.token:
            _, self.token = actions.issue_token(
                self.office.people[self.key],
                name="对接",
                rights=self.rights,
                expires_at=self.office.at + timedelta(days=300),
                by=actions.OPERATOR,
                at=self.office.at,
            )

    def get(self, path: str, **query: str | int) -> HttpResponse:
        """GET below /api/v1."""
        self._note("get", path)
        found = self._client().get(f"{V1}{path}", query)
        assert isinstance(found, HttpResponse)
        return found

    def post(self, path: str, body: object = None, *, key: str = "", **headers: str) -> HttpResponse:
        """POST JSON below /api/v1, with a key of its own unless one is given."""
        self._note("post", path)
        given = {"Idempotency-Key": key or f"key-{next(_keys)}", **headers}
        found = self._client().post(
            f"{V1}{path}",
            json.dumps({} if body is None else body),
            content_type="application/json",
            headers=given,
        )
        assert isinstance(found, HttpResponse)
        return found

    def _note(self, method: str, path: str) -> None:
        """Remember which operation is called, by its path in the description."""
        route = resolve(f"{V1}{path}").route
        self.called.add(("/" + _PARAMETER.sub(r"{\1}", route), method))

    def _client(self) -> Client:
        return Client(headers={"Authorization": f"Bearer {self.token}", **self.headers})


def said(response: HttpResponse, status: int = 200) -> Any:
    """Return what a response says, which must have this status."""
    found = json.loads(response.content) if response.content else None
    assert response.status_code == status, (response.status_code, found)
    return found


def refused(response: HttpResponse, status: int, code: str) -> dict[str, Any]:
    """Return a problem, which must have this status and this code, and every member a problem needs."""
    found = said(response, status)
    assert response["Content-Type"] == PROBLEM
    assert found["code"] == code, found
    assert found["status"] == status
    assert found["type"] == f"urn:huiyin:problem:{code}"
    assert found["title"]
    assert found["detail"]
    assert isinstance(found, dict)
    return found


def enquiry(program: Program, **more: object) -> dict[str, Any]:
    """Register an enquiry; return its receipt."""
    body = {"kind": "enquiry", "channel": "counter", "summary": "老年卡怎么办", **more}
    found = said(program.post("/matters", body), 201)
    assert isinstance(found, dict)
    return found


def application(program: Program, **more: object) -> dict[str, Any]:
    """Register an application with all its papers; return its receipt."""
    body = {
        "kind": "application",
        "channel": "counter",
        "item": "DB-1",
        "applicant_name": "孙申请",
        "applicant_phone": "13800001234",
        "materials": papers(),
        **more,
    }
    found = said(program.post("/matters", body), 201)
    assert isinstance(found, dict)
    return found


def papers(*missing: str) -> list[dict[str, object]]:
    """Return the papers of item DB-1 as found."""
    return [
        {"name": name, "present": name not in missing, "problem": "未带" if name in missing else ""}
        for name in ("居民户口簿", "收入证明")
    ]


@contextmanager
def clock(at: datetime = AT) -> Iterator[mock.Mock]:
    """Let the doors read this moment; set `return_value` to let time pass."""
    with mock.patch("huiyin.doors.access.timezone.now", return_value=at) as now:
        yield now
