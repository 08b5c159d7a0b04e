from __future__ import annotations

import json

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/favicon.ico", "/no/such/page/at/all", "/desk/nowhere/", "/%00"])
def test_an_unknown_address_is_not_found_and_is_no_fault(path: str) -> None:
    answer = Client().get(path)
    assert answer.status_code == 404
    assert answer["Content-Type"].startswith("text/html")


def test_a_program_gets_the_same_as_a_problem() -> None:
    answer = Client().get("/api/no/such/address")
    assert answer.status_code == 404
    assert json.loads(answer.content)["code"] == "not_found"


def test_a_host_that_is_not_served_is_refused_readably_in_each_form() -> None:
    stranger = Client(headers={"host": "evil.example"})
    assert stranger.get("/desk/sign-in/").status_code == 400
    answer = stranger.get("/api/openapi.json")
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
