"""Boards and guides are drawn from what holds now, with what the office says of itself."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from django.utils import translation
from pypdf import PdfReader

from huiyin.catalogue import actions, queries
from huiyin.documents.sheets import GuideSheet, Sheet
from huiyin.doors import posters
from huiyin.organisation.models import Position
from huiyin.rules.errors import Invalid
from tests.factories import AT, make_office

pytestmark = pytest.mark.django_db


def text_of(drawn: bytes) -> str:
    return "".join("".join(one.extract_text() for one in PdfReader(io.BytesIO(drawn)).pages).split())


def test_a_board_of_the_office_lists_the_items_of_every_unit() -> None:
    office = make_office()
    by = office.asker("efficiency_office")
    row = actions.draft_commitment(office.tenant, None, said={"content": "便民"}, by=by, at=AT)
    row = queries.commitment(by, row.id)
    said = text_of(posters.drawn(posters.board_of(row, "a4", AT)))
    assert "最低生活保障申请" in said
    assert "居住证明" in said
    assert "0571-88881111" in said
    assert posters.board_name(row) == f"{office.tenant.name}承诺公示牌.pdf"
    with translation.override("en"):
        assert "OurServiceCommitment" in text_of(posters.drawn(posters.board_of(row, "a3", AT)))


def test_a_guide_has_its_place_and_phone_or_is_refused() -> None:
    office = make_office()
    guide = queries.guide(office.tenant.id, "DB-1")
    said = text_of(posters.drawn(posters.guide_of(office.tenant, guide)))
    for part in ("居民户口簿", "0571-88882004", "社会救助暂行办法", "不收费"):
        assert part in said, part
    assert posters.guide_name(guide).endswith("服务指南.pdf")
    with pytest.raises(Invalid):
        posters.guide_of(office.tenant, replace(guide, statutory=None, committed=None))


def test_the_same_sheet_is_drawn_once_and_another_is_another(monkeypatch: pytest.MonkeyPatch) -> None:
    office = make_office()
    times: list[object] = []

    def draw(content: Sheet, language: str) -> bytes:
        times.append(content)
        return language.encode()

    monkeypatch.setattr("huiyin.documents.pdf.sheet", draw)
    # A number that no other test prints: what they drew would be found again here.
    office.tenant.complaint_phone = "0571-60606060"

    def sheet() -> GuideSheet:
        return posters.guide_of(office.tenant, queries.guide(office.tenant.id, "DB-1"))

    first = posters.mark(sheet())
    assert posters.drawn(sheet()) == posters.drawn(sheet()) == b"zh-hans"
    assert len(times) == 1
    assert posters.mark(sheet()) == first
    with translation.override("en"):
        assert posters.mark(sheet()) != first
        assert posters.drawn(sheet()) == b"en"
    # Whatever stands on it, wherever it is kept, makes another sheet of it at once.
    Position.objects.filter(code="MZ01").update(phone="0571-1")
    marks = {first, posters.mark(sheet())}
    office.tenant.complaint_phone = "0571-2"
    marks.add(posters.mark(sheet()))
    assert len(marks) == 3
    posters.drawn(sheet())
    assert len(times) == 3
