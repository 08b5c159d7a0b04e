"""Forms are offered where people stand, and given to whoever sees that page."""

from __future__ import annotations

import re

import pytest

from huiyin.matters.models import Briefing
from tests.doors.desk.browser import Desk, application, said
from tests.factories import AT, Office


def links(page: object, ending: str) -> list[str]:
    found: list[str] = re.findall(rf'href="/desk/([^"]+\.{ending})"', page.content.decode())  # type: ignore[attr-defined]
    return [one for one in found if "documents/" not in one]


@pytest.fixture
def handed_over(office: Office) -> Briefing:
    return Briefing.objects.create(
        tenant=office.tenant,
        absence=office.absent("clerk", starts_at=AT.replace(day=20)),
        position=office.positions["MZ01"],
        writer=office.people["clerk"],
        reader=office.people["second_clerk"],
        written_at=AT,
    )


def test_every_page_offers_its_forms_and_they_are_given(
    clerk: Desk, office: Office, handed_over: Briefing
) -> None:
    number = application(clerk).number
    wanted = {
        f"matters/{number}/": [f"matters/{number}/forms/contact"],
        f"handovers/{handed_over.id}/": [f"handovers/{handed_over.id}/sheet"],
        "positions/": ["positions/pairs", "positions/book"],
        "positions/MZ01/": ["positions/MZ01/sheet"],
    }
    for page, forms in wanted.items():
        answer = clerk.get(page)
        assert links(answer, "pdf") == [f"{one}.pdf" for one in forms], page
        assert links(answer, "docx") == [f"{one}.docx" for one in forms], page
        for one in forms:
            word = clerk.get(f"{one}.docx")
            assert word.content.startswith(b"PK"), one
            assert word["Cache-Control"] == "no-store"
    drawn = clerk.get(f"matters/{number}/forms/contact.pdf")
    assert drawn.content.startswith(b"%PDF")
    assert drawn["Content-Type"] == "application/pdf"
    assert office.canary not in drawn["Content-Disposition"]


def test_whoever_does_not_see_the_page_does_not_get_the_form(
    clerk: Desk, office: Office, handed_over: Briefing
) -> None:
    number = application(clerk).number
    stranger = Desk(office, "receptionist")
    assert stranger.get(f"matters/{number}/forms/contact.docx").status_code == 404
    assert stranger.get(f"handovers/{handed_over.id}/sheet.docx").status_code == 404
    assert clerk.get("positions/NO-1/sheet.docx").status_code == 404


def test_unknown_forms_and_endings_are_not_there(clerk: Desk) -> None:
    number = application(clerk).number
    for address in (
        f"matters/{number}/forms/task.docx",
        f"matters/{number}/forms/contact.exe",
        "positions/pairs.xlsx",
    ):
        assert clerk.get(address).status_code == 404, address


def test_the_form_speaks_the_reader_s_language(clerk: Desk) -> None:
    number = application(clerk).number
    clerk.client.post("/language/", {"language": "en", "next": "/desk/"})
    page = said(clerk.get(f"matters/{number}/"))
    assert "First responder register sheet" in page
    assert clerk.get(f"matters/{number}/forms/contact.docx").status_code == 200
