"""The words of a page, filled once, and what nobody placed."""

from __future__ import annotations

from huiyin.documents.blocks import Page, Paragraph, Table
from huiyin.documents.contents import TEMPLATE_VERSION
from tests.documents import samples


def page(kind: str) -> Page:
    content = next(content for content in samples.ALL if content.kind == kind)
    return Page(content, "zh-hans", TEMPLATE_VERSION)


def test_values_are_never_filled_in_turn() -> None:
    said = page("reply").t("reply.title", item="{received}")
    assert said == "关于“{received}”的答复"


def test_what_nobody_placed_comes_under_the_label_of_the_page() -> None:
    found = page("one_time_notice")
    rows = [block.rows[0] for block in found.rest() if isinstance(block, Table)]
    labels = dict(row for row in rows if len(row) == 2)
    assert labels["政策依据"].startswith("《")
    assert "办理程序" in labels
    assert list(found.rest()) == [], "each is given once"


def test_what_was_read_is_not_given_again() -> None:
    found = page("reply")
    assert found["answer"]
    texts = [block.text for block in found.rest() if isinstance(block, Paragraph)]
    assert found["answer"] not in texts


def test_a_field_the_kind_does_not_have_is_empty() -> None:
    assert page("reply")["no_such_field"] == ""
    assert list(page("reply").facts(("item", ""))) == []
