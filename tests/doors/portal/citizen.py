"""Somebody at the portal: a client without JavaScript that fills in the forms as the pages show them."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from django.test import Client

from huiyin.matters import actions
from huiyin.matters.actions import By
from tests.factories import Office

APPLICANT = {
    "applicant_name": "欧阳秀英",
    "applicant_phone": "13812345678",
    "applicant_id_number": "11010519491231002X",
    "applicant_email": "xiuying@example.org",
    "details": "腿脚不便，请打电话",
}
SECRETS = tuple(APPLICANT.values())


class Citizen:
    """A visitor of one office from one address; every form token is checked as in production."""

    def __init__(self, office: Office, address: str = "203.0.113.7") -> None:
        self.office = office
        self.client = Client(enforce_csrf_checks=True, REMOTE_ADDR=address)
        self.home = f"/{office.tenant.slug}"

    def get(self, path: str) -> Any:
        return self.client.get(f"{self.home}{path}")

    def send(self, path: str, shown: Any, **typed: Any) -> Any:
        """Send the main form of a page that was shown, with what was typed into it."""
        return self.client.post(f"{self.home}{path}", {**hidden(shown), **typed})

    def apply(self, code: str = "DB-1", **typed: Any) -> Any:
        path = f"/apply/{code}/"
        return self.send(path, self.get(path), **{**APPLICANT, **typed})

    def ask(self, summary: str = "低保怎么申请？", **typed: Any) -> Any:
        asked = {"summary": summary, "applicant_phone": "13812345678", **typed}
        return self.send("/ask/", self.get("/ask/"), **asked)

    def track(self, number: str, code: str) -> Any:
        return self.client.post(f"{self.home}/track/", {"number": number, "code": code})


def text(response: Any) -> str:
    return str(response.content.decode())


def main(response: Any) -> str:
    """What stands between the page's header and its footer."""
    return text(response).partition("<main")[2].partition("</main>")[0]


def hidden(response: Any) -> dict[str, str]:
    """The hidden fields of the forms in the page's main part."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', main(response))
    return {name: unescape(value) for name, value in found}


def pair(response: Any) -> tuple[str, str]:
    """Number and code on a receipt."""
    assert response.status_code == 200, text(response)
    found = re.search(r'id="number">([^<]+)</dd>.*id="code">([^<]+)</dd>', text(response), re.DOTALL)
    assert found, text(response)
    return found[1], found[2].replace(" ", "")


def answer(office: Office, number: str, reply: str = "请带户口簿到窗口办理。") -> None:
    """Let the receptionist, who has custody of a question about nothing in particular, answer it."""
    asker = office.asker("receptionist")
    actions.answer(By(asker, office.at, f"answer-{number}"), number, reply=reply)
