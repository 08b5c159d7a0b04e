"""Somebody of an office at the desk, as far as a test without a browser can be."""

from __future__ import annotations

import re
from html import unescape
from typing import cast
from uuid import uuid4

from django.http import HttpResponse
from django.test import Client

from huiyin.matters import actions
from huiyin.matters.actions import By, Receipt, Request
from huiyin.matters.steps import Paper
from tests.factories import Office

BACKEND = "django.contrib.auth.backends.ModelBackend"
WHOLE = (Paper("居民户口簿", present=True), Paper("收入证明", present=True))
LACKING = (Paper("居民户口簿", present=True), Paper("收入证明", present=False, problem="未盖章"))


class Desk:
    """One person's browser. `get` and `post` take addresses below /desk/."""

    def __init__(self, office: Office, key: str) -> None:
        self.office, self.key = office, key
        self.client = Client()
        self.client.force_login(office.account(key)[0], BACKEND)

    def get(self, address: str = "", **query: str) -> HttpResponse:
        return cast("HttpResponse", self.client.get(f"/desk/{address}", query))

    def post(self, address: str, /, **typed: object) -> HttpResponse:
        return cast("HttpResponse", self.client.post(f"/desk/{address}", _with_key(typed)))

    def script(self, address: str, **typed: object) -> HttpResponse:
        """Post as the page's script does, which puts the answer into the page."""
        answer = self.client.post(f"/desk/{address}", _with_key(typed), headers={"HX-Request": "true"})
        return cast("HttpResponse", answer)

    def act(self, number: str, verb: str, **typed: object) -> HttpResponse:
        return self.post(f"matters/{number}/do/{verb}/", **typed)

    def by(self) -> By:
        return By(self.office.asker(self.key), self.office.at, str(uuid4()))


def _with_key(typed: dict[str, object]) -> dict[str, object]:
    return {"key": str(uuid4()), **typed}


def said(response: object) -> str:
    """Return what a page says, without its tags."""
    assert isinstance(response, HttpResponse)
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(unescape(text).split())


def value_of(response: HttpResponse, name: str) -> str:
    """Return the value of a field of the page, wherever it stands."""
    found = re.search(rf'name="{name}" value="([^"]*)"', response.content.decode())
    assert found, f"no field {name}"
    return unescape(found[1])


def application(desk: Desk, papers: tuple[Paper, ...] = WHOLE, *, accept: bool = True) -> Receipt:
    """Register an application at the counter, check its papers, and take it on."""
    receipt = actions.register(
        desk.by(),
        Request(
            kind="application",
            channel="counter",
            item="DB-1",
            applicant_name="王秀兰",
            applicant_phone="13812341234",
            applicant_id_number="11010519491231002X",
        ),
    )
    actions.check_materials(desk.by(), receipt.number, found=papers)
    if accept and papers is WHOLE:
        actions.accept_application(desk.by(), receipt.number)
    return receipt


def enquiry(desk: Desk, summary: str = "咨询低保条件") -> Receipt:
    """Register an enquiry at the counter."""
    request = Request(kind="enquiry", channel="counter", summary=summary, applicant_name="赵小梅")
    return actions.register(desk.by(), request)
