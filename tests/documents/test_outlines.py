"""The outline of each kind: a letter with its address and closing, or a form to be filed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from huiyin.documents.blocks import Paragraph, Table
from huiyin.documents.contents import TEMPLATE_VERSION, Content
from huiyin.documents.outlines import outline
from tests.documents import samples


def of(kind: str, language: str = "zh-hans") -> Content:
    del language
    return next(content for content in samples.ALL if content.kind == kind)


@pytest.mark.parametrize("content", samples.ALL, ids=lambda content: content.kind)
def test_every_outline_places_each_field_once(content: Content) -> None:
    found = outline(content, "zh-hans", TEMPLATE_VERSION)
    rows = [
        row for block in found.blocks if isinstance(block, Table) and not block.header for row in block.rows
    ]
    assert len(rows) == len(set(rows))
    texts = [block.text for block in found.blocks if isinstance(block, Paragraph)]
    assert len(texts) == len(set(texts))


def test_a_letter_is_addressed_and_a_form_is_not() -> None:
    reply = outline(of("reply"), "zh-hans", TEMPLATE_VERSION)
    form = outline(of("refusal_filing_form"), "zh-hans", TEMPLATE_VERSION)
    assert (reply.letter, form.letter) == (True, False)
    assert reply.addressee.endswith("：")
    assert (form.addressee, form.contact) == ("", "")


def test_a_filing_form_bears_the_name_that_the_regulation_gives_it() -> None:
    named = replace(samples.FILING, title="否定报备登记表")
    assert [outline(one, "zh-hans", TEMPLATE_VERSION).title for one in (named, samples.FILING)] == [
        "否定报备登记表",
        "否定报备表",
    ]
    assert outline(named, "en", TEMPLATE_VERSION).title == "Refusal Filing Form"


def test_a_counted_receipt_says_when_to_collect() -> None:
    def facts(content: Content) -> dict[str, str]:
        found = outline(content, "zh-hans", TEMPLATE_VERSION)
        tables = [block for block in found.blocks if isinstance(block, Table) and not block.header]
        return {row[0]: row[1] for table in tables for row in table.rows}

    counted = replace(
        samples.RECEIPT,
        review_until=None,
        due_at=None,
        collect_at=samples.RECEIPT.received_at + timedelta(days=14),
        track_url="",
    )
    assert facts(counted)["取件时间"]
    assert "取件时间" not in facts(samples.RECEIPT)
