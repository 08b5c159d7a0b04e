"""A notice is laid out in the order of its page, and signed by both sides."""

from __future__ import annotations

from dataclasses import replace

from huiyin.documents.blocks import Table
from huiyin.documents.contents import TEMPLATE_VERSION, Content
from huiyin.documents.outlines import outline
from tests.documents import samples


def facts(content: Content) -> dict[str, str]:
    found = outline(content, "zh-hans", TEMPLATE_VERSION)
    tables = [block for block in found.blocks if isinstance(block, Table) and not block.header]
    return {row[0]: row[1] for table in tables for row in table.rows}


def test_a_notice_is_signed_by_both_sides() -> None:
    notice = outline(samples.NOTICE, "en", TEMPLATE_VERSION)
    assert notice.signatures == ("Notified by (signature)", "Received by applicant (signature)")
    assert notice.office == samples.OFFICE.name_en


def test_a_notice_says_what_it_costs() -> None:
    assert facts(replace(samples.NOTICE, fee="不收费"))["收费"] == "不收费"


def test_a_telephone_record_says_who_told_whom_and_is_signed_by_who_told() -> None:
    found = facts(samples.ORAL)
    assert (found["告知人"], found["被告知人"], found["通话电话"]) == ("解一鸣", "张犇", "13800001234")
    drawn = outline(samples.ORAL, "zh-hans", TEMPLATE_VERSION)
    assert (drawn.title, drawn.addressee) == ("口头告知记录", "")
    assert drawn.signatures == ("告知人（签名）",)
