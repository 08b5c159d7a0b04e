"""From an address that only takes forms to the page that can be read."""

from __future__ import annotations

import pytest
from django.test import RequestFactory

from huiyin.doors import returning


@pytest.mark.parametrize(
    ("path", "back"),
    [
        ("/desk/matters/ZHAO-2026-000001-P/do/grant/", "/desk/matters/ZHAO-2026-000001-P/"),
        ("/desk/staff/account/", "/desk/staff/"),
        ("/desk/staff/tokens/issue/", "/desk/staff/tokens/"),
        ("/desk/staff/imports/people/", "/desk/staff/imports/"),
        ("/desk/staff/absences/", "/desk/staff/absences/"),
        ("/desk/register/", "/desk/"),
        ("/zhaogong/apply/DB-1/", "/zhaogong/apply/DB-1/"),
        ("/language/", "/"),
        ("/", "/"),
    ],
)
def test_the_nearest_page_that_is_read(path: str, back: str) -> None:
    assert returning.nearest(path) == back
    assert returning.page_of(RequestFactory().post(path)) == back


def test_a_page_that_was_read_is_its_own_way_back() -> None:
    assert (
        returning.page_of(RequestFactory().get("/desk/matters/?kind=enquiry"))
        == "/desk/matters/?kind=enquiry"
    )
