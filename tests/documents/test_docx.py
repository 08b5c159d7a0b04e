"""The Word file: it opens, it says what the page says, and nothing of a person's becomes markup."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from pypdf import PdfReader

from huiyin.documents import docx, pdf
from huiyin.documents.contents import CONTENTS, TEMPLATE_VERSION, Content
from huiyin.documents.outlines import outline
from huiyin.rules.errors import HuiyinError, Invalid
from tests.documents import samples

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LITERAL = '<w:t>&amp; {item} {{x}} "quoted" </w:document>'


def parts(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name).decode() for name in archive.namelist()}


def words(data: bytes) -> str:
    """Everything that is read in the file, its footer too, without the blanks of the layout."""
    found = parts(data)
    texts = [
        node.text or ""
        for name in ("word/document.xml", "word/footer1.xml")
        for node in ET.fromstring(found[name]).iter(f"{WORD}t")
    ]
    return bare("".join(texts))


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def drawn(content: Content, language: str) -> str:
    reader = PdfReader(io.BytesIO(pdf.render(content.kind, content, language)))
    return bare("".join(page.extract_text() for page in reader.pages))


def pieces(content: Content) -> Iterator[str]:
    """The texts of a content as people wrote them: every line of every field."""
    stack: list[Any] = [getattr(content, name) for name in content.__dataclass_fields__]
    while stack:
        value = stack.pop()
        if isinstance(value, tuple):
            stack += value
        elif type(value) is str:
            yield from value.split("\n")
        elif hasattr(value, "__dataclass_fields__"):
            stack += [getattr(value, name) for name in value.__dataclass_fields__]


def test_there_is_a_sample_of_every_kind() -> None:
    assert {content.kind for content in samples.ALL} == set(CONTENTS)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("content", samples.ALL, ids=lambda content: content.kind)
def test_both_forms_say_every_text(content: Content, language: str) -> None:
    page, file = drawn(content, language), words(docx.render(content.kind, content, language))
    on_page = [text for text in pieces(content) if len(bare(text)) > 1 and bare(text) in page]
    assert on_page
    missing = [text for text in on_page if bare(text) not in file]
    assert not missing, f"on the page, not in the file: {missing}"


@pytest.mark.parametrize("content", samples.ALL, ids=lambda content: content.kind)
def test_a_field_that_is_left_out_is_noticed(content: Content) -> None:
    """Negative control: without its blocks the file says less than the page."""
    whole = outline(content, "zh-hans", TEMPLATE_VERSION)
    assert len(whole.blocks) > 1
    file = bare("".join(docx._blocks(replace(whole, blocks=whole.blocks[:1]))))
    page = drawn(content, "zh-hans")
    assert [t for t in pieces(content) if len(bare(t)) > 1 and bare(t) in page and bare(t) not in file]


@pytest.mark.parametrize("content", samples.ALL, ids=lambda content: content.kind)
def test_what_the_page_keeps_to_itself_is_not_in_the_file(content: Content) -> None:
    page, file = drawn(content, "zh-hans"), words(docx.render(content.kind, content))
    extra = [t for t in pieces(content) if len(bare(t)) > 3 and bare(t) not in page and bare(t) in file]
    assert not extra


@pytest.mark.parametrize("content", samples.ALL, ids=lambda content: content.kind)
def test_a_kind_without_an_outline_comes_field_by_field(
    content: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("huiyin.documents.outlines._OUTLINES", {})
    file, page = words(docx.render(content.kind, content)), drawn(content, "zh-hans")
    fields = [getattr(content, name) for name in content.__dataclass_fields__]
    texts = [text for text in fields if type(text) is str and len(text) > 1 and bare(text) in page]
    assert texts
    framed = {"item"}
    missing = [
        name
        for name in content.__dataclass_fields__
        if name not in framed
        and type(value := getattr(content, name)) is str
        and len(value) > 1
        and bare(value) in page
        and not all(bare(line) in file for line in value.split("\n"))
    ]
    assert not [name for name in missing if name != "applicant"]


def test_text_that_looks_like_markup_stays_text() -> None:
    data = docx.render("reply", replace(samples.REPLY, answer=LITERAL, request="\u202e\x00\uffff"))
    assert bare(LITERAL) in words(data)
    assert "\ufffd\ufffd\ufffd" in words(data)
    for name, text in parts(data).items():
        ET.fromstring(text)
        assert "TargetMode" not in text, name


def test_the_same_content_gives_the_same_bytes() -> None:
    content = samples.ALL[0]
    assert docx.render(content.kind, content) == docx.render(content.kind, content)


def test_letters_are_laid_out_after_the_standard() -> None:
    notice = next(content for content in samples.ALL if content.kind == "one_time_notice")
    found = parts(docx.render(notice.kind, notice))
    document, styles, fonts = (found[f"word/{name}.xml"] for name in ("document", "styles", "fontTable"))
    assert 'w:pgSz w:w="11906" w:h="16838"' in document
    assert 'w:top="2098" w:left="1588" w:right="1474" w:bottom="1985"' in document
    assert 'w:docGrid w:type="linesAndChars" w:linePitch="580" w:charSpace="-848"' in document
    assert "<w:tblHeader/>" in document
    assert 'w:eastAsia="仿宋_GB2312"' in styles
    assert 'w:eastAsia="方正小标宋简体"' in styles
    assert 'w:altName w:val="FangSong_GB2312,仿宋' in fonts


def test_every_part_is_declared_and_every_relation_leads_somewhere() -> None:
    found = parts(docx.render(samples.ALL[0].kind, samples.ALL[0]))
    declared = set(re.findall(r'PartName="/([^"]+)"', found["[Content_Types].xml"]))
    assert declared <= set(found)
    assert {
        name for name in found if name.startswith(("word/", "docProps/")) and "_rels" not in name
    } == declared
    for target in re.findall(r'Target="([^"]+)"', found["word/_rels/document.xml.rels"]):
        assert f"word/{target}" in found


def test_the_query_code_has_no_place_in_it_and_bad_asks_are_refused() -> None:
    content = samples.ALL[0]
    with pytest.raises(TypeError):
        docx.render(content.kind, content, query_code="ABCD")  # type: ignore[call-arg]
    with pytest.raises(Invalid):
        docx.render("reply", content)
    with pytest.raises(HuiyinError):
        docx.render(content.kind, content, "fr")
