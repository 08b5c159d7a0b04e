"""A sheet prints all it is given, on the paper asked for, and nothing that is lacking."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from pypdf import PdfReader

from huiyin.documents import pdf
from huiyin.documents.parts import MaterialLine, Office
from huiyin.documents.sheets import Board, GuideSheet, Paper, PromisedItem, Section, Sheet, SheetStep
from huiyin.rules.errors import Invalid
from huiyin.rules.regimes.service_commitment import FIELDS
from huiyin.rules.vocabulary import Limit, Unit

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
OFFICE = Office(name="召公镇政府", name_en="Zhaogong Town", complaint_phone="0571-88881111")
BOARD = Board(
    number="承诺-MZ-3",
    office=OFFICE,
    issued_at=AT,
    unit="民政办",
    sections=tuple(Section(name=name, text=f"{name}的话 #strong[不是代码]") for name in FIELDS),
    items=(
        PromisedItem(
            name="低保申请", statutory=Limit(20, Unit.WORKING_DAY), committed=Limit(9, Unit.WORKING_DAY)
        ),
        PromisedItem(name="居住证明", instant=True),
    ),
    complaint_unit="效能办",
)
GUIDE = GuideSheet(
    number="DB-1 v2",
    office=OFFICE,
    issued_at=AT,
    item="最低生活保障申请",
    unit="民政办",
    materials=(
        MaterialLine(name="户口簿", original=True),
        MaterialLine(name="照片", copies=2, optional=True),
    ),
    conditions="本地户籍",
    procedure="申请、审核",
    steps=(SheetStep(name="公示", limit=Limit(7, Unit.CALENDAR_DAY)), SheetStep(name="审批")),
    fee="不收费",
    basis="社会救助暂行办法",
    committed=Limit(9, Unit.WORKING_DAY),
    place="3号窗口",
    phone="0571-88880000",
)


def text_of(sheet: Sheet, language: str = "zh-hans") -> str:
    pages = PdfReader(io.BytesIO(pdf.sheet(sheet, language))).pages
    return "".join("".join(page.extract_text() for page in pages).split())


def test_a_board_says_all_it_promises_as_it_was_typed() -> None:
    said = text_of(BOARD)
    for part in (
        *(f"{name}的话#strong[不是代码]" for name in FIELDS),
        "民政办",
        "低保申请",
        "20个工作日",
        "9个工作日",
    ):
        assert part in said, part
    for part in ("居住证明", "当场办结", "0571-88881111", "效能办", "承诺-MZ-3", "2026年3月2日"):
        assert part in said, part
    assert "监督投诉电话" not in text_of(
        replace(BOARD, office=replace(OFFICE, complaint_phone=""), complaint_unit="")
    )


@pytest.mark.parametrize(("paper", "width"), [(Paper.A3, 297), (Paper.A4, 210)])
def test_the_paper_is_the_one_asked_for(paper: Paper, width: int) -> None:
    page = PdfReader(io.BytesIO(pdf.sheet(replace(BOARD, paper=paper)))).pages[0]
    assert round(float(page.mediabox.width) * 25.4 / 72) == width


def test_a_guide_says_everything_one_has_to_know() -> None:
    said = text_of(GUIDE)
    for part in (
        "最低生活保障申请",
        "户口簿",
        "照片",
        "可容缺",
        "本地户籍",
        "申请、审核",
        "公示",
        "7日",
        "审批",
        "不收费",
    ):
        assert part in said, part
    for part in ("社会救助暂行办法", "承诺时限9个工作日", "3号窗口", "0571-88880000", "DB-1v2"):
        assert part in said, part
    assert "不用带材料" in text_of(replace(GUIDE, materials=()))


def test_both_speak_english_around_what_was_typed() -> None:
    assert "OurServiceCommitment" in text_of(BOARD, "en")
    assert "ServiceGuide" in text_of(GUIDE, "en")


def test_a_guide_without_a_limit_and_a_board_without_words_are_none() -> None:
    with pytest.raises(Invalid):
        replace(GUIDE, committed=None)
    with pytest.raises(Invalid):
        replace(BOARD, sections=())
