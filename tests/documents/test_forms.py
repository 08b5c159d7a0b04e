"""A form prints all it is given, in its own order, the same each time, on paper and as a Word file."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from pypdf import PdfReader

from huiyin.documents import docx, pdf
from huiyin.documents.forms import Block, Fact, Form, Signature, facts
from huiyin.documents.parts import Office
from huiyin.rules.errors import Invalid

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
FORM = Form(
    number="QH-2026-000001-1",
    office=Office(name="召公镇政府", name_en="Zhaogong Town"),
    issued_at=AT,
    title="首问责任登记表",
    note="存档一年",
    blocks=(
        facts(
            [
                Fact(label="方式", text="来访"),
                Fact(label="人数"),
                Fact(label="事由", text="问低保 #strong[不是代码] <w:b/>", wide=True, room=3),
                Fact(label="备注"),
            ],
            "登记",
        ),
        Block(columns=("材料", "份数"), widths=(3, 1), rows=(("户口簿\n收入证明", "2"),), nothing="没有材料"),
    ),
    signatures=(Signature(label="转交人", name="卫经办", at="2026年3月2日 09:00"), Signature(label="接收人")),
)


def pages_of(form: Form, language: str = "zh-hans") -> list[str]:
    read = PdfReader(io.BytesIO(pdf.sheet(form, language)))
    return ["".join(page.extract_text().split()) for page in read.pages]


def body_of(form: Form, language: str = "zh-hans") -> str:
    with zipfile.ZipFile(io.BytesIO(docx.form(form, language))) as package:
        return package.read("word/document.xml").decode()


def test_short_facts_stand_beside_each_other_and_wide_ones_alone() -> None:
    lines = [[one.label for one in line] for line in FORM.blocks[0].lines]
    assert lines == [["方式", "人数"], ["事由"], ["备注"]]


def test_the_page_says_everything_as_it_was_typed() -> None:
    (page,) = pages_of(FORM)
    for part in ("首问责任登记表", "存档一年", "来访", "人数", "#strong[不是代码]", "户口簿", "收入证明"):
        assert part in page, part
    for part in (
        "转交人：卫经办",
        "接收人",
        "2026年3月2日",
        "QH-2026-000001-1",
        "召公镇政府",
        "第1页，共1页",
    ):
        assert part in page, part
    assert "没有材料" not in page


def test_a_table_without_rows_says_so_on_paper_and_in_the_file() -> None:
    empty = replace(FORM, blocks=(replace(FORM.blocks[1], rows=()),))
    assert "没有材料" in pages_of(empty)[0]
    assert "没有材料" in body_of(empty)


def test_long_text_goes_on_over_the_page_with_the_form_s_frame_on_each() -> None:
    long = replace(FORM, blocks=(facts([Fact(label="正文", text="一段很长的话。" * 700, wide=True)]),))
    drawn = pages_of(long)
    assert len(drawn) > 1
    assert sum(page.count("一段很长的话") for page in drawn) > 680
    assert all("QH-2026-000001-1" in page and "召公镇政府" in page for page in drawn)


def test_the_same_form_is_the_same_file_each_time() -> None:
    assert pdf.sheet(FORM) == pdf.sheet(FORM)
    assert docx.form(FORM) == docx.form(FORM)


def test_the_word_file_holds_the_text_as_text_with_room_to_write() -> None:
    body = body_of(FORM)
    assert "&lt;w:b/&gt;" in body
    assert 'w:trHeight w:val="1588"' in body
    assert body.count('<w:gridSpan w:val="3"/>') == 2
    assert "接收人：" in body
    said = re.sub("<[^>]+>", "", body)
    for part in ("来访", "收入证明", "转交人：卫经办", "2026年3月2日 09:00", "存档一年"):
        assert part in said, part


def test_what_lies_across_does_so_in_both() -> None:
    across = replace(FORM, across=True)
    box = PdfReader(io.BytesIO(pdf.sheet(across))).pages[0].mediabox
    assert box.width > box.height
    assert 'w:orient="landscape"' in body_of(across)
    assert "landscape" not in body_of(FORM)


def test_both_speak_english_around_what_was_typed() -> None:
    assert "ZhaogongTown" in pages_of(FORM, "en")[0]
    assert "Zhaogong Town" in body_of(FORM, "en")


def test_a_fact_without_a_label_and_a_form_without_blocks_are_none() -> None:
    with pytest.raises(Invalid):
        Fact(label=" ")
    with pytest.raises(Invalid):
        replace(FORM, blocks=())
