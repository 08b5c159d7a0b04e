"""The printed receipt and the papers of a matter."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta
from unittest import mock
from uuid import uuid4

from pypdf import PdfReader

from huiyin.documents.docx import MEDIA_TYPE
from huiyin.doors.sealing import seal
from huiyin.matters import queries as matters
from huiyin.matters.models import Matter
from tests.doors.desk.browser import Desk, application, said, value_of
from tests.factories import AT, Office


def registered(desk: Desk) -> tuple[str, str, str]:
    """Register at the desk; return number, code and the note for printing."""
    page = desk.post(
        "register/",
        kind="application",
        channel="counter",
        urgency="normal",
        item="DB-1",
        summary="低保",
        applicant_name="王秀兰",
    )
    html = page.content.decode()
    code = html.split('id="query-code">')[1].split("<")[0]
    return Matter.objects.get().number, code, value_of(page, "note")


def words(pdf: bytes) -> str:
    return "".join("".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def test_the_receipt_carries_number_and_code_and_masks_the_applicant(clerk: Desk) -> None:
    number, code, note = registered(clerk)
    answer = clerk.post("receipt.pdf", note=note)
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Cache-Control"] == "no-store"
    text = words(answer.content)
    assert number in text
    assert code in text
    assert "王**" in text
    assert "王秀兰" not in text


def test_the_note_shows_nothing_and_serves_nobody_else(clerk: Desk, office: Office) -> None:
    number, code, note = registered(clerk)
    assert code not in note
    assert number not in note
    answer = Desk(office, "head").post("receipt.pdf", note=note)
    assert answer.status_code == 409
    assert "打印凭据已过期" in said(answer)


def test_the_note_ends_after_half_an_hour(clerk: Desk, now: mock.Mock) -> None:
    _, _, note = registered(clerk)
    now.return_value = AT + timedelta(minutes=29)
    assert clerk.post("receipt.pdf", note=note).status_code == 200
    now.return_value = AT + timedelta(minutes=31)
    assert Desk(clerk.office, "clerk").post("receipt.pdf", note=note).status_code == 409


def test_a_forged_note_is_refused(clerk: Desk) -> None:
    assert clerk.post("receipt.pdf", note="nonsense").status_code == 409
    foreign = seal("another purpose", {"person": "x", "number": "y", "code": "z"}, AT)
    assert clerk.post("receipt.pdf", note=foreign).status_code == 409


def test_papers_are_shown_to_whoever_sees_the_matter(clerk: Desk, office: Office) -> None:
    number = application(clerk).number
    (paper,) = matters.documents_of(Matter.objects.get(number=number))
    address = f"matters/{number}/documents/{paper.id}.pdf"
    answer = clerk.get(address)
    assert answer.content.startswith(b"%PDF")
    assert answer.headers["Content-Disposition"].startswith("inline; filename*=utf-8''")
    assert Desk(office, "administrator").get(address).status_code == 404
    assert clerk.get(f"matters/{number}/documents/{uuid4()}.pdf").status_code == 404


def test_a_paper_is_not_found_under_another_matters_number(clerk: Desk) -> None:
    first, second = application(clerk).number, application(clerk).number
    (paper,) = matters.documents_of(Matter.objects.get(number=first))
    assert clerk.get(f"matters/{second}/documents/{paper.id}.pdf").status_code == 404


def test_a_paper_is_given_as_a_word_file_to_whoever_may_read_it(clerk: Desk, office: Office) -> None:
    number = application(clerk).number
    (paper,) = matters.documents_of(matters.get(clerk.by().asker, number))
    address = f"matters/{number}/documents/{paper.id}.docx"
    assert address in clerk.get(f"matters/{number}/").content.decode()
    answer = clerk.get(address)
    assert answer.headers["Content-Type"] == MEDIA_TYPE
    assert "attachment" in answer.headers["Content-Disposition"]
    assert answer.headers["Cache-Control"] == "no-store"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as file:
        assert paper.number in file.read("word/document.xml").decode()
    assert Desk(office, "administrator").get(address).status_code == 404
    assert clerk.get(f"matters/{number}/documents/{uuid4()}.docx").status_code == 404
