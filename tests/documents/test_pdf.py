"""What is on the page."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from huiyin.documents import fonts, pdf
from huiyin.documents.contents import Content, Kind
from huiyin.documents.parts import MaterialLine
from huiyin.documents.serialise import canonical, to_json
from huiyin.rules.errors import HuiyinError, Invalid
from tests.documents import samples

TEMPLATES = Path(pdf.__file__).parent / "templates" / "1"
LABELS: dict[str, dict[str, str]] = json.loads((TEMPLATES / "labels.json").read_text("utf-8"))
LITERAL = '#panic("x") *b* $a$ = @c <d> `e` // f \\ #{1+1} {item}'
RARE = "张喆堃犇䶮"


def pages(document: bytes) -> list[str]:
    """The text of each page without the blanks that layout adds."""
    return [re.sub(r"\s", "", page.extract_text()) for page in PdfReader(io.BytesIO(document)).pages]


def words(document: bytes) -> str:
    return "".join(pages(document))


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def embedded(document: bytes) -> Iterator[bool]:
    """For each font of the file, whether its outlines are inside."""
    for page in PdfReader(io.BytesIO(document)).pages:
        resources = cast("DictionaryObject", page["/Resources"])
        for font in cast("DictionaryObject", resources["/Font"]).values():
            below = cast("Any", font.get_object())["/DescendantFonts"][0].get_object()
            yield not {"/FontFile", "/FontFile2", "/FontFile3"}.isdisjoint(below["/FontDescriptor"])


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("content", samples.ALL, ids=lambda content: content.kind)
def test_every_page_is_archival_and_names_number_office_date_and_page(
    content: Content, language: str
) -> None:
    document = pdf.render(content.kind, content, language)
    assert b"pdfaid:part" in document
    drawn = pages(document)
    short = "en" if language == "en" else "zh"
    office = content.office.name_en if short == "en" else content.office.name
    day = content.issued_at.day
    date = f"{day}January2026" if short == "en" else f"2026年1月{day}日"
    for place, page in enumerate(drawn, start=1):
        counted = LABELS["page"][short].format(page=place, pages=len(drawn))
        for expected in (content.number, office, date, counted):
            assert bare(expected) in page
    assert bare(content.item) in drawn[0]
    fonts_inside = list(embedded(document))
    assert fonts_inside
    assert all(fonts_inside)


@pytest.mark.parametrize("content", samples.ALL, ids=lambda content: content.kind)
def test_title_and_labels_follow_the_language(content: Content) -> None:
    title = LABELS[f"title.{content.kind}"]
    assert title["zh"] in words(pdf.render(content.kind, content))
    assert bare(title["en"]) in words(pdf.render(content.kind, content, "en"))


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (
            samples.RECEIPT,
            [
                "张**",
                "户口簿",
                "9个工作日",
                "2026年1月16日17:30",
                "便民服务大厅3号窗口",
                "0557-1234560",
                samples.RECEIPT.track_url,
                "9f2c44d1a0b35e77",
            ],
        ),
        (
            samples.NOTICE,
            [
                "张喆堃",
                "法定时限30个工作日",
                "承诺时限20个工作日",
                "共2项",
                "张犇",
                "按指印",
                "第五十八条",
                "第1次告知",
                "告知人",
            ],
        ),
        (samples.ACCEPTANCE, ["9个工作日", "2026年1月6日起予以受理", "2026年1月16日17:30前办结"]),
        (
            samples.REFUSAL,
            [
                "人均1,820元",
                "第九条",
                "安平县人民法院",
                "60日内",
                "6个月内",
                "0557-1234560",
            ],
        ),
        (samples.GRANT, ["准予办理", "于2026年1月6日受理", "保障人口3人", "13:30—17:30", "3号窗口"]),
        (samples.FILING, ["13800001234", "重要事项", "主要领导意见", "待审批", "拟不予办理"]),
        (samples.EXTENSION, ["延长10个工作日", "2026年1月30日17:30", "暂定", "尚未返回"]),
        (samples.PAUSE, ["鉴定", "第四十五条", "预计需要15个工作日", "不计入办理时限"]),
        (samples.REPLY, ["李犇", "要不要重新申请", "村民小组会议", "第六十二条"]),
    ],
    ids=lambda value: value.kind if isinstance(value, Content) else "",
)
def test_the_facts_are_on_the_page(content: Content, expected: list[str]) -> None:
    drawn = words(pdf.render(content.kind, to_json(content)))
    assert [text for text in expected if bare(text) not in drawn] == []


@pytest.mark.parametrize("content", samples.ALL, ids=lambda content: content.kind)
def test_markup_and_rare_names_are_printed_as_they_stand(content: Content) -> None:
    person = "applicant_masked" if content.kind is Kind.RECEIPT else "applicant"
    change: dict[str, Any] = {"item": LITERAL, person: RARE}
    drawn = words(pdf.render(content.kind, replace(content, **change)))
    assert bare(LITERAL) in drawn
    assert RARE in drawn


def test_the_same_content_gives_the_same_bytes() -> None:
    first = pdf.render("refusal_decision", samples.REFUSAL)
    assert pdf.render("refusal_decision", samples.REFUSAL) == first
    later = replace(samples.REFUSAL, issued_at=samples.REFUSAL.issued_at + timedelta(seconds=1))
    assert pdf.render("refusal_decision", later) != first


def test_a_query_code_is_printed_when_given_and_is_in_no_content() -> None:
    code = "7K3M-9PQ2-XD"
    assert code in words(pdf.render("receipt", samples.RECEIPT, query_code=code))
    without = words(pdf.render("receipt", samples.RECEIPT))
    assert code not in without
    assert LABELS["receipt.code.note"]["zh"] not in without
    assert code not in canonical(samples.RECEIPT)


def test_a_provisional_date_says_so() -> None:
    assert "暂定" not in words(pdf.render("receipt", samples.RECEIPT))
    assert "暂定" in words(pdf.render("receipt", replace(samples.RECEIPT, provisional=True)))


def test_before_acceptance_a_receipt_names_the_review_and_no_finishing_day() -> None:
    waiting = replace(samples.RECEIPT, due_at=None, review_until=samples.DUE)
    drawn = words(pdf.render("receipt", waiting))
    assert "审查期限2026年1月16日17:30前告知是否受理" in drawn
    assert "受理后9个工作日" in drawn
    assert "应办结时间" not in drawn
    assert "应办结时间2026年1月16日17:30" in words(pdf.render("receipt", samples.RECEIPT))


def test_a_breach_is_admitted_on_the_second_notice() -> None:
    assert "致歉" not in words(pdf.render("one_time_notice", samples.NOTICE))
    second = replace(samples.NOTICE, ordinal=2, breach=True)
    assert "致歉" in words(pdf.render("one_time_notice", second))


def test_a_long_notice_runs_over_pages_and_repeats_its_table_head() -> None:
    many = tuple(replace(samples.NOTICE.defects[0], material=f"第{place}份材料") for place in range(1, 61))
    drawn = pages(pdf.render("one_time_notice", replace(samples.NOTICE, defects=many)))
    assert len(drawn) > 3
    assert all(f"第{place}份材料" in "".join(drawn) for place in range(1, 61))
    assert sum("存在问题" in page for page in drawn) > 2


def test_characters_that_mislead_are_shown_as_replaced() -> None:
    odd = "甲\u202e乙\x00丙"
    drawn = words(pdf.render("reply", replace(samples.REPLY, answer=odd)))
    assert "甲\ufffd乙\ufffd丙" in drawn


@pytest.mark.parametrize("character", ["\U000323af", "\ue000"])
def test_a_character_without_glyph_does_not_stop_the_document(character: str) -> None:
    warning = bare(LABELS["glyph.warning"]["zh"])
    drawn = words(pdf.render("reply", replace(samples.REPLY, applicant=f"张{character}")))
    assert warning in drawn
    assert warning not in words(pdf.render("reply", samples.REPLY))


def test_a_reader_is_not_told_of_this_machines_typefaces(monkeypatch: pytest.MonkeyPatch) -> None:
    known = fonts.faces(fonts.directories())
    monkeypatch.setattr(fonts, "faces", lambda _folders: replace(known, fang_found=False))
    assert "字体" not in words(pdf.render("reply", samples.REPLY))


def test_who_signed_inside_and_with_what_opinion_stays_inside() -> None:
    inside = (samples.APPROVALS[1].name, bare(samples.APPROVALS[1].opinion), "审批情况", "批准情况")
    for content in (samples.REFUSAL, samples.EXTENSION):
        drawn = words(pdf.render(content.kind, content))
        assert not [word for word in inside if word in drawn]
        assert "按规定程序报经批准" in drawn
    # Negative control: the form inside holds all of it.
    form = words(pdf.render("refusal_filing_form", replace(samples.FILING, title="否定报备登记表")))
    assert all(word in form for word in (*inside[:2], "否定报备登记表"))


@pytest.mark.parametrize(
    ("content", "most"),
    [
        (samples.NOTICE, 2),
        (samples.ACCEPTANCE, 1),
        (samples.GRANT, 1),
        (samples.REFUSAL, 2),
        (samples.DECLINATION, 2),
        (samples.EXTENSION, 1),
        (samples.PAUSE, 1),
        (samples.REPLY, 1),
    ],
    ids=lambda value: str(getattr(value, "kind", value)),
)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_no_page_holds_only_the_closing(content: Content, most: int, language: str) -> None:
    contact = {"zh-hans": "联系人：", "en": "Contact:"}[language]
    drawn = pages(pdf.render(content.kind, content, language))
    assert len(drawn) <= most
    # What stands above the contact line on its page is more than a heading and a stray line.
    last = next(page for page in drawn if contact in page)
    assert len(last[: last.index(contact)]) > 40


def test_a_long_way_to_supply_breaks_over_pages_and_loses_nothing() -> None:
    long = "\n".join(f"第{line}行：请到便民服务大厅3号窗口补交。" for line in range(1, 61))
    drawn = words(pdf.render("one_time_notice", replace(samples.NOTICE, supplement_how=long)))
    assert "第1行：" in drawn
    assert "第60行：" in drawn
    assert "申请人签收" in drawn


def test_a_material_is_told_with_its_copies_and_whether_it_may_follow() -> None:
    line = MaterialLine(name="近期照片", copies=2, optional=True)
    notice = replace(samples.NOTICE, materials=(*samples.MATERIALS, line))
    drawn = words(pdf.render("one_time_notice", notice))
    assert "最低生活保障申请书（原件1份）" in drawn
    assert "近期照片（复印件2份，可容缺）" in drawn
    assert "×" not in drawn


def test_many_threads_draw_at_once() -> None:
    def draw(place: int) -> bool:
        content = replace(samples.REPLY, item=f"事项{place}号")
        return f"事项{place}号" in words(pdf.render("reply", content))

    with ThreadPoolExecutor(max_workers=4) as threads:
        assert all(threads.map(draw, range(12)))


def test_a_broken_template_is_not_mistaken_for_a_missing_glyph(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "view", lambda _value, _language: {})
    with pytest.raises(RuntimeError):
        pdf.render("reply", samples.REPLY)


@pytest.mark.parametrize(
    ("kind", "more", "code"),
    [
        ("love_letter", {}, "unknown_document_kind"),
        ("reply", {"language": "fr"}, "unknown_language"),
        ("reply", {"template_version": "../1"}, "unknown_template_version"),
        ("reply", {"template_version": "99"}, "unknown_template_version"),
        ("receipt", {}, "document_kind_mismatch"),
    ],
)
def test_what_cannot_be_drawn_is_refused(kind: str, more: dict[str, Any], code: str) -> None:
    with pytest.raises(HuiyinError) as caught:
        pdf.render(kind, samples.REPLY, **more)
    assert caught.value.code == code


def test_incomplete_content_is_refused() -> None:
    with pytest.raises(Invalid):
        pdf.render("reply", {})


def test_every_label_is_there_in_both_languages_and_used() -> None:
    source = "".join(path.read_text("utf-8") for path in TEMPLATES.glob("*.typ"))
    built = ("title.", "verdict.", "remedy.", "importance.", "procedure.", "original.", "copy.", "part.")
    named = set(re.findall(r'"([a-z][a-z_.]+)"', source))
    unused = {key for key in LABELS if key not in named and not key.startswith(built)}
    assert unused - {"glyph.warning", "working.copy", "form.standing"} == set()
    for key, label in LABELS.items():
        assert set(label) == {"zh", "en"}, key
        assert label["zh"], key
        assert set(re.findall(r"\{\w+\}", label["zh"])) == set(re.findall(r"\{\w+\}", label["en"])), key
