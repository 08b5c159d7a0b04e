"""What a one-time notice says, as blocks in the order of its page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from huiyin.documents.blocks import Block, Page, Paragraph, Table


def notice(page: Page) -> Iterator[Block]:
    """Give 一次性告知书."""
    yield Paragraph(page.t("notice.opening", received=page["received_at"]["date"], item=page["item"]))
    yield from _demands(page, "notice.ordinal")


def oral(page: Page) -> Iterator[Block]:
    """Give 口头告知记录."""
    yield Paragraph(page.t("oral.opening", received=page["received_at"]["date"], item=page["item"]))
    yield from page.facts(
        ("applicant", page["applicant"]),
        ("oral.at", page["issued_at"]["moment"]),
        ("oral.by", page["told_by"]),
        ("oral.to", page["told_to"]),
        ("oral.phone", page["told_phone"]),
    )
    yield from _demands(page, "oral.ordinal")


def _demands(page: Page, ordinal: str) -> Iterator[Block]:
    """Give what the item wants, what is missing, and how to supply it."""
    yield Paragraph(page.t("notice.requirements"), "heading")
    limits = [page.t(f"limit.{name}", limit=page[name]) for name in ("statutory", "committed") if page[name]]
    listed = (f"{n}. {_paper(page, line)}" for n, line in enumerate(page["materials"], start=1))
    yield from page.facts(
        ("item", page["item"]),
        ("notice.policy", page["policy_basis"]),
        ("notice.conditions", page["conditions"]),
        ("notice.procedure", page["procedure"]),
        ("notice.fee", page["fee"]),
        ("limit", page.t("semicolon").join(limits)),
        ("notice.all", "\n".join(listed)),
        ("notice.refusal", page["refusal_grounds"]),
    )
    defects = page["defects"]
    yield Paragraph(page.t("notice.defects", count=str(len(defects))), "heading")
    later = page.t("open") + page.t("optional") + page.t("close")
    yield Table(
        tuple(
            (
                str(n),
                one["material"] + (later if one["optional"] else ""),
                one["problem"],
                one["requirement"],
                one["basis"],
            )
            for n, one in enumerate(defects, start=1)
        ),
        tuple(
            page.t(key)
            for key in ("ordinal", "material", "notice.problem", "notice.requirement", "notice.basis")
        ),
        (1, 3, 3, 4, 3),
    )
    yield from page.section("notice.how", page["supplement_how"])
    if page["supplement_until"]:
        yield Paragraph(page.t("notice.until", until=page["supplement_until"]["moment"]))
    yield Paragraph(
        page.t(ordinal, ordinal=str(page["ordinal"])) + (page.t("notice.breach") if page["breach"] else "")
    )
    if page["deemed_since"]:
        yield Paragraph(page.t("notice.deemed", since=page["deemed_since"]["date"]))


def _paper(page: Page, line: Mapping[str, Any]) -> str:
    count = "one" if line["copies"] == 1 else "many"
    copies = page.t(f"{'original' if line['original'] else 'copy'}.{count}", n=str(line["copies"]))
    later = page.t("comma") + page.t("optional") if line["optional"] else ""
    return f"{line['name']}{page.t('open')}{copies}{later}{page.t('close')}"
