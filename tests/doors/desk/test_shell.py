"""What surrounds every page, and what every page must have."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.doors import desk
from tests.doors.desk.browser import Desk, application, enquiry, said
from tests.factories import Office

TEMPLATES = [
    page
    for folder in ("desk", "huiyin")
    for page in sorted((Path(desk.__file__).parents[1] / "templates" / folder).glob("*.html"))
]


def test_the_frame_names_office_and_person(clerk: Desk, office: Office) -> None:
    page = said(clerk.get())
    assert office.tenant.name in page
    assert f"卫经办{office.canary}" in page
    assert "退出" in page
    assert 'aria-current="page"' in clerk.get().content.decode()


def test_more_duties_do_not_cost_more_queries(clerk: Desk) -> None:
    counts = []
    for _ in range(2):
        application(clerk)
        clerk.get()
        with CaptureQueriesContext(connection) as captured:
            clerk.get()
        counts.append(len(captured))
        application(clerk)
        enquiry(clerk)
    assert counts[0] == counts[1]


def test_the_language_is_switched_from_every_page(clerk: Desk) -> None:
    answer = clerk.client.post("/language/", {"language": "en", "next": "/desk/matters/"})
    assert answer.headers["Location"] == "/desk/matters/"
    page = clerk.get("matters/").content.decode()
    assert '<html lang="en">' in page
    clerk.client.post("/language/", {"language": "xx", "next": "//evil.example"})
    assert '<html lang="en">' in clerk.get("matters/").content.decode()


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_no_template_holds_inline_script_style_or_handlers(template: Path) -> None:
    source = re.sub(r"{%.*?%}", "", template.read_text(encoding="utf-8"))
    assert not re.search(r"<script(?![^>]*\bsrc=)", source)
    assert not re.search(r"<style\b|\sstyle=|\son[a-z]+=|javascript:", source)
    assert "|safe" not in source


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_every_posting_form_carries_its_token(template: Path) -> None:
    for form in re.findall(r"<form\b[^>]*method=\"post\".*?</form>", template.read_text("utf-8"), re.DOTALL):
        assert "{% csrf_token %}" in form


def test_every_step_s_form_carries_key_and_version(clerk: Desk) -> None:
    number = application(clerk).number
    page = clerk.get(f"matters/{number}/").content.decode()
    forms = re.findall(rf'<form[^>]*action="/desk/matters/{number}/do/.*?</form>', page, re.DOTALL)
    assert len(forms) >= 5
    keys = [re.search(r'name="key" value="([0-9a-f-]{36})"', form) for form in forms]
    assert all(keys)
    assert len({found[1] for found in keys if found}) == len(forms)
    assert all('name="version"' in form for form in forms)


def test_signed_in_pages_are_kept_by_no_cache(clerk: Desk) -> None:
    for address in ("", "matters/", "inbox/", "matters.xlsx"):
        assert clerk.get(address).headers["Cache-Control"] == "no-store"
